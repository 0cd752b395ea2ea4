"""The pages that a year of a council (test_year_pages) does not come by, in headless Chromium: the operator's, a council's own questionnaires,
a person's account, and what anybody may read. Each is looked at in both languages, at 360 and 1280 px; forms are refused once, and some gone through by keyboard.
"""

import functools
import json
import re
from urllib.parse import urlsplit

import pytest

import people
from chromium import Chromium
from instruments import questionnaire
from people import Api, application, built_in, colleague, invite_and_open, plan_round, record_agreement, register, token_in
from test_people import browser_of

FAULTY = "key: egen\nversion: noll\nkanin: 1"


def written(key, dimensions, items, levels):
    return json.dumps(questionnaire(key, dimensions=dimensions, items=items, levels=levels), ensure_ascii=False, indent=1)


class OtherPages:
    """Four ways through the pages, each walked once however many tests ask for it."""

    def __init__(self, server, stack):
        self.server, self.stack, self.turned = server, stack, set()

    def browser(self, api=None, language="sv", width=1280):
        """Somebody's, signed in as the holder of a session."""
        browser = self.stack.enter_context(Chromium(self.server, language, width, self.turned))
        if api:
            browser.open("/")
            browser.driver.add_cookie({"name": "session", "value": api.token, "domain": urlsplit(self.server.base_url).hostname, "path": "/"})
        return browser

    def walked(self):
        """A way ends: its browsers are closed, so that they do not stand open while other tests run."""
        self.stack.close()
        return True

    def mailed(self, address, ask, kind):
        """The link of the mail that comes to an address by what `ask` does."""
        before = len(self.server.mails(address))
        ask()
        return next(link for link in self.server.wait_for_mail(address, before + 1).links if kind in link)

    def another_session(self, address):
        link = self.mailed(address, lambda: Api(self.server).ok("POST", "/sign-in-links", {"address": address}), "/s/")
        return people.sign_in(Api(self.server), link)

    @functools.cached_property
    def anybody(self):
        """Who is not signed in: all that lies open, and links that lead nowhere."""
        council = register(self.server, "9919", "Ada Min")
        anna = self.browser(width=360).open("/").look().open("/tillganglighet").look().open("/villkor").look()
        anna.open("/registrera").look().fill(search="99").press("Sök").says("20 kommuner passar").look().fill(search="kanin").press("Sök").look()
        anna.open("/registrera?code=9919").says("redan med").look()
        anna.open("/logga-in").look().fill(address="anna@").press("Skicka").is_told("address")
        anna.fill(address="anna@demo19.example").press("Skicka").look()
        for path, words in ("/finns-inte", "finns inte"), ("/r/kanin", "Bekräfta"), ("/e/kanin", "gäller inte längre"):
            anna.open(path).says(words)
            anna._look(refused=True)
        anna.open("/s/kanin").press("Logga in").says("gäller inte längre").is_told()
        # Somebody else's link, opened in the browser of who is signed in.
        browser = self.browser(council.api)
        link = self.mailed("bo.lind@demo19.example", lambda: council.api.ok("POST", "/members", {
            "name": "Bo Lind", "address": "bo.lind@demo19.example", "language": "sv", "roles": ["director"]}), "/s/")
        browser.open(link).look().press("Logga in").says("någon annan").is_told().click("Logga ut").look().press("Logga ut").says("Du är utloggad").look()
        return self.walked()

    @functools.cached_property
    def operator(self):
        """Oskar lets one council in and refuses another, is too late for a third, knows more domains, offers a questionnaire and takes it back."""
        api, address = Api(self.server), "oskar@nyttograd.example"
        numbers = {code: application(api, code)["orgNr"] for code in ("9915", "9918")}
        alva = self.browser(width=360).open("/registrera?code=9914").look()
        alva.fill(name="Alva Ek", address="alva.ek@samverkan.example", function="e-strategist", termsAccepted="on", orgNr=numbers["9915"])
        alva.press("Anmäl kommunen").look().open(self.server.wait_for_mail("alva.ek@samverkan.example").links[0]).look()
        alva.press("Bekräfta").says("Nu tittar vi på anmälan").look()

        link = re.search(r"http\S+/s/\S+", self.server.command("operator", "invite", address))[0]
        oskar = self.browser().open(link).look().press("Logga in").says("En anmälan väntar", "okänd", numbers["9915"]).look()
        oskar.press("Godkänn").says("Godkänd. Kommunen släpps in").look()
        for code in "9913", "9918":
            self.ask_to_be_let_in(code)
        oskar.open("/operator").says("2 anmälningar väntar").look().tab_to(lambda it: "Avslå" in it.text)
        oskar.press("Avslå").says("Anmälan är avslagen").look()
        waiting = re.search(r"[0-9a-f-]{36}", oskar.element("form", "Avslå").get_attribute("action"))[0]
        self.server.command("operator", "refuse", waiting, "--as", address)
        oskar.press("Godkänn").says("redan").is_told()

        oskar.click("E-postdomäner").look().fill(csv="kod,domän\n9909\n0000,x.example").press("Lägg till").is_told("csv")
        oskar.fill(csv="code,domain\n9909,forbund.example").press("Lägg till").says("Domänerna är sparade").look()

        oskar.click("Enkäter").look().press("Erbjud alla").is_told("text")
        oskar.fill(text=FAULTY).press("Erbjud alla").says("Filen har", "Rad 2, tecken 10").is_told()
        oskar.fill(text=written("till-alla", 2, 2, 3)).press("Erbjud alla").says("erbjuds nu alla kommuner").look()
        oskar.click("Förhandsgranska Enkät till-alla").look().click("Se det första området").look().click("Till inledningen").click("Till enkäterna")
        self.press_beside(oskar, "till-alla", "Återkalla").says("erbjuds inte längre", "Återkallad").look()
        self.press_beside(oskar, "till-alla", "Erbjud igen").says("erbjuds nu alla kommuner")

        for _ in range(3):
            people.operator(self.server, address)
        oskar.click("Ditt konto").look().press("Logga ut").says("Den är utloggad").look().press("överallt annars").says("Du är utloggad överallt annars").look()
        return self.walked()

    def ask_to_be_let_in(self, code):
        """From a domain that nobody knows."""
        api, address = Api(self.server), f"bo@k{code}.example"
        link = self.mailed(address, lambda: api.ok("POST", "/registrations", application(api, code, name="Bo Lind", address=address)), "/r/")
        assert api.ok("POST", "/registration-verifications", {"token": token_in(link)})["state"] == "waiting"

    @staticmethod
    def press_beside(browser, words, button):
        return browser._leave(browser.driver.find_element("xpath", f"//li[contains(., '{words}')]//button[contains(., '{button}')]"))

    @functools.cached_property
    def questionnaires(self):
        """Alva imports one with its faults, mends the draft, reads it as its participants will, publishes it, uses it, and takes another away."""
        council = register(self.server, "9916")
        record_agreement(council)
        alva = self.browser(council.api).open("/kommun").click("Enkäter").says("ingen egen enkät").look().click("Importera en enkät").look()
        alva.tab_to(lambda it: it.text == "Importera")
        alva.press("Importera").is_told("text")
        alva.fill(text=FAULTY).press("Importera").says("Filen har", "Rad 2, tecken 10").is_told()
        alva.fill(text=written("egen", 3, 2, 4)).press("Importera").says("importerad som ett utkast").look()
        alva.click("Ändra utkastet").look().fill(text=FAULTY).press("Importera").says("Filen har").is_told()
        alva.fill(text=written("egen", 4, 2, 4)).press("Importera").says("Utkastet är utbytt").look()
        alva.click("Förhandsgranska").look().click("Se det första området").look().click("Nästa:").look().click("Till inledningen").click("Till enkäten")
        alva.press("Publicera enkäten").says("Enkäten är publicerad").look().press("Ta bort enkäten").is_told("confirmed")
        alva.click("Gör en ny version").look().press("Importera").says("importerad som ett utkast", "2").click("Enkäter").look()
        alva.click("Enkät egen").fill(confirmed="on").press("Ta bort enkäten").says("Enkäten är borttagen").look()
        alva.click("Enkät egen").says("kan väljas")
        plan_round(council, "2099-12-14T16:00:00Z", title="Med egen enkät", people=5, instrument=alva.driver.current_url.split("?")[0].rsplit("/", 1)[1])
        invite_and_open(council, self.server)
        alva.driver.refresh()
        alva.says("Med egen enkät", "kan inte tas bort").look().open("/omgangar/ny").look()
        self.browser(width=360).open(self.server.mails(council.seats[1].address)[-1].links[0]).look().click("Börja svara").look()
        return self.walked()

    @functools.cached_property
    def account(self):
        """Eva is in two councils: she goes from the one to the other, leaves it, ends her sessions and changes her address."""
        home, other = register(self.server, "9917"), register(self.server, "9920", "Carl Ask")
        address, new = "eva.asp@demo17.example", "eva.asp-ny@demo17.example"
        eva = self.browser(colleague(home, self.server, "Eva Asp", "director", "administrator"), width=360)
        for _ in range(3):
            self.another_session(address)
        self.mailed(address, lambda: other.api.ok("POST", "/members", {
            "name": "Eva Asp", "address": address, "language": "sv", "roles": ["strategist"]}), "/s/")
        eva.open("/kommun").click("Ditt konto").says("Dina andra kommuner", "den du använder nu").look()
        eva.tab_to(lambda it: it.text == "Lämna kommunen")
        eva.press("Logga ut").says("Den är utloggad").look().press("överallt annars").says("Du är utloggad överallt annars").look()
        eva.press("Byt till").says("Nu är du i den här kommunen").look().click("Ditt konto").look().press("Lämna kommunen").is_told("understood").says("Jag vill lämna kommunen: Kryssa")
        eva.fill(understood="on").press("Lämna kommunen").says("Du har lämnat kommunen").look()

        eva.open(self.mailed(address, lambda: Api(self.server).ok("POST", "/sign-in-links", {"address": address}), "/s/")).press("Logga in")
        eva.click("Medlemmar").click("Alva Ek").look().press("Ta bort medlemmen").is_told("understood")
        eva.click("Ditt konto").look().fill(address="eva@gmail.com").press("Skicka en länk").is_told("address")
        link = self.mailed(new, lambda: eva.fill(address=new).press("Skicka en länk").says("En länk är på väg").look(), "/b/")
        eva.open(link).look().press("Byt till den här adressen").says("Adressen är bytt").look()
        eva.open(link).press("Byt till den här adressen").says("gäller inte längre").is_told()
        # Alone as administrator one cannot leave.
        carl = self.browser(other.api).open("/konto").says("kommunens enda administratör").look()
        carl.click("Logga ut").look().press("Logga ut").says("Du är utloggad").look()
        return self.walked()


