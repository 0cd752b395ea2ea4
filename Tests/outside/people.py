"""The cast, and the verbs of the API: tests read as what people do.

Alva registers a council and runs its rounds; the participants answer by their personal links; Oskar operates the service.
"""

import re
from dataclasses import dataclass, field

import requests

import contract

ITEMS = [f"d{dimension}.{item}" for dimension in range(1, 9) for item in range(1, 5)]

CONTRACT = {
    "k": 5,
    "controller": "Kommunstyrelsen",
    "audiences": ["participants", "council", "anonymous-statistics"],
    "comments": False,
    "purpose": "Att se hur väl kommunen realiserar nyttan av sitt förändringsarbete.",
    "retention": "Svaren raderas när omgången fastställs. Resultatet bevaras.",
    "disposalDecision": "KS 2026/123 § 45",
    "contact": "dataskyddsombud@demo14.example",
}

FUNCTIONS = [
    "quality-director", "e-strategist", "hr-director", "finance-director", "it-director",
    "communications-director", "development-strategist", "programme-area-representative",
]


def token_in(link):
    return link.rsplit("/", 1)[1]


class Api:
    """The API of one server, with or without a token. Every answer is held against openapi.yaml at once, and goes to `seen`."""

    def __init__(self, server, token=None, seen=None):
        self.server, self.token, self.seen = server, token, seen if seen is not None else []

    def as_holder_of(self, token):
        return Api(self.server, token, self.seen)

    def call(self, method, path, json=None, headers=None, **more):
        headers = dict(headers or {})
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        with requests.Session() as session:
            # No proxy and no .netrc stand between: looking for them would take longer than the answer.
            session.trust_env = False
            answer = session.request(
                method, f"{self.server.base_url}/api/v1{path}", json=json, headers=headers, timeout=30, allow_redirects=False, **more)
        self.seen.append(answer)
        contract.check(answer)
        return answer

    def get(self, path, **more):
        return self.call("GET", path, **more)

    def post(self, path, json=None, **more):
        return self.call("POST", path, json=json, **more)

    def put(self, path, json=None, **more):
        return self.call("PUT", path, json=json, **more)

    def patch(self, path, json=None, **more):
        return self.call("PATCH", path, json=json, **more)

    def delete(self, path, **more):
        return self.call("DELETE", path, **more)

    def ok(self, method, path, json=None, **more):
        """The answer's body; fails unless the call succeeded."""
        answer = self.call(method, path, json=json, **more)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None


@dataclass
class Seat:
    id: str
    address: str
    api: Api = None


@dataclass
class Council:
    """A registered council, as its administrator and strategist holds it."""

    code: str
    api: Api
    address: str
    seats: list = field(default_factory=list)
    round: str = None

    @property
    def domain(self):
        return f"demo{self.code[2:]}.example"


