"""Who may not: each operation of openapi.yaml, asked for by everybody who must be refused, and then, byte for byte the same, by who may.

What somebody may not see is answered exactly as what does not exist.
"""

import functools
import itertools
import uuid
from dataclasses import dataclass

import pytest

from contract import BY_ID, OPERATIONS
from matrix import ROLES, TABLE, Request, forged_link, forged_session, random_ids, request, rightful, stripped
from people import Api

CASES = []   # (operation, who) of this run, counted at the end


@dataclass
class Refused:
    """Somebody who asks for what he may not, and how he is answered."""

    who: str
    api: Api
    status: int


@pytest.fixture(scope="module", autouse=True)
def tell_the_number():
    yield
    print(f"\nisolation matrix: {len(CASES)} refused requests, {len({operation for operation, _ in CASES})} operations")


# ---- Who is refused

def strangers(world):
    """Those who show nothing that holds, for any operation that needs somebody."""
    town = world.here
    yield Refused("nobody", world.nobody, 401)
    for who, token in {
        "a word": "word", "half a session": "ngs_", "a forged session": forged_session(town), "a session of no council": "ngs_" + "A" * 64,
        "a forged operator's session": "ngo_" + "A" * 43, "a forged link": forged_link(town.running.seats[0][1]), "a long word": "x" * 513,
    }.items():
        yield Refused(who, world.nobody.as_holder_of(token), 401)
    for role, api in world.expired.items():
        yield Refused(f"the expired session of a {role}", api, 401)
    yield Refused("an ended session", world.ended_session, 401)
    yield Refused("a former member", world.former_member, 401)
    yield Refused("an operator's expired session", world.expired_operator, 401)
    yield Refused("an operator's ended session", world.ended_operator, 401)
    for who, api in town.void_links.items():
        yield Refused(f"the link of {who}", api, 401)


def of_another_kind(operation, world):
    """Those whose token is good, for other operations."""
    kinds = {
        "member": [("a member", world.here.alva), ("a member of another council", world.other.alva)],
        "participant": [("a participant", world.here.running.seats[0][1]), ("a participant of another council", world.other.running.seats[0][1])],
        "operator": [("an operator", world.operator)],
    }
    own = operation.capability if operation.capability in kinds else "member"
    for kind, holders in kinds.items():
        if kind != own:
            yield from (Refused(who, api, 401) for who, api in holders)


def nearest_reading(operation):
    """The capability of the GET on the same path or the nearest one above it."""
    path = operation.path
    while path:
        found = [other for other in OPERATIONS if other.path == path and other.method == "GET"]
        if found:
            return found[0].capability
        path = path.rpartition("/")[0]


def colleagues(operation, town):
    """Members of the same council whose one role lacks the capability: 403 for who may read what the path names, otherwise 404."""
    for role, (_, api) in town.members.items():
        if role not in ROLES[operation.capability]:
            may_read = not operation.holes or role in ROLES[nearest_reading(operation)]
            yield Refused(f"a {role}", api, 403 if may_read else 404)


def refused(operation, ask, world):
    if operation.capability == "none":
        return
    yield from strangers(world)
    yield from of_another_kind(operation, world)
    if operation.capability in ROLES:
        yield from colleagues(operation, ask.town)
        if operation.holes and not ask.of_all:
            yield Refused("the administrator and strategist of another council", world.other.alva, 404)


# ---- The matrix

def test_the_table_has_a_row_for_each_operation():
    assert set(TABLE) == set(BY_ID)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_who_may_not_is_refused_and_who_may_succeeds(operation, world):
    assert operation.id in TABLE, f"say in matrix.TABLE how {operation.id} succeeds"
    ask = TABLE[operation.id](world)
    same, cases = request(operation, ask), list(refused(operation, ask, world))
    world.settle()
    before = ask.town and world.contents_of(ask.town)
    faults = [fault for case in cases for fault in faults_of(case, same, operation, ask)]
    if ask.town:
        assert world.contents_of(ask.town) == before, f"somebody who was refused has changed the council; and {faults}"
    assert not faults, "\n".join(faults)
    answer = same.by(rightful(operation, ask) or world.nobody)
    assert answer.status_code in operation.successes, answer.text


def faults_of(case, same, operation, ask):
    CASES.append((operation.id, case.who))
    answer = same.by(case.api)
    if answer.status_code != case.status:
        yield f"{case.who}: {answer.status_code}, not {case.status}: {answer.text[:300]}"
    hidden = [] if ask.of_all else [name for name in ask.ids if name.endswith("Id")]
    # Of those who show nothing that holds, one stands for all.
    if hidden and (case.status != 401 or case.who == "nobody"):
        elsewhere = request(operation, ask, random_ids(hidden)).by(case.api)
        if stripped(answer) != stripped(elsewhere):
            yield f"{case.who}: what is there is answered {stripped(answer)}, and what is not {stripped(elsewhere)}"


# ---- Others' ids in the requests of those who may

@functools.cache
def foreign_ids(world):
    """Ids of another council, by the names that paths and bodies have for them."""
    other = world.other
    deputy = other.deputy(post := other.post())
    return {
        "memberId": other.colleague, "sessionId": other.sessions[0], "joinRequestId": other.waiting[0], "agreementId": other.agreement, "postId": post, "deputyId": deputy, "roundId": other.running.id,
        "instrumentId": other.instrument_in_use, "commentId": other.comment(),
        "seatId": other.running.seats[0][0], "seatIds": [other.running.seats[0][0]]}


