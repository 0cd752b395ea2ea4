"""What no role may learn or undo, within its own council too: tried by SQL, past whatever the program would refuse."""

import uuid

import psycopg
import pytest

from seed import A, B, DENIED, EDITION, INSTRUMENT, LATER, NOW, acting, app, database, enter, outcome, refusal_of, superuser


def test_published_cells_say_nothing_of_fewer_than_five_others(app):
    with acting(app, "ng_member", A):
        cells = app.execute("select dimension, others, councils, quantiles from app.published_cells('digitalisation', 1) order by 1").fetchall()
        assert cells == [("enough", 5, 6, {"median": "2.1"}), ("few", 4, None, None)]
        for table in ("editions", "edition_cells", "edition_entries"):
            assert outcome(app, f"select 1 from app.{table}") == DENIED


@pytest.mark.parametrize("statement, parameters, expected", [
    ("update app.contracts set k = 6 where municipality_id = %s", [A.id], 0),
    ("update app.contracts set frozen_at = null, document = null, sha256 = null where municipality_id = %s", [A.id], 0),
    ("update app.rounds set state = 'open' where municipality_id = %s and id = %s", [A.id, A.fixed], DENIED),
    ("update app.rounds set title = 'other' where municipality_id = %s and id = %s", [A.id, A.fixed], DENIED),
    ("update app.rounds set state = 'cancelled' where municipality_id = %s and id = %s", [A.id, A.fixed], DENIED),
    ("update app.rounds set fixed_at = null where municipality_id = %s and id = %s", [A.id, A.fixed], DENIED),
    ("update app.rounds set state = 'concluded', ended_at = closes_at where municipality_id = %s and id = %s", [A.id, A.fixed], DENIED),
    ("update app.rounds set state = 'fixed' where municipality_id = %s and id = %s", [A.id, A.open], DENIED),
    ("update app.rounds set state = 'closed' where municipality_id = %s and id = %s", [A.id, A.open], DENIED),
    *((f"update app.rounds set {column} = %s where municipality_id = %s", [NOW, A.id], DENIED) for column in ("opened_at", "closed_at", "ended_at")),
    ("select app.set_open(%s, false)", [A.open], DENIED),
    ("select app.delete_answers_of_round(%s)", [A.open], DENIED),
    ("delete from app.seats where municipality_id = %s", [A.id], DENIED),
    ("update app.rounds set instrument_id = %s where municipality_id = %s", [INSTRUMENT, A.id], DENIED),
    ("update app.results set document = '' where municipality_id = %s", [A.id], DENIED),
    ("delete from app.results where municipality_id = %s", [A.id], DENIED),
    ("delete from app.fixings where municipality_id = %s", [A.id], DENIED),
    ("update app.agreements set version = '2' where municipality_id = %s", [A.id], DENIED),
    ("update app.seats set address = 'me@council.example' where municipality_id = %s", [A.id], DENIED),
    ("update app.seats set deputy = true where municipality_id = %s", [A.id], DENIED),
    *((f"update app.seats set {column} = {column} where municipality_id = %s", [A.id], DENIED)
      for column in ("function", "family", "area", "invited_at", "generation", "name")),
    ("update app.posts set function = 'e-strategist', family = 'strategists' where municipality_id = %s", [A.id], DENIED),
    ("update app.contracts set split = true where municipality_id = %s", [A.id], DENIED),
    ("update app.sessions set member_id = %s where municipality_id = %s", [A.member, A.id], DENIED),
    ("update app.sessions set revoked_at = %s where municipality_id = %s and member_id = %s", [NOW, A.id, A.colleague], 0),
    ("select 1 from app.sessions where municipality_id = %s", [A.id], 1),
    ("update app.members set address = 'x' where municipality_id = %s", [A.id], DENIED),
    ("select 1 from app.people", [], DENIED),
    ("select 1 from app.sign_in_links", [], DENIED),
    ("select 1 from app.registrations", [], DENIED),
    ("select app.link_address(%s)", [A.link], DENIED),
])
def test_what_a_member_may_not_do_in_his_own_council(statement, parameters, expected, app):
    with acting(app, "ng_member", A):
        assert outcome(app, statement, parameters) == expected


