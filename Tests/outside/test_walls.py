"""The walls between councils, tried as an attacker who may run any SQL as one of the application's roles."""

import itertools
import random
import uuid

import psycopg
import pytest
from psycopg import sql

import catalogue
import cluster
from seed import A, B, DENIED, LATER, NOW, ROLES, acting, app, database, enter, insert, outcome, refusal_of, superuser

# What crosses councils by design: the publisher reads the figures that councils have shared.
CROSSING = {("ng_publisher", "result_figures"), ("ng_publisher", "edition_entries")}


@pytest.fixture(scope="module")
def tables(database):
    """Every tenant table that there is, with its columns: found in the catalogue, so that a new one is tried too."""
    with cluster.shared().connect(database, cluster.SUPER) as connection:
        return dict(connection.execute(
            """select c.relname, array_agg(a.attname::text order by a.attnum) from pg_class c join pg_attribute a on a.attrelid = c.oid
               where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
                 and c.relname <> all (%s) group by 1 order by 1""", [list(catalogue.OUTSIDE)]).fetchall())


def granted(connection, role, table, columns, privilege):
    """Those of the columns on which the role has the privilege."""
    return [name for name in columns if connection.execute(
        "select has_column_privilege(%s, %s, %s, %s)", (role, f"app.{table}", name, privilege)).fetchone()[0]]


def test_the_seed_has_rows_of_both_councils_in_every_tenant_table(tables, superuser):
    for table, council in itertools.product(tables, (A, B)):
        count = superuser.execute(f"select count(*) from app.{table} where municipality_id = %s", [council.id]).fetchone()[0]
        assert count > 0, f"add app.{table} to seed.py, so that its walls are tried"


# The matrix: every tenant table × every role × {no tenant, the other's rows}

@pytest.mark.parametrize("role", ROLES)
def test_without_a_tenant_no_role_reads_or_touches_a_row(role, tables, app):
    for table, columns in tables.items():
        if (role, table) in CROSSING:
            continue
        with acting(app, role):
            assert outcome(app, f"select 1 from app.{table}") in (0, DENIED), table
            assert outcome(app, f"delete from app.{table}") in (0, DENIED), table
            for column in granted(app, role, table, columns, "UPDATE"):
                assert outcome(app, f'update app.{table} set "{column}" = "{column}"') in (0, DENIED), (table, column)


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reads_or_touches_a_row_of_another_council(role, tables, app):
    for table, columns in tables.items():
        if (role, table) in CROSSING:
            continue
        with acting(app, role, A):
            others = f"from app.{table} where municipality_id = %s"
            assert outcome(app, f"select 1 {others}", [B.id]) in (0, DENIED), table
            assert outcome(app, f"select 1 from app.{table} where municipality_id <> %s", [A.id]) in (0, DENIED), table
            assert outcome(app, f"delete {others}", [B.id]) in (0, DENIED), table
            for column in granted(app, role, table, columns, "UPDATE"):
                moved = f'update app.{table} set "{column}" = "{column}" where municipality_id = %s'
                assert outcome(app, moved, [B.id]) in (0, DENIED), (table, column)
            assert outcome(app, f"update app.{table} set municipality_id = %s", [B.id]) == DENIED, table


@pytest.mark.parametrize("role", ROLES)
def test_no_role_inserts_a_row_for_another_council(role, tables, app, superuser):
    """Tried with just the columns that the role may insert, and values that are right in all else: so a policy refuses it."""
    for table, columns in tables.items():
        mine = granted(app, role, table, columns, "INSERT") or ["municipality_id"]
        names = ", ".join(f'"{name}"' for name in mine)
        row = superuser.execute(f"select {names} from app.{table} where municipality_id = %s limit 1", [B.id]).fetchone()
        statement = f"insert into app.{table} ({names}) values ({', '.join(['%s'] * len(mine))})"
        for council in (None, A):
            with acting(app, role, council):
                expected = ("23505",) if (role, table) == ("ng_publisher", "edition_entries") else (DENIED,)
                assert outcome(app, statement, row) in expected, (table, council)


def test_the_publisher_crosses_councils_for_shared_figures_alone(app):
    with acting(app, "ng_publisher"):
        assert app.execute("select distinct shared from app.result_figures").fetchall() == [(True,)]
        for table in ("responses", "results", "seats", "members", "rounds"):
            assert outcome(app, f"select 1 from app.{table}") == DENIED


def test_the_login_role_itself_may_do_nothing(app, tables):
    for table in [*tables, *catalogue.OUTSIDE]:
        if table != "schema_migrations":
            assert outcome(app, f"select 1 from app.{table}") == DENIED


# Entering lasts as long as its transaction

