"""A round over HTTP: its steps and why they are refused, its contract, its seats, closing on time, and how little is told while it collects."""

import datetime
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from people import (
    CONTRACT, FUNCTIONS, Seat, answer, colleague, fix, invite_and_open, plan_round, record_agreement, refusal, register, token_in, wait_until)

STEPS = {
    "invite": ("/invitations", {}), "seminar": ("/seminar/invitations", None), "open": ("/opening", None), "close": ("/closing", None), "reopen": ("/reopening", {"closesAt": "2099-01-01T00:00:00Z"}),
    "fix": ("/fixing", None), "workshop": ("/workshop", None), "conclude": ("/conclusion", None), "cancel": ("/cancellation", None)}
OVER = dict.fromkeys(STEPS, "round-is-over")


def later(**time):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**time)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="module")
def council(start_server):
    """Alva's council, on a server of its own; each test has a round of its own."""
    server = start_server()
    council = register(server)
    council.server = server
    record_agreement(council)
    return council


@pytest.fixture
def planned(council):
    plan_round(council, later(days=7))
    return council


@pytest.fixture
def opened(planned):
    invite_and_open(planned, planned.server)
    return planned


def path(council, more=""):
    return f"/rounds/{council.round}{more}"


def state(council):
    return council.api.ok("GET", path(council))["state"]


def municipality(council):
    return council.server.rows("select municipality_id from app.municipalities where code = %s", [council.code], "ng_anonymous")[0][0]


def as_member(council, sql, *parameters):
    return council.server.rows(sql, parameters, "ng_member", municipality(council))


# The table of steps

def close_with(council, submitted):
    invite_and_open(council, council.server)
    for number, seat in enumerate(council.seats[:submitted]):
        answer(seat, number)
    council.api.ok("POST", path(council, "/closing"))


def cancel(council):
    council.api.ok("POST", path(council, "/cancellation"))


def fix_it(council):
    close_with(council, 5)
    fix(council)


def hold_workshop(council):
    """Without figures: with them it is told from another round's fixing only a month later."""
    close_with(council, 1)
    council.api.ok("POST", path(council, "/workshop"), {"submitted": 1})
    wait_until(lambda: state(council) == "workshop")


def conclude(council):
    close_with(council, 0)
    council.api.ok("POST", path(council, "/conclusion"), {"submitted": 0})
    wait_until(lambda: state(council) == "concluded")


REFUSED = {
    "planned": (lambda council: None, {
        "seminar": "seminar-missing", "close": "round-not-open", "reopen": "round-not-closed", "fix": "round-not-closed", "workshop": "round-not-fixed", "conclude": "round-not-fixed"}),
    "open": (
        lambda council: invite_and_open(council, council.server),
        {"seminar": "round-not-planned", "open": "round-not-planned", "reopen": "round-not-closed", "fix": "round-not-closed", "workshop": "round-not-fixed", "conclude": "round-not-fixed"}),
    "closed": (
        lambda council: close_with(council, 5),
        {"invite": "round-not-open", "seminar": "round-not-planned", "open": "round-not-planned", "close": "round-not-open", "workshop": "enough-submitted", "conclude": "enough-submitted"}),
    "closed with too few": (
        lambda council: close_with(council, 4),
        {"invite": "round-not-open", "seminar": "round-not-planned", "open": "round-not-planned", "close": "round-not-open", "fix": "too-few-submitted"}),
    "fixed": (
        fix_it,
        {"invite": "round-is-fixed", "seminar": "round-not-planned", "open": "round-not-planned", "close": "round-not-open", "reopen": "round-is-fixed", "fix": "round-is-fixed",
         "cancel": "round-is-fixed"}),
    "workshop": (
        hold_workshop,
        {"invite": "round-is-fixed", "seminar": "round-not-planned", "open": "round-not-planned", "close": "round-not-open", "reopen": "round-is-fixed", "fix": "round-is-fixed",
         "workshop": "round-is-in-workshop", "cancel": "round-is-fixed"}),
    "concluded": (conclude, OVER),
    "cancelled": (cancel, OVER),
}


