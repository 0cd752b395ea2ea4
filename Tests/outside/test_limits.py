"""What is tried too often is left alone for a while, and nobody else is: everybody here is behind one address."""

import base64
import os
import uuid
from datetime import datetime, timedelta, timezone

import pytest
import requests

import people
from people import Api, colleague, register, sign_in, token_in


@pytest.fixture(scope="module")
def server(start_server):
    return start_server()


@pytest.fixture(scope="module")
def alva(server):
    """A council with an open round."""
    council = register(server, "9901")
    people.record_agreement(council)
    people.plan_round(council, (datetime.now(timezone.utc) + timedelta(days=14)).strftime("%Y-%m-%dT%H:%M:%SZ"))
    people.invite_and_open(council, server)
    return council


def bytes_of(token):
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def text_of(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def forged(token, number):
    """A link that claims what this one does, with a signature that is none."""
    raw = bytes_of(token)
    return text_of(raw[:-16] + os.urandom(14) + number.to_bytes(2, "big"))


def statuses(answers):
    return [answer.status_code for answer in answers]


def assert_told_to_wait(answer, seconds):
    assert answer.status_code == 429 and answer.json()["type"].endswith("/too-many-requests")
    assert 1 <= int(answer.headers["Retry-After"]) <= seconds


def test_a_personal_link_that_is_guessed_opens_for_its_holder_all_the_while(server, alva):
    nobody, right, other = Api(server), alva.seats[0].api, alva.seats[1].api
    guesses = [nobody.as_holder_of(forged(right.token, number)).get("/participation") for number in range(25)]
    assert statuses(guesses) == [401] * 20 + [429] * 5
    assert_told_to_wait(guesses[-1], 600)
    assert requests.get(f"{server.base_url}/e/{forged(right.token, 99)}", allow_redirects=False).status_code == 429
    assert right.get("/participation").status_code == other.get("/participation").status_code == 200
    assert requests.get(f"{server.base_url}/e/{right.token}", allow_redirects=False).status_code == 303
    # Another's link is guessed anew, and one that there is not is answered as one that there is.
    raw = bytes_of(right.token)
    unknown = text_of(raw[:16] + uuid.uuid4().bytes + raw[32:])
    for token in (other.token, unknown):
        assert statuses(nobody.as_holder_of(forged(token, number)).get("/participation") for number in range(21)) == [401] * 20 + [429]


def test_sessions_that_are_guessed_leave_those_of_the_council_alone(server, alva):
    other = register(server, "9902")
    council = bytes_of(alva.api.token.removeprefix("ngs_"))[:16]
    guess = lambda council: Api(server).as_holder_of("ngs_" + text_of(council + os.urandom(32))).get("/session")
    guesses = [guess(council) for _ in range(305)]
    assert statuses(guesses) == [401] * 300 + [429] * 5
    assert_told_to_wait(guesses[-1], 600)
    assert alva.api.get("/session").status_code == 200
    # Neither the neighbours nor the page for signing in have anything of it.
    assert guess(bytes_of(other.api.token.removeprefix("ngs_"))[:16]).status_code == 401
    page = requests.get(f"{server.base_url}/kommun", cookies={"session": "ngs_" + text_of(council + os.urandom(32))}, allow_redirects=False)
    assert (page.status_code, page.headers["Location"]) == (303, "/logga-in")
    assert colleague(alva, server, "Disa Frisk", "director").get("/session").status_code == 200
    # A session that has ended is no guess, nor is a token of another kind.
    gone = colleague(alva, server, "Gun Malm", "director")
    gone.ok("DELETE", "/session")
    assert gone.get("/session").status_code == alva.api.get("/operator/session").status_code == 401


def test_a_sign_in_link_that_is_guessed_works_for_who_got_it(server, alva):
    before = len(server.mails(alva.address))
    Api(server).ok("POST", "/sign-in-links", {"address": alva.address})
    link = server.wait_for_mail(alva.address, before + 1).links[0]
    guesses = [Api(server).post("/sessions", {"token": forged(token_in(link), number)}) for number in range(25)]
    assert statuses(guesses) == [410] * 20 + [429] * 5
    assert sign_in(Api(server), link).get("/session").status_code == 200


def test_one_address_is_asked_for_only_so_often_whether_it_is_known_or_not(server, alva):
    disa = colleague(alva, server, "Ebba Gren", "director").ok("GET", "/session")["member"]["address"]
    for address in (disa, "nobody@demo01.example"):
        answers = [Api(server).post("/sign-in-links", {"address": address}) for _ in range(32)]
        assert statuses(answers) == [202] * 30 + [429] * 2
        assert_told_to_wait(answers[-1], 600)
    assert Api(server).post("/sign-in-links", {"address": "somebody.else@demo01.example"}).status_code == 202


def test_a_councils_people_are_not_flooded_with_links_and_none_is_kept_out(start_server):
    server = start_server()
    alva = register(server, "9903")
    addresses = [f"person{number}@demo03.example" for number in range(12)]
    for address in addresses:
        alva.api.ok("POST", "/members", {"name": "Person", "address": address, "language": "sv", "roles": ["director"]})
    made = lambda where="": server.rows(f"select count(*) from app.sign_in_links l join app.people p on p.id = l.person_id {where}", user="nyttograd_super")[0][0]
    for address in addresses:
        for _ in range(15):
            assert Api(server).post("/sign-in-links", {"address": address}).status_code == 202
    # Ten each to a hundred in all, invitations among them; and beyond that two each.
    assert made() == 102
    assert made(f"where p.address = '{addresses[-1]}'") == 2
    before = len(server.mails(alva.address))
    Api(server).ok("POST", "/sign-in-links", {"address": alva.address})
    assert sign_in(Api(server), server.wait_for_mail(alva.address, before + 1).links[0]).get("/session").status_code == 200
    # Who asks without end in another's name does not keep him out: before his last link has ended he is sent one more.
    with server.connect("nyttograd_super") as connection:
        connection.execute("update app.sign_in_links set created_at = created_at - interval '16 minutes'")
    for _ in range(3):
        Api(server).ok("POST", "/sign-in-links", {"address": addresses[0]})
    assert made(f"where p.address = '{addresses[0]}'") == 11


def test_an_operator_is_not_kept_out_by_who_asks_in_his_name(start_server):
    server = start_server()
    address = "oskar@nyttograd.example"
    people.operator(server, address)
    made = lambda: server.rows("select count(*) from app.sign_in_links where operator_id is not null", user="nyttograd_super")[0][0]
    for _ in range(12):
        Api(server).ok("POST", "/sign-in-links", {"address": address})
    before = made()
    assert before <= 11
    with server.connect("nyttograd_super") as connection:
        connection.execute("update app.sign_in_links set created_at = created_at - interval '16 minutes'")
    Api(server).ok("POST", "/sign-in-links", {"address": address})
    assert made() == before + 1


def test_an_invitation_is_sent_again_once_an_hour(server):
    council = register(server, "9904")
    people.record_agreement(council)
    people.plan_round(council, (datetime.now(timezone.utc) + timedelta(days=14)).strftime("%Y-%m-%dT%H:%M:%SZ"), people=3)
    path, seats = f"/rounds/{council.round}/invitations", [seat.id for seat in council.seats]
    send = lambda ids: council.api.post(path, {"seatIds": ids})
    sent = lambda: server.rows("select count(*) from app.seats where round_id = %s and invited_at is not null", [council.round], user="nyttograd_super")[0][0]
    assert send(seats[:2]).json() == {"invited": 2} and send(seats[:1]).json() == {"invited": 1}
    refused = send(seats)
    assert_told_to_wait(refused, 3600)
    assert "once an hour" in refused.json()["detail"] and sent() == 2, "nobody is invited by what is refused"
    assert send(seats[1:]).json() == {"invited": 2}, "the others are"
    member = council.api.ok("POST", "/members", {"name": "Ny", "address": "ny@demo04.example", "language": "sv", "roles": ["director"]})["id"]
    assert council.api.post(f"/members/{member}/invitation").status_code == 200
    assert_told_to_wait(council.api.post(f"/members/{member}/invitation"), 3600)


def test_an_invitation_that_fails_is_not_counted(server):
    council = register(server, "9905")
    people.record_agreement(council)
    people.plan_round(council, (datetime.now(timezone.utc) + timedelta(days=14)).strftime("%Y-%m-%dT%H:%M:%SZ"), people=1)
    invite = lambda: council.api.post(f"/rounds/{council.round}/invitations", {"seatIds": [council.seats[0].id]})
    assert invite().json() == {"invited": 1}
    with server.connect("nyttograd_super") as connection:
        connection.execute("select from app.seats where id = %s for update", [council.seats[0].id])
        failed = invite()
    assert people.problem(failed) == (503, "busy")
    assert invite().json() == {"invited": 1}
    assert_told_to_wait(invite(), 3600)


def asked_from(server, source, path, body):
    """As the proxy in front passes it on."""
    return requests.post(f"{server.base_url}/api/v1{path}", json=body, headers={"X-Forwarded-For": source}).status_code


def test_a_stranger_keeps_no_council_from_registering(server):
    body = people.application(Api(server), "0123")
    ask = lambda source, address: asked_from(server, source, "/registrations", body | {"address": address})
    flood = [ask(f"203.0.113.{number}", f"person@flood{number}.example") for number in range(62)]
    assert flood == [202] * 60 + [429] * 2
    assert [ask("198.51.100.9", f"{name}@jarfalla.example") for name in ("eva", "bo", "ann")] == [202, 202, 429]
    # A network of the newer kind is one too; and what a stranger writes before the proxy's word counts for nothing.
    assert [ask(f"2001:db8:1:{number}::1", f"{number}@jarfalla.example") for number in range(3)] == [202, 202, 429]
    assert ask("198.18.0.1, 203.0.113.7", "ulf@jarfalla.example") == 429
    # The same with a domain: whoever writes it, its own people come in.
    other = people.application(Api(server), "0125")
    by_domain = lambda source, number: asked_from(server, source, "/registrations", other | {"address": f"p{number}@ekero.example"})
    assert [by_domain("203.0.113.7", number) for number in range(61)] == [202] * 60 + [429] and by_domain("198.51.100.9", 99) == 202


def test_a_stranger_keeps_nobody_from_asking_to_join_or_for_a_link(server, alva):
    made = lambda: server.rows("select count(*) from app.join_requests", user="nyttograd_super")[0][0]
    ask = lambda source, number: asked_from(server, source, "/join-requests", {
        "municipalityCode": "9901", "name": "Någon", "address": f"person{number}@demo01.example", "language": "sv"})
    assert {ask("203.0.113.7", number) for number in range(125)} == {202} and made() == 120
    assert {ask("198.51.100.9", number) for number in range(200, 203)} == {202} and made() == 122
    link = lambda source: asked_from(server, source, "/sign-in-links", {"address": "gudrun@demo01.example"})
    assert [link("203.0.113.7") for _ in range(31)] == [202] * 30 + [429] and link("198.51.100.9") == 202


def registration(api, code, address):
    return api.post("/registrations", people.application(api, code) | {"address": address})


def test_registrations_in_numbers_of_one_council_or_from_one_domain(server):
    api = Api(server)
    answers = [registration(api, ("0114", "0115")[number % 2], f"person{number}@flood.example") for number in range(61)]
    assert statuses(answers) == [202] * 60 + [429]
    assert_told_to_wait(answers[-1], 3600)
    # The council's own people come in by their own domain; and other councils when one is asked for too often.
    assert registration(api, "0114", "eva@upplandsvasby.example").status_code == 202
    answers = [registration(api, "0117", f"person@domain{number}.example") for number in range(61)]
    assert statuses(answers) == [202] * 60 + [429]
    assert registration(api, "0120", "eva@varmdo.example").status_code == 202
