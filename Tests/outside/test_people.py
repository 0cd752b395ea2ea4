"""A member's own affairs: where he is signed in, which councils he belongs to, another address, and leaving."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from browser import Browser, browser_of, sign_in
from people import Api, colleague, invite_and_open, operator, plan_round, problem, record_agreement, register, slug, token_in


@pytest.fixture(scope="module")
def server(start_server):
    return start_server()


@pytest.fixture(scope="module")
def almviken(server):
    return register(server, "9901")


@pytest.fixture(scope="module")
def other(server):
    return register(server, "9902", "Carl Ask")


def address_of(name, council):
    return f"{slug(name).replace('-', '.')}@{council.domain}"


def link_to(server, address, ask):
    """The link that comes to the address by what `ask` does."""
    before = len(server.mails(address))
    ask()
    return server.wait_for_mail(address, before + 1).links[0]


def again(server, address):
    """Another session of whoever has the address in his first council."""
    api = Api(server)
    link = link_to(server, address, lambda: api.ok("POST", "/sign-in-links", {"address": address}))
    return api.as_holder_of(api.ok("POST", "/sessions", {"token": token_in(link)})["token"])


def in_both(server, almviken, other, name):
    """Somebody who is a director in the one council and a strategist in the other, signed in to the first."""
    api, address = colleague(almviken, server, name, "director"), address_of(name, almviken)
    other.api.ok("POST", "/members", {"name": name + " Två", "address": address, "language": "sv", "roles": ["strategist"]})
    server.wait_for_mail(address, 2)
    return api, address


# ---- Sessions

def test_a_member_sees_his_own_sessions_and_ends_one_or_all_others(server, almviken):
    first = colleague(almviken, server, "Bo Lind", "director")
    second, third = again(server, "bo.lind@demo01.example"), again(server, "bo.lind@demo01.example")
    page = first.ok("GET", "/sessions")
    assert page["_meta"]["totalItems"] == 3 and [one["current"] for one in page["items"]].count(True) == 1
    for one in page["items"]:
        assert set(one) == {"id", "startedAt", "lastUsedAt", "expiresAt", "current"} and one["startedAt"] <= one["lastUsedAt"] < one["expiresAt"]
    mine = next(one["id"] for one in second.ok("GET", "/sessions")["items"] if one["current"])
    assert first.delete(f"/sessions/{mine}").status_code == 204
    assert problem(second.get("/session")) == (401, "not-signed-in") and third.get("/session").status_code == 200
    assert problem(first.delete(f"/sessions/{mine}")) == (404, "not-found")
    assert first.delete("/sessions").status_code == 204
    assert third.get("/session").status_code == 401 and first.ok("GET", "/sessions")["_meta"]["totalItems"] == 1


def test_a_colleagues_session_is_not_there(server, almviken):
    mine, his = colleague(almviken, server, "Ida Mo", "administrator"), colleague(almviken, server, "Ola Mo", "director")
    session = his.ok("GET", "/sessions")["items"][0]["id"]
    assert session not in [one["id"] for one in mine.ok("GET", "/sessions")["items"]]
    assert problem(mine.delete(f"/sessions/{session}")) == (404, "not-found")
    mine.ok("DELETE", "/sessions")
    assert his.get("/session").status_code == 200


def test_an_operator_sees_and_ends_his_own_sessions(server):
    first, second, stranger = operator(server), operator(server), operator(server, "olga@nyttograd.example")
    sessions = first.ok("GET", "/operator/sessions")
    assert sessions["_meta"]["totalItems"] == 2
    his = next(one["id"] for one in sessions["items"] if not one["current"])
    assert problem(stranger.delete(f"/operator/sessions/{his}")) == (404, "not-found")
    assert first.delete(f"/operator/sessions/{his}").status_code == 204
    assert second.get("/operator/session").status_code == 401
    third = operator(server)
    assert first.delete("/operator/sessions").status_code == 204
    assert third.get("/operator/session").status_code == 401 and stranger.get("/operator/session").status_code == 200
    # By his page too.
    fourth, page = operator(server), browser_of(first).open("/operator").follow("Ditt konto")
    page = page.submit("Logga ut Inloggad")
    assert page.path == "/operator/konto" and page.has("Den är utloggad.") and fourth.get("/operator/session").status_code == 401
    fifth = operator(server)
    assert browser_of(first).open("/operator/konto").submit("Logga ut överallt annars").has("överallt annars")
    assert fifth.get("/operator/session").status_code == 401


@pytest.mark.parametrize("language, words", [
    ("sv", ("Ditt konto", "den du använder nu", "Logga ut Inloggad", "Den är utloggad.", "Logga ut överallt annars", "Du är utloggad överallt annars.")),
    ("en", ("Your account", "the one you are using", "Sign out Signed in", "It is signed out.", "Sign out everywhere else", "You are signed out everywhere else.")),
])
def test_sessions_are_seen_and_ended_on_a_page(server, almviken, language, words):
    name = "Ulla " + language.capitalize()
    first = colleague(almviken, server, name, "director")
    second = again(server, address_of(name, almviken))
    page = browser_of(first, language).open("/kommun").follow(words[0])
    assert page.has(words[1]) and page.has("Almviken") and page.has(address_of(name, almviken))
    page = page.submit(words[2])
    assert page.path == "/konto" and page.has(words[3]) and second.get("/session").status_code == 401
    third = again(server, address_of(name, almviken))
    assert page.browser.open("/konto").submit(words[4]).has(words[5])
    assert third.get("/session").status_code == 401 and first.get("/session").status_code == 200


# ---- Several councils

def test_a_person_switches_between_his_councils_and_nothing_of_one_is_in_the_other(server, almviken, other):
    here, address = in_both(server, almviken, other, "Dag Holm")
    councils = here.ok("GET", "/session/councils")["items"]
    assert [(one["code"], one["current"]) for one in councils] == [("9901", True), ("9902", False)]
    assert here.ok("GET", "/session")["member"]["name"] == "Dag Holm" and "9902" not in here.get("/session").text
    answer = here.post("/session/councils", {"councilCode": "9902"})
    assert answer.status_code == 201 and answer.headers["Location"] == f"{server.base_url}/api/v1/session"
    there = here.as_holder_of(answer.json()["token"])
    session = there.ok("GET", "/session")
    assert (session["council"]["code"], session["member"]["name"], session["member"]["roles"]) == ("9902", "Dag Holm Två", ["strategist"])
    # Roles, members and sessions are each council's own.
    assert there.get("/members").status_code == 200 and problem(here.get("/members")) == (403, "forbidden")
    assert address in there.get("/members?limit=100").text and almviken.address not in there.get("/members?limit=100").text
    assert here.ok("GET", "/sessions")["_meta"]["totalItems"] == there.ok("GET", "/sessions")["_meta"]["totalItems"] == 1
    # Shown out of the one, he stays in the other, and it is no more among his councils.
    almviken.api.ok("DELETE", f"/members/{here_id(almviken, address)}")
    assert here.get("/session").status_code == 401 and there.get("/session").status_code == 200
    assert [one["code"] for one in there.ok("GET", "/session/councils")["items"]] == ["9902"]
    assert problem(there.post("/session/councils", {"councilCode": "9901"})) == (422, "invalid-fields")


def here_id(council, address):
    return next(member["id"] for member in council.api.ok("GET", "/members?limit=100")["items"] if member["address"] == address)


def test_a_council_that_is_not_ones_own_is_answered_as_one_that_does_not_exist(server, almviken, other):
    lone = colleague(almviken, server, "Eva Ek", "director")
    answers = [lone.post("/session/councils", {"councilCode": code}) for code in ("9902", "0000", "kani")]
    assert {answer.status_code for answer in answers} == {422}
    assert len({str(answer.json()["errors"]) for answer in answers}) == 1
    assert [one["code"] for one in lone.ok("GET", "/session/councils")["items"]] == ["9901"]


def test_a_session_that_was_switched_to_ends_with_the_link_that_it_goes_back_to(start_server):
    server = start_server("--now", "2026-12-01T10:00:00Z")
    here, there = register(server, "9901"), register(server, "9902", "Carl Ask")
    there.api.ok("POST", "/members", {"name": "Alva", "address": here.address, "language": "sv", "roles": ["director"]})
    apis = [here.api]
    for time in ("2026-12-07T10:00:00Z", "2026-12-13T10:00:00Z", "2026-12-19T10:00:00Z", "2026-12-25T10:00:00Z"):
        server.stop()
        server = start_server("--now", time, data=server.data)
        for api in apis:
            api.server = server
        code = "9902" if len(apis) % 2 else "9901"
        apis.append(apis[-1].as_holder_of(apis[-1].ok("POST", "/session/councils", {"councilCode": code})["token"]))
    assert apis[-1].ok("GET", "/session")["expiresAt"][:13] == "2026-12-31T10"
    assert {one["startedAt"][:13] for one in apis[-1].ok("GET", "/sessions")["items"]} == {"2026-12-01T10"}
    server.stop()


@pytest.mark.parametrize("language, account, switch, said", [
    ("sv", "Ditt konto", "Byt till", "Nu är du i den här kommunen."), ("en", "Your account", "Switch to", "You are now in this council.")])
def test_switching_is_a_press_on_a_button_and_every_page_says_where_one_is(server, almviken, other, language, account, switch, said):
    api, _ = in_both(server, almviken, other, "Gun " + language.capitalize())
    browser = browser_of(api, language)
    there = other.api.ok("GET", "/council")["name"]
    page = browser.open("/kommun")
    assert page.has("Almviken") and not page.has(there)
    page = page.follow(account)
    assert page.has("Almviken")
    page = page.submit(switch)
    assert page.path == "/kommun" and page.has(said) and page.has(there) and not page.has("Almviken")
    # The browser holds one session, and the one that it let go of is over.
    assert api.get("/session").status_code == 401 and browser.cookie("session") != api.token
    page = page.follow(account).submit(switch)
    assert page.has("Almviken") and not page.has(there)


def test_no_authority_but_signing_in_reads_who_belongs_where(server):
    with pytest.raises(Exception, match="permission denied"):
        server.rows("select * from app.people", role="ng_member")


# ---- Leaving

def test_a_member_leaves_and_the_last_administrator_does_not(server):
    council = register(server, "9903")
    assert problem(council.api.delete("/membership")) == (409, "last-administrator")
    dag = colleague(council, server, "Dag Bok", "director")
    assert dag.delete("/membership").status_code == 204
    assert dag.get("/session").status_code == 401 and "dag.bok" not in council.api.get("/members").text
    Api(server).ok("POST", "/sign-in-links", {"address": "dag.bok@demo03.example"})
    ada = colleague(council, server, "Ada Min", "administrator")
    assert council.api.delete("/membership").status_code == 204 and council.api.get("/session").status_code == 401
    assert problem(ada.delete("/membership")) == (409, "last-administrator")
    assert len(server.mails("dag.bok@demo03.example")) == 1, "who has left gets no more links"


def test_of_two_administrators_who_leave_at_once_one_stays(server):
    council = register(server, "9904")
    ada = colleague(council, server, "Ada Min", "administrator")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda api: api.delete("/membership").status_code, (council.api, ada)))
    assert sorted(answers) == [204, 409]


@pytest.mark.parametrize("language, code, step, last, leave, left", [
    ("sv", "9905", "Utse en administratör till", "kan inte lämna den", "Lämna kommunen", "Du har lämnat kommunen."),
    ("en", "9906", "Name another administrator", "cannot leave it", "Leave the council", "You have left the council.")])
def test_two_administrators_are_urged_and_leaving_is_confirmed_on_a_page(server, language, code, step, last, leave, left):
    council = register(server, code)
    alva = browser_of(council.api, language)
    assert alva.open("/kommun").has(step)
    page = alva.open("/konto")
    assert page.has(last) and not any(leave in words for form in page.forms for _, _, words, _ in form.buttons)
    ada = browser_of(colleague(council, server, "Ada Min", "administrator"), language)
    assert not alva.open("/kommun").has(step)
    refused = ada.open("/konto").submit(leave)
    assert refused.status == 422 and set(refused.errors()) == {"understood"}
    page = refused.submit(leave, understood="on")
    assert page.path == "/" and page.has(left) and ada.cookie("session") is None
    assert alva.open("/kommun").has(step)


# ---- Another address

def test_an_address_is_changed_by_the_link_to_the_new_one_and_the_old_one_is_told(server, almviken):
    api, old, new = colleague(almviken, server, "Kim Falk", "director"), "kim.falk@demo01.example", "kim.strom@demo01.example"
    member = api.ok("GET", "/session")["member"]["id"]
    link = link_to(server, new, lambda: api.ok("POST", "/address-changes", {"address": " Kim.Strom@DEMO01.example "}))
    assert "Kim Falk" not in server.mails(new)[0].text
    # Nothing has changed yet, and opening the link changes nothing.
    assert Browser(server).open(link).status == 200
    assert api.ok("GET", "/session")["member"]["address"] == old
    assert api.ok("POST", "/address-confirmations", {"token": token_in(link)}) == {"state": "changed"}
    assert problem(api.get("/session")) == (401, "not-signed-in")
    told = server.wait_for_mail(old, 2)
    assert "bytt" in told.text and new not in told.text
    assert again(server, new).ok("GET", "/session")["member"] | {"roles": None} == {
        "id": member, "name": "Kim Falk", "address": new, "language": "sv", "roles": None}
    before = len(server.mails(old))
    Api(server).ok("POST", "/sign-in-links", {"address": old})
    again(server, almviken.address)
    assert len(server.mails(old)) == before
    assert problem(Api(server).post("/address-confirmations", {"token": token_in(link)})) == (410, "link-void")


def test_the_link_to_a_new_address_is_replaced_by_the_next_and_ends_with_the_membership(server, almviken):
    api = colleague(almviken, server, "Liv Dahl", "director")
    first, second = (token_in(link_to(server, f"liv{number}@demo01.example", lambda number=number: api.ok(
        "POST", "/address-changes", {"address": f"liv{number}@demo01.example"}))) for number in (1, 2))
    assert problem(api.post("/address-confirmations", {"token": first})) == (410, "link-void")
    assert api.delete("/membership").status_code == 204
    assert problem(api.post("/address-confirmations", {"token": second})) == (410, "link-void")


def test_whose_address_it_is_already_is_not_told_and_nobody_takes_it(server, almviken):
    api, taken = colleague(almviken, server, "Nils Ask", "director"), almviken.address
    answers = [api.post("/address-changes", {"address": "nils.ny@demo01.example"})]
    link = link_to(server, taken, lambda: answers.append(api.post("/address-changes", {"address": taken})))
    assert [(answer.status_code, answer.text) for answer in answers] == [(202, '{"state":"sent"}')] * 2
    assert problem(api.post("/address-confirmations", {"token": token_in(link)})) == (409, "member-exists")
    assert api.ok("GET", "/session")["member"]["address"] == "nils.ask@demo01.example" and almviken.api.get("/session").status_code == 200
    assert api.post("/address-changes", {"address": "nils@gmail.com"}).json()["errors"][0]["pointer"] == "#/address"
    assert [api.post("/address-changes", {"address": f"nils{n}@demo01.example"}).status_code for n in range(4)] == [202, 202, 202, 429]


def test_posts_and_seats_keep_their_address_when_a_member_changes_his(server):
    council = register(server, "9907")
    record_agreement(council)
    plan_round(council, "2027-12-14T16:00:00Z", people=2)
    invite_and_open(council, server)
    seat = next(seat for seat in council.seats if seat.address == council.address)
    seat.api.ok("PATCH", "/participation/answers", {"answers": {"d1.1": {"current": 2, "desired": 3}}})
    link = link_to(server, "alva.ny@demo07.example", lambda: council.api.ok("POST", "/address-changes", {"address": "alva.ny@demo07.example"}))
    council.api.ok("POST", "/address-confirmations", {"token": token_in(link)})
    alva = again(server, "alva.ny@demo07.example")
    assert alva.ok("GET", f"/rounds/{council.round}/seats/{seat.id}")["address"] == council.address
    assert council.address in [post["holderAddress"] for post in alva.ok("GET", "/posts")["items"]]
    assert seat.api.ok("GET", "/participation/answers")["answers"]["d1.1"] == {"current": 2, "desired": 3}


@pytest.mark.parametrize("language, send, sent, confirm, changed", [
    ("sv", "Skicka en länk", "Inget har ändrats än.", "Byt till den här adressen", "Adressen är bytt."),
    ("en", "Send a link", "Nothing has changed yet.", "Change to this address", "The address is changed.")])
def test_an_address_is_changed_on_pages(server, almviken, language, send, sent, confirm, changed):
    api, new = colleague(almviken, server, "Siv " + language.capitalize(), "director"), f"siv.ny.{language}@demo01.example"
    browser = browser_of(api, language)
    page = browser.open("/konto").submit(send, address="siv@gmail.com")
    assert page.status == 422 and set(page.errors()) == {"address"} and page.form(["address"]).value("address") == "siv@gmail.com"
    link = link_to(server, new, lambda: page.submit(send, address=new))
    page = browser.open(link).submit(confirm)
    assert page.path == "/logga-in" and page.has(changed) and browser.cookie("session") is None
    page = browser.open(link).submit(confirm)
    assert page.status == 410
    sign_in(browser, link_to(server, new, lambda: browser.open("/logga-in").submit(address=new)))
    assert browser.open("/konto").has(new)
