"""The whole journey through pages without script, beside the demo: from the start page to the position among twelve others.

People go where links and forms lead them. The only addresses typed are the start page and those in mails.
"""

import datetime
import re
from fractions import Fraction

import pytest

from browser import Browser
from people import FUNCTIONS, ITEMS

AREAS = 8
DOMAIN = "demo14.example"


def given(person, item):
    """What a person answers to an item: levels, or None for a mark."""
    if (item + person) % 11 == 0:
        return None
    current = 1 + (person + item) % 4
    return current, min(5, current + 1 + person * item % 2)


def screen_of(person, area):
    """The fields of one screen as the person fills them in."""
    fields = {}
    for number in range(4 * area, 4 * area + 4):
        name, levels = ITEMS[number].replace(".", "__"), given(person, number)
        if levels is None:
            fields[name + "__current"] = "dontKnow"
        else:
            fields |= {name + "__current": str(levels[0]), name + "__desired": str(levels[1])}
    return fields


def as_printed(number):
    """One decimal, half up, as Swedish people write it."""
    tenths = int(abs(number) * 10 + Fraction(1, 2))
    return f"{tenths // 10},{tenths % 10}"


class Journey:
    """The parts of the journey, each left with the page that it ended on."""

    def __init__(self, server):
        self.server = server
        self.alva = Browser(server)

    def mailed(self, address, number=1):
        return self.server.wait_for_mail(address, number).links[0]

    def register(self):
        page = self.alva.open("/").follow("Anmäl kommunen").submit(search="9914")
        page = page.submit(
            name="Alva Ek", address=f"alva.ek@{DOMAIN}", function=FUNCTIONS[7], area="Lärande", language="sv", termsAccepted="on")
        assert page.has("Titta i din inkorg")
        self.home = self.alva.open(self.mailed(f"alva.ek@{DOMAIN}")).submit()
        assert self.home.has("Välkommen! Kommunen är med")

    def record_agreement(self):
        page = self.home.follow("Till avtalet").submit(
            "Registrera", controller="Kommunstyrelsen", version="1.0", signedOn="2026-10-01", signatoryName="Berit Lund", signatoryTitle="Kommundirektör",
            diaryNumber="KS 2026/77")
        assert page.has("Avtalet är registrerat")
        self.home = page.follow("Översikt")

    def add_posts(self):
        """Seven besides the one that Alva registered with."""
        page = self.home.follow("Till befattningarna")
        assert page.has("Företrädare för programområde Lärande Alva Ek")
        self.addresses = [f"alva.ek@{DOMAIN}"]
        for number, function in enumerate(FUNCTIONS[:7], 1):
            self.addresses.append(f"person{number}@{DOMAIN}")
            page = page.submit("Lägg till", function=function, holderName=f"Person {number}", holderAddress=self.addresses[-1], holderLanguage="sv")
            assert page.has("Befattningen är tillagd")
        self.home = page.follow("Översikt")

    def plan(self):
        closes = (datetime.datetime.now() + datetime.timedelta(days=14)).strftime("%Y-%m-%dT%H:%M")
        page = self.home.follow("Ny omgång").submit(
            title="Mognadsanalys 2026", targetYear="2028", closesAt=closes, ordererName="Kim Falk", ordererTitle="Kvalitetsdirektör", runnerTitle="E-strateg")
        page = page.follow("Fyll i villkoren").submit(
            purpose="Att se hur väl vi realiserar nyttan.", k="5", audiences=["participants", "council", "anonymous-statistics"],
            retention="Svaren raderas när omgången fastställs.", disposalDecision="KS 2026/123 § 45", controller="Kommunstyrelsen",
            contact=f"ombud@{DOMAIN}")
        assert page.has("Villkoren är sparade")
        page = page.follow("Välj befattningar")
        page = page.submit("Lägg till", posts=[field.value for field in page.form(["posts"]).fields if field.name == "posts"])
        assert page.has("8 platser, 0 inbjudna")
        self.mails = {address: len(self.server.mails(address)) for address in self.addresses}
        page = page.submit("Skicka inbjudningar")
        assert page.has("8 platser, 8 inbjudna")
        self.round = page.follow("Mognadsanalys 2026").submit("Öppna omgången")
        assert self.round.has("Omgången är öppen.") and self.round.has("0 av 8")

    def answer(self):
        """Everybody by his own link, in a browser of his own, area by area."""
        self.people, self.statements = [], {}
        for person, address in enumerate(self.addresses):
            browser = Browser(self.server)
            page = browser.open(self.mailed(address, self.mails[address] + 1))
            assert page.has("Det här lovas du")
            page = page.follow("Börja svara")
            for area in range(AREAS):
                self.statements |= dict(re.findall(r'<span class="item-number">([0-9.]+)</span> (.*?)</h2>', page.html))
                assert page.has(f"Område {area + 1} av {AREAS}")
                page = page.submit("Spara och g", **screen_of(person, area))
            assert page.has("32 av 32 påståenden är besvarade")
            page = page.submit("Skicka in")
            assert page.has("Tack! Dina svar är inlämnade.")
            self.people.append(page)

    def fix(self):
        self.round = self.alva.open(self.round.url)
        assert self.round.has("8 av 8 har lämnat in")
        page = self.round.submit("Stäng nu").follow("Till fastställandet")
        assert page.has("8 av 8 inbjudna har lämnat in")
        page = page.submit("Fastställ", understood="on").settled()
        assert page.has("de enskilda svaren är raderade")
        self.result = page.follow("Läs resultatet")

    def share(self):
        page = self.result.follow("Dela med statistiken").submit("Dela siffrorna", understood="on")
        assert page.has("Omgångens siffror delas")
        self.shared = page

    def publish(self):
        self.server.command("edition", "publish", "--fictional")
        self.position = self.shared.follow("Mognadsanalys 2026").follow("Läge bland kommuner")


