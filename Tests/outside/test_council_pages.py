"""A council's own pages, without script: what to do next, members, agreement, posts, settings."""

import re

import pytest

import people
from browser import Browser, browser_of, sign_in

AGREEMENT = {
    "controller": "Kommunstyrelsen", "version": "1.0", "signedOn": "2026-10-01", "signatoryName": "Berit Lund",
    "signatoryTitle": "Kommundirektör", "diaryNumber": "KS 2026/77"}
POST = {"function": "hr-director", "holderName": "Bo Lind", "holderAddress": "bo.lind@demo14.example"}


@pytest.fixture(scope="module")
def server(start_server):
    return start_server()


@pytest.fixture(scope="module")
def lillby(server):
    return people.register(server, "9914")


def colleague(council, server, name, *roles):
    return people.colleague(council, server, name, *roles)


@pytest.fixture
def alva(lillby):
    return browser_of(lillby.api)


def test_the_overview_says_what_to_do_next_and_follows_the_council(server):
    council = people.register(server, "9915")
    alva, ada = browser_of(council.api), browser_of(colleague(council, server, "Ada Min", "administrator"))
    sten, dag = browser_of(colleague(council, server, "Sten Plan", "strategist")), browser_of(colleague(council, server, "Dag Bok", "director"))

    def steps(browser):
        return [words for _, words in browser.open("/kommun").links if words in {
            "Till avtalet", "Läs om avtalet", "Till befattningarna", "Ny omgång", "Till omgången", "Läs resultatet"}]

    assert steps(alva) == ["Till avtalet", "Till befattningarna", "Ny omgång"]
    assert steps(ada) == ["Till avtalet"]
    assert steps(sten) == ["Läs om avtalet", "Till befattningarna", "Ny omgång"]
    assert steps(dag) == [] and dag.open("/kommun").has("Det finns inget du behöver göra just nu.")

    people.record_agreement(council)
    people.plan_round(council, "2026-12-14T16:00:00Z", title="Höstens <omgång>")
    assert alva.open("/kommun").has("Gör klart Höstens <omgång>") and steps(alva) == ["Till omgången", "Ny omgång"]
    assert steps(dag) == [] and dag.open("/kommun").has("planeras") and not dag.open("/kommun").has("Gör klart")
    people.invite_and_open(council, server)
    assert dag.open("/kommun").has("Höstens <omgång> är öppen") and dag.open("/kommun").has("14 december 2026 kl. 17.00")
    # An administrator has nothing to do with rounds, and is told so.
    page = ada.open("/kommun")
    assert page.has("Omgångarna sköts av kommunens strateger") and not page.has("Höstens")

    for number, seat in enumerate(council.seats):
        people.answer(seat, number)
    council.api.ok("POST", f"/rounds/{council.round}/closing")
    assert alva.open("/kommun").has("Höstens <omgång> är stängd") and steps(dag) == []
    people.fix(council)
    page = dag.open("/kommun")
    assert page.has("Resultatet av Höstens <omgång> finns") and page.has("fastställd")
    assert {f"/omgangar/{council.round}/resultat", f"/omgangar/{council.round}/lage"} <= {href for href, _ in page.links}
    assert page.follow("Läs resultatet").status == 200
    assert not ada.open("/kommun").has("Höstens")


def test_a_colleague_is_invited_and_comes_in(lillby, alva, server):
    page = alva.open("/kommun").follow("Medlemmar")
    wrong = page.submit("Bjud in", name="Eva <b> Asp", address="eva@gmail.com", roles=None, language="en")
    assert wrong.status == 422 and set(wrong.errors()) == {"address", "roles"}
    form = wrong.form(["address"])
    assert (form.value("name"), form.value("address"), form.value("language")) == ("Eva <b> Asp", "eva@gmail.com", "en")
    done = wrong.submit("Bjud in", name="Eva Asp", address="eva.asp@demo14.example", roles=["director", "programme-area"])
    assert (done.status, done.path) == (200, "/kommun/medlemmar") and done.has("Inbjudan är på väg.") and done.has("har inte loggat in än")
    again = done.submit("Bjud in", name="Eva Asp", address="EVA.ASP@demo14.example", roles=["strategist"])
    assert again.status == 409 and again.has("Adressen hör redan till en medlem.") and again.form(["address"]).value("address") == "EVA.ASP@demo14.example"

    mail = server.wait_for_mail("eva.asp@demo14.example")
    eva = Browser(server, "en")
    assert sign_in(eva, mail.links[0]).status == 200
    page = eva.open("/kommun")
    assert page.status == 200 and page.has("Odensvall") and page.has("Rounds")
    assert not {"/kommun/medlemmar", "/kommun/poster", "/kommun/installningar"} & {href for href, _ in page.links}
    for path in ("/kommun/medlemmar", "/kommun/poster", "/kommun/installningar"):
        assert eva.open(path).status == 403
    assert eva.open("/kommun/avtal").status == 200 and not eva.open("/kommun/avtal").forms


