"""The councils on which the isolation matrix, the canaries and the bad input are tried, and one row for each operation.

A `Town` is a council with a member of each role, and the steps that bring a round where an operation needs it. `TABLE` says, for each
operation of openapi.yaml, how to bring about that its rightful actor succeeds with it.
"""

import base64
import functools
import hashlib
import itertools
import json
import secrets
import uuid
from dataclasses import dataclass, field

from instruments import questionnaire
from people import ITEMS, Api, built_in, token_in, wait_until

EARLIER, NOW, SOON, CLOSES = "2026-10-01T08:00:00Z", "2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z", "2026-12-14T16:00:00Z"

# Who may do what: told once more, so that a change of the code's own (Rules, Permissions) is seen.
EVERYBODY = ("administrator", "strategist", "director", "programme-area")
READERS = ("strategist", "director", "programme-area")
ROLES = {
    "read-council": EVERYBODY, "read-members": ("administrator", "strategist"), "manage-members": ("administrator",),
    "record-agreement": ("administrator",), "change-settings": ("administrator",), "read-posts": ("strategist",),
    "manage-posts": ("strategist",), "read-rounds": READERS, "set-up-round": ("strategist",), "invite": ("strategist",),
    "open-round": ("strategist",), "close-round": ("strategist",), "fix-round": ("strategist",), "conclude-round": ("strategist",),
    "cancel-round": ("strategist",), "read-response-count": ("strategist",), "read-result": READERS, "share-result": ("strategist",),
    "read-position": READERS, "write-analysis": ("strategist",), "delete-comment": ("strategist",), "read-log": ("administrator", "strategist"),
}

FUNCTIONS = ["quality-director", "hr-director", "finance-director", "it-director", "communications-director"]


@dataclass
class Round:
    id: str
    seats: list = field(default_factory=list)   # (id, Api of its personal link)


@dataclass
class Ask:
    """What to send for an operation to succeed: the ids in the path, the query, the body, and by whom."""

    town: "Town" = None
    ids: dict = field(default_factory=dict)
    body: object = None
    query: str = ""
    actor: Api = None         # by default a member whose only role has the capability
    of_all: bool = False      # what the path names belongs to no council
    headers: dict = field(default_factory=dict)


