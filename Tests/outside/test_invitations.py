"""The traps that invitations have fallen into elsewhere, each tried here."""

import hashlib

import pytest

from browser import Browser
from people import Api, colleague, operator, register, token_in
from test_people import browser_of, here_id, link_to, problem


@pytest.fixture(scope="module")
def server(start_server):
    return start_server()


@pytest.fixture(scope="module")
def almviken(server):
    return register(server, "9901")


def invite(server, council, address, *roles):
    """The link in an invitation."""
    return link_to(server, address, lambda: council.api.ok(
        "POST", "/members", {"name": "Ny Kollega", "address": address, "language": "sv", "roles": roles or ["director"]}))


def enter(server, link):
    return Api(server).post("/sessions", {"token": token_in(link)})


def test_an_invitation_is_bound_to_its_address(server, almviken):
    link = invite(server, almviken, "bunden@demo01.example")
    refused = Api(server).post("/sessions", {"token": token_in(link), "address": "annan@demo01.example"})
    assert refused.status_code == 422 and refused.json()["errors"][0]["pointer"] == "#/address"
    session = Api(server, enter(server, link).json()["token"]).ok("GET", "/session")
    assert session["member"]["address"] == "bunden@demo01.example"


def test_nothing_that_opens_an_invitation_is_stored_or_logged(server, almviken):
    link = invite(server, almviken, "hemlig@demo01.example")
    token = token_in(link)
    rows = server.rows("select t::text from app.sign_in_links t union all select t::text from app.jobs t union all select t::text from app.members t",
                       user="nyttograd_super")
    kept = "\n".join(row[0] for row in rows) + server.log_text
    assert token not in kept and token[-22:] not in kept and hashlib.sha256(token.encode()).hexdigest() not in kept
    assert enter(server, link).status_code == 201


def test_an_invitation_works_once(server, almviken):
    link = invite(server, almviken, "en.gang@demo01.example")
    assert [enter(server, link).status_code for _ in range(2)] == [201, 410]


def test_an_invitation_lives_for_three_days(start_server):
    server = start_server("--now", "2026-12-01T10:00:00Z")
    council = register(server, "9901")
    links = [invite(server, council, f"{name}@demo01.example") for name in ("i.tid", "for.sent")]
    server.stop()
    server = start_server("--now", "2026-12-04T09:50:00Z", data=server.data)
    assert enter(server, links[0]).status_code == 201
    server.stop()
    server = start_server("--now", "2026-12-04T10:01:00Z", data=server.data)
    assert enter(server, links[1]).status_code == 410
    # The person may ask for a way in, as the address still has a place; or be invited again.
    council.api.server = server
    again = link_to(server, "for.sent@demo01.example", lambda: council.api.ok("POST", f"/members/{here_id(council, 'for.sent@demo01.example')}/invitation"))
    assert enter(server, again).status_code == 201
    server.stop()


def test_another_invitation_kills_the_one_before(server, almviken):
    first = invite(server, almviken, "igen@demo01.example")
    path = f"/members/{here_id(almviken, 'igen@demo01.example')}/invitation"
    second = link_to(server, "igen@demo01.example", lambda: almviken.api.ok("POST", path))
    page = lambda member: browser_of(almviken.api).open(f"/kommun/medlemmar/{member}").submit("Skicka en ny inbjudan")
    assert page(path.split("/")[2]).has("en gång i timmen")
    assert [enter(server, link).status_code for link in (first, second)] == [410, 201]
    first = invite(server, almviken, "sidan@demo01.example")
    second = link_to(server, "sidan@demo01.example", lambda: page(here_id(almviken, "sidan@demo01.example")))
    assert [enter(server, link).status_code for link in (first, second)] == [410, 201]
    assert problem(almviken.api.post(path)) == (409, "member-exists")


def test_a_change_of_address_kills_the_links_to_the_old_one(server, almviken):
    api = colleague(almviken, server, "Flytt Man", "director")
    old = link_to(server, "flytt.man@demo01.example", lambda: api.ok("POST", "/sign-in-links", {"address": "flytt.man@demo01.example"}))
    change = link_to(server, "flyttad@demo01.example", lambda: api.ok("POST", "/address-changes", {"address": "flyttad@demo01.example"}))
    api.ok("POST", "/address-confirmations", {"token": token_in(change)})
    assert enter(server, old).status_code == 410