@pytest.mark.parametrize("part", ["anybody", "operator", "questionnaires", "account"])
def test_what_a_year_does_not_come_by_holds_in_a_browser(others, part):
    assert getattr(others, part)


def test_the_operator_sees_what_is_offered_as_participants_do(others):
    """By the same parts of pages as a council's preview, which test_instrument_pages holds against theirs; and no council's own."""
    council, oskar = register(others.server, "9912"), browser_of(people.operator(others.server))
    alva, offered = browser_of(council.api), built_in(council.api)
    for more, begin, end in (("", '<section aria-labelledby="guide">', "</section>"), ("/8", '<aside class="ladder"', '<div class="pager">')):
        seen = [browser.open(f"{path}/{offered}/forhandsvisning{more}") for browser, path in ((oskar, "/operator/enkater"), (alva, "/kommun/enkater"))]
        shown = [page.html[page.html.index(begin):].split(end)[0] for page in seen]
        assert shown[0] == shown[1] and seen[0].has("Så här ser de svarande enkäten")
    own = council.api.ok("POST", "/instruments", questionnaire("hemlig"))["id"]
    assert alva.open(f"/kommun/enkater/{own}/forhandsvisning").status == 200
    for path in f"{own}/forhandsvisning", f"{own}/forhandsvisning/1", f"{offered}/forhandsvisning/9":
        assert oskar.open(f"/operator/enkater/{path}").status == 404
    assert alva.open(f"/operator/enkater/{offered}/forhandsvisning").path == "/logga-in"
