"""The demo's council with three years of rounds, looked at as a stranger would: every picture, text and table has something to show."""

import base64
import contextlib
import datetime
import email.utils
import re
import signal
from collections import Counter

import pytest

from conftest import Server, run
from people import Api, come_back, register, wait_until
from test_council_pages import browser_of

CODE = "9911"
STRATEGIST, DIRECTOR = (f"{name}@demo11.example" for name in ("alva.ek", "bo.lind"))


@pytest.fixture(scope="module")
def alva(demo_server):
    return come_back(demo_server, STRATEGIST)


@pytest.fixture(scope="module")
def rounds(alva):
    """The oldest first."""
    return sorted(alva.ok("GET", "/rounds?limit=100")["items"], key=lambda one: one["createdAt"])


@pytest.fixture(scope="module")
def latest(rounds):
    return f"/rounds/{rounds[-1]['id']}"


def time(text):
    return datetime.datetime.fromisoformat(text)


def test_three_rounds_have_been_held_at_the_true_times_of_their_years(demo_server, alva, rounds):
    assert [one["state"] for one in rounds] == ["concluded", "concluded", "fixed"]
    assert len({one["diaryNumber"] for one in rounds}) == 3 and all(one["diaryNumber"] for one in rounds)
    started = datetime.datetime.fromtimestamp(demo_server.data.stat().st_ctime, datetime.timezone.utc)
    for earlier, one in zip([None, *rounds], rounds):
        assert one["title"].endswith(str(time(one["fixedAt"]).year))
        assert one["createdAt"] < one["openedAt"] < one["closedAt"] < one["closesAt"] < one["fixedAt"]
        assert time(one["fixedAt"]) < started
        if earlier:
            assert earlier["endedAt"] < one["createdAt"] and 350 < (time(one["fixedAt"]) - time(earlier["fixedAt"])).days < 380
    # What was mailed then says so: an invitation and the news of the result, this year a call to the seminar too.
    dates = [email.utils.parsedate_to_datetime(mail.message["Date"]) for mail in demo_server.mails("hugo.strand@demo11.example")]
    spans = [(time(one["createdAt"]).replace(microsecond=0), time(one["fixedAt"])) for one in rounds]
    assert [sum(1 for date in dates if begun <= date <= fixed) for begun, fixed in spans] == [2, 2, 3] and len(dates) == 7
    council = alva.ok("GET", "/members")["items"]
    assert {role for member in council for role in member["roles"]} == {"administrator", "strategist", "director"}
    assert all(member["joinedAt"] < rounds[0]["openedAt"] for member in council)


def test_a_seminar_was_held_before_the_latest_round(alva, rounds, latest):
    seminar, answers = alva.ok("GET", f"{latest}/seminar"), alva.ok("GET", f"{latest}/seminar/attendances")
    assert rounds[-1]["createdAt"] < seminar["startsAt"] < seminar["endsAt"] < rounds[-1]["openedAt"]
    assert answers["coming"] > 12 and answers["notComing"] > 0 and answers["unanswered"] > 0
    assert sum(1 for seat in answers["seats"] if seat["attendance"] and seat["attendance"]["note"]) == 3


def test_the_figures_have_something_of_each_kind(alva, rounds, latest):
    trend = alva.ok("GET", f"{latest}/trend")
    assert trend["comparedWith"]["roundId"] == rounds[-2]["id"]
    lines = {line["dimension"]: line["points"] for line in trend["lines"]}
    assert len(lines) == 8
    for points in lines.values():
        assert [(point["roundId"], point["joined"]) for point in points] == [(one["id"], place > 0) for place, one in enumerate(rounds)]
    current = {key: [float(point["current"]) for point in points] for key, points in lines.items()}
    assert any(a + 0.5 < b and b + 0.5 < c for a, b, c in current.values()), "something improves"
    assert any(a > b + 0.2 and b > c + 0.2 for a, b, c in current.values()), "something falls back"
    dimensions = alva.ok("GET", f"{latest}/result")["dimensions"]
    levels = {dimension["figures"]["level"] for dimension in dimensions}
    assert max(levels) >= 4 and min(levels) <= 2
    assert [one["key"] for one in dimensions if float(one["figures"]["spread"]) >= 1] == ["d5"]
    assert [one["key"] for one in dimensions if float(one["dontKnowShare"]) >= 0.3] == ["d7"]


