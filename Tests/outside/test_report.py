"""The report: for the archive, for the printer, and for whoever wants to compute it once more."""

import base64
import hashlib
import html as markup
import json
import re
import subprocess
from html.parser import HTMLParser

import pypdfium2
import pytest

from browser import Browser, browser_of
from conftest import run
from people import Api, answer, colleague, fix, invite_and_open, plan_round, record_agreement, register, sign_in


@pytest.fixture(scope="module")
def council(start_server):
    """Alva's council with two fixed rounds, over 50 days apart, the second with an analysis."""
    # Soon after midnight in Sweden.
    server = start_server("--now", "2026-09-30T22:10:00Z")
    council = register(server, "9914")
    record_agreement(council)
    for now, title in ((None, "Mognadsanalys våren"), ("2026-11-23T08:00:00Z", "Mognadsanalys hösten")):
        if now:
            server.stop()
            server = start_server("--now", now, data=server.data)
            # The session has expired meanwhile.
            nobody = Api(server)
            mails = len(server.mails(council.address))
            nobody.ok("POST", "/sign-in-links", {"address": council.address})
            council.api = sign_in(nobody, server.wait_for_mail(council.address, mails + 1).links[0])
        plan_round(council, "2026-12-14T16:00:00Z", title=title)
        invite_and_open(council, server)
        for number, seat in enumerate(council.seats):
            answer(seat, number)
        fix(council)
    council.path = f"/rounds/{council.round}"
    draft = council.api.ok("GET", f"{council.path}/analysis/draft")
    council.api.ok("POST", f"{council.path}/analysis/versions", {
        "basedOn": 0, "overall": {"sv": "Helheten i våra ord.\n" * 12, "en": draft["overall"]["en"]}, "dimensions": draft["dimensions"]})
    council.api.ok("PUT", f"{council.path}/analysis/publication", {"version": 1})
    council.api.ok("PATCH", council.path, {"diaryNumber": "KS 2026/125"})
    return council


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def verify(path, *options):
    return run("verify-report", path, *options)


@pytest.fixture
def files(council, tmp_path):
    """The report as it is fetched by page: (HTML, JSON)."""
    alva = browser_of(council.api)
    page = alva.open(f"/omgangar/{council.round}/rapport")
    files = tmp_path / "rapport.html", tmp_path / "rapport.json"
    for file, words in zip(files, ("Hämta rapporten", "Hämta data")):
        href = next(href for href, text in page.links if words in text)
        fetched = alva.session.get(council.api.server.base_url + href, timeout=30)
        assert fetched.ok and file.name in fetched.headers["Content-Disposition"]
        file.write_bytes(fetched.content)
    return files


# ---- What is in it

def test_it_holds_all_of_the_round_with_true_hashes(council):
    report = council.api.ok("GET", f"{council.path}/report")
    result = council.api.get(f"{council.path}/result")
    assert report["diaryNumber"] == "KS 2026/125" and report["result"] == result.json() and report["analysis"]["version"] == 1
    assert report["resultSha256"] == hashlib.sha256(result.content).hexdigest()
    assert report["result"]["contract"] == hashlib.sha256(canonical(report["contract"])).hexdigest()
    assert report["sha256"] == hashlib.sha256(canonical({name: value for name, value in report.items() if name != "sha256"})).hexdigest()
    assert report["previous"]["result"]["round"]["title"] == "Mognadsanalys våren" and report["previous"]["instrument"] is None
    trend = council.api.ok("GET", f"{council.path}/trend")
    assert report["trend"] == trend["dimensions"] and trend["comparedWith"]["title"] == "Mognadsanalys våren"
    plan = council.api.ok("GET", f"{council.path}/plan-draft")
    assert report["plan"] == {name: plan[name] for name in ("catalogue", "proposals")}
    assert council.api.get(f"{council.path}/report").headers["ETag"] == f'"{report["sha256"]}"'


def test_it_is_the_same_to_the_byte_until_something_of_it_changes(council):
    first, again = (council.api.get(f"{council.path}/report").content for _ in range(2))
    assert first == again
    council.api.ok("PATCH", council.path, {"diaryNumber": "KS 2026/126"})
    other = council.api.get(f"{council.path}/report").content
    council.api.ok("PATCH", council.path, {"diaryNumber": "KS 2026/125"})
    assert other != first and council.api.get(f"{council.path}/report").content == first


def test_the_days_of_a_trend_are_swedish(council):
    page = browser_of(council.api).open(f"/omgangar/{council.round}/resultat")
    assert page.has("1 oktober 2026") and not page.has("30 september 2026")


