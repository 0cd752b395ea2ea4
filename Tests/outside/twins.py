"""Councils whose rounds are closed, put in as the superuser; two servers that are the same but for who gave which answer; and what each shows to everybody.

The servers' clocks stand still, so that what one writes later than the other is the same.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import uuid
from dataclasses import dataclass, field

import requests

import open_round
from browser import Browser
from contract import OPERATIONS, PREFIX
from matrix import EVERYBODY
from people import wait_until
from seed import insert
from test_canaries import crawl

NOW, LATER, STANDS_AT = "2026-11-23T08:00:00Z", "2026-12-23T08:00:00Z", 1_795_420_800
ITEMS, LEVELS = len(open_round.ITEMS), 5
DONT_KNOW, BLANK = 8, 0
# Pages that nothing links to once a round is fixed.
OF_A_ROUND = (
    "/omgangar/{roundId}/faststall", "/omgangar/{roundId}/andra", "/omgangar/{roundId}/seminarium", "/omgangar/{roundId}/platser/{seatId}",
    "/omgangar/{roundId}/platser/lista", "/kommun/forfragningar/{roundId}", "/kommun/enkater/{instrumentId}/utkast")
OF_A_SEAT = ("/enkat/{seatId}/1", "/enkat/{seatId}/skicka", "/enkat/{seatId}/kvitto", "/enkat/{seatId}/seminarium")
OF_NOBODY = (
    "/villkor", "/registrera/skickat", "/registrera/vantar", "/logga-in/skickat", "/ga-med", "/ga-med/skickat", "/ga-med/vantar",
    "/r/link", "/s/link", "/b/link", "/j/link")
WORDS = {"sv": "Så är det.", "en": "So it is."}
ANALYSIS = {"basedOn": 0, "overall": WORDS, "dimensions": [{"key": f"d{number}", "text": WORDS} for number in range(1, 9)]}
# Where people come from: a part of the council and the function in it. One that is named twice has two areas.
GROUPS = [("hr-director", "directors"), ("e-strategist", "strategists"), ("programme-area-representative", "programme-areas"), ("other", "others"), ("it-director", "directors")]


# ---- A clock that stands still

CLOCK = """
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t clock, struct timespec *time) {
    if (clock != CLOCK_REALTIME) return syscall(SYS_clock_gettime, clock, time);
    time->tv_sec = STANDS_AT, time->tv_nsec = 0;
    return 0;
}
"""


def stopped_clock(folder):
    """The path of a library in whose presence the machine's time is always the same."""
    library = folder / "clock.so"
    subprocess.run([shutil.which("clang") or "cc", "-shared", "-fPIC", f"-DSTANDS_AT={STANDS_AT}", "-x", "c", "-", "-o", library], input=CLOCK, text=True, check=True)
    library.chmod(0o755)
    return library


# ---- A council with a round

@dataclass
class Council:
    code: str
    people: int
    groups: int
    dont_know: float
    shares: bool = True                              # whether its figures go into the statistics
    id: uuid.UUID = None
    round: uuid.UUID = None
    sessions: dict = field(default_factory=dict)     # role: token
    seats: list = field(default_factory=list)        # (id, group)
    ids: dict = field(default_factory=dict)          # what the paths of openapi.yaml name

    def __str__(self):
        return f"{self.code} ({self.people} people, {self.groups} groups, {self.dont_know:.0%} don't know)"


def token(prefix, *parts):
    return prefix + base64.urlsafe_b64encode(b"".join(parts)).rstrip(b"=").decode()


def session(secret):
    return dict(token_hash=hashlib.sha256(secret).digest(), created_at=NOW, touched_at=NOW, expires_at=LATER)


