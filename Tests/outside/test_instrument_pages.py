"""A council's own questionnaires by pages alone, without script, and by command; and those that the operator offers to all."""

import json
import re

import pytest
import yaml

from browser import Browser, browser_of
from conftest import run
from instruments import bridged, questionnaire
from people import colleague, invite_and_open, operator, plan_round, record_agreement, register

FILE = "/kommun/enkater/ny"


@pytest.fixture(scope="module")
def server(start_server):
    return start_server()


@pytest.fixture(scope="module")
def council(server):
    council = register(server, "9914")
    record_agreement(council)
    return council


@pytest.fixture
def alva(server, council):
    return browser_of(council.api)


def written(file):
    return json.dumps(file, ensure_ascii=False, indent=2)


def imported(browser, file):
    page = browser.open(FILE).submit("Importera", text=written(file))
    assert page.status == 200 and page.has("importerad som ett utkast"), page.text
    return page


def test_every_fault_is_shown_with_its_line_and_nothing_is_lost(alva, council):
    before = council.api.ok("GET", "/instruments")["_meta"]["totalItems"]
    lines = yaml.safe_dump(questionnaire("fel"), allow_unicode=True, sort_keys=False).splitlines()
    place = lines.index("version: 1")
    lines[place] = "version: noll"
    lines.append("extra: <b>&amp; mer</b>")
    page = alva.open(FILE).submit("Importera", text="\r\n".join(lines))
    assert page.status == 422 and page.has("Filen har 2 fel") and page.has("Inget är sparat")
    assert page.has(f"Rad {place + 1}, tecken 10: version : här ska det stå ett heltal, men det står text")
    assert page.has(f"Rad {len(lines)}, tecken 1: extra : okänt namn") and page.has(f"{len(lines)} e xtra: <b>&amp; mer</b>")
    assert page.form(["text"]).value("text").replace("\r\n", "\n") == "\n".join(lines)
    english = browser_of(council.api, "en").open(FILE).submit("Import", text="\n".join(lines))
    assert english.has("The file has 2 faults") and english.has("expected a whole number, found text")
    broken = alva.open(FILE).submit("Importera", text='{"key": "fel",,}')
    assert broken.has("Filen har ett fel") and broken.has("Rad 1, tecken 15: är inte JSON: här ska det stå ett namn inom citattecken")
    nothing = alva.open(FILE).submit("Importera", text=" ")
    assert nothing.status == 422 and set(nothing.errors()) == {"text"}
    assert council.api.ok("GET", "/instruments")["_meta"]["totalItems"] == before


def test_a_file_is_chosen_without_script(alva):
    page = alva.open(FILE)
    assert 'enctype="multipart/form-data"' in page.html
    fields = {name: (None, value) for name, value in page.form(["text"]).values() if name != "file"}

    def send(content):
        return alva.session.post(page.url, files={**fields, "file": ("enkät.yaml", content, "application/yaml")}, headers={"Sec-Fetch-Site": "same-origin"}, timeout=30)

    good = send(yaml.safe_dump(questionnaire("vald", items=2), allow_unicode=True).encode())
    assert good.status_code == 200 and "importerad som ett utkast" in good.text
    bad = send("nyckel: åäö".encode())
    assert bad.status_code == 422 and "nyckel: åäö</textarea>" in bad.text and "okänt namn" in bad.text
    assert send(b"\xff\xfe").status_code == 400 and send(b"x" * 3_000_000).status_code == 413


def test_from_draft_to_version_two(alva, council):
    file = questionnaire("vag", dimensions=3, items=2, levels=4)
    page = imported(alva, file)
    path = page.path
    assert page.has("utkast") and page.has("6 påståenden i 3 områden, på en stege med 4 nivåer")
    taken = alva.open(FILE).submit("Importera", text=written(file))
    assert taken.status == 409 and taken.has("högre versionsnummer") and '"key": "vag"' in taken.form(["text"]).value("text")

    draft = page.follow("Ändra utkastet")
    assert draft.form(["text"]).value("text").startswith('key: "vag"\n')
    file["name"]["sv"] = "En bättre enkät"
    page = draft.submit("Importera", text=written(file))
    assert page.has("Utkastet är utbytt") and page.has("En bättre enkät")
    assert not alva.open("/omgangar/ny").has("En bättre enkät")

    page = page.submit("Publicera enkäten")
    assert page.has("Enkäten är publicerad") and page.has("ändras aldrig") and not page.has("Ändra utkastet")
    assert alva.open(path + "/utkast").status == 409
    second = page.follow("Gör en ny version")
    text = second.form(["text"]).value("text")
    assert '\nversion: 2\n' in text
    assert second.submit("Importera", text=text).has("version") and alva.open("/kommun/enkater").has("En bättre enkät")
    versions = [it["version"] for it in council.api.ok("GET", "/instruments?limit=100")["items"] if it["key"] == "vag"]
    assert sorted(versions) == [1, 2]

    kept = alva.open(path).submit("Ta bort enkäten")
    assert kept.status == 422 and set(kept.errors()) == {"confirmed"}
    gone = alva.open(path).submit("Ta bort enkäten", confirmed="on")
    assert gone.has("Enkäten är borttagen") and alva.open(path).status == 404


