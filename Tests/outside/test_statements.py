"""The code's own SQL, as it is sent: each statement names its council; and without that, row security alone gives the same.

The statements come from the log of a database on which everything was done twice, by two councils (`overheard`).
"""

import re
from collections import defaultdict
from dataclasses import dataclass

import pytest

import catalogue
import statements
from contract import ROOT

# What names no council, by role and table: the policies named look across them (ACROSS in catalogue.py says why).
NAMES_NO_COUNCIL = {
    ("ng_publisher", "result_figures"): "publisher_reads_what_is_shared on result_figures",
    ("ng_publisher", "edition_entries"): "publisher_reads on edition_entries",
}

# Statements of the code that are not sent here: the beginning, and why.
NOT_SENT = {
    "update app.seats set bounced": "a mail has to be refused: test_smtp",
    "update app.jobs set run_at": "a mail has to be refused: test_smtp",
    "select municipality_id, round_id, \\(edition.publishedAt)": "an edition is rebuilt by a test in Swift alone",
    "select coalesce(p.address, o.address) from app.sign_in_links": "a link is opened where somebody else is signed in",
    "select id, document from app.council_instruments where": "an own instrument is read once after a start: test_instruments",
    "select \\(Offer.columns) from app.instruments where key = ": "an operator withdraws by command: test_instrument_pages",
    "select true": "whether the database answers: /readyz",
    "select r.rolsuper": "before anybody is entered: whether the login is too powerful",
}

SAMPLES = 40      # of each text, of each council


@pytest.fixture(scope="module")
def tenants(overheard):
    return frozenset(table for table, is_tenants in overheard.world.tables.items() if is_tenants and table not in catalogue.OUTSIDE)


@pytest.fixture(scope="module")
def sent(overheard):
    """The statements by (role, text)."""
    found = defaultdict(list)
    for statement in overheard.statements:
        found[statement.role, statement.text].append(statement)
    return found


@pytest.fixture(scope="module")
def samples(overheard, sent):
    """For each text the latest statements of the first council, and of the second."""
    councils = [str(town.municipality) for town in (overheard.world.here, overheard.world.there)]
    return {key: [[one for one in all if one.municipality == council][-SAMPLES:] for council in councils] for key, all in sent.items()}


# ---- All of them are here

LITERAL = re.compile(r'"""\n(.*?)\n\s*"""|"((?:[^"\\\n]|\\.)*)"', re.S)


def written():
    """The text of every statement that stands in the code."""
    for path in sorted((ROOT / "Sources/Server").rglob("*.swift")):
        source = path.read_text()
        if "import Database" not in source:
            continue
        for match in LITERAL.finditer(source):
            text = " ".join(re.sub(r"\\\n\s*", "", match[1] or match[2] or "").split())
            if re.match(r"(select|insert into app|update app|delete from app|with \w+ as)\b", text):
                yield text


def pattern(text):
    """What is sent of a literal of Swift: what is interpolated may be anything."""
    found, depth = "", 0
    for piece in re.split(r"(\\\(|[()])", text):
        if depth:
            depth += {"\\(": 1, "(": 1, ")": -1}.get(piece, 0)
        elif piece == "\\(":
            found, depth = found + ".+", 1
        else:
            found += re.escape(piece)
    return found


def test_every_statement_of_the_code_was_sent(sent):
    texts = {" ".join(text.split()) for _, text in sent}
    missing = {text for text in written() if not any(re.fullmatch(pattern(text), one) for one in texts)}
    unexpected = [text for text in missing if not text.startswith(tuple(NOT_SENT))]
    assert not unexpected, "let overheard.py have them sent, or say in NOT_SENT why they are not:\n" + "\n".join(unexpected)
    assert [text for text in NOT_SENT if not any(one.startswith(text) for one in missing)] == [], "the list may shrink"
    assert len(texts) > 100


# ---- Each names its council

def test_every_statement_names_the_council_of_each_tenant_table(sent, tenants):
    found = defaultdict(list)
    for role, text in sent:
        for table in statements.unnamed(text, tenants):
            found[role, table].append(text)
    assert set(found) == set(NAMES_NO_COUNCIL), found
    assert set(NAMES_NO_COUNCIL.values()) <= set(catalogue.ACROSS)


@pytest.mark.parametrize("text", [
    "select name from app.members where id = $1",
    "select m.name from app.members m join app.posts p on p.id = m.id where m.municipality_id = $1",
    "select 1 from app.rounds r where r.municipality_id = $1 and exists (select from app.seats s where s.round_id = r.id)",
    "update app.seats set name = $1 where id = $2", "delete from app.fixings where round_id = $1",
    "with new as (insert into app.posts (id) values ($1) returning id) select id from new",
    "select name from app.members where municipality_id = $1 or name = $2", "select name from app.members where (municipality_id = $1 or name = $2) and id = $3",
])
def test_a_statement_that_forgets_its_council_is_found(text):
    assert statements.unnamed(text, {"members", "posts", "rounds", "seats", "fixings"})


# ---- Row security alone does the same