def put(connection, council, dice):
    """The council, a member of each role who has signed in, and an open round that everybody has answered."""
    council.id = connection.execute("update app.municipalities set joined_at = %s where code = %s returning municipality_id", (NOW, council.code)).fetchone()[0]
    own, domain = dict(municipality_id=council.id), f"kommun{council.code}.example"
    new = iter(lambda: uuid.UUID(int=dice.getrandbits(128), version=4), None)
    insert(connection, "council_settings", **own)
    for role in EVERYBODY:
        member, secret = next(new), dice.randbytes(32)
        insert(connection, "members", **own, id=member, name=f"Medlem {role}", address=f"{role}@{domain}", language="sv", invited_at=NOW, joined_at=NOW)
        insert(connection, "member_roles", **own, member_id=member, role=role)
        insert(connection, "sessions", **own, member_id=member, **session(secret))
        council.sessions[role] = token("ngs_", council.id.bytes, secret)
    council.round, agreement = next(new), next(new)
    insert(connection, "agreements", **own, id=agreement, controller="Kommunstyrelsen", version="1", signed_on="2026-10-01", signatory_name="Eva",
           signatory_title="Direktör", diary_number="KS 1", recorded_by=member, recorded_at=NOW)
    instrument = connection.execute("select id from app.instruments order by version desc limit 1").fetchone()[0]
    connection.execute(open_round.on_shelf(f"'{council.id}'::uuid"))
    insert(connection, "rounds", **own, id=council.round, title="Mognadsanalys", instrument_id=instrument, state="open", target_year=2028, orderer_name="Kim",
           orderer_title="Chef", runner_name="Alva", runner_title="Strateg", closes_at=LATER, created_at=NOW, opened_at=NOW)
    document = json.dumps({**open_round.CONTRACT, "audiences": ["participants", "council", "anonymous-statistics"]}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    insert(connection, "contracts", **own, round_id=council.round, k=5, controller="Kommunstyrelsen", audiences=["participants", "council", "anonymous-statistics"],
           comments=False, purpose="Att prova.", retention="Tills provet är gjort.", disposal_reference="KS 1", contact="ombud", document=document,
           sha256=hashlib.sha256(document.encode()).digest(), frozen_at=NOW)
    for number in range(council.people):
        group = number % council.groups
        (function, family), post, seat = GROUPS[group], next(new), next(new)
        insert(connection, "posts", **own, id=post, function=function, family=family, title=f"Befattning {number}", area=f"Område {group}",
               holder_name=f"Person {number}", holder_address=f"person{number}@{domain}", holder_language="sv")
        insert(connection, "seats", **own, id=seat, round_id=council.round, post_id=post, deputy=False, name=f"Person {number}",
               address=f"person{number}@{domain}", language="sv", invited_at=NOW, function=function, family=family, area=f"Område {group}")
        current, desired = answers(dice, council.dont_know)
        insert(connection, "responses", **own, id=next(new), round_id=council.round, seat_id=seat, items=ITEMS, levels=LEVELS, current=current, desired=desired,
               submitted=True, open=True)
        council.seats.append((seat, group))
    council.ids = dict(version=1, figure="overall.current", roundId=council.round, seatId=council.seats[0][0], postId=post, memberId=member, agreementId=agreement, instrumentId=instrument)


def answers(dice, dont_know):
    pairs = [(DONT_KNOW, DONT_KNOW) if dice.random() < dont_know else (BLANK, BLANK) if dice.random() < 0.03 else (dice.randint(1, 5), dice.randint(1, 5))
             for _ in range(ITEMS)]
    return [list(levels) for levels in zip(*pairs)]


def put_operator(connection, dice):
    """The token of one who has signed in."""
    operator, secret = uuid.UUID(int=dice.getrandbits(128), version=4), dice.randbytes(32)
    insert(connection, "operators", id=operator, address="oskar@nyttograd.example", invited_at=NOW)
    insert(connection, "operator_sessions", operator_id=operator, **session(secret))
    return token("ngo_", secret)


# ---- Who gave which answer

def sheets(connection, council):
    """{seat: (current, desired)}"""
    return {seat: (current, desired) for seat, current, desired in connection.execute(
        "select seat_id, current, desired from app.responses where municipality_id = %s", [council.id]).fetchall()}


def permute(connection, council, dice):
    """For each item, among those who gave a pair, who gave which current level, and on its own who gave which desired one.

    A result may be split by where people come from once there are two parts of five: then only among those who come from the same.
    """
    found = sheets(connection, council)
    apart = council.people >= 10
    for item in range(ITEMS):
        for group in range(council.groups) if apart else [None]:
            gave = [seat for seat, of in council.seats if group in (None, of) and 1 <= found[seat][0][item] <= 5]
            for half in (0, 1):
                levels = [found[seat][half][item] for seat in gave]
                dice.shuffle(levels)
                for seat, level in zip(gave, levels):
                    found[seat][half][item] = level
    write(connection, council, found)


def plant(connection, council):
    """Lets one person have answered one question otherwise: a level higher."""
    found = sheets(connection, council)
    current = next(current for current, _ in found.values() if 1 <= current[0] <= 4)
    current[0] += 1
    write(connection, council, found)


def write(connection, council, found):
    for seat, (current, desired) in found.items():
        connection.execute("update app.responses set current = %s, desired = %s where municipality_id = %s and seat_id = %s", (current, desired, council.id, seat))
    connection.commit()


# ---- Fixing

def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def step(server, council, method, path, body=None):
    answer = requests.request(
        method, f"{server.base_url}{PREFIX}/rounds/{council.round}/{path}", json=body, headers=bearer(council.sessions["strategist"]), timeout=30)
    assert answer.ok, f"{council}: {answer.text}"


def close(server, councils):
    for council in councils:
        step(server, council, "POST", "closing")


def fix(server, councils):
    """Fixes all rounds, says something about each result, shares the figures and publishes an edition of either world; the mails are written then."""
    for council in councils:
        step(server, council, "POST", "fixing", {"submitted": council.people})
    with server.connect("nyttograd_super") as connection:
        connection.autocommit = True
        wait_until(lambda: connection.execute("select not exists (select from app.fixings) and not exists (select from app.jobs)").fetchone()[0], 60)
        assert connection.execute("select count(*) from app.responses").fetchone() == (0,)
    for council in councils:
        step(server, council, "POST", "analysis/versions", ANALYSIS)
        step(server, council, "PUT", "analysis/publication", {"version": 1})
        if council.shares:
            step(server, council, "PUT", "sharing")
    for world in ([], ["--fictional"]):
        server.command("edition", "publish", *world)


# ---- Everything that anybody is shown

class Shown:
    """What one server shows to everybody: `found[who, what was asked for]`, with what must differ masked; `given`, the operations that gave something.

    Masked are trace ids, the server's own address, a mail's id, and the random link that each start mails to its operator.
    """

    def __init__(self, server, councils, operator):
        self.server, self.found, self.given = server, {}, set()
        others = councils[1:] + councils[:1]
        for council, other in zip(councils, others):
            self._members(council, other)
            self._participants(council)
        self._operations("operator", operator, "the operator", councils[0])
        self._pages(operator, "/operator", "the operator")
        self._operations("none", None, "nobody", councils[0])
        self._pages(None, "/", "nobody", OF_NOBODY)
        for mail in server.mails():
            self._mail(mail)

    def _members(self, council, other):
        for role, token in council.sessions.items():
            self._operations("member", token, f"{council.code} {role}", council)
            self._pages(token, "/kommun", f"{council.code} {role}", [path.format(**council.ids) for path in OF_A_ROUND])
        self._operations("member", other.sessions["strategist"], f"{council.code} the strategist of another council", council)

    def _participants(self, council):
        for seat in {council.seats[0][0], council.seats[-1][0]}:
            link = open_round.signed(self.server.data, "seat", council.id, seat, 1)
            self._operations("participant", link, f"{council.code} {seat}", council)
            self._pages(None, f"/e/{link}", f"{council.code} {seat}", [path.format(seatId=seat) for path in OF_A_SEAT])

    def _operations(self, kind, token, who, council):
        """Every GET of openapi.yaml that this kind of person may be for."""
        with requests.Session() as session:
            session.trust_env = False
            session.headers.update(bearer(token) if token else {})
            for operation in OPERATIONS:
                own = operation.capability if operation.capability in ("none", "participant", "operator") else "member"
                if operation.method == "GET" and own == kind:
                    path = operation.path.format(**{hole: council.ids.get(hole) for hole in operation.holes})
                    answer = session.get(f"{self.server.base_url}{PREFIX}{path}", timeout=30)
                    self._answer(who, answer)
                    if answer.ok:
                        self.given.add(operation.id)

    def _pages(self, token, start, who, more=()):
        browser = Browser(self.server)
        # The visit's cookie is random, and the tokens of forms follow from it.
        browser.session.cookies.update({"visit": "0" * 22, **({"session": token} if token else {})})
        for _, answer in crawl(browser, start, who, alike=1):
            self._answer(who, answer)
        for path in more:
            self._answer(who, browser.session.get(self.server.base_url + path, timeout=30, allow_redirects=False))

    def _answer(self, who, answer):
        headers = {name.lower(): value for name, value in answer.headers.items() if name.lower() not in ("date", "traceparent")}
        text = re.sub(r'"traceId":"[0-9a-f]{32}"', '"traceId":"ID"', answer.text)
        self._keep(who, answer.request.path_url, f"{answer.status_code} {sorted(headers.items())}\n{text}")

    def _mail(self, mail):
        headers = [(name, value) for name, value in mail.message.items() if name.lower() != "message-id"]
        parts = [part.get_content() for part in mail.message.walk() if not part.is_multipart()]
        self._keep(str(mail.to), str(mail.subject), re.sub(r"/s/[\w-]+", "/s/LINK", f"{headers} {parts}"))

    def _keep(self, who, what, text):
        self.found.setdefault((who, what), []).append(text.replace(self.server.base_url, "http://server"))


def different(one, other):
    """What the two show differently: [(who, what)]."""
    return sorted(key for key in one.found.keys() | other.found.keys() if one.found.get(key) != other.found.get(key))
