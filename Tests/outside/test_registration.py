"""A council registers: by the API and in a browser, at once or by the operator's decision, and only once."""

import base64
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import yaml

from browser import Browser
from conftest import ROOT, run
from people import Api, application, apply_for, operator, problem, register, sign_in, token_in, wait_until


@pytest.fixture(scope="module")
def server(start_server):
    return start_server()


@pytest.fixture(scope="module")
def oskar(server):
    return operator(server)


def send(server, code, **changes):
    """Somebody registers; gives the token that came to the address."""
    api = Api(server)
    body = application(api, code, **changes)
    before = len(server.mails(body["address"]))
    api.ok("POST", "/registrations", body)
    return token_in(server.wait_for_mail(body["address"], before + 1).links[0])


def verify(server, token):
    return Api(server).post("/registration-verifications", {"token": token})


def waiting(oskar, code):
    return [one for one in oskar.ok("GET", "/operator/registrations?state=waiting&limit=100")["items"] if one["municipalityCode"] == code]


# Let in at once

def test_a_known_domain_is_let_in_at_once_with_roles_and_a_post(server):
    alva = register(server, "9901")
    session = alva.api.ok("GET", "/session")
    assert session["member"]["roles"] == ["administrator", "strategist"]
    assert session["council"] == {"code": "9901", "name": "Almviken"}
    assert {"manage-members", "set-up-round"} <= set(session["capabilities"])
    post, = alva.api.ok("GET", "/posts")["items"]
    assert (post["function"], post["holderName"], post["holderAddress"]) == ("e-strategist", "Alva Ek", alva.address)


@pytest.mark.parametrize("language, code, words", [
    ("sv", "9902", ("Vilken kommun", "Anmäl kommunen", "Titta i din inkorg", "Bekräfta", "Välkommen!", "är redan med")),
    ("en", "9903", ("Which council", "Register the council", "Look in your inbox", "Confirm", "Welcome!", "takes part in Nyttograd already")),
])
def test_the_whole_way_in_a_browser(server, language, code, words):
    browser = Browser(server, language)
    page = browser.open("/").follow(words[1])
    assert page.has(words[0])
    # Part of a name finds several; the whole name, or a code, is the council.
    some = page.submit(search="99")
    assert len([href for href, _ in some.links if "code=99" in href]) == 20
    page = some.submit(search=code)
    assert page.path == f"/registrera?code={code}"
    municipality = Api(server).ok("GET", f"/municipalities?search={code}")["items"][0]
    assert page.form(["orgNr"]).value("orgNr") == municipality["orgNr"]
    address = f"bo.lind@demo{code[2:]}.example"
    page = page.submit(name="Bo Lind", address=address, function="quality-director", language=language, termsAccepted="on")
    assert page.path == "/registrera/skickat" and page.has(words[2])
    mail = server.wait_for_mail(address)
    page = browser.open(mail.links[0])
    assert page.has(words[3])
    page = page.submit()
    assert page.status == 200 and page.path == "/kommun" and page.has(words[4]) and page.has(municipality["name"])
    assert Browser(server, language).open(f"/registrera?code={code}").has(words[5])


def test_what_is_wrong_is_said_beside_the_field_with_everything_kept(server):
    page = Browser(server).open("/registrera?code=9904")
    page = page.submit(orgNr="212000-0010", name="", address="alva@gmail.com", function="", termsAccepted=None)
    assert page.status == 422
    assert set(page.errors()) == {"orgNr", "name", "address", "function", "termsAccepted"}
    assert "privat" in page.errors()["address"] and page.form().value("address") == "alva@gmail.com"
    assert page.form().value("orgNr") == "212000-0010" and 'id="e-address"' in page.html
    assert page.has("Ekenäset") and not server.mails("alva@gmail.com")


