"""The analysis in words and the draft of an action plan, by API and by pages without script."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from browser import Browser, browser_of
from people import answer, colleague, fix, invite_and_open, plan_round, record_agreement, register, wait_until

EN = {"sv": "Vårt eget.", "en": "Our own."}


@pytest.fixture(scope="module")
def server(start_server):
    return start_server("--now", "2026-11-23T08:00:00Z")


@pytest.fixture(scope="module")
def council(server):
    """Alva's council, with a round that is fixed."""
    council = register(server, "9914")
    record_agreement(council)
    plan_round(council, "2026-12-14T16:00:00Z")
    invite_and_open(council, server)
    for number, seat in enumerate(council.seats):
        answer(seat, number)
    fix(council)
    council.path = f"/rounds/{council.round}"
    council.eva = colleague(council, server, "Eva Berg", "director")
    council.stig = colleague(council, server, "Stig Ek", "strategist")
    return council


def newest(council):
    return council.api.ok("GET", f"{council.path}/analysis/versions?limit=1&page=1")["_meta"]["totalItems"]


def edited(council, based_on=None, sv=None):
    """The draft with another text for the whole."""
    draft = council.api.ok("GET", f"{council.path}/analysis/draft")
    return {
        "basedOn": newest(council) if based_on is None else based_on, "dimensions": draft["dimensions"],
        "overall": {"sv": sv or draft["overall"]["sv"], "en": draft["overall"]["en"]}}


# ---- The draft

def test_every_sentence_of_the_draft_names_figures_in_both_languages(council):
    draft = council.api.ok("GET", f"{council.path}/analysis/draft")
    assert [section["key"] for section in draft["dimensions"]] == [f"d{number}" for number in range(1, 9)]
    for text in [draft["overall"], *(section["text"] for section in draft["dimensions"])]:
        for words in text.values():
            assert all(re.search(r"\d", sentence) for sentence in re.split(r"\. |\n", words)), words
    result = council.api.ok("GET", f"{council.path}/result")
    shown = result["dimensions"][0]["figures"]["current"]
    assert f"nuläget är {float(shown) + 1e-9:.1f}".replace(".", ",") in draft["dimensions"][0]["text"]["sv"]


def test_a_new_draft_never_overwrites_what_is_written(council):
    saved = council.api.ok("POST", f"{council.path}/analysis/versions", edited(council, sv="Det vi skrev."))
    council.api.ok("GET", f"{council.path}/analysis/draft")
    again = council.api.ok("GET", f"{council.path}/analysis/versions/{saved['version']}")
    assert again["overall"]["sv"] == "Det vi skrev." and again["author"] == "Alva Ek"


# ---- Versions

def test_a_language_that_is_left_as_draft_is_said_to_be(council):
    assert council.api.ok("POST", f"{council.path}/analysis/versions", edited(council))["asDrafted"] == ["sv", "en"]
    assert council.api.ok("POST", f"{council.path}/analysis/versions", edited(council, sv="Eget."))["asDrafted"] == ["en"]


def test_who_was_overtaken_is_told_and_nothing_is_lost(council):
    base = newest(council)
    first = council.api.ok("POST", f"{council.path}/analysis/versions", edited(council, base, sv="Alvas."))
    refused = council.stig.post(f"{council.path}/analysis/versions", edited(council, base, sv="Stigs."))
    assert refused.status_code == 409 and refused.json()["type"].endswith("/analysis-changed")
    assert refused.json()["newestVersion"] == first["version"] == newest(council)
    kept = council.stig.ok("POST", f"{council.path}/analysis/versions", edited(council, first["version"], sv="Alvas. Stigs."))
    assert (kept["version"], kept["author"]) == (base + 2, "Stig Ek")
    assert council.api.ok("GET", f"{council.path}/analysis/versions/{first['version']}")["overall"]["sv"] == "Alvas."


def test_of_two_at_once_exactly_one_is_saved(council):
    base = newest(council)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: council.api.post(f"{council.path}/analysis/versions", edited(council, base, sv=f"Nr {n}.")), range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert newest(council) == base + 1


def test_other_dimensions_than_those_asked_about_are_refused(council):
    body = edited(council)
    body["dimensions"] = body["dimensions"][1:]
    refused = council.api.post(f"{council.path}/analysis/versions", body)
    assert refused.status_code == 422 and refused.json()["errors"][0]["pointer"] == "#/dimensions"


def test_readers_see_what_is_published_and_nothing_else(council):
    participant = council.seats[0].api
    version = council.api.ok("POST", f"{council.path}/analysis/versions", edited(council, sv="Publicerad text."))["version"]
    council.api.ok("PUT", f"{council.path}/analysis/publication", {"version": version})
    council.api.ok("POST", f"{council.path}/analysis/versions", edited(council, sv="Inte färdig än."))
    for reader, path in ((council.eva, f"{council.path}/analysis"), (participant, "/participation/analysis")):
        published = reader.ok("GET", path)["published"]
        assert (published["version"], published["overall"]["sv"], published["asDrafted"]) == (version, "Publicerad text.", ["en"])
    assert council.eva.get(f"{council.path}/analysis/versions").status_code == 404
    # The one that was published is not the newest any more: what nobody has seen is not published by mistake.
    assert council.api.put(f"{council.path}/analysis/publication", {"version": version}).status_code == 409
    assert council.eva.ok("GET", f"{council.path}/analysis")["published"]["version"] == version


