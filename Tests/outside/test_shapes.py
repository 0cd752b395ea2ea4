"""Instruments of every size that is allowed, from one statement in each of two areas to twenty in each of twelve: the whole way of a round, by page and API."""

import base64
import random
import re
import xml.etree.ElementTree

import pytest
import yaml

from browser import Browser, browser_of
from chromium import Chromium
from conftest import run
from instruments import keys, questionnaire
from people import fix, invite_and_open, plan_round, record_agreement, register

CHANCE = random.Random(20261125)
SHAPES = {
    "smallest": questionnaire("minst"),
    "largest": questionnaire("storst", dimensions=12, items=20, levels=7),
    "longest": questionnaire("langst", dimensions=4, items=[1, 2, 3, 20], levels=6, full=True),
    **{
        f"random{number}": questionnaire(f"slump-{number}", 1, dimensions, [CHANCE.randint(1, 20) for _ in range(dimensions)], CHANCE.randint(3, 7))
        for number, dimensions in enumerate(CHANCE.sample(range(3, 12), 2), 1)},
}
CODES = dict(zip(SHAPES, ("9914", "9915", "9916", "9917", "9918")))
PEOPLE = 6


@pytest.fixture(scope="module")
def server(start_server):
    return start_server()


class Walk:
    """A council that has imported the file, and fixed a round of it."""

    def __init__(self, server, name):
        self.server, self.file = server, SHAPES[name]
        self.council = register(server, CODES[name])
        record_agreement(self.council)
        api = self.council.api
        made = api.call("POST", "/instruments", data=yaml.safe_dump(self.file, allow_unicode=True).encode(), headers={"Content-Type": "application/yaml"})
        assert made.status_code == 201, made.text
        self.instrument = made.json()["id"]
        api.ok("POST", f"/instruments/{self.instrument}/publication")
        plan_round(self.council, "2099-12-14T16:00:00Z", title="Egen enkät", people=PEOPLE, instrument=self.instrument)
        invite_and_open(self.council, server)
        self.levels = len(self.file["levels"])
        self.answer_by_page(self.council.seats[0])
        for number, seat in enumerate(self.council.seats[1:], 1):
            seat.api.ok("PATCH", "/participation/answers", {"answers": {
                item: {"current": 1 + (number + place) % (self.levels - 1), "desired": min(self.levels, 2 + (number + place) % (self.levels - 1))}
                for place, item in enumerate(keys(self.file))}})
            seat.api.ok("PUT", "/participation/submission")
        fix(self.council)

    def answer_by_page(self, seat):
        self.person = Browser(self.server)
        page = self.person.open(f"/e/{seat.api.token}")
        assert page.has(f"{len(keys(self.file))} påståenden i {len(self.file['dimensions'])} områden")
        self.seat = page.path
        for place, dimension in enumerate(self.file["dimensions"], 1):
            page = self.person.open(f"{self.seat}/{place}")
            assert all(page.has(anchor["sv"]) for anchor in dimension["anchors"]) and page.has(dimension["description"]["sv"])
            chosen = {}
            for item in dimension["items"]:
                assert all(page.has(item[part]["sv"]) for part in ("statement", "clarification", "example"))
                chosen |= {f"{item['key']}.current": "1", f"{item['key']}.desired": str(self.levels)}
            page = page.submit("Spara", **{name.replace(".", "__"): value for name, value in chosen.items()})
            assert page.status == 200
        assert self.person.open(f"{self.seat}/skicka").submit("Skicka in").has("Tack! Dina svar")

    def browse(self, language="sv"):
        return browser_of(self.council.api, language)

    @property
    def path(self):
        return f"/omgangar/{self.council.round}"


@pytest.fixture(scope="module", params=SHAPES)
def walk(server, request):
    return Walk(server, request.param)


def names(file, language):
    return [dimension["name"][language] for dimension in file["dimensions"]]


def statements(file, language):
    return [item["statement"][language] for dimension in file["dimensions"] for item in dimension["items"]]


def is_whole(page):
    """No text is missing, and no number came out as none."""
    assert page.status == 200, page.text[:500]
    for wrong in ("{{", "}}", "⟦", "nil", "NaN", "Optional("):
        assert wrong not in page.text, wrong


def test_the_result_has_every_area_and_statement(walk):
    result = walk.council.api.ok("GET", f"/rounds/{walk.council.round}/result")
    assert [dimension["key"] for dimension in result["dimensions"]] == [dimension["key"] for dimension in walk.file["dimensions"]]
    assert [item["key"] for dimension in result["dimensions"] for item in dimension["items"]] == keys(walk.file)
    for dimension in result["dimensions"]:
        for item in dimension["items"]:
            for half in ("current", "desired"):
                assert len(item["histograms"][half]) == walk.levels and sum(item["histograms"][half]) == PEOPLE, item


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_of_the_result_is_whole(walk, language):
    alva = walk.browse(language)
    for path in ("/resultat", "/analys/skriv", "/handlingsplan", "/rapport"):
        page = alva.open(walk.path + path)
        is_whole(page)
        shown = page.text + " ".join(field.value or "" for form in page.forms for field in form.fields)
        for name in names(walk.file, language):
            assert name in shown or path == "/handlingsplan", (path, name)
    result = alva.open(f"{walk.path}/resultat")
    assert all(result.has(statement) for statement in statements(walk.file, language))
    report = alva.open(f"{walk.path}/rapport")
    assert all(report.has(level["name"][language]) for level in walk.file["levels"])


SVG = "{http://www.w3.org/2000/svg}"