@pytest.mark.parametrize("situation", REFUSED)
def test_each_step_is_refused_by_its_code_and_the_round_says_so_before(planned, situation):
    reach, refused = REFUSED[situation]
    reach(planned)
    before = planned.api.ok("GET", path(planned))
    assert before["state"] == situation.split(" ")[0]
    assert [step["step"] for step in before["steps"]] == list(STEPS)
    assert {step["step"]: step["reason"] for step in before["steps"] if not step["allowed"]} == refused
    submitted = {"submitted": planned.api.ok("GET", path(planned, "/response-count"))["submitted"]}
    for step, code in refused.items():
        where, body = STEPS[step]
        assert refusal(planned.api.post(path(planned, where), submitted if step in ("fix", "workshop", "conclude") else body)) == code
    assert planned.api.ok("GET", path(planned)) == before


def test_the_way_through(opened):
    assert state(opened) == "open"
    closed = opened.api.ok("POST", path(opened, "/closing"))
    assert closed["state"] == "closed" and closed["closedAt"]
    again = opened.api.ok("POST", path(opened, "/reopening"), {"closesAt": later(days=3)})
    assert again["state"] == "open" and again["closedAt"] is None
    assert refusal(opened.api.post(path(opened, "/reopening"), {"closesAt": later(days=3)})) == "round-not-closed"
    opened.api.ok("POST", path(opened, "/closing"))
    past = opened.api.post(path(opened, "/reopening"), {"closesAt": "2020-01-01T00:00:00Z"})
    assert refusal(past) == "closing-time-not-ahead" and past.json()["errors"][0]["pointer"] == "#/closesAt"


def test_a_fixed_round_is_concluded_and_its_links_are_void(council):
    fixed = next(round for round in council.api.ok("GET", "/rounds?limit=100")["items"] if round["state"] == "fixed")
    assert council.api.ok("POST", f"/rounds/{fixed['id']}/conclusion", {})["state"] == "concluded"
    count = council.api.ok("GET", f"/rounds/{fixed['id']}/response-count")
    assert (count["invited"], count["submitted"]) == (8, 5)


def test_rounds_are_listed_the_newest_first(planned):
    newest, total = planned.round, planned.api.ok("GET", "/rounds")["_meta"]["totalItems"]
    page = planned.api.ok("GET", "/rounds?limit=1")
    assert [round["id"] for round in page["items"]] == [newest] and page["_meta"] == {"limit": 1, "page": 1, "totalItems": total}


# Planning

def test_everything_wrong_with_a_plan_is_told_at_once(council):
    faults = council.api.post("/rounds", {"title": " ", "instrumentId": council.round or "x", "targetYear": 1999, "closesAt": "tomorrow", "colour": "red"})
    assert refusal(faults, 422) == "invalid-fields"
    pointers = {error["pointer"] for error in faults.json()["errors"]}
    assert pointers >= {"#/title", "#/targetYear", "#/closesAt", "#/ordererName", "#/ordererTitle", "#/runnerName", "#/runnerTitle", "#/colour"}


def test_what_may_change_follows_the_state(planned):
    api = planned.api
    assert api.ok("PATCH", path(planned), {"title": "Nytt namn", "targetYear": 2031})["targetYear"] == 2031
    assert refusal(api.patch(path(planned), {}), 422) == "invalid-fields"
    assert refusal(api.patch(path(planned), {"instrumentId": planned.round}), 422) == "invalid-fields"
    invite_and_open(planned, planned.server)
    assert refusal(api.patch(path(planned), {"title": "Ett till"})) == "round-not-planned"
    moved = later(days=9)
    assert api.ok("PATCH", path(planned), {"closesAt": moved})["closesAt"] == moved
    assert refusal(api.patch(path(planned), {"closesAt": "2020-01-01T00:00:00Z"})) == "closing-time-not-ahead"
    api.ok("POST", path(planned, "/closing"))
    assert refusal(api.patch(path(planned), {"closesAt": moved})) == "round-not-open"


def test_the_target_year_stands_once_people_are_invited(planned):
    planned.api.ok("POST", path(planned, "/invitations"), {})
    assert refusal(planned.api.patch(path(planned), {"targetYear": 2040})) == "contract-frozen"
    planned.api.ok("PATCH", path(planned), {"title": "Ett annat namn"})