def test_who_speaks_for_a_programme_area_says_which(server):
    page = Browser(server).open("/registrera?code=9920").submit(
        name="Bo Lind", address="bo.lind@demo20.example", function="programme-area-representative", termsAccepted="on")
    assert page.status == 422 and set(page.errors()) == {"area"}
    page.submit(area="Lärande")
    browser = Browser(server)
    browser.open(server.wait_for_mail("bo.lind@demo20.example").links[0]).submit()
    post, = Api(server, browser.cookie("session")).ok("GET", "/posts")["items"]
    assert (post["function"], post["area"]) == ("programme-area-representative", "Lärande")


@pytest.mark.parametrize("changes, pointers", [
    ({"function": "programme-area-director"}, {"#/area"}),
    ({"address": "alva@gmail.com"}, {"#/address"}),
    ({"address": "alva@sub.HOTMAIL.se"}, {"#/address"}),
    ({"address": "alva@räksmörgås.example"}, {"#/address"}),
    ({"orgNr": "212000-0010"}, {"#/orgNr"}),
    ({"orgNr": "640823-3234"}, {"#/orgNr"}),
    ({"municipalityCode": "9999"}, {"#/municipalityCode"}),
    ({"municipalityCode": "99"}, {"#/municipalityCode"}),
    ({"termsAccepted": False}, {"#/termsAccepted"}),
    ({"termsVersion": "1999-01"}, {"#/termsVersion"}),
    ({"name": " ", "function": "king", "language": "da", "age": 7}, {"#/name", "#/function", "#/language", "#/age"}),
])
def test_what_is_wrong_is_said_with_its_pointer_and_nothing_is_stored(server, changes, pointers):
    api = Api(server)
    before = server.rows("select count(*) from app.registrations", user="nyttograd_super")
    answer = api.post("/registrations", application(api, "9904", **changes))
    assert answer.status_code == 422 and {error["pointer"] for error in answer.json()["errors"]} == pointers
    assert server.rows("select count(*) from app.registrations", user="nyttograd_super") == before


def test_municipalities_are_found_by_part_of_a_name_whatever_the_case_and_by_the_beginning_of_a_code(server):
    api = Api(server)
    find = lambda text: [one["name"] for one in api.ok("GET", f"/municipalities?search={text}")["items"]]
    assert find("ÄNGELHOLM") == find("ängelh") == ["Ängelholm"]
    assert find("0180") == ["Stockholm"] and "Upplands Väsby" in find("011")
    assert find("%25") == [] and find("_") == []
    assert api.get("/municipalities?search=").status_code == 400
    everyone = api.ok("GET", "/municipalities?limit=100&page=4")
    assert everyone["_meta"]["totalItems"] == 310 and len(everyone["items"]) == 10
    codes = [one["code"] for number in (1, 2, 3, 4) for one in api.ok("GET", f"/municipalities?limit=100&page={number}")["items"]]
    assert codes == sorted(set(codes)) and len(codes) == 310


def test_every_known_organisation_number_can_be_sent_back(server):
    """It is prefilled, so a number that our own rule refused would keep a council out."""
    api = Api(server)
    for number in (1, 2, 3, 4):
        for one in api.ok("GET", f"/municipalities?limit=100&page={number}")["items"]:
            digits = [int(digit) for digit in one["orgNr"].replace("-", "")]
            doubled = [digit * (2 if index % 2 == 0 else 1) for index, digit in enumerate(digits)]
            assert sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0, one


# The link

def test_opening_the_link_does_not_use_it_up(server):
    token = send(server, "9905")
    for _ in range(3):
        assert requests.get(f"{server.base_url}/r/{token}").status_code == 200
        assert requests.head(f"{server.base_url}/r/{token}").status_code == 200
    # Nor does a form that is not ours.
    assert requests.post(f"{server.base_url}/r/{token}", data={"token": "x"}).status_code == 403
    assert verify(server, token).json()["state"] == "admitted"


