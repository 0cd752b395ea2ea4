"""The catalogue keeps to its rules, and the lint that says so finds each way of breaking them."""

import pytest

import catalogue
import cluster

NEW_TABLE = """create table app.faults (municipality_id uuid not null references app.municipalities on delete restrict, id uuid not null,
    primary key (municipality_id, id));
  alter table app.faults enable row level security; alter table app.faults force row level security;"""
READ = "create policy member_reads on app.faults for select to ng_member using (municipality_id = app.municipality());"
SHELF = "rounds_instrument_is_on_the_shelf"

# By check: how to break the catalogue so that this check, and no other, finds it; and what it finds.
FAULTS = {
    "row security is off": ("alter table app.seats disable row level security", "seats"),
    "row security is not forced": ("alter table app.seats no force row level security", "seats"),
    "table without policies": (NEW_TABLE, "faults"),
    "tenant table without municipality_id": (
        NEW_TABLE.replace("municipality_id uuid not null references app.municipalities on delete restrict, ", "").replace("(municipality_id, id)", "(id)")
        + READ.replace("municipality_id =", "id ="), "faults"),
    "outside tenancy, the list and the tables differ": (
        "create policy member_reads on app.people for select to ng_member using (app.municipality() = any (councils))", "people ng_member member_reads"),
    "policy without with check": (
        "drop policy member_changes on app.seats; create policy member_changes on app.seats for update to ng_member using (municipality_id = app.municipality())",
        "member_changes on seats"),
    "policy for all commands": (
        "create policy everything on app.seats to ng_member using (municipality_id = app.municipality()) with check (municipality_id = app.municipality())",
        "everything on seats"),
    "policy that is always true": (
        "alter policy everybody_reads on app.municipalities using (true)", "everybody_reads on municipalities"),
    "policy with a subquery": (
        """alter policy member_reads on app.seats using (municipality_id = app.municipality() and (select app.member()) is not null)""", "member_reads on seats"),
    "policy to public": ("alter policy member_reads on app.seats to public", "member_reads on seats"),
    "policy that does not name the tenant": (
        "alter policy member_reads on app.seats using (municipality_id = app.municipality() and not bounced or deputy)", "member_reads on seats"),
    "frozen row that may be updated": (
        "alter policy member_changes_until_frozen on app.contracts using (municipality_id = app.municipality())", "member_changes_until_frozen on contracts"),
    "key that the tenant does not lead": ("alter table app.posts add constraint fault unique (title, municipality_id)", "fault"),
    "foreign key that the tenant does not lead": (
        NEW_TABLE + READ + """create unique index posts_by_id on app.posts (municipality_id, id, function);
          alter table app.faults add other uuid, add post uuid,
            add constraint fault foreign key (other, post) references app.posts (municipality_id, id) on delete restrict;
          create index faults_by_post on app.faults (municipality_id, other, post)""", "fault"),
    "index that the tenant does not lead": ("create index fault on app.seats (post_id, municipality_id)", "app.fault"),
    "index that row security would not use": ("create index fault on app.contracts (municipality_id, audiences)", "app.fault"),
    "foreign key without an index": ("drop index app.seats_by_post", "seats_municipality_id_post_id_fkey"),
    "foreign key that says nothing on delete": (
        f"alter table app.rounds drop constraint {SHELF}, add constraint {SHELF} foreign key (municipality_id, instrument_id) references app.council_instruments",
        SHELF),
    "view that runs as its owner": ("create view app.fault as select title from app.rounds", "fault"),
    "materialised view": ("create materialized view app.fault as select 1", "fault"),
    "sequence": ("create sequence app.fault", "fault"),
    "trigger": ("create trigger fault before update on app.seats for each row execute function suppress_redundant_updates_trigger()", "fault"),
    "rule": ("create rule fault as on delete to app.seats do instead nothing", "fault"),
    "definer function not on the list": (
        """create function app.fault() returns integer language sql security definer set search_path = pg_catalog, pg_temp return 1;
           revoke all on function app.fault() from public; alter function app.fault() owner to ng_reader""", "app.fault()"),
    "definer function without a fixed search_path": ("alter function app.count_submitted(uuid) reset search_path", "app.count_submitted(uuid)"),
    "definer function owned by too much": ("alter function app.count_submitted(uuid) owner to nyttograd_owner", "app.count_submitted(uuid)"),
    "function that the public may execute": ("grant execute on function app.count_submitted(uuid) to public", "app.count_submitted(uuid)"),
    "grant to public": ("grant select on app.municipalities to public", "municipalities"),
    "references, trigger or truncate granted": ("grant truncate on app.seats to ng_worker", "seats ng_worker TRUNCATE"),
    "grant that may be passed on": ("grant select on app.seats to ng_worker with grant option", "seats ng_worker"),
    "insert or update not granted by column": ("grant insert on app.seats to ng_member", "seats ng_member INSERT"),
    "update of a frozen column": ("grant update (instrument_id) on app.rounds to ng_member", "rounds.instrument_id ng_member"),
    "responses may be selected": ("grant select (submitted) on app.responses to ng_member", "ng_member submitted"),
    "schema for more than use": ("grant create on schema app to ng_worker", "ng_worker CREATE"),
    "the login role is more than a door": ("grant select on app.municipalities to nyttograd_app", "municipalities SELECT"),
    "an application role is more than a name": ("alter role ng_worker bypassrls", "ng_worker"),
    "temporary tables may be made": (f"do $$ begin execute format('grant temporary on database %I to ng_worker', current_database()); end $$", "ng_worker"),
    "large objects may be made": ("grant execute on function lo_create(oid) to public", "lo_create(oid)"),
}
# Further ways to break the same rules.
MORE_FAULTS = [
    ("policy that is always true", "alter policy librarian_adds on app.instruments with check (true)", "librarian_adds on instruments"),
    ("policy that does not name the tenant", "alter policy member_changes on app.seats with check (invited_at is null)", "member_changes on seats"),
    ("outside tenancy, the list and the tables differ", "drop policy worker_reads on app.jobs", "jobs ng_worker worker_reads"),
    ("update of a frozen column", "grant update (fixed_at) on app.rounds to ng_member", "rounds.fixed_at ng_member"),
    ("update of a frozen column", "grant update (sha256) on app.results to ng_worker", "results.sha256 ng_worker"),
    ("update of a frozen column", "grant update (municipality_id) on app.posts to ng_member", "posts.municipality_id ng_member"),
    ("responses may be selected", "grant select on app.responses to ng_member", "ng_member *"),
    ("responses may be selected", "grant select (seat_id) on app.responses to ng_worker", "ng_worker seat_id"),
    ("index that row security would not use", "create type app.colour as enum ('red'); alter table app.posts add colour app.colour; "
     "create index fault on app.posts (municipality_id, colour)", "app.fault"),
    ("index that row security would not use", "alter table app.posts add amount numeric; create index fault on app.posts (municipality_id, amount)", "app.fault"),
    ("definer function owned by too much", "alter function app.count_submitted(uuid) owner to ng_worker", "app.count_submitted(uuid)"),
    ("definer function owned by too much", f"alter function app.count_submitted(uuid) owner to {cluster.SUPER}", "app.count_submitted(uuid)"),
    ("the login role is more than a door", "alter role nyttograd_app bypassrls", "nyttograd_app has an attribute too many"),
    ("the login role is more than a door", "create role stray; grant stray to nyttograd_app", "stray"),
    ("the login role is more than a door", "grant execute on function app.count_submitted(uuid) to nyttograd_app", "app.count_submitted(uuid)"),
    ("the login role is more than a door", "create table public.his (); alter table public.his owner to nyttograd_app", "it owns something"),
    ("an application role is more than a name", "create role stray; grant stray to ng_member", "ng_member"),
    ("grant to public", "grant usage on schema app to public", "schema app"),
]


