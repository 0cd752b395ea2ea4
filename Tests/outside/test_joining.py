"""A colleague asks to join a council that is here; the link proves the address, and an administrator gives roles or refuses."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from browser import Browser
from people import Api, colleague, register, token_in, wait_until
from test_people import browser_of, link_to, problem


@pytest.fixture(scope="module")
def server(start_server):
    return start_server()


@pytest.fixture(scope="module")
def almviken(server):
    return register(server, "9901")


def body(address, code="9901", name="Dag Holm"):
    return {"municipalityCode": code, "name": name, "address": address, "language": "sv"}


def asked(server, address, **more):
    """The token of the link that comes when somebody asks to join."""
    return token_in(link_to(server, address, lambda: Api(server).ok("POST", "/join-requests", body(address, **more))))


def waiting(server, council, address, **more):
    """The id of a request that waits, as the administrator sees it."""
    assert Api(server).ok("POST", "/join-confirmations", {"token": asked(server, address, **more)}) == {"state": "waiting"}
    return next(one["id"] for one in council.api.ok("GET", "/join-requests?limit=100")["items"] if one["address"] == address)


def quiet(server):
    """Waits until the worker has done what is due."""
    wait_until(lambda: server.rows("select count(*) from app.jobs where kind like 'mail%%'", user="nyttograd_super") == [(0,)])


def test_a_colleague_asks_proves_the_address_and_is_let_in_with_a_role(server, almviken):
    ada = colleague(almviken, server, "Ada Min", "administrator")
    before = {address: len(server.mails(address)) for address in (almviken.address, "ada.min@demo01.example")}
    request = waiting(server, almviken, "dag.holm@demo01.example")
    # Both administrators are told, without a word of what a stranger has written.
    for address, number in before.items():
        mail = server.wait_for_mail(address, number + 1)
        assert "/kommun/forfragningar" in mail.links[0] and "Dag" not in mail.text and "dag.holm" not in mail.text
    made = ada.post(f"/join-requests/{request}/approval", {"roles": ["director", "programme-area"]})
    assert made.status_code == 201 and made.headers["Location"] == made.json()["_links"]["self"]["href"]
    mail = server.wait_for_mail("dag.holm@demo01.example", 2)
    assert "Ada Min" in mail.text
    session = Api(server).ok("POST", "/sessions", {"token": token_in(mail.links[0])})["token"]
    member = Api(server, session).ok("GET", "/session")["member"]
    assert (member["id"], member["name"], member["roles"]) == (made.json()["id"], "Dag Holm", ["director", "programme-area"])
    assert problem(almviken.api.post(f"/join-requests/{request}/approval", {"roles": ["director"]})) == (404, "not-found")
    assert problem(almviken.api.post(f"/join-requests/{request}/refusal")) == (404, "not-found")
    assert request not in almviken.api.get("/join-requests").text


def test_a_refused_request_lets_nobody_in_and_nobody_is_told(server, almviken):
    request = waiting(server, almviken, "ture@demo01.example")
    assert almviken.api.post(f"/join-requests/{request}/refusal").status_code == 204
    assert problem(almviken.api.post(f"/join-requests/{request}/approval", {"roles": ["director"]})) == (404, "not-found")
    Api(server).ok("POST", "/sign-in-links", {"address": "ture@demo01.example"})
    quiet(server)
    assert len(server.mails("ture@demo01.example")) == 1 and "ture@" not in almviken.api.get("/members?limit=100").text


def test_of_two_who_decide_at_once_one_does(server, almviken):
    request = waiting(server, almviken, "tove@demo01.example")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: almviken.api.post(
            f"/join-requests/{request}/approval", {"roles": ["director"]}).status_code if n % 2 else almviken.api.post(
            f"/join-requests/{request}/refusal").status_code, range(4)))
    assert sorted(answers)[1:] == [404] * 3 and min(answers) in (201, 204)


def test_the_answer_is_the_same_for_members_colleagues_and_strangers(server, almviken):
    addresses = (almviken.address, "ny.kollega@demo01.example", "x@nowhere.example", "x@demo02.example")
    before = {address: len(server.mails(address)) for address in addresses}
    answers = [Api(server).post("/join-requests", body(address)) for address in addresses]
    assert len({(answer.status_code, answer.text, tuple(sorted(answer.headers))) for answer in answers}) == 1 and answers[0].status_code == 202
    pages = [ask_by_page(server, address) for address in addresses]
    assert len({(page.status, page.path, page.html) for page in pages}) == 1
    quiet(server)
    mails = {address: server.mails(address)[before[address]:] for address in addresses}
    # A member is told where to sign in; a colleague gets a link; whoever is at another domain gets nothing.
    assert [len(mails[address]) for address in addresses] == [2, 2, 0, 0]
    assert all("/logga-in" in mail.links[0] for mail in mails[almviken.address])
    assert all("/j/" in mail.links[0] for mail in mails["ny.kollega@demo01.example"])
    # Nor has anybody become anything by it.
    assert not [one for one in almviken.api.ok("GET", "/join-requests?limit=100")["items"] if one["address"] in addresses]


def ask_by_page(server, address):
    return Browser(server).open("/ga-med?code=9901").submit("Skicka", name="Nils Ny", address=address)


def test_a_domain_that_several_councils_share_is_known_in_each(server, almviken):
    other = register(server, "9902", "Carl Ask")
    for code in ("9901", "9902"):
        server.rows("""insert into app.mail_domains (domain, municipality_id, recorded_at)
                       select 'forbund.example', municipality_id, '2026-11-01' from app.municipalities where code = %s""", (code,), user="nyttograd_super")
    for council in (almviken, other):
        request = waiting(server, council, f"moa{council.code}@forbund.example", code=council.code)
        assert council.api.post(f"/join-requests/{request}/approval", {"roles": ["director"]}).status_code == 201
    assert "moa9902" not in almviken.api.get("/members?limit=100").text


def test_what_is_wrong_is_said_with_its_pointer(server, almviken):
    for changes, pointers in (
        ({"address": "dag@gmail.com"}, ["#/address"]), ({"municipalityCode": "9912"}, ["#/municipalityCode"]), ({"municipalityCode": "0000"}, ["#/municipalityCode"]),
        ({"name": " ", "language": "fi"}, ["#/name", "#/language"]), ({"roles": ["administrator"]}, ["#/roles"]),
    ):
        answer = Api(server).post("/join-requests", body("dag@demo01.example") | changes)
        assert answer.status_code == 422 and [error["pointer"] for error in answer.json()["errors"]] == pointers


def test_few_links_an_hour_are_sent_to_one_address_and_to_one_council(server):
    council = register(server, "9903")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: Api(server).post("/join-requests", body("lisa@demo03.example", "9903")), range(12)))
        assert {(answer.status_code, answer.text) for answer in answers} == {(202, '{"state":"sent"}')}
        quiet(server)
        assert len(server.mails("lisa@demo03.example")) == 5
        answers = list(pool.map(lambda n: Api(server).post("/join-requests", body(f"lisa{n}@demo03.example", "9903")), range(130)))
        assert {answer.status_code for answer in answers} == {202}
    quiet(server)
    assert len([mail for mail in server.mails() if "lisa" in str(mail.to)]) == 120
    # Another council is not kept waiting for it.
    assert asked(server, "ulla.ny@demo01.example") and council.api.get("/council").status_code == 200


def test_the_link_works_once_for_a_day_and_the_request_waits_two_weeks(start_server):
    server = start_server("--now", "2026-12-01T10:00:00Z")
    council = register(server, "9901")
    late = asked(server, "sen@demo01.example")
    token = asked(server, "dag@demo01.example")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: Api(server).post("/join-confirmations", {"token": token}).status_code, range(4)))
    assert sorted(answers) == [200, 410, 410, 410]

    def at(time):
        nonlocal server
        server.stop()
        server = start_server("--now", time, data=server.data)
        council.api.server = server

    at("2026-12-02T10:01:00Z")
    assert problem(Api(server).post("/join-confirmations", {"token": late})) == (410, "link-void")
    rows = "select address from app.join_requests order by 1"
    wait_until(lambda: server.rows(rows, user="nyttograd_super") == [("dag@demo01.example",)])
    at("2026-12-07T10:00:00Z")
    request = council.api.ok("GET", "/join-requests")["items"][0]["id"]
    at("2026-12-13T10:00:00Z")
    assert council.api.ok("GET", "/join-requests")["_meta"]["totalItems"] == 1
    at("2026-12-15T10:01:00Z")
    assert council.api.ok("GET", "/join-requests")["items"] == []
    assert problem(council.api.post(f"/join-requests/{request}/approval", {"roles": ["director"]})) == (404, "not-found")
    # And nothing of it is kept.
    wait_until(lambda: server.rows(rows, user="nyttograd_super") == [])
    server.stop()


@pytest.mark.parametrize("language, words", [
    ("sv", ("Be om att få vara med", "Skicka", "Titta i din inkorg", "Bekräfta", "Nu väntar vi på kommunen", "Se vilka det är", "Godkänn", "Kollegan är medlem", "Avslå", "Frågan är avslagen.")),
    ("en", ("Ask to join", "Send", "Look in your inbox", "Confirm", "Now we wait for the council", "See who", "Approve", "The colleague is a member", "Refuse", "The request is refused.")),
])
def test_asking_and_deciding_on_pages(server, almviken, language, words):
    link, send, sent, confirm, waits, see, approve, approved, refuse, refused = words
    alva = browser_of(almviken.api, language)
    for number in (1, 2):
        browser, address, name = Browser(server, language), f"ny{number}{language}@demo01.example", f"Ny {number} {language} <b>"
        page = browser.open("/registrera?code=9901").follow(link)
        assert page.has("Almviken")
        wrong = page.submit(send, name=name, address="ny@gmail.com")
        assert wrong.status == 422 and set(wrong.errors()) == {"address"} and wrong.form(["name"]).value("name") == name
        mailed = link_to(server, address, lambda: wrong.submit(send, address=address).has(sent))
        assert browser.open(mailed).status == 200, "opening the link does not use it up"
        assert browser.open(mailed).submit(confirm).has(waits)
        assert browser.open(mailed).submit(confirm).status == 410
        page = alva.open("/kommun").follow(see).follow(name)
        assert page.has(address)
        if number == 1:
            assert set(page.submit(approve).errors()) == {"roles"}
            assert page.submit(approve, roles=["director"]).has(approved) and alva.open("/kommun/medlemmar").has(name)
        else:
            assert page.submit(refuse).has(refused) and not alva.open("/kommun/medlemmar").has(name)