def corners(shape):
    """Points that an element of a picture reaches, as far as its attributes say."""
    number = lambda name, default=0.0: float(shape.attrib.get(name, default))
    match shape.tag.removeprefix(SVG):
        case "rect":
            return [(number("x"), number("y")), (number("x") + number("width"), number("y") + number("height"))]
        case "circle":
            return [(number("cx") - number("r"), number("cy") - number("r")), (number("cx") + number("r"), number("cy") + number("r"))]
        case "line":
            return [(number("x1"), number("y1")), (number("x2"), number("y2"))]
        case "path":
            assert re.fullmatch(r"(?:[ML]-?[\d.]+ -?[\d.]+)+Z?", shape.attrib["d"]), shape.attrib["d"]
            return [tuple(map(float, place.split())) for place in re.findall(r"[ML]([^MLZ]+)", shape.attrib["d"])]
        case "text":
            return [(number("x"), number("y"))]
        case "svg" | "title" | "desc" | "g" | "tspan":
            return []
    raise AssertionError(f"what a {shape.tag} reaches is not known")


def test_every_picture_is_whole_and_stays_in_its_frame(walk):
    page = walk.browse().open(f"{walk.path}/resultat")
    pictures = [base64.b64decode(data) for data in re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page.html)]
    assert len(pictures) >= 4
    for picture in pictures:
        tree = xml.etree.ElementTree.fromstring(picture)
        left, top, width, height = map(float, tree.attrib["viewBox"].split())
        seen = 0
        for shape in tree.iter():
            assert "transform" not in shape.attrib
            for x, y in corners(shape):
                seen += shape.tag != SVG + "text"
                assert left <= x <= left + width and top <= y <= top + height, (shape.tag, shape.attrib, picture[:300])
        assert seen, picture[:300]


def test_figures_are_explained_from_their_cells(walk):
    path, last = f"/rounds/{walk.council.round}/result", walk.file["dimensions"][-1]
    result = walk.council.api.ok("GET", path)
    for address, figures in (
            (f"item.{last['items'][-1]['key']}", result["dimensions"][-1]["items"][-1]["figures"]), (f"dimension.{last['key']}", result["dimensions"][-1]["figures"])):
        for figure in ("current", "desired", "gap", "spread"):
            explained = walk.council.api.ok("GET", f"{path}/explanations/{address}.{figure}")
            assert figures[figure] in str(explained), (address, figure)


def test_the_report_is_checked_without_the_server(walk, tmp_path):
    alva = walk.browse()
    page = alva.open(f"{walk.path}/rapport")
    for words, name in (("Hämta rapporten", "rapport.html"), ("Hämta data", "rapport.json")):
        href = next(href for href, text in page.links if words in text)
        (tmp_path / name).write_bytes(alva.session.get(walk.server.base_url + href, timeout=30).content)
        done = run("verify-report", tmp_path / name, seconds=120)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_draft_of_the_plan_has_the_figures(walk):
    """Those that the result prints; and it begins where the priority is highest, and where the level is lowest."""
    draft = walk.council.api.ok("GET", f"/rounds/{walk.council.round}/plan-draft")
    printed = {dimension["key"]: dimension for dimension in walk.council.api.ok("GET", f"/rounds/{walk.council.round}/result")["dimensions"]}
    for proposal in draft["proposals"]:
        dimension = printed[proposal["dimension"]]
        assert proposal["figures"] == dimension["figures"]
        assert (proposal["dontKnow"], proposal["dontKnowShare"], proposal["answers"]) == (0, "0.0000", PEOPLE * len(dimension["items"]))
    figure = lambda key, name: float(printed[key]["figures"][name])
    proposed = {proposal["dimension"] for proposal in draft["proposals"]}
    lowest = min(figure(key, "current") for key in printed)
    assert lowest in {figure(key, "current") for key in proposed}
    highest = sorted((figure(key, "priority") for key in printed), reverse=True)[:3]
    assert sorted((figure(key, "priority") for key in proposed), reverse=True)[:len(highest)] == highest
    # There is no catalogue of actions for a questionnaire of the council's own: only what holds for any area is proposed.
    assert draft["catalogue"] is None and all(proposal["noStep"] == "no-catalogue" for proposal in draft["proposals"])
    assert {action["key"].split("-")[0] for proposal in draft["proposals"] for action in proposal["actions"]} <= {"general"}


def test_the_words_speak_of_every_area_in_both_languages(walk):
    draft = walk.council.api.ok("GET", f"/rounds/{walk.council.round}/analysis/draft")
    assert [dimension["key"] for dimension in draft["dimensions"]] == [dimension["key"] for dimension in walk.file["dimensions"]]
    for text in [draft["overall"], *(dimension["text"] if "text" in dimension else dimension for dimension in draft["dimensions"])]:
        assert text["sv"] and text["en"] and text["sv"] != text["en"]


def test_a_phone_shows_the_largest_whole(server, walk):
    if walk.file["key"] not in ("storst", "langst"):
        pytest.skip("the largest alone")
    with Chromium(server) as alva:
        alva.open("/")
        alva.driver.add_cookie({"name": "session", "value": walk.council.api.token})
        for path in (f"/kommun/enkater/{walk.instrument}", f"/kommun/enkater/{walk.instrument}/forhandsvisning", f"/kommun/enkater/{walk.instrument}/forhandsvisning/4",
                     f"{walk.path}/resultat", f"{walk.path}/analys/skriv", f"{walk.path}/handlingsplan", f"{walk.path}/rapport"):
            alva.open(path).look()