def test_the_split_has_parts_and_what_is_too_small_stands_in_another(alva, rounds, latest):
    result = alva.ok("GET", f"{latest}/result")
    assert (result["invited"], result["submitted"]) == (24, 22)
    parts = result["split"]["parts"]
    assert [part["submitted"] for part in parts] == [6, 6, 10]
    assert [part["name"]["en"] for part in parts] == ["Directors and managers", "Strategists, Others", "Programme areas"]
    shown = [one for one in result["split"]["dimensions"] if "parts" in one]
    assert len(shown) == 7, "what few know of is shown for all of them together"
    # Where they disagree, the parts do.
    disputed = next(one for one in shown if one["key"] == "d5")["parts"]
    assert float(disputed[0]["figures"]["current"]) - float(disputed[2]["figures"]["current"]) > 2
    assert alva.ok("GET", f"/rounds/{rounds[0]['id']}/result")["noSplit"] == "tooFew"


def test_the_analysis_is_written_and_published_in_both_languages(alva, latest):
    published, draft = alva.ok("GET", f"{latest}/analysis")["published"], alva.ok("GET", f"{latest}/analysis/draft")
    versions = alva.ok("GET", f"{latest}/analysis/versions")["items"]
    assert [(one["version"], one["asDrafted"], one["publishedAt"] is not None) for one in versions] == [(2, [], True), (1, ["sv", "en"], False)]
    assert published["version"] == 2 and len(published["dimensions"]) == 8
    for written, drafted in zip([published["overall"], *(one["text"] for one in published["dimensions"])],
                                [draft["overall"], *(one["text"] for one in draft["dimensions"])]):
        assert all(len(written[language]) > 150 and written[language] != drafted[language] for language in ("sv", "en"))


def test_the_analysis_says_no_figure_that_the_result_does_not_print(alva, rounds, latest):
    """Every number with a decimal in it is a mean of some round or part, rounded as pages round."""
    printed = set()
    for one in rounds:
        result = alva.ok("GET", f"/rounds/{one['id']}/result")
        parts = [part for dimension in result.get("split", {}).get("dimensions", []) for part in dimension.get("parts", [])]
        for figures in [result["overall"]["figures"], *(one["figures"] for one in result["dimensions"] + parts)]:
            printed |= {f"{int(float(figures[name]) * 10 + 0.5) / 10:.1f}" for name in ("current", "desired")}
    published = alva.ok("GET", f"{latest}/analysis")["published"]
    assert len(re.findall(r"\d\.\d", "".join(one["text"]["en"] for one in published["dimensions"]))) >= 5
    for text in [published["overall"], *(one["text"] for one in published["dimensions"])]:
        said = {language: re.findall(r"\d[.,]\d", text[language]) for language in ("sv", "en")}
        assert [number.replace(",", ".") for number in said["sv"]] == said["en"]
        assert set(said["en"]) <= printed


def test_the_plan_has_a_proposal_of_each_kind(alva, latest):
    proposals = alva.ok("GET", f"{latest}/plan-draft")["proposals"]
    assert [one["reason"] for one in proposals] == ["priority"] * 3 + ["lowest-current"]
    assert [{action["rule"] for action in one["actions"]} for one in proposals] == [
        {"visibility-first", "next-level"}, {"dialogue-first", "next-level"}, {"next-level"}, {"next-level"}]


def test_comments_that_others_may_read_are_there_and_no_others(alva, demo_server, latest):
    comments = alva.ok("GET", f"{latest}/comments")["comments"]
    assert len(comments) == 4 and len({one["dimension"] for one in comments}) == 4
    assert not any("för min egen skull" in row[0] for row in demo_server.rows("select text from app.published_comments", user="nyttograd_super"))


def test_the_report_verifies(alva, latest, tmp_path):
    page = alva.ok("GET", f"{latest}/report/page?language=en")["html"].encode()
    for name, content in (("report.json", alva.get(f"{latest}/report").content), ("report.html", page)):
        file = tmp_path / name
        file.write_bytes(content)
        done = run("verify-report", file)
        assert done.returncode == 0 and "is whole" in done.stdout, done.stdout