class Town:
    """A registered council. All that its people write holds `word`."""

    def __init__(self, world, code, word):
        self.world, self.code, self.word = world, code, word
        self.domain = f"demo{code[2:]}.example"
        self._numbers = itertools.count(1)
        self.alva_address = self.address("alva")
        self.alva = self._register()
        self.municipality = world.sql("select municipality_id from app.municipalities where code = %s", code)[0][0]
        self.members = {role: self.member(role) for role in EVERYBODY}      # role: (id, Api)
        self.colleague = self.member("director")[0]
        self.agreement = self.alva.ok("POST", "/agreements", self.agreement_body())["id"]
        self.instrument = built_in(self.alva)
        self.posts = [self.post(function) for function in FUNCTIONS]
        self.set_area_word()

    # Words

    def say(self, what):
        return f"{what} {self.word} {next(self._numbers)}"

    def address(self, who):
        return f"{who}.{next(self._numbers)}.{self.word}@{self.domain}".lower()

    # People

    def application(self):
        known = next(m for m in self.world.nobody.ok("GET", f"/municipalities?search={self.code}")["items"] if m["code"] == self.code)
        return {
            "municipalityCode": self.code, "orgNr": known["orgNr"], "name": self.say("Alva"), "address": self.alva_address,
            "function": "e-strategist", "area": self.say("Del"), "language": "sv", "termsAccepted": True, "termsVersion": "2026-11"}

    def _register(self):
        nobody = self.world.nobody
        token = self.world.link_after(self.alva_address, lambda: nobody.ok("POST", "/registrations", self.application()))
        return nobody.as_holder_of(nobody.ok("POST", "/registration-verifications", {"token": token})["session"]["token"])

    def newcomer(self, role="director"):
        return {"name": self.say("Ny"), "address": self.address("ny"), "language": "en", "roles": [role]}

    def invitation_token(self, role="director", made=None):
        """That of the link in the mail to a new member."""
        body = self.newcomer(role)
        return self.world.link_after(body["address"], lambda: (made if made is not None else {}).update(self.alva.ok("POST", "/members", body)))

    def member(self, role="director"):
        """A new member who has signed in: (id, Api)."""
        made = {}
        session = self.world.session(self.invitation_token(role, made))
        return made["id"], session

    def sign_in_again(self, role):
        """Another session of the member with that role."""
        return self.world.sign_in(self.alva.ok("GET", f"/members/{self.members[role][0]}")["address"])

    def own_session(self):
        """A member with another session open: (the other's id, Api)."""
        member, api = self.member()
        self.world.sign_in(self.alva.ok("GET", f"/members/{member}")["address"])
        return next(one["id"] for one in api.ok("GET", "/sessions")["items"] if not one["current"]), api

    def address_token(self):
        """That of the link that goes to a new address of a member who asks for it."""
        api, address = self.member()[1], self.address("nytt")
        return self.world.link_after(address, lambda: api.ok("POST", "/address-changes", {"address": address}))

    def join_body(self):
        return {"municipalityCode": self.code, "name": self.say("Kollega"), "address": self.address("kollega"), "language": "sv"}

    def join_token(self):
        body = self.join_body()
        return self.world.link_after(body["address"], lambda: self.world.nobody.ok("POST", "/join-requests", body))

    def join_request(self):
        """One that waits for an administrator."""
        self.world.nobody.ok("POST", "/join-confirmations", {"token": self.join_token()})
        return self.alva.ok("GET", "/join-requests?limit=100")["items"][-1]["id"]

    def by(self, capability):
        """A member who has the capability by a single role, the narrowest."""
        return self.members[ROLES[capability][-1]][1]

    # Papers and posts

    def set_area_word(self):
        self.members["administrator"][1].ok("PATCH", "/council", {"areaWord": self.say("omr")})

    def agreement_body(self):
        return {
            "controller": self.say("Kommunstyrelsen"), "version": self.say("v"), "signedOn": "2026-09-30", "signatoryName": self.say("Eva"),
            "signatoryTitle": self.say("Direktör"), "diaryNumber": self.say("KS")}

    def post_body(self, function="quality-director"):
        return {
            "function": function, "title": self.say("Befattning"), "area": self.say("Del"), "holderName": self.say("Bo"),
            "holderAddress": self.address("bo"), "holderLanguage": "sv"}

    def post(self, function="quality-director"):
        return self.alva.ok("POST", "/posts", self.post_body(function))["id"]

    def deputy_body(self):
        return {"name": self.say("Dag"), "address": self.address("dag"), "language": "sv", "fromDay": "2026-11-01", "toDay": "2026-12-31"}

    def deputy(self, post):
        return self.alva.ok("POST", f"/posts/{post}/deputies", self.deputy_body())["id"]

    def seat_table(self):
        return f"Befattning;Namn;E-post\n{self.say('Roll')};{self.say('Rut')};{self.address('rut')}"

    # Instruments

    def file(self):
        """An instrument's file with a key of its own."""
        return questionnaire(f"egen-{self.word}-{next(self._numbers)}", word=self.word)

    def own_instrument(self, published=False):
        made = self.alva.ok("POST", "/instruments", self.file())["id"]
        if published:
            self.alva.ok("POST", f"/instruments/{made}/publication")
        return made

    @functools.cached_property
    def instrument_in_use(self):
        """One of the council's own that a round has; before it another was deleted."""
        self.alva.ok("DELETE", f"/instruments/{self.own_instrument()}")
        made = self.own_instrument(published=True)
        self.alva.ok("POST", "/rounds", {**self.round_body(), "instrumentId": made})
        return made

    # Rounds

    def round_body(self):
        return {
            "title": self.say("Mognadsanalys"), "instrumentId": self.instrument, "targetYear": 2028, "closesAt": CLOSES,
            "ordererName": self.say("Kim"), "ordererTitle": self.say("Kvalitetschef"), "runnerName": self.say("Alva"), "runnerTitle": self.say("Strateg")}

    def contract_body(self):
        return {
            "k": 5, "controller": self.say("Nämnden"), "audiences": ["participants", "council", "anonymous-statistics"], "comments": True,
            "purpose": self.say("Syfte"), "retention": self.say("Gallring"), "disposalDecision": self.say("Beslut"), "contact": self.say("Kontakt")}

    def planned(self, seats=0, deputies=0):
        """A planned round with its contract and so many seats, of which so many are held by deputies."""
        made = Round(self.alva.ok("POST", "/rounds", self.round_body())["id"])
        self.alva.ok("PUT", f"/rounds/{made.id}/contract", self.contract_body())
        for number, post in enumerate(self.posts[:seats]):
            made.seats.append((self.seat(made, post, deputy=number < deputies)["id"], None))
        return made

    def seat_body(self, post, deputy=False):
        named = {"deputy": {"name": self.say("Dag"), "address": self.address("dag"), "language": "sv"}}
        return {"postId": post, **(named if deputy else {})}

    def seat(self, round, post, deputy=False):
        return self.alva.ok("POST", f"/rounds/{round.id}/seats", self.seat_body(post, deputy))

    def invited(self, seats=1, deputies=0):
        made = self.planned(seats, deputies)
        addresses = [self.alva.ok("GET", f"/rounds/{made.id}/seats/{seat}")["address"] for seat, _ in made.seats]
        links = self.world.links_after(addresses, lambda: self.alva.ok("POST", f"/rounds/{made.id}/invitations", {}))
        made.seats = [(seat, self.alva.as_holder_of(link)) for (seat, _), link in zip(made.seats, links)]
        return made

    def open(self, seats=1, deputies=0):
        made = self.invited(seats, deputies)
        self.alva.ok("POST", f"/rounds/{made.id}/opening")
        return made

    def seminar_body(self):
        return {
            "startsAt": "2026-12-01T08:00:00Z", "endsAt": "2026-12-01T09:30:00Z", "place": self.say("Rosen"), "agenda": self.say("Dagordning"),
            "link": f"https://mote.example/{self.word}", "materials": [{"title": self.say("Bok"), "link": f"https://bok.example/{self.word}"}]}

    def with_seminar(self):
        made = self.planned(seats=1)
        self.alva.ok("PUT", f"/rounds/{made.id}/seminar", self.seminar_body())
        return made

    @functools.cached_property
    def at_seminar(self):
        """A round at its seminar, with a participant who has been called."""
        made = self.with_seminar()
        address = self.alva.ok("GET", f"/rounds/{made.id}/seats/{made.seats[0][0]}")["address"]
        link = self.world.link_after(address, lambda: self.alva.ok("POST", f"/rounds/{made.id}/seminar/invitations"))
        made.seats = [(made.seats[0][0], self.alva.as_holder_of(link))]
        return made

    @functools.cached_property
    def written(self):
        """What people of the council write to each other before a round opens."""
        made = self.at_seminar
        made.seats[0][1].ok("PUT", "/participation/seminar", {"attends": False, "note": self.say("Hinder")})
        text = lambda: {"sv": self.say("Text"), "en": self.say("Text")}
        self.alva.ok("PATCH", f"/rounds/{self.planned().id}/texts", {"invitation": text(), "introduction": text(), "reminder": text()})
        self.deputy(self.posts[0])
        return made

    def comment_body(self):
        return {"text": self.say("Åsikt"), "consent": True}

    def comment(self):
        """The id of a published comment of the round with a result."""
        return self.alva.ok("GET", f"/rounds/{self.fixed.id}/comments")["comments"][0]["id"]

    def closed(self, submitted=0):
        made = self.open(max(1, submitted))
        for number, (_, person) in enumerate(made.seats[:submitted]):
            levels = {item: {"current": 1 + (number + index) % 4, "desired": 5} for index, item in enumerate(ITEMS)}
            person.ok("PATCH", "/participation/answers", {"answers": levels})
            for dimension in ("d1", "d2", "d3", "d4"):
                person.ok("PUT", f"/participation/comments/{dimension}", self.comment_body())
            person.ok("PUT", "/participation/submission")
        self.alva.ok("POST", f"/rounds/{made.id}/closing")
        return made

    @functools.cached_property
    def fixed(self):
        """The round with a result. A council has one: the next could be fixed a month later."""
        made = self.closed(submitted=5)
        self.alva.ok("POST", f"/rounds/{made.id}/fixing", {"submitted": 5})
        wait_until(lambda: self.alva.ok("GET", f"/rounds/{made.id}")["state"] == "fixed")
        self.alva.ok("PUT", f"/rounds/{made.id}/sharing")
        self.alva.ok("PATCH", f"/rounds/{made.id}", {"diaryNumber": self.say("KS")})
        version = self.alva.ok("POST", f"/rounds/{made.id}/analysis/versions", self.analysis_body(made))["version"]
        self.alva.ok("PUT", f"/rounds/{made.id}/analysis/publication", {"version": version})
        comment = self.alva.ok("GET", f"/rounds/{made.id}/comments")["comments"][0]
        self.alva.ok("DELETE", f"/rounds/{made.id}/comments/{comment['id']}")
        return made

    def newest_analysis(self, round):
        """The number of the newest version of the analysis in words."""
        versions = self.alva.ok("GET", f"/rounds/{round.id}/analysis/versions?limit=1&page=1")["items"]
        return versions[0]["version"] if versions else 0

    def analysis_body(self, round):
        texts = lambda: {"sv": self.say("Analys"), "en": self.say("Analysis")}
        dimensions = [{"key": f"d{number}", "text": texts()} for number in range(1, 9)]
        return {"basedOn": self.newest_analysis(round), "overall": texts(), "dimensions": dimensions}

    @functools.cached_property
    def running(self):
        """An open round in which nobody has answered yet."""
        made = self.open(seats=2)
        for _, person in made.seats:
            person.ok("PUT", "/participation/comments/d1", self.comment_body())
        return made

    @functools.cached_property
    def sessions(self):
        """The ids of its administrator's."""
        return [one["id"] for one in self.alva.ok("GET", "/sessions")["items"]]

    @functools.cached_property
    def waiting(self):
        """Two requests to join that nobody decides."""
        return [self.join_request() for _ in range(2)]

    @functools.cached_property
    def lone_seat(self):
        """A seat of a round of its own."""
        return self.planned(seats=1).seats[0][0]

    @functools.cached_property
    def void_links(self):
        """Personal links that opened seats: of one whose holder was changed, of one that was removed, of a round that was cancelled."""
        changed, ended = self.open(seats=2), self.open(seats=1)
        (first, _), (second, _) = changed.seats
        self.alva.ok("PATCH", f"/rounds/{changed.id}/seats/{first}", {"name": self.say("Ny"), "address": self.address("ny"), "confirmDeletion": True})
        self.alva.ok("DELETE", f"/rounds/{changed.id}/seats/{second}?confirmDeletion=true")
        self.alva.ok("POST", f"/rounds/{ended.id}/cancellation")
        return {"the seat's former holder": changed.seats[0][1], "a removed seat": changed.seats[1][1], "a cancelled round": ended.seats[0][1]}


