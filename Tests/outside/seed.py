"""Two councils with rows in every table, put in as the superuser, and the application's roles to enter them as."""

import functools
import hashlib
import uuid
from contextlib import contextmanager

import psycopg
import pytest
from psycopg.types.json import Jsonb

import cluster

DENIED = "42501"
NOW = "2026-11-02T08:00:00Z"
LATER = "2026-12-02T08:00:00Z"
ITEMS = 4

INSTRUMENT = uuid.uuid5(uuid.NAMESPACE_URL, "instrument")
OPERATOR = uuid.uuid5(uuid.NAMESPACE_URL, "operator")
EDITION = uuid.uuid5(uuid.NAMESPACE_URL, "edition")


def hashed(text):
    return hashlib.sha256(text.encode()).digest()


DIGITALISATION = dict(
    key="digitalisation", version=1, name_sv="Digitalisering", name_en="Digitalisation", items=ITEMS, levels=5, document="{}", sha256=hashed("{}"))


OPERATOR_TOKEN = hashed("operator's session")


class Council:
    """A seeded council. Ids are made from its code and a name, so that a test can name any row: `council.id_of("seat 1")`."""

    def __init__(self, code):
        self.code = code
        self.id = self.id_of("council")
        self.open, self.fixed = self.id_of("open round"), self.id_of("fixed round")
        self.member, self.token = self.id_of("member"), hashed(f"{code} session")
        self.colleague, self.colleagues_token = self.id_of("colleague"), hashed(f"{code} session of the colleague")
        self.post, self.seat = self.id_of("post 1"), self.id_of("seat 1")
        self.registration, self.link = self.id_of("registration"), self.id_of("link")

    def id_of(self, name):
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{self.code} {name}")


A, B = Council("9901"), Council("9902")


def insert(connection, table, **values):
    names = ", ".join(f'"{name}"' for name in values)
    connection.execute(f"insert into app.{table} ({names}) values ({', '.join(['%s'] * len(values))})", list(values.values()))


def seed(connection):
    """Fills an empty migrated database. `connection` is the superuser's."""
    insert(connection, "instruments", id=INSTRUMENT, **DIGITALISATION)
    insert(connection, "operators", id=OPERATOR, address="operator@nyttograd.example", invited_at=NOW)
    insert(connection, "operator_sessions", token_hash=OPERATOR_TOKEN, operator_id=OPERATOR, created_at=NOW, touched_at=NOW, expires_at=LATER)
    insert(connection, "editions", id=EDITION, fictional=True, number=1, instrument_key="digitalisation", instrument_version=1,
           published_at=NOW, document=b"{}", sha256=hashed("{}"))
    for dimension, councils in (("few", 5), ("enough", 6)):
        insert(connection, "edition_cells", edition_id=EDITION, group="all", dimension=dimension, figure="current", councils=councils,
               quantiles=Jsonb({"median": "2.1"}), renewed_in=EDITION)
    for council in (A, B):
        _council(connection, council)
        _rounds(connection, council)
        _collecting(connection, council)
        _statistics(connection, council)


