"""A PostgreSQL of the operator's own, as docs/operating.md says: prepared by sql/prepare.sql, migrated as its owner, served as the login without rights."""

import os
import subprocess

import pytest
import requests

import cluster
from conftest import BINARY, Server

DATABASE = "of_ones_own"


def conninfo(user):
    return f"host={cluster.shared().home} dbname={DATABASE} user={user}"


@pytest.fixture(scope="module")
def settings():
    """An empty database in a cluster that sql/prepare.sql has prepared, migrated by the program."""
    shared = cluster.shared()
    shared.psql(cluster.SUPER, "postgres", f"""
        create database {DATABASE} owner {cluster.OWNER}; revoke all on database {DATABASE} from public; grant connect on database {DATABASE} to {cluster.APP};
        create role all_seeing login bypassrls; grant {cluster.APP} to all_seeing""", one_transaction=False)
    settings = {"NYTTOGRAD_DATABASE": conninfo(cluster.APP), "NYTTOGRAD_OWNER_DATABASE": conninfo(cluster.OWNER)}
    for _ in range(2):
        done = subprocess.run([BINARY, "migrate"], env={"PATH": os.environ["PATH"], **settings}, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
    yield settings
    shared.psql(cluster.SUPER, "postgres", f"drop database {DATABASE} with (force); revoke {cluster.APP} from all_seeing; drop role all_seeing", one_transaction=False)


def test_it_is_served_with_real_councils_and_no_demo(settings, make_data):
    server = Server(make_data(), [], settings).wait_until_ready()
    try:
        assert requests.get(server.base_url + "/readyz", timeout=10).status_code == 200
        listed = requests.get(server.base_url + "/api/v1/municipalities", {"limit": 100}, timeout=10).json()
        assert listed["_meta"]["totalItems"] == 290
        assert not any(council["fictional"] or council["joined"] for council in listed["items"])
        assert not (server.data / "postgres").exists()
    finally:
        assert server.stop() == 0
    assert not [line for line in server.lines if line and "demo" in line]


@pytest.mark.parametrize("user", [cluster.SUPER, cluster.OWNER, "all_seeing"])
def test_no_powerful_login_is_served(user, settings, make_data):
    server = Server(make_data(), [], {**settings, "NYTTOGRAD_DATABASE": conninfo(user)})
    assert server.process.wait(30) != 0
    assert "NYTTOGRAD_DATABASE: this login" in server.log_text


def test_no_demo_is_made_by_command(settings, make_data):
    """Not by settings that name the database, nor by those of an embedded server that only meet one that has a database of its own."""
    server = Server(make_data(), [], settings).wait_until_ready()
    try:
        assert "NYTTOGRAD_DATABASE is set" in server.command("demo", refused=True)
        server.environment = {name: value for name, value in server.environment.items() if not name.endswith("DATABASE")}
        assert "it has a database of yours" in server.command("demo", refused=True)
    finally:
        server.stop()


# ---- A questionnaire's file and the version of it that is kept

def everything(of):
    """A fingerprint of every table."""
    with cluster.shared().connect(of, cluster.SUPER) as connection:
        tables = [name for (name,) in connection.execute("select tablename from pg_tables where schemaname = 'app' order by 1")]
        return {name: connection.execute(f"select count(*), md5(string_agg(t::text, '|' order by t::text)) from app.{name} t").fetchone() for name in tables}


def test_a_file_that_differs_from_its_kept_version_stops_the_start_and_changes_nothing(settings, make_data):
    """The program's file is what it is; so what is kept is made to differ, as it would if the file had been changed since."""
    data = make_data()
    assert Server(data, [], settings).wait_until_ready().stop() == 0
    with cluster.shared().connect(DATABASE, cluster.SUPER, autocommit=True) as connection:
        (kept,) = connection.execute("select document from app.instruments where key = 'nr-1' and version = 1").fetchone()
        keep = lambda text: connection.execute(
            "update app.instruments set document = %s, sha256 = sha256(convert_to(%s, 'UTF8')) where key = 'nr-1' and version = 1", (text, text))
        keep(kept.replace("1", "2", 1))
        # What a start would put right, if it got that far.
        connection.execute("update app.municipalities set name = 'Förr' where code = '0114'")
        before = everything(DATABASE)
        server = Server(data, [], settings)
        assert server.process.wait(30) != 0
        assert "nr-1.v1.yaml has changed, but its version may be in use: give it a new version number instead" in server.log_text
        assert not server.lines or server.lines == [None]
        assert everything(DATABASE) == before
        keep(kept)
    server = Server(data, [], settings).wait_until_ready()
    assert server.stop() == 0
    after = everything(DATABASE)
    assert [name for name in after if after[name] != before[name]] == ["instruments", "municipalities"]