# The contract

def test_every_term_is_asked_for(planned):
    faults = planned.api.put(path(planned, "/contract"), {})
    assert {error["pointer"] for error in faults.json()["errors"]} == {f"#/{term}" for term in CONTRACT}


@pytest.mark.parametrize("term, value", [("k", 4), ("k", 0), ("k", 51), ("comments", None), ("audiences", ["participants"]), ("purpose", "  ")])
def test_a_contract_that_promises_too_little_is_refused(planned, term, value):
    faults = planned.api.put(path(planned, "/contract"), {**CONTRACT, term: value})
    assert refusal(faults, 422) == "invalid-fields"
    assert [error["pointer"] for error in faults.json()["errors"]] == [f"#/{term}"]


def test_the_contract_is_frozen_at_the_first_invitation(planned):
    api, contract = planned.api, path(planned, "/contract")
    assert api.ok("PUT", contract, {**CONTRACT, "k": 6})["frozenAt"] is None
    api.ok("POST", path(planned, "/invitations"), {"seatIds": [planned.seats[0].id]})
    frozen = api.ok("GET", contract)
    terms = {"schema": "nyttograd/contract/2", "split": True} | CONTRACT | {"k": 6, "audiences": sorted(CONTRACT["audiences"])}
    text = json.dumps(terms, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert frozen["sha256"] == hashlib.sha256(text.encode()).hexdigest() and frozen["frozenAt"]
    assert as_member(planned, "select document from app.contracts where round_id = %s", planned.round) == [(text,)]
    assert refusal(api.put(contract, CONTRACT)) == "contract-frozen"
    for change in ("k = 5", "frozen_at = null, document = null, sha256 = null", "audiences = array['council']"):
        assert as_member(planned, f"update app.contracts set {change} where round_id = %s returning 1", planned.round) == []
    assert api.ok("GET", contract) == frozen


def test_opening_freezes_too(planned):
    planned.api.ok("POST", path(planned, "/opening"))
    assert planned.api.ok("GET", path(planned, "/contract"))["sha256"]


# What inviting and opening need

def test_nobody_is_invited_without_agreement_contract_and_seats(start_server):
    council = register(start_server(), "9915")
    instrument = council.api.ok("GET", "/instruments")["items"][0]["id"]
    council.round = council.api.ok("POST", "/rounds", {
        "title": "Tidig", "instrumentId": instrument, "targetYear": 2028, "closesAt": later(days=1), "ordererName": "Kim Falk",
        "ordererTitle": "Direktör", "runnerName": "Alva Ek", "runnerTitle": "Strateg"})["id"]
    for code, mend in [
        ("agreement-missing", lambda: record_agreement(council)),
        ("contract-missing", lambda: council.api.ok("PUT", path(council, "/contract"), CONTRACT)),
        ("no-seats", lambda: council.api.ok("POST", path(council, "/seats"), {"postId": council.api.ok("GET", "/posts")["items"][0]["id"]})),
    ]:
        for step in ("/invitations", "/opening"):
            assert refusal(council.api.post(path(council, step), {} if step == "/invitations" else None)) == code
        mend()
    assert council.api.ok("POST", path(council, "/invitations"), {}) == {"invited": 1}
    assert council.api.ok("POST", path(council, "/opening"))["state"] == "open"


# Seats

def test_a_post_has_one_seat_and_a_deputy_is_named_when_it_is_made(planned):
    api, taken = planned.api, planned.api.ok("GET", path(planned, f"/seats/{planned.seats[0].id}"))
    assert refusal(api.post(path(planned, "/seats"), {"postId": taken["postId"]})) == "seat-exists"
    strange = api.post(path(planned, "/seats"), {"postId": planned.round})
    assert refusal(strange, 422) == "invalid-fields" and strange.json()["errors"][0]["pointer"] == "#/postId"
    assert api.delete(path(planned, f"/seats/{taken['id']}")).status_code == 204
    deputy = {"name": "Dag Holm", "address": "Dag.Holm@demo14.example", "language": "en"}
    seat = api.ok("POST", path(planned, "/seats"), {"postId": taken["postId"], "deputy": deputy})
    assert (seat["deputy"], seat["name"], seat["address"], seat["language"]) == (True, "Dag Holm", "dag.holm@demo14.example", "en")


def test_a_post_that_changes_moves_no_seat_that_is_invited(planned):
    api, seats = planned.api, [path(planned, f"/seats/{seat.id}") for seat in planned.seats[-2:]]
    api.ok("POST", path(planned, "/invitations"), {"seatIds": [planned.seats[-1].id]})
    before = [api.ok("GET", seat) for seat in seats]
    for seat in before:
        api.ok("PATCH", f"/posts/{seat['postId']}", {"area": "En annan del"})
    assert [api.ok("GET", seat)["area"] for seat in seats] == ["En annan del", before[1]["area"]]
    for seat in before:
        api.ok("PATCH", f"/posts/{seat['postId']}", {"area": seat["area"]})


def test_naming_a_seat_of_another_round_invites_nobody(planned):
    other = planned.seats[0].id
    plan_round(planned, later(days=7))
    wrong = planned.api.post(path(planned, "/invitations"), {"seatIds": [planned.seats[0].id, other]})
    assert refusal(wrong, 422) == "invalid-fields" and [error["pointer"] for error in wrong.json()["errors"]] == ["#/seatIds/1"]
    assert planned.api.ok("GET", path(planned, "/response-count"))["invited"] == 0


def test_the_letter_says_what_the_contract_promises(planned):
    seat = planned.seats[-1]
    before = len(planned.server.mails(seat.address))
    planned.api.ok("POST", path(planned, "/invitations"), {"seatIds": [seat.id]})
    mail = planned.server.wait_for_mail(seat.address, before + 1)
    assert "Mognadsanalys 2026" in mail.subject
    for words in ("Kim Falk, Kvalitetsdirektör", "Alva Ek, E-strateg", CONTRACT["controller"], CONTRACT["disposalDecision"]):
        assert words in mail.text
    assert len(mail.links) == 1


def test_sending_again_is_the_same_link_and_keeps_the_answers(opened):
    seat = opened.seats[0]
    answer(seat, 1)
    mails = len(opened.server.mails(seat.address))
    assert opened.api.ok("POST", path(opened, "/invitations"), {"seatIds": [seat.id]}) == {"invited": 1}
    assert token_in(opened.server.wait_for_mail(seat.address, mails + 1).links[0]) == seat.api.token
    assert opened.api.post(path(opened, "/invitations"), {"seatIds": [seat.id]}).status_code == 429
    assert opened.api.ok("POST", path(opened, "/invitations"), {}) == {"invited": 0}
    opened.api.ok("PATCH", path(opened, f"/seats/{seat.id}"), {"language": "en"})
    assert seat.api.ok("GET", "/participation/answers")["submitted"]


@pytest.mark.parametrize("change", [{"address": "ny.person@demo14.example"}, {"name": "Ny Person"}, {"name": "Ny Person", "address": "ny.person@demo14.example"}])
def test_another_holder_or_address_costs_what_was_answered_after_a_warning(opened, change):
    answered, silent = opened.seats[0], opened.seats[1]
    answer(answered, 1)
    warnings = [opened.api.patch(path(opened, f"/seats/{seat.id}"), change) for seat in (answered, silent)]
    assert {refusal(warning) for warning in warnings} == {"answers-would-be-deleted"}
    assert len({warning.json()["detail"] for warning in warnings}) == 1
    assert answered.api.ok("GET", "/participation/answers")["submitted"]

    changed = opened.api.ok("PATCH", path(opened, f"/seats/{answered.id}"), {**change, "confirmDeletion": True})
    assert changed["invitedAt"] is None
    assert answered.api.get("/participation").status_code == 401
    assert opened.api.ok("GET", path(opened, "/response-count"))["submitted"] == 0
    mails = len(opened.server.mails(changed["address"]))
    assert opened.api.ok("POST", path(opened, "/invitations"), {}) == {"invited": 1}
    new = opened.api.as_holder_of(token_in(opened.server.wait_for_mail(changed["address"], mails + 1).links[0]))
    fresh = new.ok("GET", "/participation/answers")
    assert not fresh["submitted"] and fresh["answered"] == 0


def test_a_seat_is_removed_with_its_answers_after_a_warning(opened):
    seat = opened.seats[2]
    answer(seat, 3)
    assert refusal(opened.api.delete(path(opened, f"/seats/{seat.id}"))) == "answers-would-be-deleted"
    assert opened.api.delete(path(opened, f"/seats/{seat.id}?confirmDeletion=true")).status_code == 204
    assert seat.api.get("/participation").status_code == 401
    count = opened.api.ok("GET", path(opened, "/response-count"))
    assert (count["invited"], count["submitted"]) == (7, 0)


def test_a_seat_that_is_added_while_open_can_answer(opened):
    post = opened.api.ok("POST", "/posts", {
        "function": FUNCTIONS[0], "title": f"Sen {opened.round[:8]}", "holderName": "Sen Person", "holderAddress": f"sen.{opened.round[:8]}@demo14.example",
        "holderLanguage": "sv"})
    seat = opened.api.ok("POST", path(opened, "/seats"), {"postId": post["id"]})
    opened.api.ok("POST", path(opened, "/invitations"), {})
    late = Seat(seat["id"], seat["address"], opened.api.as_holder_of(token_in(opened.server.wait_for_mail(seat["address"]).links[0])))
    answer(late, 4)
    count = opened.api.ok("GET", path(opened, "/response-count"))
    assert (count["invited"], count["submitted"], count["k"]) == (9, 1, 5)
    opened.api.delete(f"/posts/{post['id']}")


def test_seats_stand_still_once_the_round_is_closed(opened):
    opened.api.ok("POST", path(opened, "/closing"))
    seat = path(opened, f"/seats/{opened.seats[0].id}")
    assert refusal(opened.api.patch(seat, {"language": "en"})) == "round-not-open"
    assert refusal(opened.api.delete(seat + "?confirmDeletion=true")) == "round-not-open"
    assert refusal(opened.api.post(path(opened, "/seats"), {"postId": opened.round})) == "round-not-open"


# While it collects (disclosure.md R10)

def test_nothing_is_told_of_who_has_answered(opened):
    where = ["", "/contract", "/seats", "/seats?limit=100", f"/seats/{opened.seats[0].id}", f"/seats/{opened.seats[1].id}"]
    before = [opened.api.get(path(opened, more)).content for more in where]
    answer(opened.seats[0], 1)
    answer(opened.seats[1], 2, submit=False)
    assert [opened.api.get(path(opened, more)).content for more in where] == before
    count = opened.api.ok("GET", path(opened, "/response-count"))
    assert set(count) == {"invited", "submitted", "k", "oneMore", "_links"} and (count["invited"], count["submitted"], count["k"]) == (8, 1, 5)


def test_no_answer_holds_a_personal_link(opened):
    tokens = [seat.api.token for seat in opened.seats]
    for more in ("", "/seats?limit=100", "/contract", f"/seats/{opened.seats[0].id}"):
        text = opened.api.get(path(opened, more)).text
        assert not any(token in text or token[-20:] in text for token in tokens)
    assert not any(token[-20:] in opened.server.log_text for token in tokens)


# Who may

def test_a_director_reads_rounds_and_moves_none(council, opened):
    director = colleague(council, council.server, f"Doris {opened.round[:6]}", "director")
    assert director.ok("GET", path(opened))["state"] == "open"
    for step, (where, body) in STEPS.items():
        assert refusal(director.post(path(opened, where), {"submitted": 0} if step in ("fix", "workshop", "conclude") else body), 403) == "forbidden"
    # What he may not read does not exist.
    for more in ("/response-count", "/seats"):
        assert director.get(path(opened, more)).status_code == 404
    administrator = colleague(council, council.server, f"Adam {opened.round[:6]}", "administrator")
    assert administrator.get(path(opened)).status_code == 404
    assert administrator.post(path(opened, "/closing")).status_code == 404


# Closing, reopening, cancelling

def test_saves_after_closing_are_refused_and_reopening_keeps_what_was_answered(opened):
    seat = opened.seats[0]
    answer(seat, 1)
    before = seat.api.ok("GET", "/participation/answers")
    opened.api.ok("POST", path(opened, "/closing"))
    late = {"answers": {"d1.1": {"current": 5, "desired": 5}}}
    assert refusal(seat.api.patch("/participation/answers", late)) == "round-not-open"
    opened.api.ok("POST", path(opened, "/reopening"), {"closesAt": later(days=2)})
    assert seat.api.ok("GET", "/participation/answers") == before
    seat.api.ok("PATCH", "/participation/answers", late)


def test_cancelling_deletes_the_answers_and_ends_the_links(opened):
    for number, seat in enumerate(opened.seats):
        answer(seat, number)
    assert opened.api.ok("POST", path(opened, "/cancellation"))["state"] == "cancelled"
    assert opened.server.rows("select count(*) from app.responses where round_id = %s", [opened.round], user="nyttograd_super") == [(0,)]
    assert {seat.api.get("/participation").status_code for seat in opened.seats} == {401}


def test_the_worker_closes_on_time(opened):
    closes = later(seconds=3)
    opened.api.ok("PATCH", path(opened), {"closesAt": closes})
    closed = wait_until(lambda: (round := opened.api.ok("GET", path(opened)))["state"] == "closed" and round)
    assert closed["closedAt"] == closes
    assert refusal(opened.seats[0].api.patch("/participation/answers", {"answers": {"d1.1": {"current": 1, "desired": 1}}})) == "round-not-open"


def test_a_closing_time_that_was_moved_away_closes_nothing(opened):
    opened.api.ok("PATCH", path(opened), {"closesAt": later(seconds=2)})
    opened.api.ok("PATCH", path(opened), {"closesAt": later(days=2)})
    # The job of the first time has been carried out when it is gone.
    jobs = "select count(*) from app.jobs where kind = 'closeRound' and subject = %s"
    wait_until(lambda: opened.server.rows(jobs, [opened.round], user="nyttograd_super") == [(2,)])
    assert state(opened) == "open"


def test_it_closes_at_its_time_also_after_downtime(start_server):
    """The clock is moved: the server stands still over the closing time, and closes when it is back, as of that time."""
    first = start_server("--now", "2027-03-01T08:00:00Z")
    council = register(first, "9916")
    record_agreement(council)
    plan_round(council, "2027-03-02T16:00:00Z", people=5)
    invite_and_open(council, first)
    answer(council.seats[0], 1)
    assert first.stop() == 0

    second = start_server("--now", "2027-03-04T08:00:00Z", data=first.data)
    api, seat = (type(council.api)(second, token) for token in (council.api.token, council.seats[0].api.token))
    # Before the worker has come round, too.
    assert refusal(seat.patch("/participation/answers", {"answers": {"d1.1": {"current": 1, "desired": 1}}})) == "round-not-open"
    closed = wait_until(lambda: (round := api.ok("GET", path(council)))["state"] == "closed" and round)
    assert closed["closedAt"] == "2027-03-02T16:00:00Z"
    assert api.ok("GET", path(council, "/response-count"))["submitted"] == 1


# Mail that comes back

def test_a_mail_that_comes_back_shows_beside_its_seat(start_server, tmp_path):
    mail = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("smtp_server.py"), "plain", tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = json.loads(mail.stdout.readline())["port"]
        server = start_server(settings={"NYTTOGRAD_MAIL": f"smtp://127.0.0.1:{port}", "NYTTOGRAD_MAIL_TLS": "plain"})
        server.mail_folder = tmp_path
        council = register(server, "9917")
        record_agreement(council)
        plan_round(council, later(days=7), people=2)
        seat, other = (path(council, f"/seats/{seat.id}") for seat in council.seats)
        council.api.ok("PATCH", seat, {"address": "nobody@demo17.example"})
        council.api.ok("POST", path(council, "/invitations"), {})
        wait_until(lambda: council.api.ok("GET", seat)["bounced"])
        assert not council.api.ok("GET", other)["bounced"]
        council.api.ok("PATCH", seat, {"address": "somebody@demo17.example", "confirmDeletion": True})
        assert not council.api.ok("GET", seat)["bounced"]
        council.api.ok("POST", path(council, "/invitations"), {})
        assert server.wait_for_mail("somebody@demo17.example").links
    finally:
        mail.stdin.close()
        mail.wait(10)