def named(file, name):
    return {**file, "name": {"sv": name, "en": f"{name} in English"}}


@pytest.mark.parametrize("language, newer, keep, anyway", [("sv", "Visa det nyare utkastet", "Låt det nyare utkastet vara", "Spara ändå"),
                                                           ("en", "Show the newer draft", "Leave the newer draft", "Save anyway")])
def test_a_draft_is_not_overwritten_by_page_unseen(language, newer, keep, anyway, alva, council, server):
    """Two open the same draft; what the second sends does not undo what the first has saved, and is not lost either."""
    key = f"samtidig-{language}"
    path = imported(alva, questionnaire(key)).path
    bea = browser_of(colleague(council, server, f"Bea {language}", "strategist"), language)
    mine, theirs = alva.open(f"{path}/utkast"), bea.open(f"{path}/utkast")
    assert mine.submit("Importera", text=written(named(questionnaire(key), "Alvas utkast"))).has("Utkastet är utbytt")

    own = written(named(questionnaire(key), "Beas utkast"))
    refused = theirs.submit(text=own)
    assert refused.status == 412 and refused.form(["text"]).value("text").replace("\r\n", "\n") == own
    assert refused.has(newer) and refused.has("Alvas utkast") and refused.has("Beas utkast")
    assert council.api.ok("GET", api_path(path))["name"]["sv"] == "Alvas utkast"
    assert refused.follow(keep).has("Alvas utkast" if language == "sv" else "Alvas utkast in English")

    faulty = refused.submit(anyway, text="key: fel")
    assert faulty.status == 422 and faulty.form(["text"]).value("text") == "key: fel", "what was shown is still known"
    assert faulty.submit(text=own).status == 200
    assert council.api.ok("GET", api_path(path))["name"]["sv"] == "Beas utkast"
    assert mine.submit("Importera", text=own).status == 412, "what she saw is older still"


def test_what_has_shown_no_draft_overwrites_none(alva, council):
    """A form of before, or one that is sent by hand, says nothing of what was seen; and a new file never takes a draft's place."""
    file = questionnaire("osedd")
    path = imported(alva, file).path
    for shown in (None, "", "0" * 64):
        refused = alva.open(f"{path}/utkast").submit(text=written(named(file, "Osedd")), shown=shown)
        assert refused.status == 412 and "Osedd" in refused.form(["text"]).value("text")
    again = alva.open(FILE).submit("Importera", text=written(named(file, "Osedd")))
    assert again.status == 409 and "Osedd" in again.form(["text"]).value("text")
    assert council.api.ok("GET", api_path(path))["name"] == file["name"]


def test_a_draft_is_not_published_by_page_unseen(alva, council):
    file = questionnaire("ogranskad")
    page = imported(alva, file)
    council.api.ok("PUT", api_path(page.path), named(file, "En annan"), headers={"If-Match": "*"})
    refused = page.submit("Publicera enkäten")
    assert refused.status == 412 and refused.has("En annan") and council.api.ok("GET", api_path(page.path))["state"] == "draft"
    assert refused.submit("Publicera enkäten").has("Enkäten är publicerad")


