"""The built server, as everybody outside meets it: a program, its addresses, its mail and its database."""

import contextlib
import email
import email.policy
import functools
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

import matrix
from overheard import overhear

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("NYTTOGRAD_BINARY", ROOT / ".build/debug/nyttograd"))


def run(*arguments, seconds=60, **environment):
    """Runs a command by itself."""
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=seconds, env={**os.environ, **environment})


@dataclass
class Mail:
    path: Path
    message: email.message.EmailMessage

    @functools.cached_property
    def to(self):
        return self.message["To"]

    @property
    def subject(self):
        return self.message["Subject"]

    @property
    def text(self):
        return self.message.get_body(("plain",)).get_content()

    @property
    def links(self):
        return re.findall(r"https?://[^\s<>]+", self.text)


class Server:
    """One server and its data folder. Make it by the fixture `start_server`, which also stops it."""

    def __init__(self, data, arguments=(), settings=None):
        self.data = Path(data)
        self.mail_folder = self.data / "mail"
        # Nothing of the caller's NYTTOGRAD_ names: the server would refuse those of the tests, and take the others.
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "NYTTOGRAD_DATA": str(self.data), "NYTTOGRAD_LISTEN": "127.0.0.1:0"}
        for name, value in (settings or {}).items():
            environment[name] = value
        self.environment = environment
        self.lines = []
        self._read_mails = {}
        self._news = threading.Condition()
        self.log = self.data.with_suffix(".log")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, start_new_session=True
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self._news:
                self.lines.append(line.decode().rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self.lines.append(None)
            self._news.notify_all()

    def wait_for_line(self, pattern, seconds=60):
        """The match of the first line on standard output that has the pattern."""
        expression = re.compile(pattern)

        def find():
            return next((match for line in self.lines if line is not None and (match := expression.search(line))), None)

        with self._news:
            self._news.wait_for(lambda: find() or None in self.lines, seconds)
            match = find()
        assert match, f"no line {pattern!r} from the server, which said {self.lines} and logged:\n{self.log_text}"
        return match

    def wait_until_ready(self, seconds=60):
        self.base_url = self.wait_for_line(r"^Nyttograd answers on (https?://\S+)$", seconds)[1]
        return self

    @property
    def log_text(self):
        return self.log.read_text()

    def stop(self, how=signal.SIGINT, seconds=30):
        """Stops the server as Ctrl-C does, and gives its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(seconds)

    def command(self, *arguments, refused=False, seconds=60):
        """Runs another command beside it, and gives what it says; of one that is refused, what is wrong and why."""
        environment = self.environment | {"NYTTOGRAD_BASE_URL": self.base_url}
        done = subprocess.run([BINARY, *arguments], env=environment, capture_output=True, text=True, timeout=seconds)
        assert (done.returncode != 0) == refused, done.stdout + done.stderr
        return done.stdout + done.stderr if refused else done.stdout

    def kill(self):
        self.process.kill()
        self.process.wait(10)

    # Its mail

    def mails(self, to=None):
        """Every mail written so far, the oldest first."""
        files = sorted(self.mail_folder.glob("*.eml"), key=lambda path: (path.stat().st_mtime_ns, path.name))
        # A mail is whole when it has its name, and never changes.
        for path in files:
            if path not in self._read_mails:
                self._read_mails[path] = Mail(path, email.message_from_bytes(path.read_bytes(), policy=email.policy.default))
        mails = [self._read_mails[path] for path in files]
        return [mail for mail in mails if to is None or to in mail.to]

    def wait_for_mail(self, to, number=1, seconds=10):
        """The mail to an address, or its second, third, …; the worker writes it soon after the request that caused it."""
        deadline = time.monotonic() + seconds
        while len(found := self.mails(to)) < number:
            assert time.monotonic() < deadline, f"{len(found)} mails to {to} instead of {number}; in all to {[mail.to for mail in self.mails()]}"
            time.sleep(0.02)
        return found[number - 1]

    # Its database

    @property
    def socket(self):
        return (self.data / "postgres" / "socket").resolve()

    @property
    def postmaster(self):
        return int((self.data / "postgres" / "data" / "postmaster.pid").read_text().split("\n")[0])

    def connect(self, user="nyttograd_app"):
        return psycopg.connect(f"host={self.socket} dbname=nyttograd user={user}")

    def rows(self, sql, parameters=(), role=None, municipality=None, user="nyttograd_app"):
        """What a statement gives the server's login that has entered `role`, with a council (its id) or without."""
        with self.connect(user) as connection:
            if role:
                connection.execute("select set_config('role', %s, true)", (role,))
            if municipality:
                connection.execute("select set_config('app.municipality_id', %s, true)", (str(municipality),))
            cursor = connection.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []


def remove_data(data):
    """Removes a data folder, and the database's where it lies elsewhere."""
    link = data / "postgres"
    if link.is_symlink():
        shutil.rmtree(link.resolve(), ignore_errors=True)
    shutil.rmtree(data.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def make_data():
    """Makes paths for data folders below a folder that the database's user may pass through."""
    made = []

    def make():
        folder = Path(tempfile.mkdtemp(prefix="nyttograd-"))
        folder.chmod(0o711)
        made.append(folder / "data")
        return made[-1]

    yield make
    for data in made:
        remove_data(data)


@pytest.fixture(scope="session")
def start_server(make_data):
    """Starts further servers: start_server("--now", "2027-01-01T00:00:00Z", settings={"NYTTOGRAD_MAIL": "smtp://…"})."""
    started = []

    def start(*arguments, data=None, settings=None, ready=True):
        server = Server(data or make_data(), ["--empty", *arguments], settings)
        started.append(server)
        return server.wait_until_ready() if ready else server

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def server(start_server):
    """The server that most tests share: an empty database, mail to files."""
    return start_server()


@pytest.fixture(scope="session")
def demo_server(make_data):
    """One on its first start, which makes the demo: 9901 to 9913 have their rounds, 9914 to 9920 are free."""
    server = Server(make_data()).wait_until_ready(180)
    server.wait_for_line(r"^Ready\.$", 120)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def world(start_server):
    """The councils, on a server of their own, of the isolation matrix, the canaries and the bad input."""
    return matrix.World(start_server)


@pytest.fixture(scope="session")
def overheard(start_server):
    """A server on which everything was done, and all that its database was sent (test_statements, test_round_trips)."""
    return overhear(start_server)


# ---- In Chromium: the walks through all pages, which test_every_page_was_seen_in_both_languages_and_on_a_phone adds up

@pytest.fixture(scope="session")
def year(start_server):
    from test_year_pages import Year

    with contextlib.ExitStack() as stack:
        yield Year(start_server, stack)


@pytest.fixture(scope="session")
def others(start_server):
    from test_other_pages import OtherPages

    with contextlib.ExitStack() as stack:
        yield OtherPages(start_server(), stack)
