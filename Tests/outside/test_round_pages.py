"""A round by its pages alone, without script: set up, promised, filled, opened, closed, reopened, cancelled."""

import datetime
import re

import pytest

from browser import browser_of
from people import answer, invite_and_open, plan_round, record_agreement, register

TERMS = {
    "purpose": "Underlag för en handlingsplan.\nOch för samtalet om den.", "k": "5", "audiences": ["participants", "council"], "retention": "Svaren raderas.",
    "disposalDecision": "KS 2026/123", "controller": "Kommunstyrelsen", "contact": "ombud@demo18.example"}


@pytest.fixture(scope="module")
def alva(start_server):
    server = start_server()
    council = register(server, "9918")
    browser = browser_of(council.api)
    browser.council = council
    return browser


def local(**time):
    return (datetime.datetime.now() + datetime.timedelta(**time)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def page(alva):
    """The page of a new round."""
    return alva.open("/omgangar/ny").submit(
        title="Mognadsanalys 2026", targetYear="2028", closesAt=local(days=7), ordererName="Kim Falk", ordererTitle="Kvalitetsdirektör", runnerTitle="E-strateg")


def post(alva, number):
    return alva.council.api.ok("POST", "/posts", {
        "function": "other", "title": f"Befattning {number} {datetime.datetime.now().timestamp()}", "holderName": f"Person {number}",
        "holderAddress": f"person{number}@demo18.example", "holderLanguage": "sv"})["id"]


def test_what_is_wrong_with_a_plan_stands_beside_the_fields_and_what_was_written_stays(alva):
    page = alva.open("/omgangar/ny").submit(title="Ett namn", targetYear="1", closesAt="", ordererName="Kim Falk")
    assert page.status == 422 and set(page.errors()) == {"targetYear", "closesAt", "ordererTitle", "runnerTitle"}
    form = page.form(["title"])
    assert (form.value("title"), form.value("targetYear"), form.value("ordererName")) == ("Ett namn", "1", "Kim Falk")
    past = page.submit(targetYear="2028", closesAt="2020-01-01T10:00", ordererTitle="Direktör", runnerTitle="Strateg")
    assert past.status == 409 and set(past.errors()) == {"closesAt"}


def test_a_round_from_beginning_to_cancelled(alva, page):
    assert page.has("Omgången är skapad") and page.has("Nästa steg: villkoren")
    home = page.path

    terms = page.follow("Fyll i villkoren")
    assert not any(value for name, value in terms.form(["k"]).values() if name != "token"), "nothing is filled in beforehand"
    faults = terms.submit(purpose="")
    assert faults.status == 422 and set(faults.errors()) == set(TERMS)
    page = faults.submit(**TERMS)
    assert page.has("Villkoren är sparade") and page.has("Nästa steg: vilka som ska svara")

    posts = [post(alva, number) for number in range(4)]
    seats = page.follow("Välj befattningar")
    seats = seats.submit("Lägg till", posts=posts[:3])
    wrong = seats.submit("Lägg till ersättaren", postId=posts[3], deputy__name="Dag Holm", deputy__address="dag")
    assert wrong.status == 422 and set(wrong.errors()) == {"deputy.address"}
    seats = wrong.submit("Lägg till ersättaren", deputy__address="dag.holm@demo18.example")
    assert seats.has("4 platser, 0 inbjudna") and seats.has("ersättare")
    if seats.has("behöver registreras först"):
        record_agreement(alva.council)
        seats = alva.open(seats.path)
    seats = seats.submit("Skicka inbjudningar")
    assert seats.has("4 platser, 4 inbjudna") and seats.has("Alla som har en plats är inbjudna")

    frozen = alva.open(home).follow("Villkor")
    assert frozen.has("Villkoren låstes") and re.search(r"\b[0-9a-f]{64}\b", frozen.text) and not frozen.forms

    page = alva.open(home).submit("Öppna omgången")
    assert page.has("Omgången är öppen.") and page.has("0 av 4")
    moved = page.follow("Ändra omgången").submit(closesAt=local(days=9))
    assert moved.has("Ändringen är sparad")
    page = moved.submit("Stäng nu")
    assert page.has("För få har lämnat in") and page.has("Fastställa För få har lämnat in sina svar.")
    assert set(page.submit("Öppna igen", closesAt="2020-01-01T10:00").errors()) == {"closesAt"}
    page = page.submit("Öppna igen", closesAt=local(days=2))
    refused = page.submit("Avbryt omgången")
    assert refused.status == 422 and set(refused.errors()) == {"cancels"}
    page = refused.submit("Avbryt omgången", cancels="on")
    assert page.has("Omgången är avbruten") and not page.has("Det du kan göra nu")


def test_a_seat_is_changed_and_removed_after_a_warning(alva, page):
    record_agreement(alva.council)
    page.follow("Fyll i villkoren").submit(**TERMS)
    seats = alva.open(page.path + "/platser").submit("Lägg till", posts=[post(alva, 7)]).submit("Skicka inbjudningar")
    seat = seats.follow("Ändra Befattning 7")
    settled, open_ = "Så var det när platsen först bjöds in", "Det bestäms när platsen bjuds in"
    assert seat.has(settled) and not seat.has(open_)
    warned = seat.submit("Spara", name="Ny Person")
    assert warned.status == 409 and set(warned.errors()) == {"confirmDeletion"} and warned.form(["name"]).value("name") == "Ny Person"
    seats = warned.submit("Spara", confirmDeletion="on")
    assert seats.has("Platsen är ändrad") and seats.has("Ny Person") and seats.has("1 plats, 0 inbjuden")
    # Whoever comes has not been invited; where the seat belongs was settled with the one before.
    assert seats.follow("Ändra Befattning 7").has(settled)
    seat = seats.follow("Ändra Befattning 7").submit("Skicka inbjudan").follow("Ändra Befattning 7")
    assert seat.submit("Skicka igen").has("Inbjudan är på väg")
    kept = seat.submit("Ta bort")
    assert kept.status == 409 and set(kept.errors()) == {"removes"}
    assert kept.submit("Ta bort", removes="on").has("Ingen har någon plats ännu")


def test_a_round_that_ends_without_figures_says_so_and_leads_nowhere_that_is_not(alva):
    council = alva.council
    record_agreement(council)
    plan_round(council, "2099-01-01T00:00:00Z", people=5)
    invite_and_open(council, alva.server)
    answer(council.seats[0], 0)
    page = alva.open(f"/omgangar/{council.round}").submit("Stäng nu").follow("Välj hur")
    page = page.submit("avsluta utan siffror", goal="endWithoutFigures", understood="on").settled()
    assert page.has("Omgången har inga siffror") and not page.has("Resultatet är klart")
    assert page.follow("Läs vad som sparades").has("1 av 5 svarade")
    page = page.follow("Mognadsanalys 2026")
    assert not page.has("Läs vad svaren säger")
    links = [href for href, _ in page.links if href.startswith("/omgangar/")]
    assert links and all(alva.open(href).status == 200 for href in links)


def test_a_step_that_came_too_late_is_said_on_the_page(alva, page):
    late = page.submit("Avbryt omgången", cancels="on")
    again = page.submit("Avbryt omgången", cancels="on")
    assert late.has("Omgången är avbruten") and again.status == 409 and again.has("Omgången är avslutad")


def test_every_page_is_there_in_english_too(alva, page):
    for more, words in [("", "Next: the contract"), ("/villkor", "Contract"), ("/platser", "Nobody has a seat yet"), ("/andra", "Change the round")]:
        assert alva.open(page.path + more + "?lang=en").has(words)
    assert alva.open("/omgangar/ny?lang=en").has("New round")
    alva.open("/omgangar/ny?lang=sv")