def test_the_pages_of_links_change_language_and_repeat_no_link(server):
    registration = send(server, "9919")
    signing_in = re.search(r"http\S+/s/(\S+)", server.command("operator", "invite", "olle@nyttograd.example"))[1]
    for path, token, words in (("/r/", registration, "Confirm your address"), ("/s/", signing_in, "Sign in")):
        page = Browser(server).open(path + token)
        assert token not in page.html
        english = page.follow("In English")
        assert english.has(words) and '<html lang="en">' in english.html and token not in english.html
        assert english.submit().status == 200


def test_the_link_works_once_and_only_whole(server):
    token = send(server, "9906")
    raw = bytearray(base64.urlsafe_b64decode(token + "="))
    for place in (0, 16, 33, 34, 49):
        changed = bytearray(raw)
        changed[place] ^= 1
        tampered = base64.urlsafe_b64encode(changed).decode().rstrip("=")
        assert problem(verify(server, tampered))[1] == "link-void"
    for other in (token[:-1], token + "A", token.swapcase(), "x", "å", "A" * 67, token + "="):
        assert (answer := verify(server, other)).status_code == 410 and problem(answer)[1] == "link-void"
    # A link for one thing opens nothing else.
    assert Api(server).post("/sessions", {"token": token}).status_code == 410
    assert Api(server, token).get("/participation").status_code == 401
    assert verify(server, token).json()["state"] == "admitted"
    assert verify(server, token).status_code == 410
    page = Browser(server).open(f"/r/{token}").submit()
    assert page.status == 410 and page.has("gäller inte längre") and "/registrera" in [href for href, _ in page.links]


def test_the_link_holds_for_a_day(start_server):
    server = start_server("--now", "2026-12-01T10:00:00Z")
    late, in_time = send(server, "9901"), send(server, "9902")
    server.stop()
    server = start_server("--now", "2026-12-02T09:58:00Z", data=server.data)
    assert verify(server, in_time).json()["state"] == "admitted"
    server.stop()
    server = start_server("--now", "2026-12-02T10:01:00Z", data=server.data)
    assert problem(verify(server, late))[1] == "link-void"
    server.stop()


def test_the_mail_holds_the_link_and_no_other_secret(server):
    token = send(server, "9907", address="cajsa.nord@demo07.example", name="Köp billiga klockor")
    mail = server.wait_for_mail("cajsa.nord@demo07.example")
    assert mail.links == [f"{server.base_url}/r/{token}"]
    # What a stranger wrote is not sent on to the address that the stranger gave.
    assert "klockor" not in mail.message.as_string() and "ngs_" not in mail.text
    assert mail.message["Message-ID"] and "9907" not in mail.text and "Hedlunda" in mail.text


# The operator

def by_api(server, oskar, registration):
    assert oskar.ok("POST", f"/operator/registrations/{registration['id']}/approval")["state"] in ("approved", "admitted")


def by_command(server, oskar, registration):
    listed = server.command("operator", "list")
    assert registration["id"] in listed and registration["domain"] + " !unknown" in listed and registration["name"] in listed
    assert registration["domain"] in server.command("operator", "approve", registration["id"], "--as", "oskar@nyttograd.example")


def by_page(server, oskar, registration):
    browser = Browser(server)
    browser.open(re.search(r"http\S+/s/\S+", server.command("operator", "invite", "oskar@nyttograd.example"))[0]).submit()
    page = browser.open("/operator")
    assert page.has(registration["municipalityName"]) and page.has(registration["name"]) and page.has(registration["domain"])
    button = f"Godkänn {registration['municipalityName']}"
    page = page.submit(button)
    assert page.status == 200 and page.has("Kommunen släpps in")
    assert not any(button in words for form in page.forms for _, _, words, _ in form.buttons)