def problem(answer):
    """The status of a refusal, and which it is."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["type"].rsplit("/", 1)[1]


def refusal(answer, status=409):
    """Which refusal it is; it must have the status."""
    assert answer.status_code == status, answer.text
    return problem(answer)[1]


def wait_until(find, seconds=20):
    """What `find` gives once it gives something."""
    import time

    deadline = time.monotonic() + seconds
    while not (found := find()):
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)
    return found


def application(api, code="9914", **changes):
    """The body that registers a council: Alva's, unless changed. Her address is at a domain that is known as the demo council's."""
    municipality = next(m for m in api.ok("GET", f"/municipalities?search={code}")["items"] if m["code"] == code)
    return {
        "municipalityCode": code, "orgNr": municipality["orgNr"], "name": "Alva Ek", "address": f"alva.ek@demo{code[2:]}.example",
        "function": "e-strategist", "language": "sv", "termsAccepted": True, "termsVersion": "2026-11"} | changes


def apply_for(server, code="9914", name="Alva Ek", seen=None):
    """Alva asks for a demo council to be let in, and gets a link to this address."""
    api = Api(server, seen=seen)
    body = application(api, code, name=name)
    api.ok("POST", "/registrations", body)
    return body["address"]


def register(server, code="9914", name="Alva Ek", seen=None):
    """Alva registers a demo council, whose mail domain is known, and is let in at once."""
    api, address = Api(server, seen=seen), apply_for(server, code, name, seen)
    link = server.wait_for_mail(address).links[0]
    verified = api.ok("POST", "/registration-verifications", {"token": token_in(link)})
    assert verified["state"] == "admitted"
    return Council(code, api.as_holder_of(verified["session"]["token"]), address)


def operator(server, address="oskar@nyttograd.example", seen=None):
    """Oskar, who operates the service; invited by command, and signed in by the link that it says."""
    return sign_in(Api(server, seen=seen), re.search(r"http\S+/s/\S+", server.command("operator", "invite", address))[0])


def come_back(server, address):
    """Whoever has that address, signed in by a link that is asked for. Other mail may come before it or after."""
    nobody, links = Api(server), lambda: {link for mail in server.mails(address) for link in mail.links if "/s/" in link}
    before = links()
    nobody.ok("POST", "/sign-in-links", {"address": address})
    return sign_in(nobody, wait_until(lambda: links() - before).pop())


def colleague(council, server, name, *roles, language="sv"):
    """Somebody whom Alva has invited, and who has followed the link in the mail."""
    address = f"{slug(name).replace('-', '.')}@{council.domain}"
    mails = len(server.mails(address))
    council.api.ok("POST", "/members", {"name": name, "address": address, "language": language, "roles": roles})
    return sign_in(council.api, server.wait_for_mail(address, mails + 1).links[0])


def sign_in(api, link):
    """The holder of a link for signing in, signed in by it."""
    return api.as_holder_of(api.as_holder_of(None).ok("POST", "/sessions", {"token": token_in(link)})["token"])


def record_agreement(council):
    return council.api.ok("POST", "/agreements", {
        "controller": "Kommunstyrelsen", "version": "1.0", "signedOn": "2026-10-01", "signatoryName": "Berit Lund",
        "signatoryTitle": "Kommundirektör", "diaryNumber": "KS 2026/77"})


def built_in(api):
    """The id of the instrument that comes with the program."""
    return next(one["id"] for one in api.ok("GET", "/instruments?limit=100")["items"] if one["key"] == "nr-1")


def plan_round(council, closes_at, title="Mognadsanalys 2026", people=8, contract=None, instrument=None):
    """A round with its contract and a seat for each of so many posts; the first post is the one that Alva registered with."""
    api = council.api
    instrument = instrument or built_in(api)
    council.round = api.ok("POST", "/rounds", {
        "title": title, "instrumentId": instrument, "targetYear": 2028, "closesAt": closes_at,
        "ordererName": "Kim Falk", "ordererTitle": "Kvalitetsdirektör", "runnerName": "Alva Ek", "runnerTitle": "E-strateg"})["id"]
    api.ok("PUT", f"/rounds/{council.round}/contract", contract or CONTRACT)
    posts = api.ok("GET", "/posts")["items"]
    for number in range(len(posts), people):
        posts.append(api.ok("POST", "/posts", {
            "function": FUNCTIONS[number % len(FUNCTIONS)], "title": f"Befattning {number + 1}", "area": f"Område {number + 1}",
            "holderName": f"Person {number + 1}", "holderAddress": f"person{number + 1}@{council.domain}", "holderLanguage": "sv"}))
    council.seats = [
        Seat(seat["id"], seat["address"])
        for seat in (api.ok("POST", f"/rounds/{council.round}/seats", {"postId": post["id"]}) for post in posts[:people])]
    return council.round


def invite_and_open(council, server):
    api = council.api
    before = {seat.address: len(server.mails(seat.address)) for seat in council.seats}
    api.ok("POST", f"/rounds/{council.round}/invitations", {})
    api.ok("POST", f"/rounds/{council.round}/opening")
    for seat in council.seats:
        link = server.wait_for_mail(seat.address, before[seat.address] + 1).links[0]
        seat.api = api.as_holder_of(token_in(link))


def answer(seat, number, submit=True):
    """Answers all items in a way that differs from seat to seat, and submits."""
    answers = {}
    for index, item in enumerate(ITEMS):
        if (index + number) % 11 == 0:
            answers[item] = {"mark": "dontKnow"}
        else:
            current = 1 + (number + index) % 4
            answers[item] = {"current": current, "desired": min(5, current + 1 + (number * index) % 2)}
    seat.api.ok("PATCH", "/participation/answers", {"answers": answers})
    if submit:
        seat.api.ok("PUT", "/participation/submission")


def fix(council, submitted=None):
    """Closes and fixes, and waits until the worker has done it."""
    api, path = council.api, f"/rounds/{council.round}"
    if api.ok("GET", path)["state"] == "open":
        api.ok("POST", f"{path}/closing")
    count = api.ok("GET", f"{path}/response-count")["submitted"] if submitted is None else submitted
    api.ok("POST", f"{path}/fixing", {"submitted": count})
    wait_until(lambda: api.ok("GET", path)["state"] == "fixed")


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower())
