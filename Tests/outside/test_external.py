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