def test_roles_are_changed_and_a_member_is_removed(lillby, alva, server):
    fia = browser_of(colleague(lillby, server, "Fia Ros", "strategist"))
    assert fia.open("/kommun/poster").status == 200
    page = alva.open("/kommun/medlemmar").follow("Fia Ros")
    assert page.form(["roles"]).values()[-1] == ("roles", "strategist") and page.has("fia.ros@demo14.example")
    none = page.submit("Spara roller", roles=None)
    assert none.status == 422 and none.errors().keys() == {"roles"}
    assert none.submit("Spara roller", roles=["administrator"]).has("Rollerna är sparade")
    assert fia.open("/kommun/poster").status == 403 and fia.open("/kommun/installningar").status == 200

    page = alva.open("/kommun/medlemmar").follow("Fia Ros")
    unsure = page.submit("Ta bort medlemmen")
    assert unsure.status == 422 and unsure.errors().keys() == {"understood"} and unsure.form(["roles"]).value("roles") == "administrator"
    assert unsure.submit("Ta bort medlemmen", understood="on").has("Medlemmen är borttagen.")
    assert fia.open("/kommun").path == "/logga-in"
    assert page.submit("Ta bort medlemmen", understood="on").status == 404, "twice is harmless"


def test_the_last_administrator_is_kept_and_nothing_written_is_lost(server):
    council = people.register(server, "9916")
    page = browser_of(council.api).open("/kommun/medlemmar").follow("Alva Ek")
    kept = page.submit("Spara roller", roles=["strategist", "director"])
    assert kept.status == 409 and kept.has("Kommunen behöver minst en administratör.")
    assert [value for name, value in kept.form(["roles"]).values() if name == "roles"] == ["strategist", "director"]
    assert page.submit("Ta bort medlemmen", understood="on").status == 409
    sten = browser_of(colleague(council, server, "Sten Plan", "strategist"))
    page = sten.open("/kommun/medlemmar").follow("Alva Ek")
    assert page.status == 200 and not page.forms


def test_an_agreement_is_recorded(lillby, alva):
    page = alva.open("/kommun").follow("Till avtalet")
    assert page.has("Inget avtal är registrerat än.")
    wrong = page.submit("Registrera", **(AGREEMENT | {"signedOn": "2999-01-01", "version": ""}))
    assert wrong.errors() == {"version": "Version: Fyll i detta.", "signedOn": "Undertecknat den: Dagen kan inte ligga framåt i tiden."}
    assert wrong.form(["controller"]).value("diaryNumber") == "KS 2026/77"
    done = wrong.submit("Registrera", version="1.0", signedOn="2026-10-01")
    assert done.has("Avtalet är registrerat.") and done.has("1 oktober 2026") and done.has("Registrerat av Alva Ek")
    newer = done.submit("Registrera", **(AGREEMENT | {"version": "2.0"}))
    assert re.search(r"Det här avtalet gäller.* 2\.0 .*Tidigare avtal.* 1\.0", newer.text)
    assert not alva.open("/kommun").has("Registrera avtalet")


def test_posts_are_added_changed_and_retired(lillby, alva):
    page = alva.open("/kommun/poster")
    wrong = page.submit("Lägg till", **(POST | {"function": "programme-area-representative", "holderAddress": "bo"}))
    assert wrong.errors().keys() == {"area", "holderAddress"} and wrong.form(["function"]).value("function") == "programme-area-representative"
    added = wrong.submit("Lägg till", area="Lärande", holderAddress="bo.lind@demo14.example")
    assert added.has("Befattningen är tillagd.") and added.has("Företrädare för programområde Lärande Bo Lind")
    again = added.submit("Lägg till", **(POST | {"function": "programme-area-representative", "area": "Lärande"}))
    assert again.status == 409 and again.has("Kommunen har redan en befattning med den benämningen")

    page = alva.open("/kommun/poster").follow("Företrädare för programområde")
    wrong = page.submit("Spara", title="", area="", holderName="Carl Sund")
    assert wrong.errors().keys() == {"title"} and wrong.form(["title"]).value("holderName") == "Carl Sund"
    wrong = wrong.submit("Spara", title="Skolans röst")
    assert wrong.errors().keys() == {"area"}
    assert wrong.submit("Spara", area="Vård").has("Ändringen är sparad.")
    page = alva.open("/kommun/poster").follow("Skolans röst")
    assert page.form(["title"]).value("holderName") == "Carl Sund"
    assert page.submit("Avveckla befattningen").errors().keys() == {"understood"}
    gone = page.submit("Avveckla befattningen", understood="on")
    assert gone.has("Befattningen är avvecklad.") and not gone.has("Skolans röst")
    assert page.submit("Avveckla befattningen", understood="on").status == 404


def test_the_councils_own_word_stands_in_its_forms(lillby, alva):
    page = alva.open("/kommun/installningar")
    assert page.submit(areaWord="").errors().keys() == {"areaWord"}
    assert page.submit(areaWord="nämnd").has("Inställningen är sparad.")
    assert alva.open("/kommun/poster").has("Nämnd (frivilligt)") and alva.open("/kommun/installningar").has("9914")


@pytest.mark.parametrize("path", ["/kommun", "/kommun/medlemmar", "/kommun/avtal", "/kommun/poster", "/kommun/installningar"])
def test_every_page_speaks_both_languages_and_asks_a_stranger_to_sign_in(lillby, server, path):
    swedish, english = browser_of(lillby.api, "sv").open(path), browser_of(lillby.api, "en").open(path)
    assert '<html lang="sv">' in swedish.html and '<html lang="en">' in english.html and swedish.text != english.text
    for page in (swedish, english):
        assert page.status == 200 and "\uf8ff" not in page.html and not re.search(r"\{\w+\}", page.text)
    assert Browser(server).open(path).path == "/logga-in"
