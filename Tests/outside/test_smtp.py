"""The whole way of a mail, from the request that causes it to a real SMTP server."""

import datetime
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import people
from people import wait_until


class Post:
    """A real SMTP server as a child process, which keeps the mails it has been given."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, 0, None

    def open(self, mode="plain"):
        words = [sys.executable, Path(__file__).with_name("smtp_server.py"), mode, self.folder, str(self.port)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        self.port = self.ready["port"]
        return self

    def close(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait(10)
            self.process = None

    def settings(self, **more):
        return {"NYTTOGRAD_MAIL": f"smtp://127.0.0.1:{self.port}", "NYTTOGRAD_MAIL_TLS": "plain", **more}


@pytest.fixture
def post(tmp_path):
    post = Post(tmp_path)
    yield post
    post.close()


@pytest.fixture
def start(start_server, post):
    """Starts a server that sends its mail there; `after` minutes later by its own clock."""

    def start(data=None, after=0, **settings):
        later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=after)
        arguments = ["--now", later.strftime("%Y-%m-%dT%H:%M:%SZ")] if after else []
        server = start_server(*arguments, data=data, settings=post.settings(**settings))
        server.mail_folder = post.folder
        return server

    return start


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def jobs(server):
    return server.rows("select kind, attempts from app.jobs order by kind", user="nyttograd_super")


def all_done(server):
    return wait_until(lambda: jobs(server) == [] or None)


def all_put_off(server, to, after=0):
    """Waits until each job has been tried, and put off by so many minutes of the service's clock. (One under way is leased for two.)"""
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=after)

    def put_off():
        waits = [(due - now).total_seconds() / 60 for due, in server.rows("select run_at from app.jobs", user="nyttograd_super")]
        return waits and all(abs(wait - to) < 0.5 for wait in waits)

    wait_until(put_off)


def test_a_link_arrives_once_and_opens_what_it_is_for(post, start):
    post.open("starttls")
    server = start(
        NYTTOGRAD_MAIL_TLS="starttls", NYTTOGRAD_MAIL_CA_FILE=post.ready["ca"], NYTTOGRAD_MAIL_USER="eva", NYTTOGRAD_MAIL_PASSWORD="hemligt")
    council = people.register(server)
    assert council.api.ok("GET", "/session")["member"]["address"] == council.address
    people.Api(server).ok("POST", "/sign-in-links", {"address": council.address})
    signed_in = people.Api(server).ok("POST", "/sessions", {"token": people.token_in(server.wait_for_mail(council.address, 2).links[0])})
    assert signed_in["kind"] == "member"
    all_done(server)
    assert len(server.mails()) == 2
    read = [json.loads(path.read_text()) for path in sorted(post.folder.glob("*.json"))]
    assert all(mail["tls"] and mail["login"] and mail["defects"] == [] and mail["bareLineEnds"] == 0 for mail in read)
    assert [mail["envelopeTo"] for mail in read] == [[council.address]] * 2


def test_mail_waits_for_a_server_that_is_down_and_a_retry_is_the_same_mail(post, start):
    # The address stands in the link.
    address = {"NYTTOGRAD_LISTEN": f"127.0.0.1:{free_port()}"}
    post.open().close()
    server = start(**address)
    people.apply_for(server, "9915")
    all_put_off(server, to=1)
    server.stop()
    # It takes the mail, and says all the same that it has not: nobody can know, so that it comes again.
    post.open("hesitant")
    server = start(server.data, after=2, **address)
    all_put_off(server, to=5, after=2)
    assert len(server.mails()) == 1
    server.stop()
    post.close()
    post.open()
    server = start(server.data, after=8, **address)
    all_done(server)
    first, second = server.mails()
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.message["Message-ID"] and len(first.links) == 1
    verified = people.Api(server).ok("POST", "/registration-verifications", {"token": people.token_in(second.links[0])})
    assert verified["state"] == "admitted"


def test_a_sender_that_is_refused_costs_nobody_his_mail(post, start):
    """It is a setting of ours that is wrong, and no reader's address."""
    address = {"NYTTOGRAD_LISTEN": f"127.0.0.1:{free_port()}"}
    post.open()
    server = start(NYTTOGRAD_MAIL_FROM="Nyttograd <unknown@nyttograd.example>", **address)
    to = people.apply_for(server, "9915")
    wait_until(lambda: "SMTP 553" in server.log_text)
    all_put_off(server, to=1)
    server.stop()
    server = start(server.data, after=2, **address)
    assert len(server.wait_for_mail(to).links) == 1


def test_a_refused_address_marks_its_seat_and_nothing_else(post, start):
    post.open()
    server = start()
    council = people.register(server, "9916")
    people.record_agreement(council)
    people.plan_round(council, "2099-01-01T12:00:00Z", people=5)
    path = f"/rounds/{council.round}/seats"
    refused = council.seats[2]
    council.api.ok("PATCH", f"{path}/{refused.id}", {"name": "Person 3", "address": f"nobody@{council.domain}"})
    before = {seat["id"]: seat for seat in council.api.ok("GET", path)["items"]}
    council.api.ok("POST", f"/rounds/{council.round}/invitations", {})
    all_done(server)
    after = {seat["id"]: seat for seat in council.api.ok("GET", path)["items"]}
    assert [seat for seat in after if after[seat]["bounced"]] == [refused.id]
    for seat in after:
        changed = {name for name in after[seat] if after[seat][name] != before[seat][name]}
        assert changed == ({"invitedAt", "bounced"} if seat == refused.id else {"invitedAt"})
    # Everybody else has one mail, besides the one by which Alva registered.
    invited = [mail.message["To"].addresses[0].addr_spec for mail in server.mails()[1:]]
    assert sorted(invited) == sorted(seat.address for seat in council.seats if seat is not refused)