@pytest.fixture(scope="module")
def journey(demo_server):
    journey = Journey(demo_server)
    for part in (journey.register, journey.record_agreement, journey.add_posts, journey.plan, journey.answer, journey.fix, journey.share, journey.publish):
        part()
    return journey


def test_the_result_says_what_eight_people_have_answered(journey):
    assert journey.result.has("8 av 8 inbjudna svarade")
    assert len(journey.statements) == len(ITEMS)
    for number, statement in enumerate(journey.statements.values()):
        pairs = [levels for person in range(8) if (levels := given(person, number))]
        current, desired = (Fraction(sum(levels[half] for levels in pairs), len(pairs)) for half in (0, 1))
        assert journey.result.has(f"{statement} {len(pairs)} {as_printed(current)} {as_printed(desired)} +{as_printed(desired - current)}"), statement


def test_those_who_answered_read_the_same_result_by_their_own_links(journey):
    for page, address in zip(journey.people[:2], journey.addresses):
        told = journey.mailed(address, journey.mails[address] + 2)
        page = page.browser.open(told)
        if not page.has("De sju frågorna om nytta"):
            page = page.follow("Läs resultatet")
        own = re.search(r"Nuläge och önskat läge .* Dokumentets kontrollsumma", page.text)[0]
        assert own and own in journey.result.text
        assert not page.has("Dela med statistiken")


def test_the_position_is_among_twelve_others_with_quartiles(journey):
    assert re.search(r"Utgåva [2-9]", journey.position.text)  # the first is the demo's
    rows = re.findall(r"(Nuläge|Önskat läge|Glapp) ([−+]?\d,\d) ([−+]?\d,\d) ([−+]?\d,\d) ([−+]?\d,\d) (\D+?) 12 \d", journey.position.text)
    assert len(rows) == 3 * AREAS
    for _, own, *quartiles, where in rows:
        lower, median, upper = (float(figure.replace(",", ".").replace("−", "-")) for figure in quartiles)
        assert lower <= median <= upper and re.search("kvartil|median", where)


def test_a_fixed_round_says_so_on_every_page_and_offers_no_change(journey):
    page = journey.shared.follow("Mognadsanalys 2026").follow("Platser och inbjudningar")
    assert page.has("de enskilda svaren är raderade") and not page.has("stängd")
    assert not any("Ändra" in words for _, words in page.links) and not page.forms