@pytest.mark.parametrize("approve, code", [(by_api, "0114"), (by_command, "0115"), (by_page, "0117")])
def test_an_unknown_domain_waits_for_the_operator(server, oskar, approve, code):
    address = f"dag.holm@k{code}.example"
    mails = len(server.mails("oskar@nyttograd.example"))
    assert verify(server, send(server, code, address=address, name="Dag Holm")).json() == {"state": "waiting"}
    told = server.wait_for_mail("oskar@nyttograd.example", mails + 1)
    assert told.links == [f"{server.base_url}/operator"] and code in told.text and "Dag Holm" not in told.text and address not in told.text
    registration, = waiting(oskar, code)
    assert (registration["address"], registration["domain"], registration["name"]) == (address, f"k{code}.example", "Dag Holm")
    # Not in yet, and not able to ask for a link.
    Api(server).ok("POST", "/sign-in-links", {"address": address})
    approve(server, oskar, registration)
    dag = sign_in(Api(server), server.wait_for_mail(address, 2).links[0])
    assert dag.ok("GET", "/session")["member"]["roles"] == ["administrator", "strategist"]
    assert len(server.mails(address)) == 2
    decided = oskar.ok("GET", "/operator/registrations?state=admitted&limit=100")["items"]
    assert [one["decidedAt"] is not None for one in decided if one["municipalityCode"] == code] == [True]
    domains = server.rows("select domain from app.mail_domains join app.municipalities m using (municipality_id) where m.code = %s", (code,), user="nyttograd_super")
    assert domains == [(f"k{code}.example",)]


def test_every_operator_is_told(server, oskar):
    server.command("operator", "invite", "petra@nyttograd.example")
    before = {name: len(server.mails(name)) for name in ("petra@nyttograd.example", "oskar@nyttograd.example")}
    verify(server, send(server, "0120", address="elin@k0120.example"))
    mails = [server.wait_for_mail(name, number + 1) for name, number in before.items()]
    assert len({mail.message["Message-ID"] for mail in mails}) == 2


def test_another_organisation_number_is_no_refusal_but_the_operators_to_judge(server, oskar):
    assert verify(server, send(server, "9908", orgNr="212000-0142")).json() == {"state": "waiting"}
    registration, = waiting(oskar, "9908")
    assert registration["orgNrGiven"] == "212000-0142" and registration["orgNrKnown"] != registration["orgNrGiven"]
    assert "!known is" in server.command("operator", "list")


def test_a_refused_registration_lets_nobody_in_and_another_may_be_made(server, oskar):
    address = "folke.dal@k0123.example"
    verify(server, send(server, "0123", address=address))
    path = f"/operator/registrations/{waiting(oskar, '0123')[0]['id']}"
    assert oskar.ok("POST", f"{path}/refusal")["state"] == "refused"
    for decision in ("refusal", "approval"):
        assert problem(oskar.post(f"{path}/{decision}"))[1] == "registration-decided"
    assert "decided already" in server.command("operator", "approve", path.rsplit("/", 1)[1], "--as", "oskar@nyttograd.example", refused=True)
    assert oskar.post(f"/operator/registrations/{'0' * 8}-0000-4000-8000-{'0' * 12}/approval").status_code == 404
    assert len(server.mails(address)) == 1
    assert verify(server, send(server, "0123", address=address)).json() == {"state": "waiting"}


def test_the_domain_that_was_approved_is_known_and_no_domain_beside_it(server, oskar):
    verify(server, send(server, "0125", address="gun@k0125.example"))
    by_api(server, oskar, waiting(oskar, "0125")[0])
    server.wait_for_mail("gun@k0125.example", 2)
    # For another council it is as unknown as any.
    assert verify(server, send(server, "0126", address="gun@k0125.example")).json() == {"state": "waiting"}
    assert verify(server, send(server, "9909", address="gun@x.demo09.example")).json() == {"state": "waiting"}


# Once