def test_a_reminder_that_comes_back_is_not_shown_on_the_seat(post, start):
    """It would tell who has not submitted (disclosure.md R10)."""
    post.open()
    server = start()
    council = people.register(server, "9918")
    people.record_agreement(council)
    people.plan_round(council, "2099-01-01T12:00:00Z", people=2)
    all_sent = lambda: wait_until(lambda: [job for job in server.rows("select kind from app.jobs", user="nyttograd_super") if job != ("closeRound",)] == [] or None)
    path, seat = f"/rounds/{council.round}", council.seats[1]
    council.api.ok("PATCH", f"{path}/seats/{seat.id}", {"address": f"nobody@{council.domain}"})
    council.api.ok("POST", f"{path}/invitations", {})
    council.api.ok("POST", f"{path}/opening")
    all_sent()
    # As if the address had been good until now.
    server.rows("update app.seats set bounced = false where id = %s", [seat.id], user="nyttograd_super")
    before = council.api.ok("GET", f"{path}/seats")
    council.api.ok("POST", f"{path}/reminders")
    all_sent()
    assert len([mail for mail in server.mails() if mail.subject.startswith("Påminnelse")]) == 1, "the other's is there"
    assert council.api.ok("GET", f"{path}/seats") == before


# What one mail, or one job, does to others

def planned(server, code, seats):
    council = people.register(server, code)
    people.record_agreement(council)
    people.plan_round(council, "2099-01-01T12:00:00Z", people=seats)
    council.path = f"/rounds/{council.round}"
    return council


def test_a_mail_server_that_says_nothing_keeps_no_round_from_opening(post, start):
    post.open()
    server = start()
    council = planned(server, "9915", 8)
    council.api.ok("POST", f"{council.path}/invitations", {})
    wait_until(lambda: jobs(server) == [] or None)
    post.close()
    # Each mail waits for it for five seconds, one after the other.
    post.open("silent")
    council.api.ok("POST", f"{council.path}/invitations", {"seatIds": [seat.id for seat in council.seats]})
    wait_until(lambda: any(attempts for kind, attempts in jobs(server)))
    opens = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=1)
    council.api.ok("PATCH", council.path, {"opensAt": opens.isoformat()})
    wait_until(lambda: council.api.ok("GET", council.path)["state"] == "open", seconds=10)
    assert [job for job in jobs(server) if job[0] == "mailSeat"]
    post.close()


def test_a_job_of_another_version_waits_and_holds_up_nobody(post, start):
    """After going back to the version before, the queue may hold what it has not heard of."""
    post.open()
    server = start()
    council = planned(server, "9916", 1)
    address = council.address
    server.rows("insert into app.jobs (id, kind, municipality_id, subject, run_at) select gen_random_uuid(), kind, municipality_id, gen_random_uuid(), '2020-01-01' "
                "from app.municipalities, (values ('mailByPigeon'), ('closeRound')) kinds (kind) where code = '9916'", user="nyttograd_super")
    wait_until(lambda: [kind for kind, _ in jobs(server)] == ["mailByPigeon"])
    people.Api(server).ok("POST", "/sign-in-links", {"address": address})
    server.wait_for_mail(address, 2)
    wait_until(lambda: jobs(server) == [("mailByPigeon", 0)])


def test_why_mail_is_not_taken_is_logged_without_a_name(post, start):
    post.open()
    server = start()
    council = planned(server, "9917", 2)
    council.api.ok("PATCH", f"{council.path}/seats/{council.seats[0].id}", {"address": f"nobody@{council.domain}"})
    council.api.ok("PATCH", f"{council.path}/seats/{council.seats[1].id}", {"address": f"later@{council.domain}"})
    council.api.ok("POST", f"{council.path}/invitations", {})
    wait_until(lambda: jobs(server) == [("mailSeat", 1)])
    log = wait_until(lambda: "SMTP 451" in server.log_text and server.log_text)
    assert "550" in log and council.domain not in log and "nobody" not in log and "/e/" not in log


def test_a_call_that_is_given_up_is_shown_on_the_seat(post, start):
    post.open()
    server = start()
    council = planned(server, "9918", 2)
    late = council.seats[0]
    council.api.ok("PATCH", f"{council.path}/seats/{late.id}", {"address": f"later@{council.domain}"})
    council.api.ok("POST", f"{council.path}/invitations", {})
    wait_until(lambda: jobs(server) == [("mailSeat", 1)])
    shown = lambda: [seat["id"] for seat in council.api.ok("GET", f"{council.path}/seats")["items"] if seat["bounced"]]
    assert shown() == []
    # The last of its attempts, almost two days later.
    server.rows("update app.jobs set attempts = 7, run_at = '2020-01-01' where kind = 'mailSeat'", user="nyttograd_super")
    all_done(server)
    assert shown() == [late.id]


def test_what_is_to_be_forgotten_is_tried_until_it_is_done(post, start):
    post.open()
    server = start()
    sql = lambda text: server.rows(text, user="nyttograd_super")
    sql("revoke delete on app.address_changes from ng_worker")
    sql("insert into app.jobs (id, kind, municipality_id, subject, run_at, attempts) select gen_random_uuid(), 'forgetAddressChange', municipality_id, "
        "gen_random_uuid(), '2020-01-01', 7 from app.municipalities where code = '9916'")
    wait_until(lambda: "a job failed" in server.log_text)
    all_put_off(server, to=24 * 60)
    sql("grant delete on app.address_changes to ng_worker")
    sql("update app.jobs set run_at = '2020-01-01'")
    all_done(server)