@pytest.fixture(scope="module")
def database():
    name = cluster.shared().clone()
    yield name
    cluster.shared().drop(name)


@pytest.fixture
def superuser(database):
    with cluster.shared().connect(database, cluster.SUPER) as connection:
        yield connection
        connection.rollback()


def test_the_lint_finds_nothing(superuser):
    assert catalogue.find(superuser) == {}


def test_each_check_has_a_fault_that_it_finds():
    assert list(FAULTS) == list(catalogue.CHECKS)


@pytest.mark.parametrize("check, fault, found", [(check, *fault) for check, fault in FAULTS.items()] + MORE_FAULTS)
def test_a_planted_fault_is_found_by_just_its_check(check, fault, found, superuser):
    superuser.execute(fault)
    assert catalogue.find(superuser) == {check: [found]}


def test_the_database_is_never_asked_for_the_time():
    assert catalogue.find_clocks(cluster.ROOT) == []


@pytest.mark.parametrize("path, text, found", [
    ("sql/access/x.sql", "-- not now()\nselect 1;\nselect now();", ["sql/access/x.sql:3"]),
    ("sql/migrations/x.sql", "create table t (at timestamptz default Current_Timestamp);", ["sql/migrations/x.sql:1"]),
    ("sql/access/x.sql", "select known(1), app.now_or_never() as current_time_of", []),
    ("Sources/S/Features/X+SQL.swift", 'let a = "unrelated now()"\nlet b = """\n  select 1\n  from app.rounds where at < clock_timestamp()\n  """',
     ["Sources/S/Features/X+SQL.swift:4"]),
    ("Sources/S/Jobs.swift", '.write("delete from app.jobs where run_at < now()")', ["Sources/S/Jobs.swift:1"]),
    ("Sources/S/Jobs.swift", r'.write("delete from app.jobs where run_at < \(clock.now()) and at < \(f(now()))")', []),
])
def test_a_clock_in_sql_is_found(path, text, found, tmp_path):
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text)
    assert catalogue.find_clocks(tmp_path) == found


