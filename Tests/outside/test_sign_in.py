"""Signing in by a link to the work address, and what a session is worth from one request to the next."""

import base64
import re
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from browser import Browser
from people import Api, colleague, operator, problem, register, sign_in, token_in, wait_until


@pytest.fixture(scope="module")
def server(start_server):
    return start_server()


@pytest.fixture(scope="module")
def alva(server):
    return register(server, "9901")


@pytest.fixture
def somebody(server, alva):
    """The address of a member of Alva's council who has asked for no link yet: few an hour are sent."""
    name = "Person " + str(len(server.mails()))
    colleague(alva, server, name, "director")
    return name.lower().replace(" ", ".") + "@demo01.example"


def ask(server, address):
    """Asks for a link, and gives its token."""
    before = len(server.mails(address))
    Api(server).ok("POST", "/sign-in-links", {"address": address})
    return token_in(server.wait_for_mail(address, before + 1).links[0])


def enter(server, token):
    return Api(server).post("/sessions", {"token": token})


def quiet(server):
    """Waits until the worker has nothing left to do."""
    wait_until(lambda: server.rows("select count(*) from app.jobs", user="nyttograd_super") == [(0,)])


# In

def test_a_link_signs_in_and_says_where_the_session_is(server, alva):
    bo = colleague(alva, server, "Bo Lind", "director", "strategist")
    Api(server).ok("POST", "/sign-in-links", {"address": " Bo.Lind@DEMO01.example "})
    answer = enter(server, token_in(server.wait_for_mail("bo.lind@demo01.example", 2).links[0]))
    assert answer.status_code == 201 and answer.headers["Location"] == f"{server.base_url}/api/v1/session"
    session = bo.as_holder_of(answer.json()["token"]).ok("GET", "/session")
    assert session["member"]["address"] == "bo.lind@demo01.example" and session["member"]["roles"] == ["strategist", "director"]
    assert session["expiresAt"] == answer.json()["expiresAt"] and "manage-members" not in session["capabilities"]


@pytest.mark.parametrize("language, words", [
    ("sv", ("Logga in", "Titta i din inkorg", "Välkommen", "Almviken", "Du är utloggad")),
    ("en", ("Sign in", "Look in your inbox", "Welcome", "Almviken", "You are signed out")),
])
def test_in_and_out_in_a_browser(server, alva, language, words):
    browser = Browser(server, language)
    page = browser.open("/").follow(words[0])
    before = len(server.mails(alva.address))
    page = page.submit(address=alva.address)
    assert page.path == "/logga-in/skickat" and page.has(words[1])
    page = browser.open(server.wait_for_mail(alva.address, before + 1).links[0])
    assert page.has(words[2])
    page = page.submit()
    assert page.status == 200 and page.path == "/kommun" and page.has(words[3])
    session = browser.cookie("session")
    page = page.follow({"sv": "Logga ut", "en": "Sign out"}[language]).submit()
    assert page.path == "/" and page.has(words[4]) and browser.cookie("session") is None
    assert alva.api.as_holder_of(session).get("/session").status_code == 401
    # A second press finds nothing to end.
    assert browser.open("/logga-ut").submit().path == "/"


def test_who_is_not_signed_in_is_led_to_the_page_for_it(server, alva):
    for path in ("/kommun", "/operator", "/kommun/medlemmar"):
        page = Browser(server).open(path)
        assert page.path == "/logga-in" and page.status == 200
    browser = Browser(server)
    browser.open(f"/s/{ask(server, alva.address)}").submit()
    # A member is no operator, whatever the cookie is called.
    assert browser.open("/operator").path == "/logga-in"


def test_a_wrong_address_is_said_beside_the_field(server):
    page = Browser(server).open("/logga-in").submit(address="alva at demo")
    assert page.status == 422 and set(page.errors()) == {"address"} and page.form().value("address") == "alva at demo"
    answer = Api(server).post("/sign-in-links", {"address": "alva at demo"})
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "#/address"


# Discretion

def test_the_answer_is_the_same_for_known_and_unknown_addresses(server, alva):
    api = Api(server)
    answers = [api.post("/sign-in-links", {"address": address}) for address in (alva.address, "nobody@demo01.example", "x@nowhere.example")]
    assert len({(answer.status_code, answer.text, tuple(sorted(answer.headers))) for answer in answers}) == 1
    pages = [Browser(server).open("/logga-in").submit(address=address) for address in (alva.address, "nobody@demo01.example")]
    assert pages[0].html == pages[1].html and pages[0].path == pages[1].path
    quiet(server)
    assert not server.mails("nobody@demo01.example") and not server.mails("x@nowhere.example")


def test_few_links_an_hour_are_sent_and_the_answer_does_not_tell(server, somebody):
    api, before = Api(server), len(server.mails(somebody))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: api.post("/sign-in-links", {"address": somebody}), range(16)))
    assert {(answer.status_code, answer.text) for answer in answers} == {(202, '{"state":"sent"}')}
    quiet(server)
    # The invitation's link was one of the hour's.
    assert len(server.mails(somebody)) - before == 9


