"""A private PostgreSQL for the tests of sql/: made once a run, migrated by psql as its owner, cloned for each test that asks.

    python3 Tests/outside/cluster.py      prints what sql/schema.sql should be
"""

import atexit
import functools
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SQL = ROOT / "sql"
SUPER, OWNER, APP = "super", "nyttograd_owner", "nyttograd_app"
TEMPLATE = "nyttograd"


def programs():
    """The folder of the newest PostgreSQL's programs: Debian's, or the one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else Path(shutil.which("postgres")).parent


class Cluster:
    def __init__(self):
        self.home = Path(tempfile.mkdtemp(prefix="nyttograd-sql-"))
        self.bin = programs()
        # PostgreSQL refuses to run as root.
        self.account = "postgres" if os.geteuid() == 0 else None
        if self.account:
            entry = pwd.getpwnam(self.account)
            os.chown(self.home, entry.pw_uid, entry.pw_gid)
        self._clones = 0

    def run(self, *command, user=None, **options):
        done = subprocess.run(
            [str(part) for part in command], user=user, cwd="/", capture_output=True, text=True,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, **options)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def start(self):
        self.run(self.bin / "initdb", "-D", self.home / "data", "-U", SUPER, "-A", "trust", "-E", "UTF8", "--no-sync",
                 "--locale=C.UTF-8", "--lc-collate=C", user=self.account)
        # It lives for one run of the tests, so that nothing need survive a crash.
        settings = f"-k {self.home} -c listen_addresses= -c fsync=off -c timezone=UTC -c jit=off -c max_connections=50"
        self.run(self.bin / "pg_ctl", "-D", self.home / "data", "-w", "-l", self.home / "log", "-o", settings, "start", user=self.account)
        atexit.register(self.stop)
        self.psql(SUPER, "postgres", (SQL / "prepare.sql").read_text(), one_transaction=False)
        self.psql(OWNER, TEMPLATE, "create schema app;")
        for migration in sorted((SQL / "migrations").glob("*.sql")):
            self.psql(OWNER, TEMPLATE, migration.read_text())
        self.apply_access(TEMPLATE)
        return self

    def apply_access(self, database):
        self.psql(OWNER, database, "".join(path.read_text() for path in sorted((SQL / "access").glob("*.sql"))))

    def stop(self):
        subprocess.run([self.bin / "pg_ctl", "-D", self.home / "data", "-m", "immediate", "stop"], user=self.account, cwd="/", capture_output=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def psql(self, user, database, text, one_transaction=True):
        return self.run(self.bin / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.home, "-U", user, "-d", database,
                        *(["-1"] if one_transaction else []), "-f", "-", input=text)

    def connect(self, database, user=APP, **options):
        import psycopg  # Not at the top: printing the schema needs nothing but Python.

        return psycopg.connect(host=str(self.home), dbname=database, user=user, **options)

    def clone(self, of=TEMPLATE):
        """The name of a new database like another one, to which nobody may be connected."""
        self._clones += 1
        name = f"clone_{self._clones}"
        # What may be done with a database is not copied with it.
        self.psql(SUPER, "postgres", f"""
            create database {name} template {of} owner {OWNER};
            revoke all on database {name} from public;
            grant connect on database {name} to {APP};""", one_transaction=False)
        return name

    def drop(self, database):
        self.psql(SUPER, "postgres", f"drop database {database} with (force);", one_transaction=False)

    def schema(self, database):
        """The schema as text, owners and privileges with it, without what differs from one PostgreSQL or run to another."""
        text = self.run(self.bin / "pg_dump", "-h", self.home, "-U", SUPER, "-d", database, "--schema-only", "--schema=app", "--restrict-key=x")
        # PostgreSQL 15.20 says AS here, and 15.18 does not.
        text = re.sub(r"\b(DELETE FROM|UPDATE) ([\w.]+) AS (\w+)", r"\1 \2 \3", text)
        lines = [line.rstrip() for line in text.splitlines() if not re.match(r"--|\\(un)?restrict|SET |SELECT pg_catalog.set_config", line)]
        return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip() + "\n"


@functools.cache
def shared():
    """The cluster of this run."""
    return Cluster().start()


if __name__ == "__main__":
    print(shared().schema(TEMPLATE), end="")