def with_foreign_ids(operation, ask, world):
    """(what is foreign, the request with it, the same with an id that nothing has): each id alone, and all of the path at once."""
    foreign = foreign_ids(world)
    assert {name for name in operation.holes if name.endswith("Id")} <= set(foreign), "say here what it is of another council"
    names = [name for name in operation.holes if name in foreign]
    choices = [chosen for size in range(1, len(names) + 1) for chosen in itertools.combinations(names, size)]
    for chosen in choices:
        yield (f"another council's {chosen}", request(operation, ask, {name: foreign[name] for name in chosen}),
               request(operation, ask, random_ids(chosen)))
    if "seatId" in names:
        yield "a seat of another round", request(operation, ask, {"seatId": world.here.lone_seat}), request(operation, ask, random_ids(["seatId"]))
    for name in set(foreign) & set(ask.body or {}):
        unknown = [str(uuid.uuid4())] if isinstance(foreign[name], list) else str(uuid.uuid4())
        yield (f"another council's {name} in the body", request(operation, ask, body={**ask.body, name: foreign[name]}),
               request(operation, ask, body={**ask.body, name: unknown}))


@pytest.mark.parametrize(
    "operation", [operation for operation in OPERATIONS if operation.capability in ROLES and (operation.holes or operation.body)],
    ids=lambda operation: operation.id)
def test_what_is_another_councils_is_answered_as_what_does_not_exist(operation, world):
    ask = TABLE[operation.id](world)
    pairs = [] if ask.of_all else list(with_foreign_ids(operation, ask, world))
    before = world.contents_of(world.other)
    for what, foreign, unknown in pairs:
        CASES.append((operation.id, what))
        answer, same = foreign.by(rightful(operation, ask)), unknown.by(rightful(operation, ask))
        assert answer.status_code in (404, 422), f"{what}: {answer.status_code} {answer.text}"
        assert stripped(answer) == stripped(same), what
    assert world.contents_of(world.other) == before


# ---- Where the token alone says what is acted on

@pytest.mark.parametrize(
    "operation", [operation for operation in OPERATIONS if operation.capability in ROLES and not operation.holes and operation.id not in ("deleteSession", "leaveCouncil")],
    ids=lambda operation: operation.id)
def test_another_councils_member_acts_on_his_own_council(operation, world):
    """There is no id in the request: it succeeds, for the council of the token alone."""
    ask = TABLE[operation.id](world)
    before = world.contents_of(world.here)
    answer = request(operation, ask).by(world.there.by(operation.capability))
    assert answer.status_code in operation.successes, answer.text
    assert world.contents_of(world.here) == before
    assert [found for found in world.ids_of(world.here) if found in answer.text] == []


@pytest.mark.parametrize("operation", [operation for operation in OPERATIONS if operation.capability == "participant"], ids=lambda operation: operation.id)
def test_another_participant_acts_on_his_own_seat(operation, world):
    ask = TABLE[operation.id](world)
    own = world.response_of(ask.actor)
    others = {who: api for who, api in world.other_participants.items() if api is not ask.actor}
    assert len(others) >= 3
    for who, api in others.items():
        answer = request(operation, ask).by(api)
        assert answer.status_code < 500, who
        assert world.response_of(ask.actor) == own, f"{who} changed somebody else's answers"
        assert not [found for found in world.ids_of(ask.town) if found in answer.text], who


# ---- Tokens in a body

def test_a_link_opens_one_thing_only_and_once(world):
    """Each kind of token, at each operation that takes a link's: all that is wrong is answered alike."""
    links = {
        "verifyRegistration": world.registration_token(), "createSession": world.here.invitation_token(),
        "confirmAddress": world.here.address_token(), "confirmJoinRequest": world.here.join_token(),
        "a personal link": world.here.running.seats[0][1].token, "a session": world.here.alva.token,
        "an operator's session": world.operator.token,
        # Of a seat of its own: that of another test may have been guessed too often.
        "a forged personal link": forged_link(world.here.open().seats[0][1]), "a word": "word"}
    for operation in (BY_ID[name] for name in ("verifyRegistration", "createSession", "confirmAddress", "confirmJoinRequest")):
        at = Request(operation.method, operation.path)
        answers = {
            kind: stripped(world.nobody.post(at.path, {"token": token})) for kind, token in links.items() if kind != operation.id}
        used = world.nobody.post(at.path, {"token": links[operation.id]})
        assert used.status_code in operation.successes
        answers["a used link"] = stripped(world.nobody.post(at.path, {"token": links[operation.id]}))
        assert {kind: answer[0] for kind, answer in answers.items()} == {kind: 410 for kind in answers}
        assert len({str(answer) for answer in answers.values()}) == 1, answers


def test_known_and_unknown_addresses_are_answered_alike(world):
    known, unknown = ({"address": address} for address in (world.here.alva_address, "ingen@demo01.example"))
    assert stripped(world.nobody.post("/sign-in-links", known)) == stripped(world.nobody.post("/sign-in-links", unknown))
