"""One person's Chromium, and what must hold of every page in it: no wider than the screen, named controls, one heading, nothing on the console.

    with Chromium(server, "sv") as alva:
        alva.open("/").click("Anmäl kommunen")
        alva.look()
        alva.fill(name="").press("Anmäl kommunen").is_told("name")
"""

import base64
import contextlib
import os
import re
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

import pages

WIDTHS = (360, 1280)
# What was looked at in this run, whoever did: (route of a page, its language, the width of the screen), each as the browser had it.
SEEN = set()
# A folder that takes a picture of each look, for people to look at too.
PICTURES = os.environ.get("NYTTOGRAD_PICTURES")
CONTROLS = {"button", "link", "textbox", "searchbox", "radio", "checkbox", "combobox", "spinbutton", "listbox", "Date", "DateTime", "DisclosureTriangle"}

FACTS = """
    const isWide = e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility() && !e.closest('.scroll');
    const wide = [...document.querySelectorAll('body *')].filter(isWide);
    return {
        inner: innerWidth, page: document.documentElement.scrollWidth, wide: wide.slice(0, 5).map(e => e.outerHTML.slice(0, 120)),
        headings: document.querySelectorAll('h1').length, language: document.documentElement.lang, title: document.title,
        words: [...document.querySelectorAll('h1, h2, h3')].map(e => e.textContent).join(' | '),
        holes: document.body.textContent.match(/\\uF8FF.{0,40}|\\{+[\\w.]+\\}+/g) || [],
    };
"""

# The fields that are marked as wrong: their names, and whether why stands beside them, to be read and to be heard.
TOLD = """
    return [...document.querySelectorAll('.field-wrong')].map(box => {
        const said = box.querySelector('.error'), field = box.querySelector('input, select, textarea'),
              describes = [...box.querySelectorAll('[aria-describedby]'), box].some(e => (e.getAttribute('aria-describedby') || '').split(' ').includes(said && said.id));
        return {name: field.name, said: said && said.checkVisibility() ? said.innerText : '', describes,
                linked: [...document.querySelectorAll('[role=alert] a')].some(a => box.contains(document.getElementById(a.hash.slice(1))))};
    });
"""

# What a field of a form holds; of several boxes those that are ticked.
HELD = """
    const all = [...document.getElementsByName(arguments[0])], first = all[0];
    return ['radio', 'checkbox'].includes(first.type) ? all.filter(e => e.checked).map(e => e.value) : first.value;
"""


# What tools for accessibility look for, and this page breaks.
FAULTS = """
    const faults = [], all = query => [...document.querySelectorAll(query)];
    const note = (elements, what) => elements.forEach(e => faults.push(what + ': ' + e.outerHTML.slice(0, 160)));
    const named = e => [...e.labels || []].length || e.ariaLabel || e.getAttribute('aria-labelledby');
    const missing = (e, name) => (e.getAttribute(name) || '').split(/\\s+/).filter(Boolean).some(id => !document.getElementById(id));

    let level = 0;
    for (const heading of all('h1, h2, h3, h4, h5, h6')) {
        if (+heading.tagName[1] > level + 1) note([heading], 'a level of headings is left out before');
        level = +heading.tagName[1];
    }
    note(all('th:not([scope])'), 'a header without scope');
    note(all('table').filter(e => !e.querySelector('th')), 'a table without headers');
    note(all('img:not([alt])'), 'a picture without words');
    note(all('svg:not([aria-hidden=true])').filter(e => e.getAttribute('role') !== 'img' || !e.querySelector('title')), 'a drawing without a name');
    note(all('input:not([type=hidden]), select, textarea').filter(e => !named(e)), 'a field without a label');
    note(all('[id]').filter(e => all('#' + CSS.escape(e.id)).length > 1), 'an id that stands twice');
    note(all('a[href^="#"]').filter(e => !document.getElementById(decodeURIComponent(e.hash.slice(1)))), 'a link that leads nowhere');
    note(all('*').filter(e => ['aria-labelledby', 'aria-describedby', 'aria-controls'].some(name => missing(e, name))), 'a name that stands nowhere');
    note(all('[role=region]:not([aria-label]):not([aria-labelledby]), [tabindex="0"]:not([role])'), 'a region without a name');
    note(all('details').filter(e => !e.firstElementChild?.matches('summary')), 'a fold without a summary');
    if (all('main').length !== 1 || all('body > header').length !== 1 || all('body > footer').length !== 1) faults.push('the landmarks are not one of each');
    if (all('nav').length > 1) note(all('nav').filter(e => !named(e)), 'one of several navigations has no name');
    const first = all('a[href], button, input:not([type=hidden]), select, textarea, summary')[0];
    if (first?.getAttribute('href') !== '#main') faults.push('the first thing to reach is not the way to the content');

    const numbers = colour => (colour.match(/[\\d.]+/g) || []).map(Number), over = (a, b) => a.slice(0, 3).map((c, i) => c * (a[3] ?? 1) + b[i] * (1 - (a[3] ?? 1)));
    const light = rgb => rgb.map(c => c / 255).map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
    const ground = e => e ? over(numbers(getComputedStyle(e).backgroundColor), ground(e.parentElement)) : [255, 255, 255];
    for (const e of all('body *')) {
        if (![...e.childNodes].some(node => node.nodeType === 3 && node.data.trim()) || !e.checkVisibility()) continue;
        const style = getComputedStyle(e), under = ground(e), values = [light(over(numbers(style.color), under)), light(under)].sort((a, b) => b - a);
        const size = parseFloat(style.fontSize), isLarge = size >= 24 || size >= 18.66 && +style.fontWeight >= 700, ratio = (values[0] + .05) / (values[1] + .05);
        if (ratio < (isLarge ? 3 : 4.5)) note([e], 'a contrast of ' + ratio.toFixed(1));
    }
    return faults;
"""