def test_a_crosswalk_is_checked_when_it_comes_and_when_it_is_published(alva, council, server):
    first = imported(alva, questionnaire("jamforbar"))
    unknown = alva.open(FILE).submit("Importera", text=written(bridged(questionnaire("jamforbar", version=3), 2)))
    assert unknown.status == 422 and unknown.has("crosswalks[0].version : det finns ingen version 2 av enkäten")
    second = imported(alva, bridged(questionnaire("jamforbar", version=2), 1))
    refused = second.submit("Publicera enkäten")
    assert refused.status == 409 and refused.has("crosswalks[0].version : version 1 av enkäten är inte publicerad") and refused.has("Enkäten är inte publicerad")
    line = int(re.search(r"Rad (\d+), tecken", refused.text)[1])
    lines = refused.follow("Ändra utkastet").form(["text"]).value("text").splitlines()
    assert lines[line - 1] == "  - version: 1", "it is the line of the file that there is to change"
    english = browser_of(council.api, "en").open(second.path).submit("Publish the questionnaire")
    assert english.status == 409 and english.has("version 1 of the questionnaire is not published")
    assert first.submit("Publicera enkäten").has("Enkäten är publicerad") and refused.submit("Publicera enkäten").has("Enkäten är publicerad")


def api_path(page):
    return "/instruments/" + page.rsplit("/", 1)[1]


def test_an_export_that_is_imported_gives_the_same_export(alva, council):
    path = imported(alva, questionnaire("lika", items=3, levels=5)).path
    files = {}
    for notation in ("yaml", "json"):
        answer = alva.session.get(alva.server.base_url + f"{path}/fil/{notation}", timeout=30)
        assert answer.headers["Content-Type"] == f"application/{notation}" and f'filename="lika.v1.{notation}"' in answer.headers["Content-Disposition"]
        files[notation] = answer.content.decode()
    assert alva.open(f"{path}/fil/xml").status == 404
    for text in files.values():
        page = alva.open(path).follow("Ändra utkastet").submit("Importera", text=text)
        assert page.has("Utkastet är utbytt")
        for notation, before in files.items():
            assert alva.session.get(alva.server.base_url + f"{path}/fil/{notation}", timeout=30).content.decode() == before


def between(html, begin, end):
    return html[html.index(begin):].split(end)[0]


def test_the_preview_is_what_participants_see_and_saves_nothing(alva, council, server):
    page = imported(alva, questionnaire("syn", dimensions=3, items=2, levels=4)).submit("Publicera enkäten")
    instrument = page.path.rsplit("/", 1)[1]
    choice = alva.open("/omgangar/ny")
    assert any(href == f"{page.path}/forhandsvisning" for href, _ in choice.links)
    plan_round(council, "2099-12-14T16:00:00Z", title="Med egen enkät", instrument=instrument)
    invite_and_open(council, server)
    used = alva.open(page.path)
    assert used.has("Med egen enkät") and used.has("kan inte tas bort") and not any("Ta bort" in b[2] for form in used.forms for b in form.buttons)
    for language, marked in (("sv", "Förhandsgranskning"), ("en", "Preview")):
        seat = Browser(server, language)
        met = seat.open(f"/e/{council.seats[0].api.token}")
        met = seat.open(met.path + f"?lang={language}")
        reader = browser_of(council.api, language)
        start = reader.open(f"{page.path}/forhandsvisning")
        assert start.has(marked)
        guide = start.html[start.html.index('<section aria-labelledby="guide">'):].split("</section>")[0]
        assert guide in met.html
        for number in (1, 2, 3):
            preview, real = reader.open(f"{page.path}/forhandsvisning/{number}"), seat.open(f"{met.path.split('?')[0]}/{number}")
            assert preview.has(marked) and not any(form.method == "post" and form.fields for form in preview.forms)
            for begin, end in (('<p class="over">', '<div class="progress">'), ('<aside class="ladder"', "</aside>"), ('<fieldset class="item"', '<div class="pager">')):
                shown, asked = (between(it.html, begin, end).strip() for it in (preview, real))
                assert shown == asked or begin == '<p class="over">' and shown.startswith(asked)
    assert alva.open(f"{page.path}/forhandsvisning/4").status == 404


def test_the_operator_offers_and_withdraws_by_page(server, alva):
    oskar = browser_of(operator(server))
    page = oskar.open("/operator").follow("Enkäter")
    faulty = page.submit("Erbjud alla", text="key: nr-1")
    assert faulty.status == 422 and faulty.has("saknas")
    page = page.submit("Erbjud alla", text=written(questionnaire("till-alla")))
    assert page.has("erbjuds nu alla kommuner") and alva.open("/omgangar/ny").has("Enkät till-alla")
    line = next(form for form in page.forms if form.action.endswith("/aterkallelse") and form_is_about(page, form, "till-alla"))
    withdrawn = oskar.send("post", server.base_url + line.action, line.values())
    assert withdrawn.has("erbjuds inte längre") and withdrawn.has("Återkallad") and not alva.open("/omgangar/ny").has("Enkät till-alla")
    assert withdrawn.submit("Erbjud igen").has("erbjuds nu alla") and alva.open("/omgangar/ny").has("Enkät till-alla")