STEPS = {
    "planned": ["seminar", "open", "cancelled"], "seminar": ["open", "cancelled"], "open": ["closed", "cancelled"], "closed": ["open", "cancelled"],
    "fixed": ["workshop", "concluded"], "workshop": ["concluded"], "concluded": [], "cancelled": []}


@pytest.mark.parametrize("state", STEPS)
def test_a_member_takes_the_steps_that_there_are_and_skips_none(state, superuser):
    times = {"fixed": "fixed_at = %s", "workshop": "fixed_at = %s", "concluded": "ended_at = %s", "cancelled": "ended_at = %s"}.get(state, "closes_at = %s")
    superuser.execute(f"update app.rounds set state = %s, {times} where id = %s", (state, LATER, A.open))
    enter(superuser, "ng_member", A)
    for other in STEPS:
        with superuser.transaction(force_rollback=True):
            moved = superuser.execute("select app.move_round(%s, %s, %s, %s)", (A.open, other, LATER, NOW)).fetchone()[0]
            assert moved == (other in STEPS[state]), other
            left = superuser.execute("select state from app.rounds where id = %s", [A.open]).fetchone()[0]
            assert left == (other if moved else state)


def test_a_step_does_what_it_does_with_the_answers_and_none_is_asked_without_a_contract(superuser):
    move = lambda state: superuser.execute("select app.move_round(%s, %s, %s, %s)", (A.open, state, LATER, NOW)).fetchone()[0]
    def responses():
        superuser.execute("reset role")
        found = superuser.execute("select open, count(*) from app.responses where municipality_id = %s group by 1", [A.id]).fetchall()
        enter(superuser, "ng_member", A)
        return found
    enter(superuser, "ng_member", A)
    assert move("closed") and responses() == [(False, 2)]
    assert move("open") and responses() == [(True, 2)]
    assert move("cancelled") and responses() == []
    superuser.execute("reset role")
    superuser.execute("update app.rounds set state = 'planned', ended_at = null where id = %s", [A.open])
    superuser.execute("update app.contracts set frozen_at = null, document = null, sha256 = null where round_id = %s", [A.open])
    enter(superuser, "ng_member", A)
    assert not move("open") and not move("seminar")


def test_seats_stand_still_once_a_round_is_closed_by_sql_too(superuser):
    superuser.execute("update app.rounds set state = 'closed' where id = %s", [A.open])
    enter(superuser, "ng_member", A)
    superuser.execute("select app.remove_seat(%s), app.reseat(%s, 'New', 'new@council.example', 'sv')", (A.seat, A.seat))
    assert superuser.execute("select name from app.seats where id = %s", [A.seat]).fetchall() == [("Holder 1",)]
    superuser.execute("reset role")
    assert superuser.execute("select count(*) from app.responses where seat_id = %s", [A.seat]).fetchone() == (1,)


def test_a_session_that_ended_stays_ended(app):
    with acting(app, "ng_member", A):
        assert outcome(app, "update app.sessions set revoked_at = %s where municipality_id = %s", (NOW, A.id)) == 1
        assert outcome(app, "update app.sessions set revoked_at = null where municipality_id = %s", (A.id,)) == 0
        app.execute("select app.revoke_sessions(%s, %s)", (A.colleague, NOW))
        app.execute("reset role")
        with pytest.raises(psycopg.Error):
            app.execute("select app.enter_member(%s, %s, %s, %s, %s)", (A.id, A.colleagues_token, NOW, LATER, ["strategist"]))


def test_the_worker_reopens_nothing(app):
    with acting(app, "ng_worker", A):
        assert outcome(app, "update app.rounds set state = 'closed' where municipality_id = %s and id = %s", (A.id, A.fixed)) == 0
        assert outcome(app, "update app.rounds set state = 'open' where municipality_id = %s and id = %s", (A.id, A.open)) == DENIED