def test_the_registry_number_is_set_by_page_and_taken_away(council):
    page = browser_of(council.api).open(f"/omgangar/{council.round}/rapport")
    assert page.form(["diaryNumber"]).value("diaryNumber") == "KS 2026/125"
    assert page.submit(diaryNumber="").has("Inte angivet") and council.api.ok("GET", council.path)["diaryNumber"] is None
    assert page.submit(diaryNumber="x" * 61).status == 422
    assert page.submit(diaryNumber="KS 2026/125").has("Diarienumret är sparat")


def test_nothing_but_the_number_changes_in_a_fixed_round(council):
    for body in ({"title": "Ett annat"}, {"diaryNumber": "KS 1", "title": "Ett annat"}):
        refused = council.api.patch(council.path, body)
        assert refused.status_code == 409 and refused.json()["type"].endswith("/round-is-fixed")
    assert council.api.ok("GET", council.path)["diaryNumber"] == "KS 2026/125"


# ---- Checked without the service

def test_the_file_is_found_whole_without_server_or_database(files):
    for path in files:
        done = verify(path)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "checked: the counts agree, and every figure of the previous result follows from them" in done.stdout
        assert "checked: every change is the difference of two printed figures" in done.stdout and "not compared" not in done.stdout
        assert json.loads(files[1].read_text())["sha256"] in done.stdout
    assert "the page shows what its data say" in verify(files[0]).stdout


def test_a_changed_digit_is_found_and_named(files):
    html, data = files
    forged = data.with_name("forged.json")
    report = json.loads(data.read_text())
    report["result"]["dimensions"][2]["items"][1]["histograms"]["current"][0] += 1
    report["resultSha256"] = hashlib.sha256(canonical(report["result"])).hexdigest()
    report["sha256"] = hashlib.sha256(canonical({name: value for name, value in report.items() if name != "sha256"})).hexdigest()
    forged.write_bytes(canonical(report))
    done = verify(forged)
    assert done.returncode != 0 and "/result/dimensions/2/items/1/histograms/current" in done.stdout and "/sha256" not in done.stdout
    page = html.with_name("forged.html")
    text = html.read_text()
    # In the result's figures, and in what has changed.
    for place in (0, text.index('id="changes"')):
        seen = re.compile(r"<td>(\d),(\d)</td>").search(text, place)
        page.write_text(text[:seen.start(1)] + str((int(seen[1]) + 1) % 10) + text[seen.end(1):])
        done = verify(page)
        assert done.returncode != 0 and "the page, line" in done.stdout
        assert verify(page, "--data-only").returncode == 0


def test_a_changed_digit_of_the_trend_is_found_and_named(files):
    report = json.loads(files[1].read_text())
    change = next(item["change"] for item in report["trend"][1]["items"] if item["change"])
    change["difference"]["current"] = "0.9999"
    report["sha256"] = hashlib.sha256(canonical({name: value for name, value in report.items() if name != "sha256"})).hexdigest()
    forged = files[1].with_name("forged.json")
    forged.write_bytes(canonical(report))
    done = verify(forged)
    assert done.returncode != 0 and "/trend/1/items/0/change/difference/current: is " in done.stdout


def test_the_page_over_the_api_is_the_file(council, files):
    page = council.api.ok("GET", f"{council.path}/report/page?language=sv")
    assert page["html"].encode() == files[0].read_bytes()
    assert '<html lang="en">' in council.api.ok("GET", f"{council.path}/report/page?language=en")["html"]


# ---- On paper

class Tables(HTMLParser):
    """The rows of the tables, each as its first cell's words, with the heading that stands before its table; and the pictures, each as its letters and the
    first words of its caption."""

    def __init__(self):
        super().__init__()
        self.tables, self.heading, self.cell, self.title = [], "", None, None
        self.pictures, self.caption = [], None

    def handle_starttag(self, tag, attributes):
        if tag in ("h2", "h3", "h4"):
            self.title = ""
        elif tag == "tbody":
            self.tables.append((self.heading, []))
        elif tag == "th" and self.tables and ("scope", "row") in attributes:
            self.cell = ""
        elif tag == "img":
            svg = base64.b64decode(dict(attributes)["src"].removeprefix("data:image/svg+xml;base64,")).decode()
            self.pictures.append((re.findall(r"<text[^>]*>([^<]+)</text>", svg), ""))
        elif tag == "figcaption":
            self.caption = ""

    def handle_endtag(self, tag):
        if tag in ("h2", "h3", "h4") and self.title is not None:
            self.heading, self.title = " ".join(self.title.split()), None
        elif tag == "th" and self.cell is not None:
            self.tables[-1][1].append(" ".join(self.cell.split()))
            self.cell = None
        elif tag == "figcaption":
            self.pictures[-1] = (self.pictures[-1][0], self.caption)
            self.caption = None
        elif tag == "a" and self.caption is not None:
            self.caption = self.caption.rsplit(".", 1)[0] + "."

    def handle_data(self, data):
        if self.title is not None:
            self.title += data
        if self.cell is not None:
            self.cell += data
        if self.caption is not None:
            self.caption += data


