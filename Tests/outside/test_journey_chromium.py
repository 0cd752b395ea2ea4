"""The journey in headless Chromium: a strategist and two who answer, in Swedish and English, on a phone and a wide screen, and once by keyboard alone.

What has been walked once is not walked again: the other six answer by the API.
"""

import contextlib
import datetime

import pytest
from selenium.webdriver.common.keys import Keys

import people
from chromium import WIDTHS, Chromium
from people import FUNCTIONS, token_in

CODE, DOMAIN = "9915", "demo15.example"
ROUND = "Mognadsanalys 2026"


@pytest.fixture(scope="module")
def browsers(demo_server):
    """Alva and Eva read Swedish, Dag and Ed English; each has a browser of his own, opened when it is needed."""
    opened = {}
    with contextlib.ExitStack() as stack:
        def browser(name, language="sv"):
            if name not in opened:
                opened[name] = stack.enter_context(Chromium(demo_server, language))
            return opened[name]

        yield browser


@pytest.fixture(scope="module")
def walked(demo_server, browsers):
    """The whole journey. What comes of it is looked at by the tests."""
    walk = Walk(demo_server, browsers)
    walk.register()
    walk.prepare()
    walk.plan()
    walk.answer()
    walk.fix()
    walk.share()
    return walk


class Walk:
    def __init__(self, server, browsers):
        self.server, self.browsers, self.alva = server, browsers, browsers("Alva")

    def register(self):
        alva, address = self.alva, f"alva.ek@{DOMAIN}"
        alva.open("/").look().click("Anmäl kommunen").look().fill(search=CODE).press("Sök").look()
        alva.fill(name="Alva Ek", address=address, function="e-strategist", termsAccepted="on").press("Anmäl kommunen").look()
        alva.open(self.server.wait_for_mail(address).links[0]).look().press("Bekräfta").look()
        session = alva.driver.get_cookie("session")["value"]
        self.council = people.Council(CODE, people.Api(self.server, session), address)

    def prepare(self):
        alva = self.alva
        alva.click("Till avtalet").look().fill(
            controller="Kommunstyrelsen", version="1.0", signedOn="2026-10-01", signatoryName="Berit Lund", signatoryTitle="Kommundirektör",
            diaryNumber="KS 2026/77").press("Registrera").look().click("Översikt")
        alva.click("Till befattningarna").look().fill(
            function=FUNCTIONS[0], holderName="Eva Asp", holderAddress=f"eva.asp@{DOMAIN}", holderLanguage="sv").press("Lägg till").look()
        for number, function in enumerate(FUNCTIONS[2:8], 1):
            self.council.api.ok("POST", "/posts", {
                "function": function, "title": f"Befattning {number} med en ganska lång och utdragen benämning", "area": "Samhällsbyggnadsförvaltningen",
                "holderName": f"Person {number}", "holderAddress": f"person{number}@{DOMAIN}", "holderLanguage": "en" if number == 1 else "sv"})
        alva.click("Befattningar").look().click("Befattning 1").look()
        alva.click("Medlemmar").look().click("Alva Ek").look().click("Inställningar").look()

    def plan(self):
        alva = self.alva
        closes = (datetime.datetime.now() + datetime.timedelta(days=14)).strftime("%Y-%m-%dT%H:%M")
        alva.click("Översikt").click("Ny omgång").look().fill(
            title=ROUND, targetYear="2028", closesAt=closes, ordererName="Kim Falk", ordererTitle="Kvalitetsdirektör", runnerTitle="E-strateg")
        alva.press("Skapa omgången").look().click("Fyll i villkoren").look().fill(
            purpose="Att se hur väl vi realiserar nyttan.", k="5", audiences=["participants", "council", "anonymous-statistics"],
            retention="Svaren raderas när omgången fastställs.", disposalDecision="KS 2026/123 § 45", controller="Kommunstyrelsen",
            contact=f"ombud@{DOMAIN}").press("Spara villkoren").look()
        posts = [post["id"] for post in self.council.api.ok("GET", "/posts")["items"]]
        alva.click("Välj befattningar").look().fill(posts=posts).press("Lägg till").look().press("Skicka inbjudningar").look()
        self.server.wait_for_mail(f"alva.ek@{DOMAIN}", 2)
        for who in "eva.asp", *(f"person{number}" for number in range(1, 7)):
            self.server.wait_for_mail(f"{who}@{DOMAIN}")
        alva.click("Ändra").look().click("Platser").click(ROUND).click("Ändra omgången").look().click(ROUND)
        alva.click("Villkor").look().click(ROUND).press("Öppna omgången").look()
        assert alva.has("0 av 8")

    def answer(self):
        eva, dag = self.browsers("Eva"), self.browsers("Dag", "en")
        # Eva goes through all areas. Dag pauses after the first, and finds the others answered by another device of his.
        eva.open(self.link("eva.asp")).look().click("Börja svara").look()
        self.first_by_keyboard(eva)
        for area in range(2, 9):
            eva.fill(**{f"d{area}__{item}__current": "2" for item in range(1, 5)}, **{f"d{area}__{item}__desired": "4" for item in range(1, 4)})
            eva.press("Spara och g")
        eva.look().press("Skicka in mina svar").look()
        assert eva.has("Tack! Dina svar är inlämnade.")

        dag.open(self.link("person1")).look().click("Start answering").look()
        self.first_by_keyboard(dag)
        people.answer(self.seat("person1"), 1, submit=False)
        dag.open(self.link("person1")).look().click("To the summary").look().press("Submit my answers").look()
        assert dag.has("Thank you")
        for number, who in enumerate(["alva.ek", *(f"person{number}" for number in range(2, 7))]):
            people.answer(self.seat(who), number)

    def link(self, who):
        """That of the last mail to somebody."""
        return self.server.mails(f"{who}@{DOMAIN}")[-1].links[0]

    def seat(self, who):
        return people.Seat(None, None, people.Api(self.server, token_in(self.link(who))))

    @staticmethod
    def first_by_keyboard(browser):
        """Tab goes from scale to scale; the space bar takes the first level, and arrows the next, after the fifth "don't know"."""
        browser.be_wide(WIDTHS[0])
        levels = [(f"d1.{item}.{half}", level) for item in range(1, 4) for half, level in (("current", 2), ("desired", 4))]
        for name, level in [*levels, ("d1.4.current", 6)]:
            browser.tab_to(lambda focus: focus.get_attribute("name") == name)
            browser.keys(Keys.SPACE)
            for _ in range(level - 1):
                browser.keys(Keys.ARROW_DOWN)
            assert browser.driver.switch_to.active_element.get_attribute("value") == ("dontKnow" if level == 6 else str(level))
        button = browser.tab_to(lambda focus: focus.tag_name == "button" and focus.get_attribute("value") == "2")
        button.send_keys(Keys.ENTER)
        browser.until_gone(button)
        assert browser.has("4 av 4" if browser.language == "sv" else "4 of 4")

    def fix(self):
        alva = self.alva
        alva.click("Översikt").look().click("Till omgången").look()
        assert alva.has("8 av 8")
        alva.press("Stäng nu").look().click("Till fastställandet").look().fill(understood="on").press("Fastställ")
        alva.wait_for("de enskilda svaren är raderade")
        for who in "eva.asp", "person1":
            self.server.wait_for_mail(f"{who}@{DOMAIN}", 2)
        alva.look().click("Läs resultatet").look()

    def share(self):
        alva = self.alva
        alva.click("Dela med statistiken").look().fill(understood="on").press("Dela siffrorna").look()
        self.server.command("edition", "publish", "--fictional")
        alva.click(ROUND).look().click("Platser och inbjudningar").look().click(ROUND).click("Läge bland kommuner").look()


