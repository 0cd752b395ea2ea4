"""Nothing that was acknowledged is lost, whatever is killed, and no mail is sent twice or not at all."""

import collections
import datetime
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

import open_round
from people import wait_until

CODE = "9914"
SEATS, ADDRESSES = 40, 4_000
SAVERS = 32
READY_WITHIN = 10


@pytest.fixture(scope="module")
def council(start_server):
    """A server with an open round of many seats, and many people who may sign in."""
    server = start_server(settings={"NYTTOGRAD_LOG_LEVEL": "warning"})
    return Answering(server, start_server)


class Answering:
    def __init__(self, server, start_server):
        self.server, self.start_server = server, start_server
        with server.connect("nyttograd_super") as connection:
            connection.execute(open_round.statements(CODE, SEATS))
            self.id = connection.execute("select municipality_id from app.municipalities where code = %s", [CODE]).fetchone()[0]
            self.addresses = [f"someone{number}@demo14.example" for number in range(ADDRESSES)]
            connection.execute("set row_security = off")
            connection.execute(
                "insert into app.people (id, address, councils) select gen_random_uuid(), a, array[%s::uuid] from unnest(%s::text[]) a", [self.id, self.addresses])
            connection.execute(
                """insert into app.members (municipality_id, id, name, address, language, invited_at)
                   select %s, gen_random_uuid(), 'Someone', a, 'sv', '2026-01-01Z' from unnest(%s::text[]) a""", [self.id, self.addresses])
        self.tokens = open_round.tokens(server.data, self.id, CODE, SEATS)
        # What may stand, by seat and item; and by seat, whether it is submitted.
        self.saved = {f"{seat} {item}": [[None, None]] for seat in self.tokens for item in open_round.ITEMS}
        self.submitted = {seat: [False] for seat in self.tokens}
        self.mail, self.asked, self.rounds = [], 0, 0

    def write(self, kill, how, after=0):
        """Lets the writer write, and kill; and takes over its list."""
        share = self.addresses[self.asked : self.asked + 600]
        self.asked += len(share)
        self.rounds += 1
        order = {
            "address": self.server.base_url.removeprefix("http://"), "tokens": self.tokens, "savers": SAVERS, "mail": share, "start": self.rounds * 7,
            "kill": kill, "signal": how, "inFlight": 16, "before": 200, "after": after}
        writer = Path(__file__).with_name("writer.py")
        done = subprocess.run([sys.executable, writer], input=json.dumps(order), capture_output=True, text=True, timeout=90)
        assert done.returncode == 0, done.stderr
        news = json.loads(done.stdout)
        print(f"{news['acknowledged']} acknowledged, {news['inFlight']} in flight, {news['seconds']:.1f} s after")
        assert news["inFlight"] >= 16 and news["acknowledged"] >= 200 + after
        for mine, theirs in ((self.saved, news["saved"]), (self.submitted, news["submitted"])):
            for key, values in theirs.items():
                # Nothing acknowledged in this round: what stood before may stand still.
                mine[key] = mine[key] + values[1:] if values[0] is None else values
        self.mail += news["mail"]
        return news

    def start_again(self, *arguments):
        begun = time.monotonic()
        self.server = self.start_server(*arguments, data=self.server.data, settings={"NYTTOGRAD_LOG_LEVEL": "warning"})
        assert requests.get(self.server.base_url + "/readyz").status_code == 200
        assert time.monotonic() - begun < READY_WITHIN

    def read(self, seat):
        answer = requests.get(
            f"{self.server.base_url}/api/v1/participation/answers", headers={"Authorization": f"Bearer {self.tokens[seat]}"}, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def check(self):
        """Every answer that was acknowledged is there, each pair whole; what is found now is what must be there next time."""
        for seat in self.tokens:
            found = self.read(seat)
            for item in open_round.ITEMS:
                pair = [found["answers"][item].get("current"), found["answers"][item].get("desired")]
                assert pair in self.saved[f"{seat} {item}"], (seat, item)
                self.saved[f"{seat} {item}"] = [pair]
            assert found["submitted"] in self.submitted[seat]
            self.submitted[seat] = [found["submitted"]]
        for seat in sorted(self.tokens)[:8]:
            pairs = {tuple(self.saved[f"{seat} {item}"][0]) for item in open_round.ITEMS}
            assert len(pairs) == 1, "these were saved all at once, and stand all or not at all"


def test_nothing_acknowledged_is_lost_when_the_server_and_its_database_are_killed(council):
    for _ in range(2):
        council.write(council.server.process.pid, signal.SIGKILL)
        council.server.process.wait(10)
        council.start_again()
        council.check()
        for how in (signal.SIGQUIT, signal.SIGKILL):
            # SIGQUIT is PostgreSQL's immediate shutdown. The server starts it again, and the writer goes on.
            assert council.write(council.server.postmaster, how, after=200)["seconds"] < READY_WITHIN
            council.check()


def test_every_mail_is_sent_once(council):
    """Mail that was being sent when the server died is leased for two minutes: the service's clock is put beyond them."""
    council.write(council.server.process.pid, signal.SIGKILL)
    council.server.process.wait(10)
    later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=3)
    council.start_again("--now", later.strftime("%Y-%m-%dT%H:%M:%SZ"))
    council.check()
    wait_until(lambda: council.server.rows("select count(*) from app.jobs", user="nyttograd_super") == [(0,)])
    # The operator is written to at every start.
    mails = council.server.mails("@demo14.example")
    assert len({mail.message["Message-ID"] for mail in mails}) == len(mails)
    to = collections.Counter(mail.to for mail in mails)
    assert len(council.mail) >= 50
    assert [address for address in council.mail if to[address] != 1] == []
    assert max(to.values()) == 1
    # Each with a link of its own.
    assert len({mail.links[0] for mail in mails}) == len(mails)