def printed(html, folder):
    """The words on each page of the PDF that Chromium prints, in reading order of their left column: those that begin in the first 45 % of the width."""
    out = folder / "report.pdf"
    subprocess.run([
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer",
        f"--print-to-pdf={out}", html.as_uri()], check=True, capture_output=True, timeout=120)
    document = pypdfium2.PdfDocument(out)
    sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    pages = []
    for page in document:
        text = page.get_textpage()
        width, height = page.get_size()
        assert all(0 <= text.get_charbox(n)[0] and text.get_charbox(n)[2] <= width for n in range(text.count_chars())), "something runs out of the page"
        pages.append(text.get_text_bounded(0, 0, width, height))
    return pages, sizes


def squeezed(text):
    return re.sub(r"[\s\x02\u00ad\ufffe\u2010-]+", "", text)


def cuts(tables, pages):
    """Rows that do not stand on one page, and headings that are parted from the first row below them. The tables are looked for in their order."""
    text, place, found = "\f".join(squeezed(page) for page in pages), 0, []
    for heading, rows in tables:
        for number, row in enumerate(rows):
            at = text.find(squeezed(row), place)
            # The same name may stand in a picture before the table.
            while number == 0 and at >= 0 and squeezed(heading) not in text[place:at]:
                at = text.find(squeezed(row), at + 1)
            if at < 0:
                found.append(f"the row {row!r} is cut")
                continue
            if number == 0 and "\f" in text[text.rfind(squeezed(heading), place, at):at]:
                found.append(f"the heading {heading!r} is parted from its table")
            place = at + len(squeezed(row))
    return found


def cut_pictures(pictures, pages):
    """Pictures whose letters do not all stand on the page of their caption."""
    text, place, found = "\f".join(squeezed(page) for page in pages), 0, []
    for letters, caption in pictures:
        at = text.find(squeezed(caption), place)
        if at < 0:
            found.append(f"the caption {caption!r} of a picture is cut")
            continue
        page = text[text.rfind("\f", 0, at) + 1:(text.find("\f", at) + 1 or len(text) + 1) - 1]
        missing = [words for words in letters if squeezed(markup.unescape(words)) not in page]
        if missing:
            found.append(f"of the picture above {caption!r} are not there: {missing}")
        place = at + len(squeezed(caption))
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
def test_printed_on_a4_no_row_or_picture_is_cut_and_headings_stay_with_their_tables(council, tmp_path, language):
    html = tmp_path / "rapport.html"
    html.write_text(council.api.ok("GET", f"{council.path}/report/page?language={language}")["html"])
    reader = Tables()
    reader.feed(html.read_text())
    assert sum(len(rows) for _, rows in reader.tables) > 80
    pages, sizes = printed(html, tmp_path)
    assert sizes == {(595, 842)} and len(pages) > 5
    assert cuts(reader.tables, pages) == []
    # Ladder, radar, spread, the years, the wheel and a heat map of each area.
    assert len(reader.pictures) == 5 + 8 and all(len(letters) > 8 and caption for letters, caption in reader.pictures)
    assert cut_pictures(reader.pictures, pages) == []


def test_a_cut_row_or_picture_would_be_seen(council, tmp_path):
    """The same without what holds rows and headings together, on pages so low that something must be cut."""
    html = tmp_path / "rapport.html"
    text = council.api.ok("GET", f"{council.path}/report/page?language=sv")["html"]
    loose = text.replace("break-inside: avoid", "break-inside: auto").replace("break-after: avoid", "break-after: auto").replace(
        "size: A4", "size: 210mm 74mm").replace("orphans: 3; widows: 3", "orphans: 1; widows: 1")
    assert loose != text
    html.write_text(loose.replace("</style>", "* { orphans: 1; widows: 1; } </style>"))
    reader = Tables()
    reader.feed(html.read_text())
    pages, _ = printed(html, tmp_path)
    found = cuts(reader.tables, pages)
    assert any("row" in cut for cut in found) and any("heading" in cut for cut in found)
    assert len(cut_pictures(reader.pictures, pages)) > 5


def test_who_reads_no_result_reads_no_report(council):
    """An administrator by that role alone."""
    admin = colleague(council, council.api.server, "Ada Min", "administrator")
    assert admin.get(f"{council.path}/report").status_code == 404
    stranger = Browser(council.api.server).open(f"/omgangar/{council.round}/rapport")
    assert "/logga-in" in stranger.url
