"""Starting, stopping, being killed, and settings that are wrong."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
import requests

from conftest import BINARY, Server

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="the database runs as another user only when the server is root")


def processes(data):
    """Those that name the data folder, or where the database lies, among their words."""
    places = {str(data), str((data / "postgres").resolve())}
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().decode(errors="replace")
                place = os.readlink(folder / "cwd")
            except OSError:
                continue
            if any(p in words or place.startswith(p) for p in places):
                found.append((int(folder.name), words.replace("\0", " ")))
    return found


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.02)
    return result


def refused(settings=None, *arguments):
    """What a start says that is refused before it has begun anything."""
    environment = {"PATH": os.environ["PATH"], "NYTTOGRAD_DATA": "/nowhere/to/be/made", "NYTTOGRAD_LISTEN": "127.0.0.1:0", **(settings or {})}
    result = subprocess.run([BINARY, "serve", *arguments], env=environment, capture_output=True, text=True, timeout=30)
    assert result.returncode != 0
    assert not Path("/nowhere").exists()
    assert result.stdout == ""
    return result.stderr


def test_it_says_its_address_and_answers(server):
    assert re.fullmatch(r"http://127\.0\.0\.1:[1-9][0-9]*", server.base_url)
    assert requests.get(server.base_url + "/livez").status_code == 200
    assert requests.get(server.base_url + "/readyz").status_code == 200


def test_the_folder_keeps_others_out(server):
    modes = {path.name: path.stat().st_mode & 0o777 for path in server.data.iterdir()}
    assert modes["mail"] == 0o700
    assert all(mode & 0o077 == 0 for name, mode in modes.items()), modes
    assert server.socket.stat().st_mode & 0o777 == 0o700


def test_the_database_takes_nobody_by_network_and_keeps_what_is_committed(server):
    wanted = {"listen_addresses": "", "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "max_connections": "200", "data_checksums": "on"}
    assert dict(server.rows("select name, setting from pg_settings where name = any(%s)", (list(wanted),))) == wanted


def test_the_login_roles_are_what_they_should_be(server):
    rows = server.rows("select rolname, rolsuper, rolbypassrls, rolcreaterole, rolinherit from pg_roles where rolcanlogin order by 1", user="nyttograd_super")
    assert [row[:4] for row in rows] == [
        ("nyttograd_app", False, False, False),
        ("nyttograd_owner", False, False, True),
        ("nyttograd_super", True, True, True),
    ]
    assert rows[0][4] is False


def test_the_database_log_holds_no_statement_and_no_value(server):
    with server.connect() as connection:
        for statement in ["select 'canary-statement' from nowhere", "select 'canary-value'::int", "select 1/0 as canary_division"]:
            with pytest.raises(Exception):
                connection.execute(statement)
            connection.rollback()
    assert "canary" not in (server.data / "postgresql.log").read_text()


@pytest.mark.parametrize(
    "settings, names",
    [
        ({"NYTTOGRAD_BASEURL": "https://x.example"}, ["NYTTOGRAD_BASEURL"]),
        ({"NYTTOGRAD_DATABASE_READS": "two"}, ["NYTTOGRAD_DATABASE_READS"]),
        ({"NYTTOGRAD_BASE_URL": "http://nyttograd.example"}, ["NYTTOGRAD_BASE_URL", "plain http"]),
        ({"NYTTOGRAD_LISTEN": "0.0.0.0:0"}, ["NYTTOGRAD_BASE_URL"]),
        ({"NYTTOGRAD_LISTEN": "0.0.0.0:0", "NYTTOGRAD_BASE_URL": "http://127.0.0.1:8080"}, ["NYTTOGRAD_LISTEN", "plain http"]),
        ({"NYTTOGRAD_X": "1", "NYTTOGRAD_MAIL": "pigeon", "NYTTOGRAD_LANGUAGE": "no"}, ["NYTTOGRAD_X", "NYTTOGRAD_MAIL", "NYTTOGRAD_LANGUAGE"]),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(settings, names):
    said = refused(settings)
    for name in names:
        assert name in said


def test_a_secret_is_not_repeated():
    assert "hemligt" not in refused({"NYTTOGRAD_MAIL_PASSWORD": "hemligt", "NYTTOGRAD_X": ""})


def test_time_is_moved_on_the_embedded_database_only():
    assert "--now" in refused({"NYTTOGRAD_DATABASE": "host=/nowhere"}, "--now", "2027-01-01T00:00:00Z")
    assert "--now" in refused({}, "--now", "tomorrow")


def test_a_port_in_use_is_said_at_once(server):
    assert "NYTTOGRAD_LISTEN" in refused({"NYTTOGRAD_LISTEN": server.base_url.removeprefix("http://")})


def test_a_second_server_on_the_same_folder_is_refused(server):
    second = Server(server.data)
    assert second.process.wait(30) != 0
    assert "Another server runs" in second.log_text
    assert requests.get(server.base_url + "/readyz").status_code == 200


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_no_process_behind(start_server, how):
    server = start_server()
    assert len(processes(server.data)) > 3
    assert server.stop(how) == 0
    assert processes(server.data) == []


def test_killing_the_server_and_then_its_database_does_no_harm(start_server):
    server = start_server()
    for _ in range(3):
        postmaster = server.postmaster
        server.kill()
        try:
            os.kill(postmaster, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it had ended by itself, as it should
        begun = time.monotonic()
        server = start_server(data=server.data)
        assert requests.get(server.base_url + "/readyz").status_code == 200
        assert time.monotonic() - begun < 10
    server.stop()


def test_a_killed_server_leaves_no_database_running(start_server):
    server = start_server()
    server.kill()
    wait_until(lambda: processes(server.data) == [])


def test_a_database_that_dies_is_started_again(start_server):
    server = start_server()
    first = server.postmaster
    os.kill(first, signal.SIGKILL)

    def answers():
        try:
            return server.rows("select 1") == [(1,)] and requests.get(server.base_url + "/readyz").status_code == 200
        except Exception:
            return False

    wait_until(answers)
    assert server.postmaster != first
    server.stop()


def as_database_user(server):
    """The words that make a command run as the cluster's owner."""
    owner = server.socket.stat()
    return ["setpriv", f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups", "--"] if os.geteuid() == 0 else []


def test_a_database_left_running_is_taken_over(start_server):
    server = start_server()
    program = os.readlink(f"/proc/{server.postmaster}/exe")
    server.stop()
    data = server.data / "postgres" / "data"
    orphan = subprocess.Popen(
        [*as_database_user(server), program, "-D", data, "-c", "listen_addresses=", "-c", f"unix_socket_directories={server.socket}"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
    )
    wait_until(lambda: (data / "postmaster.pid").exists() and "ready" in (data / "postmaster.pid").read_text())
    server = start_server(data=server.data)
    assert orphan.wait(10) == 0
    assert server.rows("select 1") == [(1,)]
    server.stop()


def test_the_number_of_a_dead_database_may_be_anothers_now(start_server):
    server = start_server()
    server.stop()
    other = subprocess.Popen([*as_database_user(server), "/usr/bin/sleep", "60"], stdin=subprocess.DEVNULL, cwd="/")
    try:
        wait_until(lambda: os.readlink(f"/proc/{other.pid}/exe").endswith("sleep"))
        (server.data / "postgres" / "data" / "postmaster.pid").write_text(f"{other.pid}\n{server.data}/postgres/data\n0\n5432\n{server.socket}\n\n")
        server = start_server(data=server.data)
        assert other.poll() is None
        server.stop()
    finally:
        other.kill()
        other.wait()


def short_path(data):
    link = data / "postgres"
    assert link.is_symlink()
    assert re.fullmatch(r"/var/lib/nyttograd-[0-9a-f]{12}", os.readlink(link))


@as_root
def test_where_the_databases_user_may_not_enter_it_lies_elsewhere(start_server, make_data):
    data = make_data()
    data.parent.chmod(0o700)
    server = start_server(data=data)
    short_path(data)
    assert server.rows("select 1") == [(1,)]
    server.stop()
    # The link is kept; without it nobody can know whose database that is.
    start_server(data=data).stop()
    elsewhere = (data / "postgres").resolve()
    (data / "postgres").unlink()
    again = Server(data)
    assert again.process.wait(30) != 0
    assert str(elsewhere) in again.log_text
    (data / "postgres").symlink_to(elsewhere)


@as_root
def test_where_the_path_is_too_long_for_a_socket_it_lies_elsewhere(start_server, make_data):
    data = make_data()
    data = data.parent / ("d" * 80) / "data"
    data.parent.mkdir(mode=0o711)
    server = start_server(data=data)
    try:
        short_path(data)
        assert server.rows("select 1") == [(1,)]
    finally:
        server.stop()
        subprocess.run(["rm", "-r", (data / "postgres").resolve()], check=True)


@as_root
def test_an_ordinary_user_needs_no_other(make_data):
    """As nobody, who makes and runs the database by himself."""
    data = make_data()
    data.mkdir()
    os.chown(data, 65534, 65534)
    words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
    if subprocess.run([*words, BINARY, "--help"], capture_output=True).returncode != 0:
        pytest.skip("others may not run the program where it lies")
    with open(data.with_suffix(".log"), "ab") as log:
        process = subprocess.Popen(
            [*words, BINARY, "serve", "--empty"], stdout=subprocess.PIPE, stderr=log, text=True, cwd="/",
            env={"PATH": os.environ["PATH"], "NYTTOGRAD_DATA": str(data), "NYTTOGRAD_LISTEN": "127.0.0.1:0"},
        )
    line = process.stdout.readline()
    assert line.startswith("Nyttograd answers on http://127.0.0.1:"), data.with_suffix(".log").read_text()
    owner = (data / "postgres" / "data").stat().st_uid
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert owner == 65534
    assert processes(data) == []