class World:
    """One server with three councils, an operator, and sessions that ended while time went by."""

    def __init__(self, start_server):
        self.seen = []
        # The first sessions are made seven weeks before the rest, so that they have expired by the clock when the tests begin.
        self.server = start_server("--now", EARLIER)
        self.nobody = Api(self.server, seen=self.seen)
        self.here = Town(self, "9901", "hemma")
        self.expired = {role: api for role, (_, api) in self.here.members.items()}
        self._operators = itertools.count(1)
        self.expired_operator = self.new_operator()
        self._connection.close()
        self.server.stop()
        self.server = start_server("--now", NOW, data=self.server.data)
        self.nobody = Api(self.server, seen=self.seen)
        self.operator = self.new_operator()
        self.here.alva = self.sign_in(self.here.alva_address)
        for role, (member, _) in list(self.here.members.items()):
            self.here.members[role] = (member, self.here.sign_in_again(role))
        for api in (*self.expired.values(), self.expired_operator):
            api.server = self.server
        self.there = Town(self, "9902", "klar")
        # Whatever people of this council write is found again by its word (test_canaries).
        self.other = Town(self, "9903", "kanarie" + secrets.token_hex(4))
        self.codes = itertools.count(9904)

    # Those who could, and cannot any more

    @functools.cached_property
    def ended_session(self):
        api = self.here.member("administrator")[1]
        api.ok("DELETE", "/session")
        return api

    @functools.cached_property
    def former_member(self):
        member, api = self.here.member("strategist")
        self.here.alva.ok("DELETE", f"/members/{member}")
        return api

    @functools.cached_property
    def ended_operator(self):
        api = self.new_operator()
        api.ok("DELETE", "/operator/session")
        return api

    @functools.cached_property
    def other_participants(self):
        """Who hold links that open other seats."""
        return {
            "a participant of the same round": self.here.running.seats[1][1], "a participant of another round": self.here.open().seats[0][1],
            "a participant of another council": self.other.running.seats[0][1], "a participant of a fixed round": self.there.fixed.seats[0][1]}

    # Mail and sessions

    def link_after(self, address, cause):
        return self.links_after([address], cause)[0]

    def links_after(self, addresses, cause):
        """The tokens of the links that come to the addresses by what `cause` does."""
        before = {address: len(self.server.mails(address)) for address in addresses}
        cause()
        mails = [self.server.wait_for_mail(address, before[address] + 1) for address in addresses]
        # A mail may name other places too, where people meet.
        return [token_in(next(link for link in mail.links if link.startswith(self.server.base_url))) for mail in mails]

    def session(self, token):
        return self.nobody.as_holder_of(self.nobody.ok("POST", "/sessions", {"token": token})["token"])

    def sign_in_token(self, address):
        return self.link_after(address, lambda: self.nobody.ok("POST", "/sign-in-links", {"address": address}))

    def operator_token(self):
        """That of the link in the mail to a new operator; few are sent to one address."""
        address = f"operator{next(self._operators)}@drift.example"
        self.server.command("operator", "invite", address)
        return self.sign_in_token(address)

    def new_operator(self):
        return self.session(self.operator_token())

    def of_two(self):
        """A member of the first council who belongs to the third too."""
        member, api = self.here.member()
        address = self.here.alva.ok("GET", f"/members/{member}")["address"]
        self.link_after(address, lambda: self.there.alva.ok("POST", "/members", {**self.there.newcomer(), "address": address}))
        return api

    def operators_other_session(self):
        """Of an operator with two sessions: (the other's id, Api)."""
        api = self.new_operator()
        self.sign_in(api.ok("GET", "/operator/session")["address"])
        return next(one["id"] for one in api.ok("GET", "/operator/sessions")["items"] if not one["current"]), api

    def sign_in(self, address):
        return self.session(self.sign_in_token(address))

    # Instruments that are offered to all

    def file(self):
        return questionnaire(f"alla-{secrets.token_hex(4)}", word="Alla")

    def offered(self):
        return self.operator.ok("POST", "/operator/instruments", self.file())["id"]

    # Registrations that are not done yet

    def stranger(self):
        """An application from a council that is not here, at a mail domain that nobody knows."""
        joined = {row[0] for row in self.sql("select code from app.municipalities where joined_at is not null or fictional")}
        code, org_nr = next(
            row for row in self.sql(
                """select code, org_nr from app.municipalities m where code > '2000'
                   and not exists (select from app.registrations r where r.municipality_id = m.municipality_id) order by code""")
            if row[0] not in joined)
        return {
            "municipalityCode": code, "orgNr": org_nr, "name": "Sten Sökande", "address": f"sten@kommun{code}.example", "function": "e-strategist",
            "language": "sv", "termsAccepted": True, "termsVersion": "2026-11"}

    def registration_token(self):
        body = self.stranger()
        return self.link_after(body["address"], lambda: self.nobody.ok("POST", "/registrations", body))

    def waiting_registration(self):
        token = self.registration_token()
        assert self.nobody.ok("POST", "/registration-verifications", {"token": token})["state"] == "waiting"
        return self.operator.ok("GET", "/operator/registrations?state=waiting&limit=100")["items"][-1]["id"]

    def new_town(self):
        code = str(next(self.codes))
        return Town(self, code, f"by{code}")

    # The database, as nobody but the tests sees it

    @functools.cached_property
    def _connection(self):
        connection = self.server.connect("nyttograd_super")
        connection.autocommit = True
        return connection

    def sql(self, statement, *parameters):
        if self._connection.closed or self._connection.info.status != 0:
            del self._connection
        return self._connection.execute(statement, parameters).fetchall()

    @functools.cached_property
    def tables(self):
        """Every table, with whether its rows belong to a council."""
        return dict(self.sql(
            """select c.relname, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'municipality_id' and not a.attisdropped)
               from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migrations' order by 1"""))

    def contents(self, tables, where="true", *parameters):
        """A fingerprint of the rows of the tables; of jobs none, which come and go by themselves."""
        parts = [
            f"select '{table}', count(*), md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from app.{table} t where {where}"
            for table in tables if table != "jobs"]
        rows = self.sql(" union all ".join(parts), *(parameters * len(parts)))
        return {table: (count, digest) for table, count, digest in rows}

    def contents_of(self, town):
        return self.contents([table for table, is_tenants in self.tables.items() if is_tenants], "municipality_id = %s", town.municipality)

    def settle(self):
        """Waits until the worker has done what was ordered for now."""
        wait_until(lambda: self.sql("select count(*) from app.jobs where run_at < %s", SOON)[0][0] == 0)

    def all_contents(self):
        return self.contents(self.tables)

    def response_of(self, participant):
        """What is stored for the holder of a personal link."""
        seat = uuid.UUID(bytes=base64.urlsafe_b64decode(participant.token + "=")[16:32])
        return (self.sql("select current, desired, submitted from app.responses where seat_id = %s", seat)
                + self.sql("select dimension, text, consent from app.comments where seat_id = %s order by 1", seat))

    def ids_of(self, town):
        """Every id that stands in the council's own rows, as text. Those of instruments and editions are everybody's."""
        columns = self.sql(
            """select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
               where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and a.atttypid = 'uuid'::regtype and not a.attisdropped
                 and a.attname not in ('instrument_id', 'edition_id')""")
        parts = [f"select {name}::text from app.{table} where municipality_id = %s and {name} is not null" for table, name in columns if self.tables[table]]
        everybodys = {row[0] for row in self.sql("select id::text from app.instruments")}
        return {row[0] for row in self.sql(" union ".join(parts), *[town.municipality] * len(parts))} - everybodys