def test_of_first_registrations_at_once_exactly_one_wins(server):
    tokens = [send(server, "9910", address=f"person{number}@demo10.example", name=f"Person {number}") for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda token: verify(server, token), tokens))
    won = [answer for answer in answers if answer.status_code == 200]
    lost = [answer for answer in answers if answer.status_code == 409]
    assert len(won) == 1 and len(lost) == 7
    assert {problem(answer)[1] for answer in lost} == {"council-already-here"} and "administrators" in lost[0].json()["detail"]
    code = ("9910",)
    for table in ("council_settings", "members", "posts", "sessions"):
        rows = server.rows(f"select 1 from app.{table} join app.municipalities using (municipality_id) where code = %s", code, user="nyttograd_super")
        assert len(rows) == 1, table
    winner = Api(server, won[0].json()["session"]["token"])
    assert winner.ok("GET", "/session")["council"]["code"] == "9910"
    # The losers' addresses may not sign in.
    assert len(server.rows("select 1 from app.people where address like 'person%%@demo10.example'", user="nyttograd_super")) == 1


def test_of_two_approved_at_once_one_is_let_in_and_the_other_told(server, oskar):
    addresses = ["hugo@k0127.example", "iris@k0127.example", "jon@k0127.example"]
    for address in addresses:
        verify(server, send(server, "0127", address=address))
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: oskar.post(f"/operator/registrations/{one['id']}/approval"), waiting(oskar, "0127")[:2]))
    assert {answer.status_code for answer in answers} <= {200, 409}
    # Each hears once more: one with a link, the others that the council is here.
    last = [server.wait_for_mail(address, 2) for address in addresses]
    links = [mail.links[0].removeprefix(server.base_url)[:3] for mail in last]
    assert sorted(links) == ["/lo", "/lo", "/s/"]
    states = [one["state"] for one in oskar.ok("GET", "/operator/registrations?limit=100")["items"] if one["municipalityCode"] == "0127"]
    assert sorted(states) == ["admitted", "late", "late"]


def test_a_later_applicant_is_told_that_the_council_is_here(server):
    register(server, "9911")
    api = Api(server)
    answer = api.post("/registrations", application(api, "9911", address="karin@demo11.example"))
    assert answer.status_code == 409 and problem(answer)[1] == "council-already-here" and "administrators" in answer.json()["detail"]
    assert not server.mails("karin@demo11.example")


def test_one_who_follows_the_link_too_late_is_told_in_the_browser(server):
    token = send(server, "9912", address="lo@demo12.example")
    register(server, "9912")
    page = Browser(server).open(f"/r/{token}").submit()
    assert page.status == 409 and page.has("Mossköping") and page.has("administratörer")
    assert "session" not in page.browser.session.cookies


# Discretion

def test_the_answer_is_the_same_for_known_and_unknown_addresses_and_when_too_many_are_asked_for(server):
    api = Api(server)
    known, unknown = register(server, "9913").address, "nobody@k0128.example"
    answers = [api.post("/registrations", application(api, "0128", address=address)) for address in [known] + [unknown] * 7]
    assert {(answer.status_code, answer.text, tuple(sorted(answer.headers))) for answer in answers} == {(202, '{"state":"sent"}', tuple(sorted(answers[0].headers)))}
    # Five an hour are sent, also when they are asked for at the same moment.
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: api.ok("POST", "/registrations", application(api, "0128", address="many@k0128.example")), range(12)))
    apply_for(server, "9914")
    server.wait_for_mail("alva.ek@demo14.example")
    wait_until(lambda: server.rows("select count(*) from app.jobs", user="nyttograd_super") == [(0,)])
    assert len(server.mails(unknown)) == 5 and len(server.mails("many@k0128.example")) == 5


