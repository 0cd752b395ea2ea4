"""How often a request waits for the database. The server's log says it of each; everything is asked for once or more (`overheard`).

A list, a page or anything else that is read takes one round trip at most, and so does what is changed by statements that are known beforehand. What has to
look under a lock first takes one for each step, and one to commit: these stand below, each with what it may take.

What is in memory comes on top, once: which instrument a seat's round has, and an instrument that has not been read since the start.
"""

from collections import defaultdict

import open_round
from contract import OPERATIONS, PREFIX
from overheard import requests_of
from people import FUNCTIONS, Seat, answer, fix, plan_round, record_agreement, register
from seats import make_round
from test_canaries import assert_every_page_is_in

# Which councils a person has is read by signing in alone, and by the address that the member's own authority tells.
BY_TWO_AUTHORITIES = {"listOwnCouncils": 2, "GET /konto": 2}
MORE = {
    **BY_TWO_AUTHORITIES, "switchCouncil": 3,
    "createRegistration": 2, "verifyRegistration": 10, "approveRegistration": 7, "refuseRegistration": 5,
    "createJoinRequest": 2, "confirmJoinRequest": 4, "approveJoinRequest": 10, "refuseJoinRequest": 2,
    "inviteMember": 9, "inviteMemberAgain": 7, "setMemberRoles": 6, "removeMember": 7, "leaveCouncil": 8, "requestAddressChange": 8, "confirmAddress": 3,
    "changePost": 3, "createRound": 4, "changeRound": 6, "setContract": 4, "changeRoundTexts": 7, "setReminders": 8, "remind": 7,
    "openRound": 14, "closeRound": 6, "reopenRound": 7, "cancelRound": 6, "concludeRound": 6, "holdWorkshop": 6, "requestFixing": 5,
    "addSeat": 5, "changeSeat": 7, "removeSeat": 6, "inviteSeats": 9, "addAnalysisVersion": 2, "setSeminar": 5, "cancelSeminar": 6, "holdSeminar": 12,
    "addDeputy": 4, "importSeats": 7, "importMailDomains": 2,
    # One of them for the versions that a crosswalk leads to; what is published is read first.
    "importInstrument": 2, "publishInstrument": 3, "offerInstrument": 2,
}
# What needs a seat's instrument before its statements are known takes one more when the seat is met for the first time.
MET_FIRST = {"saveAnswers", "saveAnswer", "saveComment", "deleteComment", "POST /enkat/{seatId}/{number}"}
OPERATION = {f"{operation.method} {PREFIX}{operation.path}": operation.id for operation in OPERATIONS}


def may_take(name):
    return MORE.get(name, 1) + (name in MET_FIRST)


def test_each_operation_and_page_takes_as_many_round_trips_as_it_may(overheard):
    taken = defaultdict(int)
    for method, route, status, trips in overheard.requests:
        if status < 400:
            name = OPERATION.get(f"{method} {route}", f"{method} {route}")
            taken[name] = max(taken[name], trips)
    assert_every_page_is_in(overheard.world.server.log_text)
    assert set(OPERATION.values()) <= set(taken), "an operation was not asked for"
    more = {name: trips for name, trips in taken.items() if trips > may_take(name)}
    assert not more, "\n".join(f"{name}: {trips}" for name, trips in sorted(more.items()))
    assert set(MORE) <= set(taken), "the list names what is not there"
    print("\nround trips: " + ", ".join(f"{name} {trips}" for name, trips in sorted(taken.items())))


def test_whatever_is_read_takes_one_at_most():
    reads = {operation.id for operation in OPERATIONS if operation.method == "GET"}
    assert {name for name in MORE if name in reads or name.startswith("GET ")} == set(BY_TWO_AUTHORITIES)


def test_a_round_of_many_takes_as_many_as_one_of_few(start_server):
    """From the table of its seats to its result: nothing goes seat by seat."""
    server = start_server()
    assert taken_by_a_round(server, "9914", seats=5) == taken_by_a_round(server, "9915", seats=60)


def taken_by_a_round(server, code, seats):
    """The round trips of each request from the import to the result, those of participants and those that wait left out."""
    council = register(server, code)
    record_agreement(council)
    api, path = council.api, f"/rounds/{plan_round(council, '2099-12-14T16:00:00Z', people=0)}"
    begin = len(server.log_text)
    table = "title;function;name;address\n" + "".join(f"Post {n};{FUNCTIONS[n % 8]};P {n};p{n}@{council.domain}\n" for n in range(seats))
    api.ok("POST", f"{path}/seat-imports", {"table": table, "confirm": True})
    api.ok("POST", f"{path}/invitations", {})
    api.ok("POST", f"{path}/opening")
    municipality = server.rows("select municipality_id from app.municipalities where code = %s", (code,), user="nyttograd_super")[0][0]
    for number, seat in enumerate(api.ok("GET", f"{path}/seats?limit=5")["items"]):
        answer(Seat(seat["id"], seat["address"], api.as_holder_of(open_round.signed(server.data, "seat", municipality, seat["id"], 1))), number)
    fix(council)
    api.ok("GET", f"{path}/result")
    return sorted({(method, route, trips) for method, route, _, trips in requests_of(server.log_text[begin:]) if "/participation" not in route})


def test_a_seat_costs_one_more_when_it_saves_before_it_reads(start_server):
    server = start_server()
    round_ = make_round(server, people=2)
    trips = lambda: [trips for method, route, _, trips in requests_of(server.log_text) if method == "PUT" and route.endswith("answers/{itemKey}")]
    saves, reads = round_.seats
    for _ in range(3):
        assert saves.api.put("/participation/answers/d1.1", {"current": 1, "desired": 2}).status_code == 200
    assert trips() == [2, 1, 1]
    assert reads.api.get("/participation").status_code == 200
    assert reads.api.put("/participation/answers/d1.1", {"current": 1, "desired": 2}).status_code == 200
    assert trips() == [2, 1, 1, 1]