def test_no_role_changes_or_removes_what_is_written(council, server):
    """By SQL: what is saved is added to, and a participant has no right to what is not published."""
    municipality = server.rows("select municipality_id from app.municipalities where code = '9914'", user="nyttograd_super")[0][0]
    for table in ("analyses", "analysis_publications"):
        for statement in (f"update app.{table} set version = version + 1", f"delete from app.{table}"):
            for role in ("ng_member", "ng_participant", "ng_worker"):
                with pytest.raises(Exception, match="permission denied"):
                    server.rows(statement, role=role, municipality=municipality)
    with pytest.raises(Exception, match="permission denied"):
        server.rows("select document from app.analyses", role="ng_participant", municipality=municipality)


# ---- Pages

def test_an_analysis_is_written_and_published_by_pages(council):
    base = newest(council)
    page = browser_of(council.api).open(f"/omgangar/{council.round}/resultat").follow("Analys i ord")
    form = page.follow("Skriv analysen")
    assert form.form(["overall.sv"]).value("basedOn") == str(base)
    saved = form.submit(overall__sv="Vi har kommit en bit.\nDet syns i siffrorna.", dimensions__0__text__sv="Ledningen frågar.")
    assert saved.has("En ny version av analysen är sparad") and saved.has(f"Version {base + 1} är sparad men inte publicerad")
    published = saved.submit(button="Publicera")
    assert published.has("Analysen är publicerad") and published.has("Vi har kommit en bit.")
    english = browser_of(council.eva, "en").open(f"/omgangar/{council.round}/analys")
    assert english.has("Nobody has changed it") and not english.has("Write the analysis")
    participant = Browser(council.api.server)
    participant.open(f"/e/{council.seats[0].api.token}")
    result = participant.open(f"/enkat/{council.seats[0].id}/resultat")
    assert not result.has("Utkast till handlingsplan"), "participants have no page of it"
    analysis = result.follow("Analys i ord")
    assert analysis.has("Det syns i siffrorna.") and analysis.has("Odensvall")


def test_who_is_overtaken_on_the_page_keeps_what_he_wrote_and_sees_the_other_version(council):
    alva, stig = (browser_of(api).open(f"/omgangar/{council.round}/analys/skriv") for api in (council.api, council.stig))
    alva.submit(overall__sv="Alvas mening.")
    overtaken = stig.submit(overall__sv="Stigs mening.")
    assert overtaken.status == 409 and overtaken.has("Alva Ek har sparat version") and overtaken.has("Alvas mening.")
    form = overtaken.form(["overall.sv"])
    assert form.value("overall.sv").strip() == "Stigs mening." and form.value("basedOn") == str(newest(council))
    assert overtaken.submit(overall__sv="Alvas mening. Stigs mening.").has("En ny version av analysen är sparad")


def test_an_old_version_can_be_read_by_who_writes(council):
    page = browser_of(council.api).open(f"/omgangar/{council.round}/analys")
    assert page.follow("Version 1,").has("Det här är en sparad version")
    assert browser_of(council.eva).open(f"/omgangar/{council.round}/analys?version=1").status == 404


# ---- The draft of a plan

def test_the_plan_says_the_figures_and_the_rule_of_each_proposal(council):
    result, plan = council.api.ok("GET", f"{council.path}/result"), council.eva.ok("GET", f"{council.path}/plan-draft")
    assert [proposal["dimension"] for proposal in plan["proposals"]][:3] == result["order"][:3]
    figures = {dimension["key"]: dimension for dimension in result["dimensions"]}
    lowest = min(float(dimension["figures"]["current"]) for dimension in result["dimensions"])
    assert lowest in [float(proposal["figures"]["current"]) for proposal in plan["proposals"]]
    for proposal in plan["proposals"]:
        assert proposal["figures"] == figures[proposal["dimension"]]["figures"]
        rules = [action["rule"] for action in proposal["actions"]]
        assert ("dialogue-first" in rules) == (float(proposal["figures"]["spread"]) >= 1) and rules[-1] == "next-level"
        assert all(action[name][language] for action in proposal["actions"] for name in ("who", "what", "when") for language in ("sv", "en"))


def test_the_plan_is_read_on_its_page_in_both_languages(council):
    plan = council.api.ok("GET", f"{council.path}/plan-draft")
    for language, words in (("sv", "Ett steg, från"), ("en", "One step, from")):
        page = browser_of(council.eva, language).open(f"/omgangar/{council.round}/handlingsplan")
        assert page.has(words) and page.has(plan["proposals"][0]["actions"][0]["what"][language])


# ---- Without figures

def test_with_too_few_there_is_nothing_to_say_or_plan(server):
    council = register(server, "9915")
    record_agreement(council)
    plan_round(council, "2026-12-14T16:00:00Z", people=5)
    invite_and_open(council, server)
    answer(council.seats[0], 1)
    path = f"/rounds/{council.round}"
    assert council.api.get(f"{path}/analysis").status_code == 404 == council.api.get(f"{path}/plan-draft").status_code
    council.api.ok("POST", f"{path}/closing")
    council.api.ok("POST", f"{path}/conclusion", {"submitted": 1})
    wait_until(lambda: council.api.ok("GET", path)["state"] == "concluded")
    for method, operation, body in (("GET", "plan-draft", None), ("GET", "analysis/draft", None), ("POST", "analysis/versions", {
            "basedOn": 0, "overall": EN, "dimensions": [{"key": "d1", "text": EN}]})):
        refused = council.api.call(method, f"{path}/{operation}", json=body)
        assert refused.status_code == 409 and refused.json()["type"].endswith("/no-figures"), operation
    page = browser_of(council.api).open(f"/omgangar/{council.round}/handlingsplan")
    assert page.has("För få svarade") and browser_of(council.api).open(f"/omgangar/{council.round}/rapport").status == 200