# ---- One row for each operation

def on_round(ask):
    """A row that needs nothing but a round: `ask` gives (town, round, body)."""
    def row(w):
        town, round, *body = ask(w)
        return Ask(town, {"roundId": round.id}, *body)
    return row


def on_seat(make, body=None, query=""):
    def row(w):
        round = make(w.here)
        return Ask(w.here, {"roundId": round.id, "seatId": round.seats[0][0]}, body and body(w.here), query)
    return row


def by_participant(body=None, **ids):
    return lambda w: Ask(w.here, ids, body, actor=w.here.running.seats[0][1])


def on_registration(w):
    return Ask(ids={"registrationId": w.waiting_registration()}, actor=w.operator)


def on_own_session(w):
    session, api = w.here.own_session()
    return Ask(w.here, {"sessionId": session}, actor=api)


def on_operators_session(w):
    session, api = w.operators_other_session()
    return Ask(ids={"sessionId": session}, actor=api)


def a_seat_for_a_deputy(w):
    return Ask(w.here, {"roundId": w.here.planned().id}, w.here.seat_body(w.here.posts[0], deputy=True))


def an_invitation(w):
    round = w.here.planned(seats=1)
    return Ask(w.here, {"roundId": round.id}, {"seatIds": [round.seats[0][0]]})


