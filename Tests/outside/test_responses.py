"""Answers: who sees them, that each save is kept, and that closing ends saving exactly."""

import threading
import time
import uuid

import pytest

import cluster
from seed import A, B, DENIED, INSTRUMENT, ITEMS, LATER, NOW, ROLES, acting, app, database, enter, fresh, insert, outcome, superuser

PUT = "app.put({0}, %s::smallint[], %s::smallint[])"
CLOSE = f"select app.move_round(%s, 'closed', '{LATER}', '{NOW}')"
SAVE = f"""update app.responses set current = {PUT.format("current")}, desired = {PUT.format("desired")}
           where municipality_id = %s and seat_id = %s and open"""


def save(connection, item, level, seat=A.seat):
    return connection.execute(SAVE, ([item], [level], [item], [level], A.id, seat)).rowcount


def answers(superuser, seat=A.seat):
    return superuser.execute("select current, desired from app.responses where seat_id = %s", [seat]).fetchone()


@pytest.fixture
def connect(fresh):
    """Opens connections to one fresh database."""
    opened = []

    def open_one(user=cluster.APP, **options):
        opened.append(cluster.shared().connect(fresh, user, **options))
        return opened[-1]

    yield open_one
    for connection in opened:
        connection.close()


class Waiting:
    """Runs a statement on a connection in a thread, and tells that it waits for a lock."""

    def __init__(self, connection, watcher, action):
        self.thread = threading.Thread(target=self._run, args=(action,))
        self.thread.start()
        deadline = time.monotonic() + 10
        while not watcher.execute("select pg_blocking_pids(%s) <> '{}'", [connection.info.backend_pid]).fetchone()[0]:
            assert time.monotonic() < deadline and self.thread.is_alive(), "it did not wait"
            time.sleep(0.01)

    def _run(self, action):
        self.result = action()

    def finish(self):
        self.thread.join(10)
        assert not self.thread.is_alive()
        return self.result


# Who sees them

@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("ng_participant", "ng_worker")])
def test_no_other_role_has_anything_to_do_with_responses(role, app):
    with acting(app, role, A):
        for statement in ("select 1 from app.responses", "select submitted from app.responses", "delete from app.responses",
                          "update app.responses set submitted = true", "update app.responses set open = true", "insert into app.responses default values"):
            assert outcome(app, statement) == DENIED


def test_a_participant_sees_exactly_his_own_row(app):
    with acting(app, "ng_participant", A):
        assert app.execute("select seat_id from app.responses").fetchall() == [(A.seat,)]
        for statement in ("select id from app.responses", "select round_id from app.responses", "delete from app.responses",
                          "update app.responses set open = true", "update app.responses set items = 3", "update app.responses set seat_id = seat_id"):
            assert outcome(app, statement) == DENIED
        assert outcome(app, "update app.responses set submitted = true where municipality_id = %s", [A.id]) == 1
        assert outcome(app, SAVE, ([1], [3], [1], [3], A.id, A.id_of("seat 2"))) == 0


def test_the_worker_sees_what_is_closed_and_not_whose_it_is(app):
    read = "select * from app.sheets_by_branch(%s)"
    with acting(app, "ng_worker", A):
        assert outcome(app, read, [A.open]) == 0
        assert outcome(app, "delete from app.responses where municipality_id = %s", [A.id]) == 0
        app.execute("select app.set_open(%s, false)", [A.open])
        # The round's own state counts too.
        assert outcome(app, read, [A.open]) == 0
        app.execute("update app.rounds set state = 'closed' where municipality_id = %s and id = %s", (A.id, A.open))
        assert app.execute(read, [A.open]).fetchall() == [("directors", "directorOther", [0] * ITEMS, [0] * ITEMS)]
        assert outcome(app, read, [B.open]) == 0
        for column in ("id", "seat_id", "current", "desired", "submitted"):
            assert outcome(app, f"select {column} from app.responses") == DENIED
        assert outcome(app, "delete from app.responses where municipality_id = %s and round_id = %s", (A.id, A.open)) == 2


