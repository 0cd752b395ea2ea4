"""Migrations that change rows, on filled tables: as the owner, under forced row security, where a plain update would change none and say nothing."""

import re
import uuid

import pytest

from cluster import OWNER, SQL, SUPER, shared
from seed import LATER, NOW, hashed, insert

MIGRATIONS = sorted((SQL / "migrations").glob("*.sql"))
SESSIONS, LEVELS, SHELF, PLACES = "0009_people.sql", "0010_levels.sql", "0013_shelf.sql", "0014_places.sql"
COUNCILS = [uuid.UUID(int=number) for number in (1, 2)]


def changes_rows(text):
    """Whether a migration inserts, updates or deletes outside the functions that it makes."""
    text = re.sub(r"--[^\n]*", "", text)
    text = re.sub(r"begin atomic.*?\nend;|\$\$.*?\$\$", "", text, flags=re.S)
    return re.search(r"(?m)^\s*(insert into|update|delete from)\s", text) is not None


@pytest.fixture
def before():
    """Makes a database as it was before a migration, its tables under forced row security as they are in use."""
    cluster, made = shared(), []

    def make(name):
        made.append(f"before_{name[:4]}")
        cluster.psql(SUPER, "postgres", f"create database {made[-1]} owner {OWNER};", one_transaction=False)
        cluster.psql(OWNER, made[-1], "create schema app;" + "".join(path.read_text() for path in MIGRATIONS if path.name < name) + """
            do $$ declare t regclass; begin
              for t in select oid from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' loop
                execute format('alter table %s enable row level security, force row level security', t);
              end loop;
            end $$;""")
        return made[-1]

    yield make
    for database in made:
        cluster.drop(database)


def migrate(database, name):
    """What is left to apply, as `nyttograd migrate` does it."""
    for path in MIGRATIONS:
        if path.name >= name:
            shared().psql(OWNER, database, path.read_text())
    shared().apply_access(database)


def test_each_migration_that_changes_rows_is_tried_here():
    assert {path.name for path in MIGRATIONS if changes_rows(path.read_text())} == {LEVELS, SHELF, PLACES}


def test_the_marks_move_beyond_seven_levels(before):
    database = before(LEVELS)
    with shared().connect(database, SUPER) as connection:
        connection.execute("set session_replication_role = replica")  # the rows that these belong to are not needed
        connection.execute("insert into app.instruments values (%s, 'nr-1', 1, 4, '', '')", (uuid.uuid4(),))
        for council in COUNCILS:
            connection.execute(
                """insert into app.responses (municipality_id, id, round_id, seat_id, items, current, desired, submitted, open)
                   values (%s, %s, %s, %s, 4, '{6,7,0,5}', '{6,7,3,5}', true, true)""", (council, *(uuid.uuid4() for _ in range(3))))
    migrate(database, LEVELS)
    with shared().connect(database, SUPER) as connection:
        rows = connection.execute("select municipality_id, items, levels, current, desired, submitted, open from app.responses order by 1").fetchall()
        assert rows == [(council, 4, 5, [8, 9, 0, 5], [8, 9, 3, 5], True, True) for council in COUNCILS]
        assert connection.execute("select key, items, levels from app.instruments").fetchall() == [("nr-1", 4, 5)]
        forced = "select count(*) from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' and relname <> 'schema_migrations' and not relforcerowsecurity"
        assert connection.execute(forced).fetchone() == (0,)


def test_sessions_from_before_they_had_ids_get_one_each(before):
    database = before(SESSIONS)
    times, member = {"created_at": NOW, "touched_at": NOW, "expires_at": LATER}, uuid.uuid4()
    with shared().connect(database, SUPER) as connection:
        connection.execute("set session_replication_role = replica")
        for number in range(4):
            insert(connection, "sessions", municipality_id=COUNCILS[number % 2], token_hash=hashed(f"{number}"), member_id=member, **times)
            insert(connection, "operator_sessions", token_hash=hashed(f"{number}"), operator_id=member, **times)
    migrate(database, SESSIONS)
    with shared().connect(database, SUPER) as connection:
        for table in ("sessions", "operator_sessions"):
            assert connection.execute(f"select count(distinct id), count(*) from app.{table}").fetchone() == (4, 4)