def a_fixing(w):
    """In a council of its own: another could not be fixed so soon after."""
    town = w.new_town()
    return Ask(town, {"roundId": town.closed(submitted=5).id}, {"submitted": 5})


def at_seminar(w, body=None):
    return Ask(w.here, body=body, actor=w.here.at_seminar.seats[0][1])


def a_deputy(w):
    post = w.here.post()
    return Ask(w.here, {"postId": post, "deputyId": w.here.deputy(post)})


def an_own_comment(w):
    participant = w.here.running.seats[0][1]
    participant.ok("PUT", "/participation/comments/d1", w.here.comment_body())
    return Ask(w.here, {"dimensionKey": "d1"}, actor=participant)


LEVELS, MARK = {"current": 2, "desired": 4}, {"mark": "dontKnow"}

TABLE = {
    "getApiInfo": lambda w: Ask(),
    "listMunicipalities": lambda w: Ask(query="search=lill&limit=20&page=1"),
    "listFunctions": lambda w: Ask(),
    # Signing in
    "createRegistration": lambda w: Ask(body=w.stranger()),
    "verifyRegistration": lambda w: Ask(body={"token": w.registration_token()}),
    "requestSignInLink": lambda w: Ask(body={"address": w.here.alva_address}),
    "createSession": lambda w: Ask(body={"token": w.here.invitation_token()}),
    "getSession": lambda w: Ask(w.here),
    "deleteSession": lambda w: Ask(w.here, actor=w.here.member()[1]),
    "listSessions": lambda w: Ask(w.here, query="limit=20&page=1", actor=w.here.own_session()[1]),
    "endOtherSessions": lambda w: Ask(w.here),
    "endSession": on_own_session,
    "listOwnCouncils": lambda w: Ask(w.here),
    "switchCouncil": lambda w: Ask(w.here, body={"councilCode": w.there.code}, actor=w.of_two()),
    # Coming, going, and another address
    "leaveCouncil": lambda w: Ask(w.here, actor=w.here.member()[1]),
    "requestAddressChange": lambda w: Ask(w.here, body={"address": w.here.address("annan")}, actor=w.here.member()[1]),
    "confirmAddress": lambda w: Ask(body={"token": w.here.address_token()}),
    "createJoinRequest": lambda w: Ask(body=w.here.join_body()),
    "confirmJoinRequest": lambda w: Ask(body={"token": w.here.join_token()}),
    "listJoinRequests": lambda w: w.here.waiting and Ask(w.here, query="limit=20&page=1"),
    "approveJoinRequest": lambda w: Ask(w.here, {"joinRequestId": w.here.join_request()}, {"roles": ["director"]}),
    "refuseJoinRequest": lambda w: Ask(w.here, {"joinRequestId": w.here.join_request()}),
    "inviteMemberAgain": lambda w: Ask(w.here, {"memberId": w.here.alva.ok("POST", "/members", w.here.newcomer())["id"]}),
    # The council
    "getCouncil": lambda w: Ask(w.here),
    "changeCouncil": lambda w: Ask(w.here, body={"areaWord": w.here.say("omr")}),
    "listMembers": lambda w: Ask(w.here, query="limit=20&page=1"),
    "inviteMember": lambda w: Ask(w.here, body=w.here.newcomer()),
    "getMember": lambda w: Ask(w.here, {"memberId": w.here.colleague}),
    "removeMember": lambda w: Ask(w.here, {"memberId": w.here.member()[0]}),
    "setMemberRoles": lambda w: Ask(w.here, {"memberId": w.here.member()[0]}, {"roles": ["director", "strategist"]}),
    "listAgreements": lambda w: Ask(w.here, query="limit=20&page=1"),
    "recordAgreement": lambda w: Ask(w.here, body=w.here.agreement_body()),
    "getAgreement": lambda w: Ask(w.here, {"agreementId": w.here.agreement}),
    "listPosts": lambda w: Ask(w.here, query="limit=20&page=1"),
    "createPost": lambda w: Ask(w.here, body=w.here.post_body()),
    "getPost": lambda w: Ask(w.here, {"postId": w.here.posts[0]}),
    "changePost": lambda w: Ask(w.here, {"postId": w.here.post()}, {k: v for k, v in w.here.post_body().items() if k != "function"}),
    "retirePost": lambda w: Ask(w.here, {"postId": w.here.post()}),
    "listDeputies": lambda w: Ask(w.here, {"postId": w.here.posts[0]}),
    "addDeputy": lambda w: Ask(w.here, {"postId": w.here.post()}, w.here.deputy_body()),
    "removeDeputy": a_deputy,
    # Instruments
    "listInstruments": lambda w: Ask(w.here, query="limit=20&page=1"),
    "getInstrument": lambda w: Ask(w.here, {"instrumentId": w.here.instrument_in_use}),
    "importInstrument": lambda w: Ask(w.here, body=w.here.file()),
    "replaceInstrument": lambda w: Ask(w.here, {"instrumentId": w.here.own_instrument()}, w.here.file(), headers={"If-Match": "*"}),
    "deleteInstrument": lambda w: Ask(w.here, {"instrumentId": w.here.own_instrument(published=True)}),
    "publishInstrument": lambda w: Ask(w.here, {"instrumentId": w.here.own_instrument()}),
    "getInstrumentFile": lambda w: Ask(w.here, {"instrumentId": w.here.own_instrument()}),
    # Rounds
    "listRounds": lambda w: Ask(w.here, query="limit=20&page=1"),
    "createRound": lambda w: Ask(w.here, body=w.here.round_body()),
    "getRound": on_round(lambda w: (w.here, w.here.running)),
    "changeRound": on_round(lambda w: (w.here, w.here.planned(), {k: v for k, v in w.here.round_body().items() if k != "instrumentId"})),
    "getContract": on_round(lambda w: (w.here, w.here.running)),
    "setContract": on_round(lambda w: (w.here, w.here.planned(), w.here.contract_body())),
    "listSeats": on_round(lambda w: (w.here, w.here.running)),
    "addSeat": a_seat_for_a_deputy,
    "getSeat": on_seat(lambda town: town.running),
    "changeSeat": on_seat(
        lambda town: town.open(),
        lambda town: {"name": town.say("Nils"), "address": town.address("nils"), "language": "en", "confirmDeletion": True}),
    "removeSeat": on_seat(lambda town: town.open(), query="confirmDeletion=true"),
    "getSeatProposals": on_round(lambda w: (w.here, w.here.running)),
    "importSeats": on_round(lambda w: (w.here, w.here.planned(), {"table": w.here.seat_table(), "confirm": True})),
    "inviteSeats": an_invitation,
    "getSeminar": on_round(lambda w: (w.here, w.here.with_seminar())),
    "setSeminar": on_round(lambda w: (w.here, w.here.planned(), w.here.seminar_body())),
    "cancelSeminar": on_round(lambda w: (w.here, w.here.with_seminar())),
    "holdSeminar": on_round(lambda w: (w.here, w.here.with_seminar())),
    "getAttendances": on_round(lambda w: (w.here, w.here.running)),
    "getReminders": on_round(lambda w: (w.here, w.here.running)),
    "setReminders": on_round(lambda w: (w.here, w.here.planned(), {"days": ["2026-12-03"]})),
    "remind": on_round(lambda w: (w.here, w.here.open())),
    "getRoundTexts": on_round(lambda w: (w.here, w.here.running)),
    "changeRoundTexts": on_round(lambda w: (w.here, w.here.planned(), {"reminder": {"sv": w.here.say("Minns"), "en": w.here.say("Remember")}})),
    "openRound": on_round(lambda w: (w.here, w.here.planned(seats=1))),
    "closeRound": on_round(lambda w: (w.here, w.here.open())),
    "reopenRound": on_round(lambda w: (w.here, w.here.closed(), {"closesAt": CLOSES})),
    "cancelRound": on_round(lambda w: (w.here, w.here.planned())),
    "holdWorkshop": on_round(lambda w: (w.here, w.here.closed(submitted=1), {"submitted": 1})),
    "concludeRound": on_round(lambda w: (w.here, w.here.closed(submitted=1), {"submitted": 1})),
    "getResponseCount": on_round(lambda w: (w.here, w.here.running)),
    "getFixing": on_round(lambda w: (w.here, w.here.running)),
    "requestFixing": a_fixing,
    "getResult": on_round(lambda w: (w.there, w.there.fixed)),
    "getSharing": on_round(lambda w: (w.there, w.there.fixed)),
    "shareRound": on_round(lambda w: (w.there, w.there.fixed)),
    "unshareRound": on_round(lambda w: (w.there, w.there.fixed)),
    "getPosition": on_round(lambda w: (w.there, w.there.fixed)),
    "getExplanation": lambda w: Ask(w.there, {"roundId": w.there.fixed.id, "figure": "overall.current"}),
    "getTrend": on_round(lambda w: (w.there, w.there.fixed)),
    # What is made of a result
    "getAnalysis": on_round(lambda w: (w.there, w.there.fixed)),
    "getAnalysisDraft": on_round(lambda w: (w.there, w.there.fixed)),
    "listAnalysisVersions": lambda w: Ask(w.there, {"roundId": w.there.fixed.id}, query="limit=20&page=1"),
    "addAnalysisVersion": on_round(lambda w: (w.there, w.there.fixed, w.there.analysis_body(w.there.fixed))),
    "getAnalysisVersion": lambda w: Ask(w.there, {"roundId": w.there.fixed.id, "version": "1"}),
    "publishAnalysis": on_round(lambda w: (w.there, w.there.fixed, {"version": w.there.newest_analysis(w.there.fixed)})),
    "getPlanDraft": on_round(lambda w: (w.there, w.there.fixed)),
    "getReport": on_round(lambda w: (w.there, w.there.fixed)),
    "getReportPage": lambda w: Ask(w.there, {"roundId": w.there.fixed.id}, query="language=en"),
    "getParticipationAnalysis": lambda w: Ask(w.there, actor=w.there.fixed.seats[0][1]),
    # Answering
    "getParticipation": by_participant(),
    "getAnswers": by_participant(),
    "saveAnswers": by_participant({"answers": {"d1.1": MARK}}),
    "deleteAnswers": by_participant(),
    "saveAnswer": by_participant(LEVELS, itemKey="d1.2"),
    "submitResponse": by_participant(),
    "withdrawSubmission": by_participant(),
    "getParticipationSeminar": at_seminar,
    "setAttendance": lambda w: at_seminar(w, {"attends": True, "note": w.here.say("Kommer")}),
    # Comments, and the log
    "getComment": an_own_comment,
    "saveComment": by_participant({"text": "Med egna ord.", "consent": True}, dimensionKey="d1"),
    "deleteComment": by_participant(dimensionKey="d2"),
    "getParticipationComments": lambda w: Ask(w.there, actor=w.there.fixed.seats[0][1]),
    "getComments": on_round(lambda w: (w.there, w.there.fixed)),
    "deletePublishedComment": lambda w: Ask(w.there, {"roundId": w.there.fixed.id, "commentId": w.there.comment()}),
    "listLog": lambda w: w.there.fixed and w.there.instrument_in_use and Ask(w.there, query="limit=20&page=1"),
    "getParticipationResult": lambda w: Ask(w.there, actor=w.there.fixed.seats[0][1]),
    # The operator
    "listRegistrations": lambda w: Ask(query="state=waiting&limit=20&page=1", actor=w.operator),
    "approveRegistration": on_registration,
    "refuseRegistration": on_registration,
    "getOperatorSession": lambda w: Ask(actor=w.operator),
    "listMailDomains": lambda w: Ask(query="limit=20&page=1", actor=w.operator),
    "importMailDomains": lambda w: Ask(body={"csv": f"code,domain\n0114,{secrets.token_hex(4)}.example"}, actor=w.operator),
    "listOffers": lambda w: Ask(query="limit=20&page=1", actor=w.operator),
    "offerInstrument": lambda w: Ask(body=w.file(), actor=w.operator),
    "getOffer": lambda w: Ask(ids={"instrumentId": w.offered()}, actor=w.operator),
    "renewOffer": lambda w: Ask(ids={"instrumentId": w.offered()}, actor=w.operator),
    "withdrawOffer": lambda w: Ask(ids={"instrumentId": w.offered()}, actor=w.operator),
    "listOperatorSessions": lambda w: Ask(query="limit=20&page=1", actor=w.operators_other_session()[1]),
    "endOtherOperatorSessions": lambda w: Ask(actor=w.new_operator()),
    "endOperatorSession": on_operators_session,
    "deleteOperatorSession": lambda w: Ask(actor=w.new_operator()),
}