def test_the_sheets_stand_in_an_order_that_tells_nothing(superuser):
    """By what is in them; an area's sheets do not tell the function."""
    superuser.execute("update app.rounds set state = 'closed' where id = %s", [A.open])
    superuser.execute("update app.seats set function = 'programme-area-director', family = 'programme-areas', area = 'Skola' where municipality_id = %s", [A.id])
    for seat, level in ((A.seat, 5), (A.id_of("seat 2"), 1)):
        superuser.execute("update app.responses set submitted = true, open = false, current = array_fill(%s::smallint, array[4]) where seat_id = %s", (level, seat))
    enter(superuser, "ng_worker", A)
    rows = superuser.execute("select * from app.sheets_by_branch(%s)", [A.open]).fetchall()
    assert [(row[0], row[1], row[2][0]) for row in rows] == [("programme-areas", "Skola", 1), ("programme-areas", "Skola", 5)]


def test_where_a_seat_belongs_is_settled_by_its_first_invitation(superuser):
    """Later a post may change: not the parts that a result is divided into."""
    place = lambda: superuser.execute("select function, family, area, invited_at is null from app.seats where id = %s", [seat]).fetchone()
    invite = lambda: superuser.execute("select id, generation from app.invite_seats(%s, null, true, %s)", (A.open, NOW)).fetchall()
    enter(superuser, "ng_member", A)
    insert(superuser, "posts", municipality_id=A.id, id=(post := uuid.uuid4()), function="programme-area-director", family="programme-areas", title="new",
           area="Skola", holder_name="h", holder_address="a", holder_language="sv")
    insert(superuser, "seats", municipality_id=A.id, id=(seat := uuid.uuid4()), round_id=A.open, post_id=post, deputy=False, name="n", address="a", language="sv")
    assert place() == (None, None, None, True)
    assert (seat, 1) in invite() and place() == ("programme-area-director", "programme-areas", "Skola", False)
    superuser.execute("update app.posts set area = 'Vård' where municipality_id = %s and id = %s", (A.id, post))
    superuser.execute("select app.reseat(%s, 'Another', 'another@council.example', 'sv')", [seat])
    assert (seat, 2) in invite() and place() == ("programme-area-director", "programme-areas", "Skola", False)


def test_nobody_is_invited_to_a_round_that_collects_no_more_or_to_another_councils(superuser):
    superuser.execute("update app.rounds set state = 'closed' where id = %s", [A.open])
    enter(superuser, "ng_member", A)
    for round_id in (A.open, A.fixed, B.open):
        assert superuser.execute("select id from app.invite_seats(%s, null, true, %s)", (round_id, NOW)).fetchall() == []


@pytest.mark.parametrize("role", [role for role in ROLES if role != "ng_worker"])
def test_nobody_else_sorts_sheets(role, app):
    with acting(app, role, A):
        assert outcome(app, "select * from app.sheets_by_branch(%s)", [A.open]) == DENIED


def test_the_count_is_of_ones_own_whole_round(app):
    for role in ("ng_member", "ng_participant", "ng_worker"):
        with acting(app, role, A):
            assert app.execute("select app.count_submitted(%s), app.count_submitted(%s)", (A.open, B.open)).fetchone() == (1, 0)


# What a response may hold

@pytest.mark.parametrize("current, desired, ok", [
    ([1, 2, 3, 0], [5, 0, 3, 0], True),
    ([8, 9, 0, 1], [8, 9, 0, 1], True),
    ([8, 0, 0, 0], [0, 0, 0, 0], False),
    ([0, 0, 0, 0], [0, 9, 0, 0], False),
    ([8, 0, 0, 0], [9, 0, 0, 0], False),
    ([6, 0, 0, 0], [1, 0, 0, 0], False),
    ([10, 0, 0, 0], [1, 0, 0, 0], False),
    ([-1, 0, 0, 0], [1, 0, 0, 0], False),
    ([None, 0, 0, 0], [0, 0, 0, 0], False),
    ([0, 0, 0, 0], [0, 0, 0, None], False),
    ([0, 0, 0], [0, 0, 0, 0], False),
    ([0, 0, 0, 0], [0, 0, 0, 0, 0], False),
    ([], [], False),
    ([[0, 0], [0, 0]], [[0, 0], [0, 0]], False),
    ("[0:3]={0,0,0,0}", "[0:3]={0,0,0,0}", False),
    ("[2:5]={0,0,0,0}", [0, 0, 0, 0], False),
])
def test_a_response_is_well_formed(current, desired, ok, app):
    with acting(app, "ng_participant", A):
        statement = "update app.responses set current = %s::smallint[], desired = %s::smallint[] where municipality_id = %s"
        assert outcome(app, statement, (current, desired, A.id)) == (1 if ok else "23514")