def drawn(page):
    """What each picture of a page consists of, by its key."""
    pictures = re.findall(r'<img class="picture-([\w-]+)" src="data:image/svg\+xml;base64,([^"]+)"', page)
    return [(key, Counter(re.findall(r"<(\w+)", base64.b64decode(svg).decode()))) for key, svg in pictures]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_picture_of_the_result_page_has_something_in_it(demo_server, latest, language):
    bo = browser_of(come_back(demo_server, DIRECTOR), language)
    page = bo.open(latest.replace("/rounds", "/omgangar") + "/resultat")
    pictures = drawn(page.html)
    by_key = dict(pictures)
    assert {"ladder", "radar", "spread", "wheel", "trend"} <= set(by_key)
    # A mark for each dimension: now, wished for, and in the radar the last round's; and one for each round.
    assert all(by_key["ladder"][mark] >= 8 for mark in ("circle", "path")) and all(by_key["radar"][mark] >= 8 for mark in ("circle", "path", "rect"))
    assert by_key["spread"]["rect"] >= 8 and by_key["wheel"]["path"] >= 14 and by_key["trend"]["circle"] == 24
    heat = [shapes for key, shapes in pictures if key.startswith("heat")]
    assert len(heat) == 8 and all(shapes["rect"] >= 8 for shapes in heat)
    for words in {"sv": ("jämfört med förra omgången", "Direktörer och chefer", "Roller och ansvar"),
                  "en": ("last round", "Directors and managers", "Roles and responsibility")}[language]:
        assert words.lower() in page.text.lower(), words


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_picture_has_its_caption_sentence_and_table_and_none_says_why(demo_server, latest, language):
    page = browser_of(come_back(demo_server, DIRECTOR), language).open(latest.replace("/rounds", "/omgangar") + "/resultat").html
    figures = re.findall(
        r'<figure class="picture">.*?alt="([^"]+)".*?<figcaption>([^<]{20,})<a href="#([\w-]+)">.*?</figure>\s*<p class="sentence">([^<]{20,})</p>', page, re.S)
    assert len(figures) == page.count("<figure") >= 13
    for _, _, table, _ in figures:
        at = re.search(rf'id="{table}"', page).start()
        assert "<td" in page[at:page.index("</table>", at)], table
    said = " ".join(" ".join(figure) for figure in figures) + page[page.index('id="trend-heading"'):page.index('id="items-heading"')]
    words = ("signifikan", "significan", "orsak", "beror på", "tack vare", "ledde till", "caused", "due to", "thanks to", "led to", "förbättr", "improve")
    assert [word for word in words if word in said.lower()] == []


def test_a_round_that_is_over_says_when_it_closed_and_not_when_it_closes(demo_server, latest):
    page = browser_of(come_back(demo_server, DIRECTOR)).open(latest.replace("/rounds", "/omgangar"))
    assert page.has("Stängdes") and not page.has("Stänger")


# ---- Starting, stopping and starting again

@contextlib.contextmanager
def starting(data, *arguments):
    server = Server(data, arguments)
    try:
        yield server
    finally:
        server.stop(signal.SIGKILL)


def codes(server):
    """The councils that it has said to be made."""
    return [line.split()[0] for line in server.lines if line and line.startswith("  99")]


def test_a_demo_that_was_interrupted_is_completed_by_the_next_start(make_data):
    """By Ctrl-C in the years before, by a kill in a council of this year; and the clock is one that was moved."""
    data, now = make_data(), ("--now", "2028-03-01T10:00:00Z")
    with starting(data, *now) as server:
        server.wait_for_line("^Making the demo: the years 2026, 2027, 2028", 120)
        wait_until(lambda: len(server.mails("hugo.strand@demo11.example")) > 2, 120)
        assert server.stop() == 0
        assert not any(line and line.startswith(("Nyttograd answers", "  99")) for line in server.lines)
    with starting(data, *now) as server:
        server.wait_for_line("^  9911 ", 180)
        server.wait_for_line("^  9902 ")
        wait_until(lambda: server.mails("alva.ek@demo03.example"))
        server.kill()
        wait_until(lambda: None in server.lines)
        before = codes(server)
    with starting(data, *now) as server:
        server.wait_until_ready(180)
        server.wait_for_line("^Ready", 120)
        assert before[0] == CODE and before[1:] + codes(server) == [str(code) for code in range(9901, 9914) if str(code) != CODE]
        alva = come_back(server, STRATEGIST)
        rounds = [one for one in alva.ok("GET", "/rounds?limit=100")["items"] if one["state"] != "cancelled"]
        assert [(one["title"][-4:], one["state"]) for one in rounds] == [("2028", "fixed"), ("2027", "concluded"), ("2026", "concluded")]
        assert rounds[0]["fixedAt"] < "2028-03-01" and alva.ok("GET", f"/rounds/{rounds[0]['id']}/position")["edition"]["number"] == 1
        states = server.rows("""
            select m.code from app.rounds r join app.municipalities m using (municipality_id) where r.state in ('fixed', 'open') group by 1 order by 1""",
            user="nyttograd_super")
        assert [row[0] for row in states] == [str(code) for code in range(9901, 9914)]
        server.stop()


def test_a_council_that_somebody_has_registered_is_left_alone(start_server):
    server = start_server()
    for code in (CODE, "9905"):
        register(server, code)
    server.stop()
    with starting(server.data) as server:
        server.wait_until_ready(180)
        server.wait_for_line("^Ready", 120)
        assert not any(line and line.startswith(("  9911", "  9905", "Making the demo: the years")) for line in server.lines)
        rounds = "select count(*) from app.rounds join app.municipalities m using (municipality_id) where m.code = any(%s)"
        assert server.rows(rounds, ([CODE, "9905"],), user="nyttograd_super") == [(0,)]
        server.stop()