def seats(connection):
    return connection.execute("select distinct municipality_id from app.seats").fetchall()


@pytest.mark.parametrize("ending", ["commit", "rollback"])
def test_entering_ends_with_its_transaction(ending, app):
    enter(app, "ng_member", A)
    assert seats(app) == [(A.id,)]
    getattr(app, ending)()
    assert app.execute("select current_user, current_setting('app.municipality_id', true)").fetchone()[0] == cluster.APP
    app.rollback()
    with acting(app, "ng_member"):
        assert seats(app) == []


def test_a_savepoint_gives_the_tenant_back(app):
    with acting(app, "ng_worker", A):
        with pytest.raises(ZeroDivisionError), app.transaction():
            app.execute("select set_config('app.municipality_id', %s, true)", [str(B.id)])
            assert seats(app) == [(B.id,)]
            raise ZeroDivisionError
        assert seats(app) == [(A.id,)]


@pytest.mark.parametrize("entry, parameters", [
    ("app.enter_member(%s, %s, %s, %s, %s)", (A.id, b"x" * 32, NOW, LATER, ["strategist"])),
    ("app.enter_member(%s, %s, %s, %s, %s)", (B.id, A.token, NOW, LATER, ["strategist"])),
    ("app.enter_member(%s, %s, %s, %s, %s)", (A.id, A.token, "2027-11-02T08:00:00Z", "2027-12-02T08:00:00Z", ["strategist"])),
    ("app.enter_member(%s, %s, %s, %s, %s)", (None, A.token, NOW, LATER, ["strategist"])),
    ("app.enter_participant(%s, %s, 2)", (A.id, A.seat)),
    ("app.enter_participant(%s, %s, 1)", (B.id, A.seat)),
    ("app.enter_operator(%s, %s, %s)", (A.token, NOW, LATER)),
])
def test_void_credentials_enter_nothing_and_leave_nothing(entry, parameters, app):
    with pytest.raises(psycopg.Error) as refusal, app.transaction():
        app.execute(f"select set_config('role', {entry}, true)", parameters)
    assert refusal.value.sqlstate == "28000"
    settings = ("municipality_id", "member_id", "seat_id", "round_id", "post_id", "operator_id")
    left = [app.execute("select current_setting(%s, true)", [f"app.{name}"]).fetchone()[0] for name in settings]
    assert all(value in (None, "") for value in left)
    assert app.execute("select current_user").fetchone() == (cluster.APP,)


def test_a_member_without_the_roles_is_told_apart_from_a_stranger(app):
    with pytest.raises(psycopg.Error) as refusal:
        app.execute("select app.enter_member(%s, %s, %s, %s, %s)", (A.id, A.token, NOW, LATER, ["director"]))
    assert refusal.value.sqlstate == "NG403"


@pytest.mark.parametrize("change", [
    "update app.sessions set revoked_at = created_at",
    "update app.members set left_at = invited_at",
    "delete from app.member_roles",
])
def test_what_is_taken_away_is_gone_at_the_next_entering(change, superuser):
    superuser.execute(change)
    with pytest.raises(psycopg.Error) as refusal:
        enter(superuser, "ng_member", A)
    assert refusal.value.sqlstate in ("28000", "NG403")


# Oracles

def a_seat(municipality, round_id):
    return dict(municipality_id=municipality, id=uuid.uuid4(), round_id=round_id, post_id=A.post, deputy=False, name="n", address="a@b", language="sv")


def test_a_foreign_id_and_a_missing_one_are_refused_in_the_same_words(app):
    with acting(app, "ng_member", A):
        foreign, missing = (refusal_of(app, "seats", **a_seat(A.id, round_id)) for round_id in (B.open, uuid.uuid4()))
        assert foreign.sqlstate == missing.sqlstate == "23503" and str(foreign) == str(missing)
        existing, absent = (refusal_of(app, "seats", **a_seat(council, B.open)) for council in (B.id, uuid.uuid4()))
        assert existing.sqlstate == absent.sqlstate == DENIED and str(existing) == str(absent)


def test_another_councils_keys_are_free_to_use(app, superuser):
    address = superuser.execute("select address from app.members where id = %s", [B.member]).fetchone()[0]
    with acting(app, "ng_member", A):
        insert(app, "members", municipality_id=A.id, id=B.member, name="n", address=address, language="sv", invited_by=A.member, invited_at=NOW)
        again = """insert into app.members (municipality_id, id, name, address, language, invited_by, invited_at)
                   values (%s, %s, 'n', %s, 'sv', %s, %s) on conflict do nothing"""
        assert outcome(app, again, (A.id, B.colleague, "new@council.example", A.member, NOW)) == 1


