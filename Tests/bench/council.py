"""A council that registers and holds a round, all through the API, as deploy/bench needs it: the steps, and who answers by which link."""

import email
import email.policy
import http.client
import json
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import open_round

# By role family, so that a split exists.
FUNCTIONS = ["quality-director", "hr-director", "finance-director", "it-director", "e-strategist", "development-strategist",
             "programme-area-representative", "programme-area-representative"]
AREAS = ["Barn och utbildning", "Kultur och fritid", "Samhällsbyggnad", "Vård och omsorg", "Arbete och försörjning"]
CLIENTS = 8


def wait_for(find, seconds=300):
    """What `find` gives once it gives something."""
    deadline = time.monotonic() + seconds
    while not (found := find()):
        if time.monotonic() > deadline:
            raise SystemExit("it did not come true in time")
        time.sleep(0.02)
    return found


class Refused(SystemExit):
    """An answer that is none of 200 to 299."""


class Client:
    """One connection to a server's API, with a token or none."""

    def __init__(self, server, token=None):
        address = urlsplit(server.address)
        self.server, self.headers = server, {"Authorization": f"Bearer {token}"} if token else {}
        self.connection = http.client.HTTPConnection(address.hostname, address.port, timeout=120)

    def bytes(self, method, path, body=None, headers=()):
        sent = None if body is None else json.dumps(body).encode()
        content = {"Content-Type": "application/json"} if body is not None else {}
        self.connection.request(method, path, sent, self.headers | content | dict(headers))
        answer = self.connection.getresponse()
        read = answer.read()
        if answer.status >= 300:
            raise Refused(f"{method} {path}: {answer.status} {read.decode(errors='replace')[:500]}")
        return read

    def call(self, method, path, body=None):
        read = self.bytes(method, f"/api/v1{path}", body)
        return json.loads(read) if read else None


class Council:
    def __init__(self, server, code, seats):
        self.server, self.code, self.seats = server, code, seats
        self.domain = f"demo{code[2:]}.example"
        self.register()
        self.id = server.psql(f"select municipality_id from app.municipalities where code = '{code}'")
        self.me.call("POST", "/agreements", {
            "controller": "Kommunstyrelsen", "version": "1.0", "signedOn": "2026-01-01", "signatoryName": "Berit Lund", "signatoryTitle": "Kommundirektör",
            "diaryNumber": "KS 2026/1"})

    def register(self):
        nobody, address = Client(self.server), f"alva@{self.domain}"
        known = nobody.call("GET", f"/municipalities?search={self.code}")["items"][0]
        nobody.call("POST", "/registrations", {
            "municipalityCode": self.code, "orgNr": known["orgNr"], "name": "Alva Ek", "address": address, "function": "e-strategist", "language": "sv",
            "termsAccepted": True, "termsVersion": "2026-11"})
        mail = wait_for(lambda: next((text for text in self.mails() if address in text), None))
        token = re.search(r"/r/([\w-]{67})", mail)[1]
        self.token = nobody.call("POST", "/registration-verifications", {"token": token})["session"]["token"]
        self.me = Client(self.server, self.token)

    def mails(self):
        for path in (self.server.data / "mail").glob("*.eml"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            yield f"{message['To']}\n{message.get_body(('plain',)).get_content()}"

    def number_of_mails(self):
        return sum(1 for _ in (self.server.data / "mail").glob("*.eml"))

    # The steps of a round

    def plan(self):
        instrument = self.me.call("GET", "/instruments")["items"][0]["id"]
        self.round = self.me.call("POST", "/rounds", {
            "title": "Mognadsanalys", "instrumentId": instrument, "targetYear": 2030, "closesAt": "2099-01-01T00:00:00Z", "ordererName": "Kim Falk",
            "ordererTitle": "Kvalitetsdirektör", "runnerName": "Alva Ek", "runnerTitle": "E-strateg"})["id"]
        self.path = f"/rounds/{self.round}"
        self.me.call("PUT", f"{self.path}/contract", {
            "k": 5, "controller": "Kommunstyrelsen", "audiences": ["participants", "council"], "comments": False, "purpose": "Att mäta.",
            "retention": "Tills det är mätt.", "disposalDecision": "KS 2026/2", "contact": f"ombud@{self.domain}"})

    def import_seats(self):
        """A post and a seat for each of so many people, from a table."""
        lines = [f"{FUNCTIONS[n % len(FUNCTIONS)]};Post {n};{AREAS[n // len(FUNCTIONS) % len(AREAS)]};P{n};p{n}@{self.domain}" for n in range(self.seats)]
        table = "\n".join(["function;title;area;name;address", *lines])
        self.me.call("POST", f"{self.path}/seat-imports", {"table": table, "confirm": True})

    def invite(self):
        self.me.call("POST", f"{self.path}/invitations", {})

    def open(self):
        self.me.call("POST", f"{self.path}/opening")

    def answer(self):
        """Everybody saves all answers in one call, and submits; so many at a time."""
        seats = self.server.psql(f"select id from app.seats where round_id = '{self.round}'").split()
        chance = random.Random(1)
        sheets = [{item: {"current": (level := chance.randint(1, 4)), "desired": chance.randint(level, 5)} for item in open_round.ITEMS} for _ in seats]

        def give(pair):
            client = Client(self.server, open_round.signed(self.server.data, "seat", self.id, pair[0], 1))
            client.call("PATCH", "/participation/answers", {"answers": pair[1]})
            client.call("PUT", "/participation/submission")

        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(give, zip(seats, sheets)))

    def close(self):
        self.me.call("POST", f"{self.path}/closing")

    def fix(self):
        """Until the worker has done it."""
        submitted = self.me.call("GET", f"{self.path}/response-count")["submitted"]
        self.me.call("POST", f"{self.path}/fixing", {"submitted": submitted})
        wait_for(lambda: self.server.psql(f"select state from app.rounds where id = '{self.round}'") == "fixed")
