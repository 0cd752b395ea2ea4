"""A browser without script, as the pages must work in: it follows links and redirects, keeps cookies, and fills in forms by what they show.

    page = browser.open("/logga-in")
    page = page.submit(address="alva.ek@demo14.example")
    assert page.has("Titta i din inkorg")
"""

import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import requests

# What a browser would check by itself, in its own language and not ours, and one fault at a time.
CHECKED = {"date", "datetime-local", "email", "number", "url"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Field:
    name: str
    kind: str
    value: str
    chosen: bool = True
    id: str = None


@dataclass
class Form:
    method: str
    action: str
    is_ours: bool
    fields: list = field(default_factory=list)
    options: dict = field(default_factory=dict)
    buttons: list = field(default_factory=list)

    def values(self):
        """What is sent if nothing is changed."""
        return [(field.name, field.value) for field in self.fields if field.chosen and field.name]

    def names(self):
        return {field.name for field in self.fields}

    def value(self, name):
        return next((value for key, value in self.values() if key == name), None)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.links, self.words, self.open, self.ids = [], [], [], [], set()
        self.headings, self.language, self.title = 0, None, ""
        self.form = self.select = self.area = self.button = self.option = None

    def handle_starttag(self, tag, pairs):
        given = dict(pairs)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in given:
            assert given["id"] not in self.ids, f"two elements have the id {given['id']}"
            self.ids.add(given["id"])
        assert tag != "script" and not any(name.startswith("on") or name == "style" for name in given), f"<{tag}> needs a script or a style of its own"
        if tag == "h1":
            self.headings += 1
        elif tag == "html":
            self.language = given.get("lang")
        if tag == "a" and "href" in given:
            self.links.append([given["href"], ""])
        elif tag == "form":
            assert self.form is None, "a form in a form"
            self.form = Form(given.get("method", "get").lower(), given.get("action", ""), "novalidate" in given)
            self.forms.append(self.form)
        elif tag == "input" and self.form:
            kind = given.get("type", "text")
            assert self.form.is_ours or not (kind in CHECKED or "required" in given), f"the browser would check {given.get('name')} before we can"
            chosen = "checked" in given if kind in ("checkbox", "radio") else True
            self.form.fields.append(Field(given.get("name"), kind, given.get("value") or ("on" if kind == "checkbox" else ""), chosen, given.get("id")))
        elif tag == "select" and self.form:
            self.select = Field(given["name"], "select", None, id=given.get("id"))
            self.form.fields.append(self.select)
            self.form.options[given["name"]] = []
        elif tag == "option" and self.select:
            value = given.get("value", "")
            self.form.options[self.select.name].append(value)
            if "selected" in given or self.select.value is None:
                self.select.value = value
        elif tag == "textarea" and self.form:
            self.area = Field(given["name"], "textarea", "", id=given.get("id"))
            self.form.fields.append(self.area)
        elif tag == "button" and self.form:
            self.button = [given.get("name"), given.get("value", ""), "", given.get("formaction")]
            self.form.buttons.append(self.button)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:] or 'nothing'}"
        self.open.pop()
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None
        elif tag == "button":
            self.button = None

    def handle_data(self, data):
        if self.area is not None:
            self.area.value += data[1:] if self.area.value == "" and data.startswith("\n") else data
        if self.button is not None:
            self.button[2] += data
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.title += data
        if "a" in self.open and self.links:
            self.links[-1][1] += data
        if not {"title", "style"} & set(self.open):
            self.words.append(data)


class Page:
    """One page as it came. Its HTML must be whole: every element closed, no id twice, one heading of the first rank, nothing that needs a script."""

    def __init__(self, browser, answer):
        self.browser, self.answer = browser, answer
        self.status, self.url, self.html = answer.status_code, answer.url, answer.text
        reader = _Reader()
        reader.feed(self.html)
        assert not reader.open, f"left open: {reader.open}"
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            assert reader.headings == 1 and reader.language in ("sv", "en") and reader.title, f"{reader.headings} h1, in {reader.language}: {reader.title}"
        self.forms, self.links = reader.forms, [(href, " ".join(words.split())) for href, words in reader.links]
        self.text = " ".join(" ".join(reader.words).split())

    @property
    def path(self):
        return self.url.removeprefix(self.browser.server.base_url)

    def has(self, words):
        return words in self.text

    def form(self, names=(), button=None):
        """The first form with a POST that has the fields, and a button with the words."""
        for form in self.forms:
            if set(names) <= form.names() and (button is None or any(button in words for _, _, words, _ in form.buttons)):
                return form
        raise AssertionError(f"no form has {names} and a button {button!r}; the page says: {self.text[:2000]}")

    def submit(self, button=None, **values):
        """Fills in a form, and presses its button (the first, or the one with the words). A list gives several values under one name; None leaves out.
        Names with a dot are written with two underscores."""
        values = {name.replace("__", "."): value for name, value in values.items()}
        form = self.form([name for name, value in values.items() if value is not None], button)
        sent = [(name, value) for name, value in form.values() if name not in values]
        for name, value in values.items():
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    assert name not in form.options or one in form.options[name], f"{name} has no choice {one!r}"
                    sent.append((name, one))
        pressed = next(b for b in form.buttons if button is None or button in b[2])
        if pressed[0]:
            sent.append((pressed[0], pressed[1]))
        target = urljoin(self.url, pressed[3] or form.action or self.url)
        return self.browser.send(form.method, target, sent)

    def follow(self, words):
        """Presses the link with the words."""
        href = next((href for href, text in self.links if words in text), None)
        assert href, f"no link says {words!r}: {self.links}"
        return self.browser.open(urljoin(self.url, href))

    def settled(self):
        """The page that comes when it has read itself anew as often as it says (`Refresh`)."""
        page, deadline = self, time.monotonic() + 30
        while (seconds := page.answer.headers.get("Refresh")):
            assert time.monotonic() < deadline, page.text
            time.sleep(int(seconds) / 10)
            page = self.browser.open(page.url)
        return page

    def errors(self):
        """The summary of what is wrong: field's target to sentence."""
        return {href[1:].removeprefix("f-"): words for href, words in self.links if href.startswith("#f-")}


class Browser:
    """One person's browser. `seen` has every answer, redirects among them."""

    def __init__(self, server, language="sv"):
        self.server, self.seen = server, []
        self.session = requests.Session()
        # No proxy and no .netrc stand between it and the server: looking for them would take longer than the answer.
        self.session.trust_env = False
        self.session.headers["Accept-Language"] = language
        self.session.headers["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"

    def open(self, path):
        return self.send("get", urljoin(self.server.base_url + "/", path), None)

    def send(self, method, url, values):
        url = urldefrag(url).url
        if method == "get":
            answer = self.session.get(url, params=values or None, timeout=30)
        else:
            answer = self.session.post(url, data=values, timeout=30, headers={"Sec-Fetch-Site": "same-origin"})
        self.seen += [*answer.history, answer]
        return Page(self, answer)

    def cookie(self, name):
        return self.session.cookies.get(name)


def browser_of(api, language="sv"):
    """The browser of somebody whom the API knows: signed in by the same token."""
    browser = Browser(api.server, language)
    browser.session.cookies.set("session", api.token, domain=urlsplit(api.server.base_url).hostname, path="/")
    return browser


def sign_in(browser, link):
    """By the link in a mail: opens its page, and presses its button."""
    return browser.open(link).submit()