def test_refusals_do_not_carry_values(app):
    canary = "canary-7f3a"
    member = dict(municipality_id=A.id, name=canary, language="sv", invited_by=A.member, invited_at=NOW)
    with acting(app, "ng_member", A):
        insert(app, "members", **member, id=uuid.uuid4(), address=canary)
        for expected, error in {
            "23505": refusal_of(app, "members", **member, id=uuid.uuid4(), address=canary),
            "23502": refusal_of(app, "members", **member, id=uuid.uuid4(), address=None),
            "23514": refusal_of(app, "members", **(member | {"language": "xx"}), id=uuid.uuid4(), address=canary + "2"),
            "23503": refusal_of(app, "seats", **(a_seat(A.id, uuid.uuid4()) | {"name": canary})),
        }.items():
            assert error.sqlstate == expected
            assert canary not in str(error) and canary not in (error.diag.message_detail or "")


# Doors beside the front door

@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("statement", [
    "set local row_security = off; select 1 from app.municipalities, app.members, app.registrations, app.people",
    f"set local role {cluster.OWNER}", f"set local session authorization {cluster.OWNER}", f"set local session authorization {cluster.SUPER}",
    "set local role ng_gate", "set local role ng_ballots", "set local role ng_addresses",
    "alter policy member_reads on app.seats using (true)", "drop policy member_reads on app.seats",
    "alter table app.seats disable row level security", "truncate app.seats", "create table app.mine ()", "create table public.mine ()",
    "create temporary table mine ()", "create function app.mine() returns int return 1", "create schema mine",
    "drop function app.name_person(uuid, text)", "grant ng_gate to nyttograd_app",
    "copy app.seats to '/tmp/seats'", "copy app.seats to program 'cat'", "copy app.municipalities from program 'true'",
    "select lo_create(0)", "select lo_from_bytea(0, 'x')", "select pg_read_file('/etc/passwd')", "select pg_ls_dir('/')",
])
def test_no_role_finds_a_door_beside_the_front_door(role, statement, app):
    with acting(app, role, A):
        assert outcome(app, statement) == DENIED


def test_row_security_cannot_be_switched_off(app):
    with acting(app, "ng_member", A):
        app.execute("set local row_security = off")
        assert outcome(app, "select 1 from app.seats") == DENIED


def test_a_leaky_predicate_sees_its_own_councils_rows_alone(app, superuser):
    superuser.execute("create function public.leak(value text) returns boolean cost 0.0001 language plpgsql as "
                      "$$ begin raise notice '%', value; return true; end $$; grant execute on function public.leak(text) to ng_member")
    superuser.execute("select set_config('role', app.enter('ng_member', %s), true)", [A.id])
    seen = []
    superuser.add_notice_handler(lambda notice: seen.append(notice.message_primary))
    superuser.execute("select 1 from app.members where public.leak(address)")
    assert seen and all(address.endswith("@demo01.example") for address in seen)


def test_copying_out_gives_own_rows_and_statistics_of_values_give_none(app, superuser):
    with acting(app, "ng_member", A), app.cursor() as cursor:
        with cursor.copy("copy app.seats (municipality_id) to stdout") as copy:
            assert {row for (row,) in copy.rows()} == {str(A.id)}
        assert outcome(app, "select 1 from pg_stats where schemaname = 'app'") == 0


def test_a_generic_plan_serves_each_tenant_its_own(app):
    app.execute("set plan_cache_mode = force_generic_plan")
    app.execute("prepare those as select municipality_id from app.members where municipality_id = $1")
    app.execute("prepare all_seen as select distinct municipality_id from app.members")
    app.commit()
    for council, other in ((A, B), (B, A), (A, B)):
        with acting(app, "ng_worker", council):
            assert app.execute("execute all_seen").fetchall() == [(council.id,)]
            assert len(app.execute(sql.SQL("execute those ({})").format(council.id)).fetchall()) == 2
            assert app.execute(sql.SQL("execute those ({})").format(other.id)).fetchall() == []
    with acting(app, "ng_worker"):
        assert app.execute("execute all_seen").fetchall() == []


def test_a_thousand_transactions_of_councils_in_turn_never_mix(database):
    dice = random.Random(1)
    with cluster.shared().connect(database) as one, cluster.shared().connect(database) as other:
        for _ in range(500):
            (first, second), pair = dice.sample((A, B), 2), dice.sample((one, other), 2)
            enter(pair[0], "ng_worker", first)
            enter(pair[1], "ng_worker", second)
            assert seats(pair[1]) == [(second.id,)] and seats(pair[0]) == [(first.id,)]
            pair[0].commit() if dice.random() < 0.5 else pair[0].rollback()
            pair[1].rollback()