@pytest.fixture
def stage(overheard, tenants):
    """The database as it is, for what will not have been done."""
    with overheard.world.server.connect("nyttograd_super") as connection:
        stage = statements.Stage(connection, tenants)
        # The request to fix a round is gone as soon as it has been carried out: here are those of both councils again.
        for statement in overheard.statements:
            if statement.text.startswith("insert into app.fixings"):
                stage.send(statement)
            # So is somebody who left his seat, once he has been told.
            if statement.text.startswith("delete from app.seminar_departures"):
                connection.execute(
                    """insert into app.seminar_departures (municipality_id, id, round_id, name, address, language, sequence, left_at)
                       select municipality_id, %s, round_id, 'Former', 'former@council.example', 'sv', 1, changed_at from app.seminars
                       where municipality_id = %s order by cancelled_at limit 1 on conflict do nothing""", (statement.values[1], statement.values[0]))
        yield stage
        connection.rollback()


@pytest.fixture(scope="module")
def bare(sent, tenants):
    """Each text without the predicates that name a tenant."""
    return {text: statements.without_tenant_predicates(text, tenants) for _, text in sent}


# Reads that find nothing any more.
FINDS_NOTHING = {
    "select family, leaf, current, desired from app.sheets_by_branch": "the answers are gone when a round has been fixed",
    "select r.title, i.id, i.key, i.version": "a round that has been fixed is not to be fixed, and not locked for it",
    "select r.name, r.address, r.function": "a registration that has been decided is not locked for it again",
    "select id, name, address, language, verified_at, expires_at from app.join_requests where municipality_id = $1 and state = 'waiting' and expires_at > $2 and id":
        "a request to join that has been decided",
    "select m.name, a.former_address": "an address is changed while its link lasts",
    "select s.id, s.generation, s.name, s.address, s.language, m.name, r.title": "those who are reminded of a round that has closed",
    "select c.edition, c.published_at": "an edition of so few councils holds no cell",
}


def test_without_its_predicate_a_statement_gives_its_own_council_the_same(stage, samples, bare):
    silent, telling = set(), 0
    for (role, text), (own, _) in samples.items():
        answers = [stage.answer(statement) for statement in own]
        assert answers == [stage.answer(statement, bare[text]) for statement in own], (role, text)
        if any(not re.search(r" 0$|^refused", tag) for tag, _, _ in answers):
            telling += 1
        elif own and text.startswith("select"):
            silent.add(text)
    unexpected = [text for text in silent if not text.startswith(tuple(FINDS_NOTHING))]
    assert not unexpected, "what finds nothing shows nothing:\n" + "\n".join(unexpected)
    assert telling > 60


@dataclass
class Foreign:
    """A statement with values of the second council, sent by somebody who has entered the first."""

    statement: statements.Statement
    settings: tuple
    text: str

    def answer(self, stage, watched=None):
        return stage.answer(self.statement, self.text, self.settings, watched)

    @property
    def may_write(self):
        return not re.match(r"select (?!app\.)", self.text)


@pytest.fixture(scope="module")
def foreign(samples, bare, overheard):
    """Each as it was written, and without the predicate."""
    entered = defaultdict(lambda: (("app.municipality_id", str(overheard.world.here.municipality)),))
    for (role, text), (own, _) in samples.items():
        for statement in own:
            entered[role] = entered[role, text] = statement.settings
    return [
        Foreign(statement, entered[(role, text) if (role, text) in entered else role], variant)
        for (role, text), (_, others) in samples.items() for statement in others for variant in sorted({text, bare[text]})]


def leaks(stage, foreign, other):
    """The statements that change a row of the other council, or whose answers tell whether it has any."""
    with stage.connection.transaction(force_rollback=True):
        before, answers, found = stage.contents(other), [], []
        for one in foreign:
            *answer, after = one.answer(stage, one.may_write and other)
            answers.append(answer)
            if after and after != before:
                found.append((one.text, "changes a row of the other council"))
        stage.remove(other)
        for one, answer in zip(foreign, answers):
            *alone, _ = one.answer(stage)
            if alone != answer:
                found.append((one.text, answer, alone))
        return found


def test_with_another_councils_values_a_statement_finds_and_changes_nothing(stage, foreign, overheard):
    assert len(foreign) > 300
    assert leaks(stage, foreign, overheard.world.there.municipality) == []


# Tables whose rows no council's statement would tell, walls or not.
TOLD_BY_NONE = {
    "edition_entries": "the publisher's alone, whose policies look across councils",
}


def test_a_wall_that_is_down_is_noticed(stage, foreign, overheard, tenants):
    """Row security taken off one table after the other: a statement without its predicate then leaks, so the test above would be red."""
    silent = set()
    for table in {table for table in tenants if any(re.search(rf"\bapp\.{table}\b", text) for text in written())}:
        with stage.connection.transaction(force_rollback=True):
            stage.connection.execute(f"alter table app.{table} disable row level security")
            naming = [one for one in foreign if re.search(rf"\bapp\.{table}\b", one.text)]
            if not leaks(stage, naming, overheard.world.there.municipality):
                silent.add(table)
    assert silent == set(TOLD_BY_NONE), silent