def test_one_person_in_two_councils_gets_a_link_for_each(server, alva):
    other = register(server, "9902")
    for council, name in ((alva, "Dag Holm"), (other, "Dag H.")):
        council.api.ok("POST", "/members", {"name": name, "address": "dag@konsult.example", "language": "sv", "roles": ["director"]})
    server.wait_for_mail("dag@konsult.example", 2)
    Api(server).ok("POST", "/sign-in-links", {"address": "dag@konsult.example"})
    server.wait_for_mail("dag@konsult.example", 4)
    sessions = [sign_in(Api(server), mail.links[0]).ok("GET", "/session") for mail in server.mails("dag@konsult.example")[2:]]
    assert {(one["council"]["code"], one["member"]["name"]) for one in sessions} == {("9901", "Dag Holm"), ("9902", "Dag H.")}


def test_the_mail_holds_the_link_and_no_other_secret(server, somebody):
    before = len(server.mails(somebody))
    token = ask(server, somebody)
    mail = server.mails(somebody)[before]
    assert mail.links == [f"{server.base_url}/s/{token}"] and "ngs_" not in mail.message.as_string() and mail.message["Message-ID"]


# The link

def test_opening_the_link_does_not_use_it_up(server, somebody):
    token = ask(server, somebody)
    for method in ("GET", "HEAD", "GET"):
        assert requests.request(method, f"{server.base_url}/s/{token}").status_code == 200
    assert requests.post(f"{server.base_url}/s/{token}", data={"token": "x"}).status_code == 403
    assert enter(server, token).status_code == 201


def test_a_link_works_once_also_for_many_at_once(server, somebody):
    token = ask(server, somebody)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: enter(server, token), range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [410] * 7
    page = Browser(server).open(f"/s/{token}").submit()
    assert page.status == 410 and page.has("gäller inte längre") and page.follow("Få en ny länk").path == "/logga-in"


def test_a_link_that_is_not_ours_is_void(server, somebody):
    token = ask(server, somebody)
    raw = base64.urlsafe_b64decode(token + "=")
    for place in (0, 15, 16, 31, 33, 34, 49):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1:]
        answer = enter(server, base64.urlsafe_b64encode(changed).decode().rstrip("="))
        assert answer.status_code == 410 and problem(answer)[1] == "link-void"
    assert problem(Api(server).post("/registration-verifications", {"token": token}))[1] == "link-void"
    assert enter(server, token).status_code == 201


def test_a_link_that_is_tried_again_and_again_is_left_alone_for_a_while(server, somebody):
    token = ask(server, somebody)
    answers = [enter(server, token) for _ in range(25)]
    assert [answer.status_code for answer in answers] == [201] + [410] * 19 + [429] * 5
    assert problem(answers[-1])[1] == "too-many-requests" and 1 <= int(answers[-1].headers["Retry-After"]) <= 600
    # Nobody else is kept waiting for it.
    assert enter(server, ask(server, somebody)).status_code == 201


# The session

def test_revocation_acts_on_the_next_request(server, alva):
    gun = colleague(alva, server, "Gun Berg", "administrator")
    elsewhere = gun.as_holder_of(enter(server, ask(server, "gun.berg@demo01.example")).json()["token"])
    assert gun.ok("GET", "/session") and elsewhere.ok("GET", "/session")
    assert gun.delete("/session").status_code == 204
    assert problem(gun.get("/session"))[1] == "not-signed-in" and elsewhere.ok("GET", "/session")
    member = elsewhere.ok("GET", "/session")["member"]["id"]
    assert elsewhere.get("/members").status_code == 200
    alva.api.ok("PUT", f"/members/{member}/roles", {"roles": ["director"]})
    assert problem(elsewhere.get("/members"))[1] == "forbidden"
    # What he may not read does not exist; that there is a list is no secret.
    assert problem(elsewhere.get(f"/members/{member}"))[1] == "not-found"
    alva.api.ok("DELETE", f"/members/{member}")
    assert elsewhere.get("/session").status_code == 401


def test_a_link_is_void_once_the_member_has_left(server, alva):
    hugo = colleague(alva, server, "Hugo Strand", "director")
    token = ask(server, "hugo.strand@demo01.example")
    alva.api.ok("DELETE", f"/members/{hugo.ok('GET', '/session')['member']['id']}")
    assert enter(server, token).status_code == 410 and hugo.get("/session").status_code == 401
    Api(server).ok("POST", "/sign-in-links", {"address": "hugo.strand@demo01.example"})
    quiet(server)
    assert len(server.mails("hugo.strand@demo01.example")) == 2