def form_is_about(page, form, key):
    """Whether the form stands in the line of the questionnaire with that key."""
    return key in page.html[:page.html.index(form.action)].rsplit("<li", 1)[-1]


# ---- By command

def in_file(folder, questionnaire):
    path = folder / f"{questionnaire['key']}.v{questionnaire['version']}.json"
    path.write_text(written(questionnaire))
    return path


def test_a_council_imports_and_exports_by_command(server, council, tmp_path):
    file = tmp_path / "egen.json"
    file.write_text(written(questionnaire("cli", items=2)))
    access = {"COUNCIL_TOKEN": council.api.token}
    made = run("instrument", "import", file, "--server", server.base_url, "--publish", **access)
    assert made.returncode == 0 and "cli version 1 is published" in made.stdout, made.stderr
    instrument = made.stdout.split()[-1]
    written_out = {n: run("instrument", "export", instrument, "--format", n, "--server", server.base_url, **access).stdout for n in ("yaml", "json")}
    assert json.loads(written_out["json"]) == json.loads(file.read_text()) == yaml.safe_load(written_out["yaml"])
    file.write_text(written_out["json"].replace('"version": 1', '"version": 0', 1).replace('"key": "a1.2"', '"key": "a1.1"', 1))
    refused = run("instrument", "import", file, "--server", server.base_url, **access)
    assert refused.returncode != 0 and len([line for line in refused.stdout.splitlines() if line.startswith(f"{file}:")]) == 2
    assert f"{file}:3:14:" in refused.stdout and "0 is not in 1 to 9999" in refused.stdout
    file.write_text(written(bridged(questionnaire("cli", items=2, version=3), 2)))
    unknown = run("instrument", "import", file, "--server", server.base_url, **access)
    assert unknown.returncode != 0 and "there is no version 2 of the questionnaire" in unknown.stdout and "/crosswalks/0/version" in unknown.stdout
    drafts = [run("instrument", "import", path, "--server", server.base_url, *options, **access) for path, options in (
        (in_file(tmp_path, questionnaire("cli", items=2, version=2)), ()), (file, ("--publish",)))]
    assert [made.returncode == 0 for made in drafts] == [True, False] and "cli version 3 is a draft" in drafts[1].stdout
    assert f"{file}: #/crosswalks/0/version: Version 2 of the questionnaire is not published." in drafts[1].stdout
    assert "Give the token" in run("instrument", "import", file, "--server", server.base_url).stderr
    assert "no address" in run("instrument", "import", file, "--server", "nowhere", **access).stderr
    assert "does not answer" in run("instrument", "export", instrument, "--server", "http://127.0.0.1:9", **access).stderr
    assert run("instrument", "export", instrument, "--server", server.base_url, COUNCIL_TOKEN="x" * 40).returncode != 0


def test_the_operator_offers_and_withdraws_by_command(server, alva, tmp_path):
    operator(server, "oskar@nyttograd.example")
    file = tmp_path / "till-alla.yaml"
    file.write_text(yaml.safe_dump(questionnaire("fran-cli"), allow_unicode=True))
    assert "Say by --as" in server.command("instrument", "offer", str(file), refused=True)
    oskar = ("--as", "oskar@nyttograd.example")
    assert "is offered" in server.command("instrument", "offer", str(file), *oskar) and alva.open("/omgangar/ny").has("Enkät fran-cli")
    assert "higher version" in server.command("instrument", "offer", str(file), *oskar, refused=True)
    unknown = in_file(tmp_path, bridged(questionnaire("fran-cli", version=4), 3))
    assert "there is no version 3" in server.command("instrument", "offer", str(unknown), *oskar, refused=True)
    assert "no longer offered" in server.command("instrument", "withdraw", "fran-cli", "1", *oskar) and not alva.open("/omgangar/ny").has("Enkät fran-cli")
    assert "not among" in server.command("instrument", "withdraw", "fran-cli", "2", *oskar, refused=True)
    for name in ("validate", "convert", "import", "export", "offer", "withdraw"):
        assert "USAGE" in server.command("instrument", name, "--help")
