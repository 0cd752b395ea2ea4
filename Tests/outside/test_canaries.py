"""Nothing that people of one council wrote, and no id of theirs, is ever met by people of another: not in an answer, page, mail or log line.

All texts of the second council (`world.other`) hold one random word; the first goes through every operation and every page.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from browser import Browser, sign_in
from contract import OPERATIONS, ROOT
from matrix import EVERYBODY, TABLE, request, rightful
from people import Api

# Text that no person of a council writes in words of his own. Everything else holds the word.
NOT_WRITTEN = {
    "a choice of a list": [
        "members.language", "member_roles.role", "posts.function", "posts.family", "posts.holder_language", "seats.language", "rounds.state",
        "seats.function", "seats.family", "contracts.audiences", "registrations.function", "registrations.language", "registrations.terms", "registrations.state", "jobs.kind",
        "analyses.as_drafted", "analysis_publications.as_drafted", "join_requests.language", "join_requests.state", "fixings.goal", "round_texts.kind",
        "post_deputies.language", "seminar_departures.language", "comments.dimension", "published_comments.dimension", "log_entries.dimension",
        "log_entries.kind"],
    "gone once the mail is sent that it is kept for": ["seminar_departures.name", "seminar_departures.address"],
    "a hash, or a secret's": ["sessions.token_hash", "contracts.sha256", "results.sha256", "council_instruments.sha256"],
    "reference data, the same for everybody": [
        "municipalities.code", "municipalities.name", "municipalities.county_code", "municipalities.county_name", "municipalities.org_nr",
        "municipalities.skr_group", "mail_domains.domain", "registrations.org_nr"],
    "a figure, or the name of one": [
        f"result_figures.{name}" for name in ("instrument_key", "dimension", "figure", "value")] + [
        f"edition_entries.{name}" for name in ("dimension", "figure", "value")],
}


@dataclass
class Heard:
    """Something that reached somebody: where, and its text."""

    where: str
    text: str


@pytest.fixture(scope="module")
def other(world):
    """The second council, with something at every stage."""
    world.other.fixed, world.other.running, world.other.planned(seats=1), world.other.instrument_in_use
    world.other.open(seats=2, deputies=1)
    world.other.waiting, world.other.address_token(), world.other.written
    world.settle()
    return world.other


# ---- What is looked for is there

def test_every_text_of_the_other_council_holds_the_word(world, other):
    columns = world.sql(
        """select c.relname || '.' || a.attname, format_type(a.atttypid, -1) from pg_class c join pg_attribute a on a.attrelid = c.oid
           where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
             and format_type(a.atttypid, -1) in ('text', 'text[]', 'bytea', 'json', 'jsonb', 'character varying') order by 1""")
    kept = {column: kind for column, kind in columns if world.tables.get(column.split(".")[0])}
    excused = {column for columns in NOT_WRITTEN.values() for column in columns}
    assert excused <= set(kept), "the list names what is not there"
    silent = []
    for column in sorted(set(kept) - excused):
        table, name = column.split(".")
        shown = f"encode({name}, 'escape')" if kept[column] == "bytea" else f"{name}::text"
        if not world.sql(f"select count(*) from app.{table} where municipality_id = %s and {shown} like %s", other.municipality, f"%{other.word}%")[0][0]:
            silent.append(column)
    assert silent == [], "these hold no word of the other council: let matrix.Town write one, or say here why nobody writes it"


def test_its_own_people_meet_the_word(world, other):
    """That it is looked for in the right way."""
    heard = [*answers_to(other_asks(world, other)), *mails(world, lambda to: other.domain in to)]
    assert len([one for one in heard if other.word in one.text]) > 10
    assert any(other.fixed.id in one.text for one in heard)


def other_asks(world, other):
    for path in ("/session", "/council", "/members", "/posts", "/agreements", "/rounds", f"/rounds/{other.fixed.id}/contract", f"/rounds/{other.fixed.id}/result",
                 f"/rounds/{other.running.id}/seats"):
        yield "GET", other.alva.get(path)
    yield "GET", other.running.seats[0][1].get("/participation")


# ---- Nobody else does

def test_no_answer_of_the_api_holds_anything_of_it(world, other, journey):
    assert found(answers_to(journey), world, other) == []
    assert len(journey) > len(OPERATIONS)


def test_no_page_holds_anything_of_it(world, other, pages):
    assert found(answers_to(pages), world, other) == []


def test_no_mail_to_others_holds_anything_of_it(world, other, journey, pages):
    world.settle()
    # Operators are told who asks to be let in.
    others = mails(world, lambda to: other.domain not in to and "operator" not in to)
    assert len(others) > 20
    assert found(others, world, other) == []


def test_no_log_line_holds_anything_of_it(world, other, journey, pages):
    logs = [Heard(str(path), path.read_text(errors="replace")) for path in {world.server.log, *world.server.data.rglob("*.log")}]
    logs.append(Heard("standard output", "\n".join(line or "" for line in world.server.lines)))
    assert any('route' in log.text for log in logs)
    assert found(logs, world, other) == []


def test_no_token_stands_in_an_answer_page_or_log(world, other, journey, pages):
    """Personal links and sessions are told once: the link by mail, the session to who signs in."""
    links = [api.token for _, api in (*world.here.running.seats, *world.there.fixed.seats, *other.running.seats)]
    sessions = [api.token for _, api in world.here.members.values()] + [world.here.alva.token, world.operator.token]
    log = world.server.log_text + "".join(path.read_text(errors="replace") for path in world.server.data.rglob("*.log"))
    assert [token for token in links + sessions if token in log] == []
    heard = answers_to([*journey, *pages])
    # Opening a link sets its cookie (`Set-Cookie`), which is not what is shown.
    assert [one.where for one in heard for token in links + sessions if token in one.text.partition("\n\n")[2]] == []


# ---- The journeys

@pytest.fixture(scope="module")
def journey(world, other):
    """(who, answer) of every operation by its rightful actor, and of every list by every role."""
    heard = []

    def by(api, ask):
        answer = ask.by(Api(world.server, api.token))
        heard.append((operation.id, answer))
        return answer

    for operation in OPERATIONS:
        ask = TABLE[operation.id](world)
        assert by(rightful(operation, ask) or world.nobody, request(operation, ask)).status_code in operation.successes, operation.id
        if operation.method == "GET" and ask.town:
            for role in EVERYBODY:
                by(ask.town.members[role][1], request(operation, ask))
    return heard


@pytest.fixture(scope="module")
def pages(world, other):
    return every_page(world)


def every_page(world):
    """(who, answer) of all pages that everybody finds by following links."""
    heard = []
    for town in (world.here, world.there):
        # Something to be found on every page.
        town.running, town.planned(seats=1), town.closed(submitted=1), town.waiting
        for role in EVERYBODY:
            browser = Browser(world.server)
            token = world.sign_in_token(town.alva.ok("GET", f"/members/{town.members[role][0]}")["address"])
            sign_in(browser, f"/s/{token}")
            heard += crawl(browser, "/kommun", role)
    submitted = world.here.open()
    submitted.seats[0][1].ok("PUT", "/participation/submission")
    for seat, api in (world.here.running.seats[0], world.there.fixed.seats[0], submitted.seats[0], world.here.at_seminar.seats[0]):
        browser = Browser(world.server, "en")
        heard += crawl(browser, browser.open(f"/e/{api.token}").url, "a participant")
        if api is submitted.seats[0][1]:
            heard += crawl(browser, f"/enkat/{seat}/kvitto", "a participant")
    for path in ("/", "/registrera/skickat", "/registrera/vantar", f"/registrera?code={world.stranger()['municipalityCode']}", f"/r/{world.registration_token()}", "/logga-in/skickat",
                 "/registrera?code=9901", "/ga-med/skickat", "/ga-med/vantar", f"/j/{world.here.join_token()}", f"/b/{world.here.address_token()}"):
        heard += crawl(Browser(world.server), path, "nobody")
    operator = Browser(world.server)
    sign_in(operator, f"/s/{world.operator_token()}")
    # What he is shown of registrations, on the page that he comes to, is his to know.
    heard += [(who, page) for who, page in crawl(operator, "/operator", "the operator") if urlsplit(page.url).path != "/operator"]
    return heard


def crawl(browser, start, who, alike=5):
    """Follows every link within the site, once; of pages that differ by ids alone so many."""
    waiting, known, shapes = deque([urljoin(browser.server.base_url, start)]), set(), Counter()
    while waiting:
        url = urldefrag(waiting.popleft()).url
        shape = re.sub("[0-9a-f-]{36}", "{id}", url)
        if url in known or not url.startswith(browser.server.base_url) or "lang=" in url or shapes[shape] == alike:
            continue
        known.add(url)
        shapes[shape] += 1
        assert len(known) < 300, f"{who} finds no end of pages"
        answer = browser.session.get(url, timeout=30)
        assert answer.status_code in (200, 403, 404), f"{who} follows a link to {url}: {answer.status_code}"
        browser.seen += [*answer.history, answer]
        if answer.headers["Content-Type"].startswith("text/html"):
            waiting += [urljoin(url, href) for href in re.findall(r'<(?:a|link)\b[^>]*\bhref="([^"]+)"', answer.text.replace("&amp;", "&"))]
    return [(who, answer) for answer in browser.seen]


def test_every_page_was_met(world, pages):
    assert_every_page_is_in(world.server.log_text)


def assert_every_page_is_in(log, statuses=("200", "303")):
    """As many routes of pages have answered as the program has."""
    sources = [path for path in Path(ROOT / "Sources/Server/").rglob("*.swift") if not path.name.endswith("API.swift")]
    written = sum(len(re.findall(r"Route\(\s*\.get,", path.read_text())) for path in sources)
    met = {route for method, route, status in re.findall(r"method=(\w+) .*?route=(\S+) .*?status=(\d+)", log)
           if method == "GET" and status in statuses and not route.startswith("/api") and route not in ("/livez", "/readyz", "none")}
    assert len(met) == written, f"{len(met)} of {written}: {sorted(met)}"


# ---- Searching

def answers_to(pairs):
    """Answers as texts: the path is the asker's own words, and is told back in some."""
    return [Heard(f"{who}: {answer.request.method} {answer.request.path_url} {answer.status_code}",
                  "\n".join(f"{name}: {value}" for name, value in answer.headers.items()) + "\n\n" + answer.text) for who, answer in pairs]


def mails(world, is_to):
    return [Heard(f"{mail.path.name} to {mail.to}", mail.path.read_text() + mail.text) for mail in world.server.mails() if is_to(str(mail.to))]


def found(heard, world, other):
    """Where something of the council stands."""
    pattern = re.compile("|".join(map(re.escape, [other.word, *world.ids_of(other)])), re.IGNORECASE)
    return [f"{one.where}: {match[0]}" for one in heard if (match := pattern.search(one.text))]