def test_the_strategist_reads_the_position_among_twelve_others(walked):
    assert walked.alva.has("Resultatet, som fastställdes") and walked.alva.has("Utgåva") and walked.alva.has("Övre kvartil") and walked.alva.text.count(" 12 ") >= 24


def test_those_who_answered_read_the_result_in_their_language(walked):
    for name, who, read, words in ("Eva", "eva.asp", "Läs resultatet", "De sju frågorna om nytta"), ("Dag", "person1", "Read the result", "The seven questions"):
        browser = walked.browsers(name)
        browser.open(walked.link(who)).look().click(read).look()
        assert browser.has(words)


def test_a_director_signs_in_and_reads_in_english(walked):
    address = f"ed.reed@{DOMAIN}"
    walked.council.api.ok("POST", "/members", {"name": "Ed Reed", "address": address, "language": "en", "roles": ["director"]})
    ed = walked.browsers("Ed", "en")
    ed.open(walked.server.wait_for_mail(address).links[0]).look().press("Sign in").look()
    ed.click("Position").look()
    assert ed.has("Upper quartile")
    ed.click("Sign out").look().press("Sign out").look()


def test_what_everybody_may_read_and_the_operators_page(walked):
    oskar = walked.browsers("Ed", "en")
    oskar.open("/tillganglighet").look().open("/villkor").look().open("/logga-in").look()
    oskar.fill(address="nobody@demo15.example").press("Send").look()
    link = walked.server.command("operator", "invite", "oskar@nyttograd.example").split()[-1]
    oskar.open(link).press("Sign in").look()


def test_every_page_was_seen_in_both_languages(walked):
    seen = set().union(*(walked.browsers(name).looked_at for name in ("Alva", "Eva", "Dag", "Ed")))
    paths = {path for _, path in seen}
    for path in paths:
        assert {language for language, other in seen if other == path} == {"sv", "en"}, path