def test_a_session_ends_when_it_is_not_used_and_after_thirty_days_in_any_case(start_server):
    server, restarts = start_server("--now", "2026-12-01T10:00:00Z"), []
    used = register(server, "9901")
    unused = used.api.as_holder_of(enter(server, ask(server, used.address)).json()["token"])
    late = ask(server, used.address)

    def at(time):
        nonlocal server
        server.stop()
        server = start_server("--now", time, data=server.data)
        used.api.server = unused.server = server
        restarts.append(time)

    def end():
        return used.api.ok("GET", "/session")["expiresAt"][:16]

    assert end() == "2026-12-08T10:00"
    at("2026-12-01T10:31:00Z")
    # The link lived for half an hour. The session's end is moved once an hour at most.
    assert enter(server, late).status_code == 410 and end() == "2026-12-08T10:00"
    at("2026-12-07T12:00:00Z")
    assert end() == "2026-12-14T12:00"
    at("2026-12-08T10:01:00Z")
    assert unused.get("/session").status_code == 401 and end() == "2026-12-15T10:01"
    for day, ends in (("14", "2026-12-21T10:00"), ("20", "2026-12-27T10:00"), ("26", "2026-12-31T10:00"), ("30", "2026-12-31T10:00")):
        at(f"2026-12-{day}T10:00:00Z")
        assert end()[:13] == ends[:13]
    at("2026-12-31T10:01:00Z")
    assert used.api.get("/session").status_code == 401
    server.stop()


def test_tokens_are_of_one_kind_each(server, alva):
    oskar = operator(server)
    assert oskar.ok("GET", "/operator/session")["address"] == "oskar@nyttograd.example"
    assert oskar.get("/session").status_code == 401 and oskar.get("/council").status_code == 401
    assert alva.api.get("/operator/session").status_code == 401 and alva.api.get("/operator/registrations").status_code == 401
    # A member's secret under an operator's name, and a token that names another council.
    secret = base64.urlsafe_b64decode(alva.api.token.removeprefix("ngs_") + "=="[: -len(alva.api.token.removeprefix("ngs_")) % 4])
    assert Api(server, "ngo_" + base64.urlsafe_b64encode(secret[16:]).decode().rstrip("=")).get("/operator/session").status_code == 401
    other, = server.rows("select municipality_id from app.municipalities where code = '9902'", user="nyttograd_super")[0]
    moved = "ngs_" + base64.urlsafe_b64encode(other.bytes + secret[16:]).decode().rstrip("=")
    assert Api(server, moved).get("/session").status_code == 401
    assert oskar.delete("/operator/session").status_code == 204 and oskar.get("/operator/session").status_code == 401


def test_an_operator_signs_in_by_mail_too(server):
    operator(server)
    browser = Browser(server)
    before = len(server.mails("oskar@nyttograd.example"))
    browser.open("/logga-in").submit(address="Oskar@nyttograd.example")
    page = browser.open(server.wait_for_mail("oskar@nyttograd.example", before + 1).links[0]).submit()
    assert page.path == "/operator" and page.has("oskar@nyttograd.example")


# Cookies and forms

def test_the_cookie_is_kept_from_scripts_and_other_sites(server, alva, somebody):
    browser = Browser(server)
    browser.open(f"/s/{ask(server, somebody)}").submit()
    line = next(line for answer in browser.seen for line in answer.raw.headers.getlist("Set-Cookie") if line.startswith("session=ngs_"))
    assert set(part.strip().split("=")[0] for part in line.split(";")[1:]) == {"Path", "HttpOnly", "SameSite", "Max-Age"}
    assert "SameSite=Lax" in line and "Path=/;" in line
    # The API does not take it: a page of another site could make a browser send it.
    assert browser.session.get(f"{server.base_url}/api/v1/session", headers={"Accept": "application/json"}).status_code == 401
    # Nor do pages take the API's header.
    assert requests.get(f"{server.base_url}/kommun", headers={"Authorization": f"Bearer {alva.api.token}"}, allow_redirects=False).status_code == 303


def test_on_https_the_cookies_are_bound_to_the_host(start_server):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    server = start_server(settings={"NYTTOGRAD_LISTEN": listen, "NYTTOGRAD_BASE_URL": "https://nyttograd.example"})
    assert server.base_url == "https://nyttograd.example"
    link = re.search(r"https://nyttograd.example(/s/\S+)", server.command("operator", "invite", "oskar@nyttograd.example"))[1]
    page = requests.get(f"http://{listen}{link}")
    visit = page.headers["Set-Cookie"]
    token = re.search(r'name="token" value="([^"]+)"', page.text)[1]
    cookie = re.match(r"__Host-visit=[\w-]+", visit)[0]
    for name, value, status in (("Cookie", cookie.removeprefix("__Host-"), 403), ("Cookie", cookie, 303)):
        answer = requests.post(f"http://{listen}{link}", data={"token": token}, headers={name: value}, allow_redirects=False)
        assert answer.status_code == status
    for line in (visit, answer.headers["Set-Cookie"]):
        assert line.startswith("__Host-") and all(part in line for part in ("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/")) and "Domain" not in line
    assert answer.headers["Location"] == "/operator" and "Strict-Transport-Security" in answer.headers
    server.stop()


def test_forms_of_others_do_nothing(server, somebody):
    browser = Browser(server)
    token = ask(server, somebody)
    page = browser.open(f"/s/{token}")
    theirs = Browser(server).open(f"/s/{token}").form().value("token")
    for values in ({"other": "x"}, {"token": ""}, {"token": theirs}):
        assert browser.session.post(page.url, data=values).status_code == 403
    assert browser.session.post(page.url, data=page.form().values(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert page.submit().path == "/kommun"