class Chromium(contextlib.AbstractContextManager):
    """`width` is that of the person's own screen; `turned` the pages that have been seen in the other language, which several people may share."""

    def __init__(self, server, language="sv", width=1280, turned=None):
        self.server, self.language, self.width, self.looked_at = server, language, width, set()
        self.turned = set() if turned is None else turned
        self.filled, self.sent = {}, {}
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-prefers-reduced-motion"):
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"intl.accept_languages": language})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        self.be_wide(width)

    def __exit__(self, *_):
        self.driver.quit()

    # Going about

    def open(self, address):
        self.driver.get(address if address.startswith("http") else self.server.base_url + address)
        return self

    @property
    def text(self):
        """What is shown: not what lies in closed details."""
        return " ".join(self.driver.execute_script("return document.body.innerText").split())

    def has(self, words):
        return words in self.text

    def says(self, *words):
        for one in words:
            assert self.has(one), f"it does not say {one!r} but: {self.text[:3000]}"
        return self

    def wait_for(self, words):
        """Waits until the page, which may read itself anew meanwhile, says so."""
        WebDriverWait(self.driver, 20, 0.1, [WebDriverException]).until(lambda _: self.has(words))
        return self

    def element(self, tag, words):
        """The first link or button that has the words."""
        found = self.driver.find_elements(By.XPATH, f"//{tag}[contains(normalize-space(.), '{words}')]")
        assert found, f"no <{tag}> says {words!r}; the page says: {self.text[:1500]}"
        return found[0]

    def click(self, words):
        return self._leave(self.element("a", words))

    def press(self, words):
        self.sent, self.filled = self.filled, {}
        return self._leave(self.element("button", words))

    def _leave(self, element):
        """Clicks, and waits for the page that comes."""
        here = self.driver.find_element(By.TAG_NAME, "html")
        element.click()
        self.until_gone(here)
        return self

    def until_gone(self, element):
        WebDriverWait(self.driver, 15, 0.02).until(lambda _: self._is_gone(element))

    @staticmethod
    def _is_gone(element):
        try:
            element.is_enabled()
            return False
        except WebDriverException:
            return True

    def fill(self, **values):
        """Fills in fields by name, with a dot written as two underscores. Boxes and choices are taken by their values."""
        self.filled = {name.replace("__", "."): value for name, value in values.items()}
        for name, value in self.filled.items():
            field = self.driver.find_element(By.NAME, name)
            kind = field.get_attribute("type")
            if kind in ("radio", "checkbox"):
                for one in value if isinstance(value, list) else [value]:
                    box = self.driver.find_element(By.CSS_SELECTOR, f"[name='{name}'][value='{one}']")
                    if not box.is_selected():
                        box.click()
            elif kind == "select-one":
                field.find_element(By.CSS_SELECTOR, f"option[value='{value}']").click()
            elif kind in ("date", "datetime-local") or "\t" in value or len(value) > 200:
                # What is typed there depends on the machine's language; and what is long is pasted, tabs in it among the rest.
                self.driver.execute_script("arguments[0].value = arguments[1]", field, value)
            else:
                field.clear()
                field.send_keys(value)
        return self

    def is_told(self, *names):
        """The form that was sent came back: beside just these fields stands why, the summary leads to each, and nothing that was written is lost."""
        told = self.driver.execute_script(TOLD)
        assert [field["name"] for field in told] == [name.replace("__", ".") for name in names], f"{told}; the page says: {self.text[:1500]}"
        assert all(field["said"] and field["describes"] and field["linked"] for field in told), told
        for name, value in self.sent.items():
            held = self.driver.execute_script(HELD, name)
            given = value if isinstance(held, str) or isinstance(value, list) else [value]
            assert (held if isinstance(held, str) else sorted(held)) == (given if isinstance(held, str) else sorted(given)), f"{name} was {value!r} and is {held!r}"
        self._look(refused=True)
        return self

    # By keyboard

    def keys(self, *keys):
        # To the browser, and not to the element that has the focus: a field for files would take them for the name of one.
        ActionChains(self.driver).send_keys(*keys).perform()

    def tab_to(self, is_there, most=60):
        """Presses Tab until the focus is where it should be; where it has been on the way must be seen."""
        for _ in range(most):
            self.keys(Keys.TAB)
            focus = self.driver.switch_to.active_element
            shown = self.driver.execute_script("""
                const it = arguments[0], label = it.labels && it.labels[0], box = (label || it).getBoundingClientRect(),
                      style = getComputedStyle(it), beside = label ? getComputedStyle(label) : style;
                return box.width > 1 && box.height > 1 && (style.outlineStyle !== 'none' || beside.outlineStyle !== 'none' || style.boxShadow !== 'none');""", focus)
            assert shown, f"the focus is not seen on {focus.get_attribute('outerHTML')[:200]}"
            if is_there(focus):
                return focus
        raise AssertionError("Tab does not lead there")

    # Looking

    def be_wide(self, width):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500})

    def look(self):
        """What must hold of every page, at each width and, when it is met with these headings for the first time, in the other language too."""
        page = self._look()
        if page not in self.turned:
            self.turned.add(page)
            self._hear()
            self._change_language()
            self._look()
            self._hear()
            self._change_language()
        self.be_wide(self.width)
        return self

    def _change_language(self):
        link = self.driver.find_element(By.CSS_SELECTOR, ".language")
        other = link.get_attribute("hreflang")
        self._leave(link)
        assert self.driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == other

    def _look(self, refused=False):
        path, looks = self.driver.current_url.removeprefix(self.server.base_url).split("?")[0], set()
        for width in WIDTHS:
            self.be_wide(width)
            facts = self.driver.execute_script(FACTS)
            assert facts["inner"] == width, f"{path} makes a screen of {width} px {facts['inner']} wide: {facts['wide']}"
            assert facts["page"] <= width and not facts["wide"], f"{path} is {facts['page']} wide at {width}: {facts['wide']}"
            assert not facts["holes"], f"{path}: texts are missing: {facts['holes']}"
            assert facts["headings"] == 1 and facts["language"] in ("sv", "en") and facts["title"].endswith(" – Nyttograd"), f"{path}: {facts}"
            looks.add((pages.route(path), facts["language"], facts["inner"]))
            if PICTURES:
                self._keep_picture(path, facts, refused)
        said = [entry["message"] for entry in self.driver.get_log("browser") if not (refused and "the server responded with a status of 4" in entry["message"])]
        assert not said, f"{path}: {said}"
        if not refused:
            self.looked_at.add((facts["language"], path))
            SEEN.update(looks)
        return path, facts["words"]

    def _keep_picture(self, path, facts, refused):
        name = " ".join([pages.route(path) or path, facts["language"], str(facts["inner"]), "refused" if refused else "", facts["words"]])
        file = Path(PICTURES) / f"{re.sub(r'[^0-9a-zåäö]+', '-', name.lower())[:160]}.png"
        if not file.exists():
            shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
            file.write_bytes(base64.b64decode(shot["data"]))

    def _hear(self):
        """What a screen reader makes of it: each control has a name, and nothing that tools for accessibility find."""
        faults = self.driver.execute_script(FAULTS)
        assert not faults, f"{self.driver.current_url}: {faults[:8]}"
        nodes = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        nameless = [node for node in nodes if not node["ignored"] and node["role"]["value"] in CONTROLS and not node.get("name", {}).get("value", "").strip()]
        assert not nameless, f"{self.driver.current_url}: controls without a name: {nameless[:3]}"