def test_a_participant_sees_his_own_seat_post_and_round_alone(app):
    with acting(app, "ng_participant", A):
        assert app.execute("select id from app.posts").fetchall() == [(A.post,)]
        assert app.execute("select id from app.seats").fetchall() == [(A.seat,)]
        assert app.execute("select id from app.rounds").fetchall() == [(A.open,)]
        for statement in ("select holder_name from app.posts", "select address from app.seats", "select 1 from app.members", "select id from app.responses"):
            assert outcome(app, statement) == DENIED


@pytest.mark.parametrize("role, kind, council", [
    ("ng_anonymous", "mailSignIn", A), ("ng_anonymous", "mailRegistration", B), ("ng_registrar", "admit", A), ("ng_sign_in", "mailSeat", A),
    ("ng_member", "admit", A), ("ng_member", "fixRound", B), ("ng_operator", "fixRound", A), ("ng_librarian", "fixRound", A), ("ng_participant", "mailSeat", A),
])
def test_nobody_orders_a_job_that_is_not_his_to_order(role, kind, council, app):
    with acting(app, role, A):
        refusal = refusal_of(app, "jobs", id=uuid.uuid4(), kind=kind, municipality_id=council.id, subject=uuid.uuid4(), run_at=NOW)
        assert refusal.sqlstate == DENIED


def test_a_link_is_used_once_for_its_own_council(app):
    use = "update app.sign_in_links set used_at = %s where id = %s"
    with acting(app, "ng_sign_in", B):
        assert outcome(app, use, (NOW, A.link)) == 0
    with acting(app, "ng_sign_in", A):
        assert outcome(app, use, (NOW, A.link)) == 1
        assert outcome(app, use, (NOW, A.link)) == 0
    with acting(app, "ng_worker", B):
        assert app.execute("select app.link_address(%s)", [A.link]).fetchone() == (None,)


def test_an_operator_decides_once_and_only_on_what_waits(app, superuser):
    decide = "update app.registrations set state = %s, decided_at = %s, decided_by = %s where id = %s"
    operator = superuser.execute("select id from app.operators").fetchone()[0]
    with acting(app, "ng_operator", A):
        assert outcome(app, decide, ("admitted", NOW, operator, A.registration)) == DENIED
        assert outcome(app, decide, ("refused", NOW, None, A.registration)) == DENIED
        assert outcome(app, decide, ("refused", NOW, operator, A.registration)) == 1
        assert outcome(app, decide, ("waiting", NOW, operator, A.registration)) == 0


@pytest.mark.parametrize("before, after, expected", [
    ("sent", "admitted", 1), ("waiting", "admitted", 1), ("waiting", "late", 1), ("sent", "refused", DENIED),
    ("refused", "admitted", 0), ("admitted", "waiting", 0), ("late", "admitted", 0),
])
def test_the_registrar_moves_a_registration_only_onwards(before, after, expected, superuser):
    superuser.execute("update app.registrations set state = %s where id = %s", (before, A.registration))
    enter(superuser, "ng_registrar", A)
    move = "update app.registrations set state = %s, verified_at = %s where municipality_id = %s and id = %s"
    assert outcome(superuser, move, (after, None, A.id, A.registration)) == (DENIED if expected else 0)
    assert outcome(superuser, move, (after, NOW, A.id, A.registration)) == expected


def test_an_address_that_no_council_names_is_forgotten(app, superuser):
    enter(superuser, "ng_member", A)
    superuser.execute("select app.name_person(%s, 'member@demo02.example')", [uuid.uuid4()])
    superuser.execute("select app.forget_person('member@demo02.example'), app.forget_person('member@demo01.example'), app.forget_person('colleague@demo02.example')")
    superuser.execute("reset role")
    left = superuser.execute("select address, councils from app.people order by 1").fetchall()
    assert left == [("colleague@demo01.example", [A.id]), ("colleague@demo02.example", [B.id]), ("member@demo02.example", [B.id])]


def test_editions_are_never_changed(app):
    with acting(app, "ng_publisher"):
        for statement in ("update app.editions set number = 2", "delete from app.editions", "update app.edition_cells set councils = 9",
                          "delete from app.edition_entries", "update app.result_figures set shared = false"):
            assert outcome(app, statement) == DENIED
        assert outcome(app, "select 1 from app.editions where id = %s", [EDITION]) == 1