@pytest.mark.parametrize("items, levels", [([0], [1]), ([5], [1]), ([-1], [1]), ([32767], [1]), ([1], [None]), ([1, 2], [1])])
def test_a_save_beyond_the_items_is_refused(items, levels, app):
    with acting(app, "ng_participant", A):
        assert outcome(app, SAVE, (items, levels, items, levels, A.id, A.seat)) == "23514"


def test_an_instrument_without_items_makes_no_shapeless_response(superuser):
    assert superuser.execute("select app.well_formed('{}', '{}', 0::smallint, 5::smallint), app.well_formed(null, null, 4::smallint, 5::smallint)").fetchone() == (False, False)


# Handing out and taking back

def test_hand_out_gives_each_seat_of_an_open_round_one_empty_response(app, superuser):
    enter(superuser, "ng_member", A)
    insert(superuser, "posts", municipality_id=A.id, id=(post := uuid.uuid4()), function="f", family="directors", title="new",
           holder_name="h", holder_address="a", holder_language="sv")
    insert(superuser, "seats", municipality_id=A.id, id=(seat := uuid.uuid4()), round_id=A.open, post_id=post, deputy=False, name="n", address="a", language="sv")
    for round_id in (A.open, A.open, A.fixed, B.open, uuid.uuid4()):
        superuser.execute("select app.hand_out(%s)", [round_id])
    superuser.execute("reset role")
    assert superuser.execute("select count(*) from app.responses where municipality_id = %s", [A.id]).fetchone() == (3,)
    assert superuser.execute("select current, desired, submitted, open, items from app.responses where seat_id = %s", [seat]).fetchone() == (
        [0] * ITEMS, [0] * ITEMS, False, True, ITEMS)


def test_nothing_is_handed_out_or_touched_in_another_council(superuser):
    before = superuser.execute("select * from app.responses where municipality_id = %s order by id", [B.id]).fetchall()
    superuser.execute("delete from app.responses where municipality_id = %s and not submitted", [B.id])
    enter(superuser, "ng_member", A)
    superuser.execute("select app.hand_out(%(round)s), app.move_round(%(round)s, 'cancelled', '2026-12-02', '2026-11-02'), app.remove_seat(%(seat)s),"
                      " app.reseat(%(seat)s, 'n', 'a', 'sv')", {"round": B.open, "seat": B.id_of("seat 2")})
    superuser.execute("reset role")
    assert superuser.execute("select * from app.responses where municipality_id = %s", [B.id]).fetchall() == [row for row in before if row[7]]


def test_a_round_that_is_not_open_is_not_opened_for_answers(app, superuser):
    superuser.execute("update app.rounds set state = 'closed' where id = %s", [A.open])
    enter(superuser, "ng_worker", A)
    superuser.execute("select app.set_open(%s, false), app.set_open(%s, true)", (A.open, A.open))
    superuser.execute("reset role")
    assert superuser.execute("select distinct open from app.responses where municipality_id = %s", [A.id]).fetchall() == [(False,)]


def test_a_seat_given_to_another_loses_its_answers_and_its_link(connect):
    superuser, member = connect(cluster.SUPER, autocommit=True), connect()
    participant = connect()
    enter(participant, "ng_participant", A)
    assert save(participant, 1, 5) == 1
    participant.commit()
    enter(member, "ng_member", A)
    member.execute("select app.reseat(%s, 'New Holder', 'new@council.example', 'en')", [A.seat])
    member.commit()
    assert answers(superuser) == ([0] * ITEMS, [0] * ITEMS)
    assert superuser.execute("select name, generation, invited_at from app.seats where id = %s", [A.seat]).fetchone() == ("New Holder", 2, None)
    assert outcome(participant, "select app.enter_participant(%s, %s, 1)", (A.id, A.seat)) == "28000"


