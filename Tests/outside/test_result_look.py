"""The pages of a result in Chromium: whether they can be read on a phone, on a screen and on paper, with a keyboard and with a screen reader."""

import base64
import json

import pypdfium2
import pytest
from selenium.webdriver.common.keys import Keys

from chromium import FAULTS, Chromium
from test_report import council  # noqa: F401: two fixed rounds and a published analysis

PAGES = ["resultat", "analys", "analys/skriv", "handlingsplan", "rapport", "lage", "dela"]


@pytest.fixture(scope="module")
def alva(council):
    with Chromium(council.api.server) as alva:
        alva.open("/")
        alva.driver.add_cookie({"name": "session", "value": council.api.token, "path": "/"})
        alva.path = f"/omgangar/{council.round}"
        yield alva


@pytest.mark.parametrize("page", PAGES)
def test_each_page_holds_on_a_phone_and_on_a_screen_in_both_languages(alva, page):
    """With what lies in closed folds too."""
    alva.open(f"{alva.path}/{page}?lang=sv").look()
    alva.driver.execute_script("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    alva._look()
    alva._hear()


def test_what_breaks_accessibility_would_be_seen(alva):
    alva.open(f"{alva.path}/resultat?lang=sv")
    broken = {
        "document.querySelector('h2').outerHTML = '<h4>Hopp</h4>'": "a level of headings",
        "document.querySelector('th').removeAttribute('scope')": "a header without scope",
        "document.querySelector('img').removeAttribute('alt')": "a picture without words",
        "document.querySelector('main').append(document.createElement('input'))": "a field without a label",
        "document.querySelector('h3').id = 'main'": "an id that stands twice",
        "document.querySelector('.contents a').setAttribute('href', '#borta')": "a link that leads nowhere",
        "document.querySelector('.scroll').removeAttribute('aria-labelledby')": "a region without a name",
        "document.querySelector('footer').remove()": "the landmarks",
        "document.querySelector('.lead').style.color = '#999'": "a contrast of 2.8",
    }
    for change, fault in broken.items():
        alva.driver.refresh()
        assert alva.driver.execute_script(FAULTS) == []
        alva.driver.execute_script(change)
        assert any(said.startswith(fault) for said in alva.driver.execute_script(FAULTS)), fault


def is_open(alva, place):
    return alva.driver.execute_script("return document.getElementById(arguments[0]).closest('details').open", place)


def test_an_area_opens_by_keyboard_and_by_a_link_into_it(alva):
    alva.open(f"{alva.path}/resultat?lang=sv").be_wide(1280)
    assert not is_open(alva, "area-d2") and not is_open(alva, "item-d2.1") and not alva.has("Våra satsningar börjar i ett behov")
    alva.element("a", "Behov och mål").send_keys(Keys.ENTER)
    assert is_open(alva, "area-d2") and alva.has("Våra satsningar börjar i ett behov")
    # From the statement to where its figures come from, within a fold within a fold.
    alva.element("a", "Våra satsningar börjar i ett behov").send_keys(Keys.ENTER)
    assert is_open(alva, "item-d2.1")
    alva.open(f"{alva.path}/resultat?lang=sv")
    focus = alva.tab_to(lambda it: it.tag_name == "summary" and "3. Värdering" in it.text, most=120)
    focus.send_keys(Keys.ENTER)
    assert is_open(alva, "area-d3") and not is_open(alva, "area-d2")


def test_on_paper_the_areas_are_open_and_explanations_as_they_were_left(alva):
    alva.open(f"{alva.path}/resultat?lang=sv")
    paper = base64.b64decode(alva.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    document = pypdfium2.PdfDocument(paper)
    text = " ".join(" ".join(page.get_textpage().get_text_bounded(0, 0, *page.get_size()).split()) for page in document)
    assert "1. Våra satsningar börjar i ett behov" in text and "Hur svaren fördelar sig" in text and "På den här sidan" not in text
    assert "Medelvärdet av de nivåer som valdes" not in text and "Hoppa till innehållet" not in text
    assert {tuple(round(side) for side in page.get_size()) for page in document} == {(595, 842)}


def test_the_folded_page_is_short(alva):
    """In pixels; with everything open it is more than twice as long."""
    lengths = {}
    for width in (360, 1280):
        alva.open(f"{alva.path}/resultat?lang=sv").be_wide(width)
        lengths[width] = alva.driver.execute_script("return document.documentElement.scrollHeight")
    print(f"\nthe result's page is {json.dumps(lengths)} px long")
    assert lengths[360] < 14_000 and lengths[1280] < 9_500
