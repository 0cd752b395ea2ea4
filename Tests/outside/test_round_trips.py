"""How often a request waits for the database. The server's log says it of each; everything is asked for once or more (`overheard`).

A list, a page or anything else that is read takes one round trip, and so does what is changed by statements that are known beforehand. What has to look
under a lock first takes one for each step, and one to commit.
"""

from collections import defaultdict

from contract import OPERATIONS, PREFIX
from test_canaries import assert_every_page_is_in

NONE = {
    "getApiInfo", "listFunctions", "GET /", "GET /style.css", "GET /tillganglighet", "GET /villkor", "GET /registrera/skickat", "GET /registrera/vantar",
    "GET /r/{token}", "GET /s/{token}", "GET /logga-in", "GET /logga-in/skickat", "GET /logga-ut", "GET /api/v1/openapi.yaml",
}
MORE = {
    "createRegistration": 2, "verifyRegistration": 10,
    "inviteMember": 9, "setMemberRoles": 6, "removeMember": 7, "changePost": 3,
    "changeRound": 5, "setContract": 4, "openRound": 10, "closeRound": 6, "reopenRound": 7, "cancelRound": 6, "concludeRound": 6, "requestFixing": 5,
    "addSeat": 5, "changeSeat": 6, "removeSeat": 5, "inviteSeats": 7, "addAnalysisVersion": 2,
    "approveRegistration": 7, "refuseRegistration": 5,
}
OPERATION = {f"{operation.method} {PREFIX}{operation.path}": operation.id for operation in OPERATIONS}


def may_take(name):
    return 0 if name in NONE else MORE.get(name, 1)


def test_each_operation_and_page_takes_as_many_round_trips_as_it_may(overheard):
    taken = defaultdict(int)
    for method, route, status, trips in overheard.requests:
        if status < 400:
            name = OPERATION.get(f"{method} {route}", f"{method} {route}")
            taken[name] = max(taken[name], trips)
    assert_every_page_is_in(overheard.world.server.log_text)
    assert set(OPERATION.values()) <= set(taken), "an operation was not asked for"
    assert {name: trips for name, trips in taken.items() if trips != may_take(name)} == {}
    assert NONE | set(MORE) <= set(taken), "the lists name what is not there"
    print("\nround trips: " + ", ".join(f"{name} {trips}" for name, trips in sorted(taken.items())))


def test_whatever_is_read_takes_one_at_most():
    assert [operation.id for operation in OPERATIONS if operation.method == "GET" and may_take(operation.id) > 1] == []
    assert [name for name in MORE if name.startswith("GET ")] == []