def test_nothing_that_opens_anything_is_stored_or_logged(server):
    token = send(server, "9916")
    session = verify(server, token).json()["session"]["token"]
    Api(server).ok("POST", "/sign-in-links", {"address": "alva.ek@demo16.example"})
    link = token_in(server.wait_for_mail("alva.ek@demo16.example", 2).links[0])
    browser = Browser(server)
    browser.open(f"/s/{link}").submit()
    secrets = [token, session, link, browser.cookie("session")]
    raw = [base64.urlsafe_b64decode(secret.removeprefix("ngs_") + "==").hex() for secret in secrets]
    # The parts of them that are no ids: a link's signature, a session's secret.
    hidden = secrets + [raw[0][68:], raw[2][68:], raw[1][32:], raw[3][32:]]
    for schema, table in server.rows("select schemaname, tablename from pg_tables where schemaname = 'app'", user="nyttograd_super"):
        for row, in server.rows(f"select t::text from {schema}.{table} t", user="nyttograd_super"):
            assert not any(secret in row for secret in hidden), table
    for log in (server.log_text, (server.data / "postgresql.log").read_text()):
        assert not any(secret in log for secret in hidden) and "alva.ek" not in log


def test_commands_explain_themselves(server):
    assert "is no e-mail address" in server.command("operator", "invite", "nobody", refused=True)
    assert "No operator has the address" in server.command("operator", "approve", "7d4f8c2e-1b3a-4f6d-8e9c-0a1b2c3d4e5f", "--as", "x@y.example", refused=True)
    assert "is not the id" in server.command("operator", "approve", "9901", refused=True)


def test_reference_data_is_corrected_by_a_file_or_left_alone(server, tmp_path):
    file = tmp_path / "municipalities.csv"
    file.write_text("code,name,county_code,county_name,org_nr,population,skr_group\n0139,Upplands-Bro,01,Stockholms län,212000-0100,31415,B3\n")
    assert "1 municipalities" in server.command("reference", "import", str(file))
    assert "0 municipalities" in server.command("reference", "import", str(file))
    assert Api(server).ok("GET", "/municipalities?search=0139")["items"][0]["population"] == 31415
    file.write_text("code,name,county_code,county_name,org_nr,population\n0139,X,01,Stockholms län,212000-0100,1\n13,Y,01,Z,212000-0100,1\n")
    assert "line 3" in server.command("reference", "import", str(file), refused=True)
    assert Api(server).ok("GET", "/municipalities?search=0139")["items"][0]["name"] == "Upplands-Bro"


def test_a_questionnaires_file_is_checked_with_every_fault(server, tmp_path):
    own = ROOT / "Sources/Server/Resources/instruments/nr-1.v1.yaml"
    assert "sound" in server.command("instrument", "validate", str(own))
    broken = tmp_path / "broken.yaml"
    broken.write_text(own.read_text().replace("key: d1.2", "key: d1.1", 1).replace("version: 1", "version: none", 1))
    said = run("instrument", "validate", broken)
    assert said.returncode != 0 and len([line for line in said.stdout.splitlines() if line.startswith(f"{broken}:")]) >= 2
    assert "cannot be read" in server.command("instrument", "validate", str(tmp_path / "none.yaml"), refused=True)


def test_a_questionnaires_file_is_written_in_either_notation(server, tmp_path):
    own = ROOT / "Sources/Server/Resources/instruments/nr-1.v1.yaml"
    written = {"json": server.command("instrument", "convert", str(own), "--to", "json"), "yaml": server.command("instrument", "convert", str(own), "--to", "yaml")}
    assert json.loads(written["json"]) == yaml.safe_load(own.read_text()) == yaml.safe_load(written["yaml"])
    for notation, text in written.items():
        file = tmp_path / f"own.{notation}"
        file.write_text(text)
        assert "sound" in server.command("instrument", "validate", str(file))
        assert {to: server.command("instrument", "convert", str(file), "--to", to) for to in written} == written
    (tmp_path / "own.json").write_text(written["json"].replace('"key": "d1.2"', '"key": "d1.1"', 1).replace('"version": 1', '"version": 1.5', 1))
    said = run("instrument", "convert", tmp_path / "own.json", "--to", "yaml")
    assert said.returncode != 0 and [line.split(": ", 1)[1] for line in said.stdout.splitlines()] == [
        "version: expected a whole number, found a number", 'dimensions[0].items[1].key: "d1.1" is used above already']