def test_the_lock_on_a_round_is_all_that_ballots_has_on_it(superuser):
    superuser.execute("select set_config('role', 'ng_ballots', true), set_config('app.municipality_id', %s, true)", [str(A.id)])
    assert outcome(superuser, "update app.rounds set title = 'x'") == DENIED
    assert outcome(superuser, "select id from app.rounds for share") == 2


# At the same time

def test_two_hundred_interleaved_saves_are_all_kept(connect):
    superuser = connect(cluster.SUPER, autocommit=True)
    superuser.execute("update app.responses set items = 200, current = array_fill(0::smallint, array[200]),"
                      " desired = array_fill(0::smallint, array[200]) where seat_id = %s", [A.seat])

    def device(first):
        connection = connect()
        for item in range(first, 201, 2):
            enter(connection, "ng_participant", A)
            assert save(connection, item, item % 5 + 1) == 1
            connection.commit()

    devices = [threading.Thread(target=device, args=(first,)) for first in (1, 2)]
    for each in devices:
        each.start()
    for each in devices:
        each.join(60)
    expected = [item % 5 + 1 for item in range(1, 201)]
    assert answers(superuser) == (expected, expected)


def test_closing_waits_for_the_save_in_flight_and_ends_saving(connect):
    superuser, participant, member = connect(cluster.SUPER, autocommit=True), connect(), connect()
    enter(participant, "ng_participant", A)
    assert save(participant, 1, 4) == 1

    def close():
        enter(member, "ng_member", A)
        member.execute(CLOSE, [A.open])
        member.commit()

    closing = Waiting(member, superuser, close)
    participant.commit()
    closing.finish()
    assert answers(superuser)[0] == [4, 0, 0, 0]
    with acting(participant, "ng_participant", A):
        assert save(participant, 2, 4) == 0
        assert outcome(participant, "update app.responses set submitted = true where municipality_id = %s and seat_id = %s", (A.id, A.seat)) == 0


def test_a_save_that_waits_for_the_closing_finds_nothing_to_save_to(connect):
    superuser, participant, member = connect(cluster.SUPER, autocommit=True), connect(), connect()
    enter(member, "ng_member", A)
    member.execute(CLOSE, [A.open])
    enter(participant, "ng_participant", A)
    saving = Waiting(participant, superuser, lambda: save(participant, 1, 4))
    member.commit()
    assert saving.finish() == 0


@pytest.mark.parametrize("first", ["hand out", "close"])
def test_a_seat_added_while_the_round_closes_is_not_left_open(first, connect):
    superuser, adding, closing = connect(cluster.SUPER, autocommit=True), connect(), connect()
    superuser.execute("delete from app.responses where seat_id = %s", [A.seat])

    def hand_out():
        enter(adding, "ng_member", A)
        adding.execute("select app.hand_out(%s)", [A.open])

    def close():
        enter(closing, "ng_member", A)
        closing.execute(CLOSE, [A.open])

    one, other = ((hand_out, adding), (close, closing)) if first == "hand out" else ((close, closing), (hand_out, adding))
    one[0]()
    waiting = Waiting(other[1], superuser, other[0])
    one[1].commit()
    waiting.finish()
    other[1].commit()
    assert superuser.execute("select count(*) from app.responses where municipality_id = %s and open", [A.id]).fetchone() == (0,)
    assert superuser.execute("select count(*) from app.responses where seat_id = %s", [A.seat]).fetchone() == (1 if first == "hand out" else 0,)


def test_deleted_answers_are_gone_for_every_role(connect):
    superuser, worker = connect(cluster.SUPER, autocommit=True), connect()
    enter(worker, "ng_worker", A)
    worker.execute("select app.set_open(%s, false)", [A.open])
    worker.execute("delete from app.responses where municipality_id = %s and round_id = %s", (A.id, A.open))
    worker.commit()
    assert superuser.execute("select count(*) from app.responses where municipality_id = %s", [A.id]).fetchone() == (0,)
    with acting(worker, "ng_participant", A):
        assert outcome(worker, "select seat_id from app.responses") == 0
        assert save(worker, 1, 1) == 0