# ---- Sending

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Request:
    """All that is sent, but for the token."""

    method: str
    path: str
    body: bytes = None
    headers: tuple = ()

    def by(self, api):
        return api.call(self.method, self.path, data=self.body, headers=dict(self.headers))


def request(operation, ask, ids=None, body=None):
    """The ask as a request; with other ids in the path, or another body."""
    path = operation.path.format(**{**ask.ids, **(ids or {})}) + (f"?{ask.query}" if ask.query else "")
    body = ask.body if body is None else body
    if operation.body is None:
        return Request(operation.method, path)
    return Request(operation.method, path, json.dumps(body, ensure_ascii=False).encode(), (*JSON.items(), *ask.headers.items()))


def rightful(operation, ask):
    """Who may."""
    return ask.actor or (ask.town.by(operation.capability) if operation.capability in ROLES else None)


def stripped(answer):
    """An answer without what differs from one request to the next: date, trace id, and the path told back."""
    headers = {name.lower(): value for name, value in answer.headers.items() if name.lower() not in ("date", "traceparent")}
    body = answer.content
    if headers.get("content-type") == "application/problem+json":
        document = json.loads(body)
        assert document["traceId"] in answer.headers["traceparent"] and document["instance"] in answer.request.url
        body = body.replace(document["traceId"].encode(), b"TRACE").replace(json.dumps(document["instance"]).encode(), b'"PATH"')
    return answer.status_code, headers, body


def random_ids(names):
    """Ids that nothing has."""
    return {name: str(uuid.uuid4()) for name in names}


# ---- Tokens that open nothing

def forged_session(town):
    """Well formed and of that council, with a secret that nobody was given."""
    return "ngs_" + _base64url(town.municipality.bytes + secrets.token_bytes(32))


def forged_link(api):
    """A personal link with one bit of its signature changed."""
    raw = bytearray(base64.urlsafe_b64decode(api.token + "="))
    raw[-1] ^= 1
    return _base64url(bytes(raw))


def session_hash(api):
    raw = base64.urlsafe_b64decode(api.token[4:] + "=" * (-len(api.token[4:]) % 4))
    return hashlib.sha256(raw[-32:]).digest()


def _base64url(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
