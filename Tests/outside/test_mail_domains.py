"""Mail domains that are known to be councils': imported whole, or every line that is wrong is told."""

import pytest

from people import Api, application, operator, token_in
from test_people import browser_of

WRONG = "kod,domän\n9901,ny.example\n9909\n0000,x.example\n9902,gmail.com\n9902,inte en domän\n9901,NY.example\n"
LINES = [1, 3, 4, 5, 6, 7]


@pytest.fixture(scope="module")
def server(start_server):
    return start_server()


@pytest.fixture(scope="module")
def oskar(server):
    return operator(server)


def known(oskar):
    return [(one["municipalityCode"], one["domain"]) for one in oskar.ok("GET", "/operator/mail-domains?limit=100")["items"]]


def test_domains_are_imported_by_a_file_or_every_line_that_is_wrong_is_told(server, oskar, tmp_path):
    before, file = known(oskar), tmp_path / "domains.csv"
    file.write_text(WRONG)
    said = server.command("reference", "import-domains", str(file), refused=True)
    assert all(f"domains.csv:{line}: " in said for line in LINES) and known(oskar) == before
    answer = oskar.post("/operator/mail-domains", {"csv": WRONG})
    assert answer.status_code == 422 and known(oskar) == before
    errors = answer.json()["errors"]
    assert {error["pointer"] for error in errors} == {"#/csv"} and [error["detail"].split(":")[0] for error in errors] == [f"Line {line}" for line in LINES]

    file.write_text("code,domain\n9908,Forbund.example\n9909,forbund.example\n")
    assert "Added 2" in server.command("reference", "import-domains", str(file))
    assert "Added 0" in server.command("reference", "import-domains", str(file))
    assert oskar.ok("POST", "/operator/mail-domains", {"csv": "code;domain\n9909;forbund.example\n9910;forbund.example\n"}) == {"added": 1}
    assert {("9908", "forbund.example"), ("9909", "forbund.example"), ("9910", "forbund.example")} <= set(known(oskar))
    assert "cannot be read" in server.command("reference", "import-domains", str(tmp_path / "none.csv"), refused=True)
    # A council of those that share it is let in at once, and only by its own number.
    api = Api(server)
    api.ok("POST", "/registrations", application(api, "9908", address="moa@forbund.example"))
    token = token_in(server.wait_for_mail("moa@forbund.example").links[0])
    assert api.ok("POST", "/registration-verifications", {"token": token})["state"] == "admitted"


@pytest.mark.parametrize("language, words", [
    ("sv", ("E-postdomäner", "Lägg till", "Rad 5: där kan vem som helst ha en adress.", "Domänerna är sparade.")),
    ("en", ("Mail domains", "Add", "Line 5: anybody can have an address there.", "The domains are saved."))])
def test_domains_are_pasted_in_on_a_page(server, oskar, language, words):
    link, add, fault, saved = words
    before = known(oskar)
    page = browser_of(oskar, language).open("/operator").follow(link)
    wrong = page.submit(add, csv=WRONG)
    assert wrong.status == 422 and wrong.has(fault) and known(oskar) == before
    assert wrong.form(["csv"]).value("csv").split() == WRONG.split()
    page = wrong.submit(add, csv=f"code,domain\n0115,{language}.example\n")
    assert page.has(saved) and page.has(f"{language}.example") and ("0115", f"{language}.example") in known(oskar)