def _council(connection, council):
    own = {"municipality_id": council.id}
    domain = f"demo{council.code[2:]}.example"
    insert(connection, "municipalities", **own, code=council.code, name=f"Council {council.code}", county_code="99", county_name="Län",
           org_nr="212000-9901", population=10_000, fictional=True, joined_at=NOW)
    insert(connection, "mail_domains", domain=domain, **own, recorded_at=NOW)
    insert(connection, "council_settings", **own)
    for name in ("member", "colleague"):
        member, address = council.id_of(name), f"{name}@{domain}"
        insert(connection, "members", **own, id=member, name=name, address=address, language="sv", invited_at=NOW, joined_at=NOW)
        insert(connection, "people", id=council.id_of(f"person {name}"), address=address, councils=[council.id])
        insert(connection, "member_roles", **own, member_id=member, role="strategist")
    for member, token in ((council.member, council.token), (council.colleague, council.colleagues_token)):
        insert(connection, "sessions", **own, token_hash=token, member_id=member, created_at=NOW, touched_at=NOW, expires_at=LATER)
    insert(connection, "sign_in_links", id=council.link, **own, person_id=council.id_of("person member"), created_at=NOW, expires_at=LATER)
    insert(connection, "registrations", id=council.registration, **own, org_nr="212000-9901", name="Applicant", address=f"applicant@{domain}",
           function="other", area="Area", language="sv", terms="1", created_at=NOW, expires_at=LATER, verified_at=NOW, state="waiting")
    insert(connection, "address_changes", **own, id=council.id_of("address change"), member_id=council.member, former_address=f"member@{domain}",
           address=f"moved@{domain}", created_at=NOW, expires_at=LATER)
    insert(connection, "join_requests", **own, id=council.id_of("join request"), name="Colleague", address=f"new@{domain}", language="sv",
           created_at=NOW, expires_at=LATER, verified_at=NOW, state="waiting")
    insert(connection, "jobs", id=council.id_of("job"), kind="mailSignIn", **own, subject=council.link, run_at=NOW)
    insert(connection, "agreements", **own, id=council.id_of("agreement"), controller="Kommunstyrelsen", version="1", signed_on="2026-10-01",
           signatory_name="Signatory", signatory_title="Chair", diary_number="2026/1", recorded_by=council.member, recorded_at=NOW)
    for number in (1, 2):
        insert(connection, "posts", **own, id=council.id_of(f"post {number}"), function="directorOther", family="directors", title=f"Director {number}",
               holder_name=f"Holder {number}", holder_address=f"holder{number}@{domain}", holder_language="sv")


def _rounds(connection, council):
    own = {"municipality_id": council.id}
    for instrument, published in ((INSTRUMENT, NOW), (council.id_of("draft"), None)):
        insert(connection, "council_instruments", **own, **{**DIGITALISATION, "id": instrument, "key": "digitalisation" if published else "own"},
               imported_at=NOW, published_at=published)
    for name, state in (("open round", "open"), ("fixed round", "fixed")):
        round_id, fixed = council.id_of(name), state == "fixed"
        insert(connection, "rounds", **own, id=round_id, title=name, instrument_id=INSTRUMENT, state=state, target_year=2030,
               orderer_name="Orderer", orderer_title="Chief", runner_name="Runner", runner_title="Strategist", closes_at=LATER, created_at=NOW,
               opened_at=NOW, closed_at=NOW if fixed else None, fixed_at=NOW if fixed else None)
        insert(connection, "contracts", **own, round_id=round_id, k=5, controller="Kommunstyrelsen", audiences=["participants"], comments=False,
               purpose="p", retention="r", disposal_reference="d", contact="c", document="{}", sha256=hashed("{}"), frozen_at=NOW)
    for number in (1, 2):
        seat = council.id_of(f"seat {number}")
        insert(connection, "seats", **own, id=seat, round_id=council.open, post_id=council.id_of(f"post {number}"), deputy=False,
               name=f"Holder {number}", address=f"holder{number}@council.example", language="sv", invited_at=NOW,
               function="directorOther", family="directors", area="")
        insert(connection, "responses", **own, id=council.id_of(f"response {number}"), round_id=council.open, seat_id=seat, items=ITEMS, levels=5,
               current=[0] * ITEMS, desired=[0] * ITEMS, submitted=number == 2, open=True)
    insert(connection, "comments", **own, seat_id=council.seat, dimension="d1", open=True, text="Own words", consent=True)
    insert(connection, "fixings", **own, round_id=council.open, submitted_seen=1, requested_by=council.member, requested_at=NOW)


def _collecting(connection, council):
    own = {"municipality_id": council.id, "round_id": council.open}
    insert(connection, "reminders", **own, day="2026-11-10")
    insert(connection, "round_texts", **own, kind="reminder", sv="Påminnelse", en="Reminder")
    insert(connection, "seminars", **own, starts_at=NOW, ends_at=LATER, place="Room 1", link="", agenda="", material_titles=["One"],
           material_links=["https://www.example"], sequence=0, changed_at=NOW)
    insert(connection, "attendances", **own, seat_id=council.seat, attends=True, note="")
    insert(connection, "seminar_departures", **own, id=council.id_of("departure"), name="Former", address="former@council.example", language="sv", sequence=1,
           left_at=NOW)
    insert(connection, "post_deputies", municipality_id=council.id, id=council.id_of("deputy"), post_id=council.post, name="Deputy",
           address="deputy@council.example", language="sv", from_day="2026-11-01", to_day="2026-11-30")