def test_seats_that_are_invited_are_placed_and_frozen_contracts_promise_no_parts(before):
    database = before(PLACES)
    own = {"k": 5, "controller": "c", "audiences": ["council"], "comments": False, "purpose": "p", "retention": "r", "disposal_reference": "d", "contact": "c"}
    frozen = {"document": "{}", "sha256": hashed("{}"), "frozen_at": NOW}
    with shared().connect(database, SUPER) as connection:
        connection.execute("set session_replication_role = replica")
        for council in COUNCILS:
            insert(connection, "posts", municipality_id=council, id=(post := uuid.uuid4()), function="programme-area-director", family="programme-areas",
                   title="Chef", area="Skola", holder_name="h", holder_address="a", holder_language="sv")
            for invited in (NOW, None):
                insert(connection, "seats", municipality_id=council, id=uuid.uuid4(), round_id=uuid.uuid4(), post_id=post, deputy=False, name="n", address="a",
                       language="sv", invited_at=invited)
            for more in (frozen, {}):
                insert(connection, "contracts", municipality_id=council, round_id=uuid.uuid4(), **own, **more)
    migrate(database, PLACES)
    with shared().connect(database, SUPER) as connection:
        places = connection.execute("select function, family, area from app.seats order by invited_at, municipality_id").fetchall()
        assert places == 2 * [("programme-area-director", "programme-areas", "Skola")] + 2 * [(None, None, None)]
        assert connection.execute("select split from app.contracts order by frozen_at, municipality_id").fetchall() == [(False,), (False,), (True,), (True,)]


def test_the_instruments_of_rounds_come_onto_their_councils_shelves(before):
    """With the ids that the rounds have; councils without a round get none."""
    database, nr, own = before(SHELF), uuid.uuid4(), uuid.uuid4()
    file = "# Ours\nkey: nr-1\nversion: 1\nname:\n  sv: Så arbetar vi\n  en: How we work\nintroduction:\n  sv: Ett\n  en: One\n"
    with shared().connect(database, SUPER) as connection:
        for number, council in enumerate(COUNCILS):
            insert(connection, "municipalities", municipality_id=council, code=f"990{number + 1}", name="K", county_code="99", county_name="L", org_nr="1",
                   population=1, fictional=True)
        connection.execute("set session_replication_role = replica")
        for instrument, key, document in ((nr, "nr-1", file), (own, "odd", "{}")):
            insert(connection, "instruments", id=instrument, key=key, version=1, items=4, levels=5, document=document, sha256=hashed(document))
        for council, instrument in ((COUNCILS[0], nr), (COUNCILS[0], nr), (COUNCILS[0], own), (COUNCILS[1], nr)):
            insert(connection, "rounds", municipality_id=council, id=uuid.uuid4(), title="Round", instrument_id=instrument, target_year=2030,
                   orderer_name="O", orderer_title="O", runner_name="R", runner_title="R", closes_at=LATER, created_at=NOW)
        insert(connection, "log_entries", municipality_id=COUNCILS[0], id=uuid.uuid4(), kind="comment-deleted", logged_at=NOW, member_id=uuid.uuid4(),
               member_name="M", round_id=uuid.uuid4(), dimension="d1")
    migrate(database, SHELF)
    with shared().connect(database, SUPER) as connection:
        shelves = connection.execute(
            """select municipality_id, id, key, version, name_sv, name_en, items, levels, document, published_at is not null
               from app.council_instruments order by municipality_id, key""").fetchall()
        named = (nr, "nr-1", 1, "Så arbetar vi", "How we work", 4, 5, file, True)
        assert shelves == [(COUNCILS[0], *named), (COUNCILS[0], own, "odd", 1, "odd", "odd", 4, 5, "{}", True), (COUNCILS[1], *named)]
        assert connection.execute("select count(*) from app.rounds").fetchone() == (4,)
        unforced = "select relname from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' and not relforcerowsecurity"
        assert connection.execute(unforced).fetchall() == []