# The committed dump

def is_of_the_dumps_version():
    return "PostgreSQL) 15" in cluster.shared().run(cluster.shared().bin / "postgres", "--version")


def test_migrations_and_access_give_the_committed_schema(database):
    if not is_of_the_dumps_version():
        pytest.skip("sql/schema.sql is written by PostgreSQL 15; others word it differently")
    assert cluster.shared().schema(database) == (cluster.SQL / "schema.sql").read_text(), "run deploy/schema, and read what has changed"


def test_applying_access_again_changes_nothing(database):
    before = cluster.shared().schema(database)
    cluster.shared().apply_access(database)
    assert cluster.shared().schema(database) == before


def test_applying_access_takes_away_what_it_does_not_give(superuser, database):
    before = cluster.shared().schema(database)
    with cluster.shared().connect(database, cluster.SUPER, autocommit=True) as connection:
        connection.execute("create role stray")
        try:
            connection.execute(f"""
                grant all on schema app to stray, ng_member;
                grant all on app.seats, app.responses to stray, ng_member, public;
                grant select (document) on app.results to ng_anonymous, stray;
                grant all on function app.well_formed(smallint[], smallint[], smallint, smallint), app.count_submitted(uuid) to stray, public, nyttograd_app;
                grant temporary on database {database} to public;
                grant ng_gate to nyttograd_app;
                create policy stray on app.responses for select to ng_member using (true);
                create function app.stray() returns integer return 1""")
            cluster.shared().apply_access(database)
            assert catalogue.find(connection) == {}
            assert cluster.shared().schema(database) == before
        finally:
            connection.execute("drop owned by stray; drop role stray; revoke ng_gate from nyttograd_app")