def _statistics(connection, council):
    own = {"municipality_id": council.id, "round_id": council.fixed}
    insert(connection, "results", **own, document=b"{}", sha256=hashed("{}"), fixed_at=NOW)
    for dimension, shared in (("few", True), ("enough", True), ("unshared", False)):
        insert(connection, "result_figures", **own, instrument_key="digitalisation", instrument_version=1, dimension=dimension, figure="current",
               value="2.1222", fictional=True, fixed_at=NOW, shared=shared)
        if shared:
            insert(connection, "edition_entries", **own, edition_id=EDITION, dimension=dimension, figure="current", value="2.1222")
    insert(connection, "published_comments", **own, id=council.id_of("comment"), dimension="few", text="Own words")
    insert(connection, "log_entries", **own, id=council.id_of("log entry"), kind="comment-deleted", logged_at=NOW, member_id=council.member,
           member_name="member", dimension="few")
    written = {"document": "{}", "as_drafted": ["en"], "author_name": "member"}
    insert(connection, "analyses", **own, version=1, **written, author_id=council.member, written_at=NOW)
    insert(connection, "analysis_publications", **own, version=1, **written, published_by=council.member, published_at=NOW)


# Entering, as the server does: one statement, the first of its transaction.

ENTRIES = {
    "ng_member": lambda council: ("app.enter_member(%s, %s, %s, %s, %s)", (council.id, council.token, NOW, LATER, ["strategist"])),
    "ng_participant": lambda council: ("app.enter_participant(%s, %s, 1)", (council.id, council.seat)),
    "ng_operator": lambda council: ("app.enter_operator(%s, %s, %s)", (OPERATOR_TOKEN, NOW, LATER)),
}
ROLES = ("ng_anonymous", "ng_registrar", "ng_sign_in", "ng_member", "ng_participant", "ng_operator", "ng_worker", "ng_librarian", "ng_publisher")


def enter(connection, role, council=None):
    """Begins a transaction by entering a role for a council, with its real credentials; or without any council."""
    if council is None:
        entry, parameters = "app.enter(%s, null)", (role,)
    elif role in ENTRIES:
        entry, parameters = ENTRIES[role](council)
    else:
        entry, parameters = "app.enter(%s, %s)", (role, council.id)
    connection.execute(f"select set_config('role', {entry}, true)", parameters)


@contextmanager
def acting(connection, role, council=None):
    """A transaction as a role, rolled back at the end."""
    try:
        enter(connection, role, council)
        yield connection
    finally:
        connection.rollback()


def outcome(connection, statement, parameters=()):
    """What a statement comes to: the number of rows it returns or touches, or the SQLSTATE that refused it."""
    try:
        with connection.transaction():
            cursor = connection.execute(statement, parameters)
            return len(cursor.fetchall()) if cursor.description else cursor.rowcount
    except psycopg.Error as error:
        return error.sqlstate


def refusal_of(connection, table, **values):
    with pytest.raises(psycopg.Error) as refusal, connection.transaction():
        insert(connection, table, **values)
    return refusal.value


# Databases for tests: import the fixtures that a module uses.

@functools.cache
def seeded():
    """The seeded database that others are cloned from."""
    name = cluster.shared().clone()
    with cluster.shared().connect(name, cluster.SUPER) as connection:
        seed(connection)
    return name


@pytest.fixture(scope="module")
def database():
    """A seeded database for a module whose tests all roll back."""
    name = cluster.shared().clone(of=seeded())
    yield name
    cluster.shared().drop(name)


@pytest.fixture
def superuser(database):
    with cluster.shared().connect(database, cluster.SUPER) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def app(database):
    """A connection as the server's login."""
    with cluster.shared().connect(database) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def fresh():
    """A seeded database for one test, which may commit."""
    name = cluster.shared().clone(of=seeded())
    yield name
    cluster.shared().drop(name)