@pytest.mark.parametrize("language, words, out", [("sv", "Du är inloggad som någon annan", "Logga ut"), ("en", "Somebody else is signed in", "Sign out")])
def test_somebody_elses_browser_is_refused_and_the_invitation_stays(server, almviken, language, words, out):
    address = f"fel.{language}@demo01.example"
    sitting = colleague(almviken, server, "Sitter " + language.capitalize(), "director")
    link, wrong = invite(server, almviken, address), browser_of(sitting, language)
    page = wrong.open(link).submit()
    assert page.status == 409 and page.has(words) and not page.has(address)
    assert wrong.open("/konto").has(f"sitter.{language}@demo01.example"), "whoever was signed in still is"
    page.follow(out).submit()
    assert wrong.open(link).submit().path == "/kommun" and wrong.open("/konto").has(address)


def test_an_operators_browser_is_refused_too_and_an_ended_session_is_nobodys(server, almviken):
    link, oskar = invite(server, almviken, "operator.fel@demo01.example"), operator(server)
    browser = browser_of(oskar)
    assert browser.open(link).submit().status == 409
    oskar.ok("DELETE", "/operator/session")
    assert browser.open(link).submit().path == "/kommun"


def test_the_page_shows_the_council_that_one_comes_in_to(server, almviken):
    other = register(server, "9902", "Carl Ask")
    names = {council.code: council.api.ok("GET", "/council")["name"] for council in (almviken, other)}
    for council, elsewhere in ((almviken, other), (other, almviken)):
        browser, link = Browser(server), invite(server, council, f"visa{council.code}@konsult.example")
        page = browser.open(link)
        assert page.has(names[council.code]) and not page.has(names[elsewhere.code])
        page = page.submit()
        assert page.has(names[council.code]) and not page.has(names[elsewhere.code])


def test_an_invited_person_is_nothing_that_others_can_claim(server, almviken):
    """Until the link has been followed there is a place for the address, and no way to it but a mail to the address."""
    address = "vantar@demo01.example"
    link = invite(server, almviken, address)
    assert server.rows("""select count(*) from app.sessions s join app.members m using (municipality_id) where m.id = s.member_id and m.address = %s""",
                       (address,), user="nyttograd_super") == [(0,)]
    # Asking to join, or to change to the address, leads to mails to the address alone, and changes nothing of the place.
    thief = colleague(almviken, server, "Tjuv Karlsson", "director")
    asked = {"municipalityCode": "9901", "name": "Tjuv", "address": address, "language": "sv"}
    assert "/logga-in" in link_to(server, address, lambda: Api(server).ok("POST", "/join-requests", asked))
    change = link_to(server, address, lambda: thief.ok("POST", "/address-changes", {"address": address}))
    assert problem(Api(server).post("/address-confirmations", {"token": token_in(change)})) == (409, "member-exists")
    assert enter(server, link).status_code == 201


def test_nobody_grants_more_than_he_may(server, almviken):
    strategist, director = (colleague(almviken, server, f"{role.capitalize()} Ek", role) for role in ("strategist", "director"))
    body = {"name": "Ny", "address": "mer@demo01.example", "language": "sv", "roles": ["administrator"]}
    member = here_id(almviken, "strategist.ek@demo01.example")
    for api in (strategist, director):
        assert api.post("/members", body).status_code == 403
        assert api.put(f"/members/{member}/roles", {"roles": ["administrator"]}).status_code in (403, 404)
        assert api.post(f"/members/{member}/invitation").status_code in (403, 404)
        assert api.get("/join-requests").status_code == 403
    # Who was an administrator is none on the next request.
    ada = colleague(almviken, server, "Ada Ek", "administrator")
    almviken.api.ok("PUT", f"/members/{here_id(almviken, 'ada.ek@demo01.example')}/roles", {"roles": ["director"]})
    assert problem(ada.post("/members", body)) == (403, "forbidden")
    assert not server.mails("mer@demo01.example")
