"""What README.md promises, done as it says: its curl lines are run just as they stand there, beside a server that made the demo."""

import json
import os
import re
import subprocess

import pytest
import requests

from conftest import BINARY, ROOT, Server

README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8080"


def block_after(mark, language):
    """The lines of the fenced block that follows a mark."""
    return re.search(rf"{re.escape(mark)}\n```{language}\n(.*?)^```$", README, re.S | re.M)[1]


JOURNEY = block_after("<!-- journey -->", "bash")
WALLS = re.findall(r"^(deploy/psql .*?)\s+# (.*)$", README, re.M)


@pytest.fixture(scope="module")
def clone(make_data):
    """A folder that looks like a clone in which the program has been built: deploy/ is the real one."""
    folder = make_data().parent
    (folder / "deploy").symlink_to(ROOT / "deploy")
    (folder / ".build/debug").mkdir(parents=True)
    (folder / ".build/debug/nyttograd").symlink_to(BINARY)
    return folder


@pytest.fixture(scope="module")
def demo(clone):
    """A server in that folder on its first start, which makes the demo."""
    server = start(clone)
    yield server
    server.stop()


def start(folder, *arguments):
    server = Server(folder / ".nyttograd", arguments).wait_until_ready(180)
    server.wait_for_line(r"^Ready\.$", 120)
    return server


def bash(script, folder):
    """What a script prints that runs in the folder as typed there; nothing of the tests' settings reaches it."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(["bash", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=240)


def documents(text):
    """The JSON documents that stand one after the other in a text, and nothing of what stands between them."""
    decoder, found, at = json.JSONDecoder(), [], 0
    while (at := text.find("{", at)) >= 0:
        document, at = decoder.raw_decode(text, at)
        found.append(document)
    return found


def said(server, pattern):
    return [match for line in server.lines if line is not None and (match := re.search(pattern, line))]


def municipalities(server):
    answer = requests.get(f"{server.base_url}/api/v1/municipalities", {"search": "99", "limit": 100}, timeout=10)
    return {council["code"]: council for council in answer.json()["items"] if council["code"].startswith("99")}


# ---- The demo

def test_the_demo_is_twelve_councils_that_share_and_one_that_answers(demo):
    joined = {code for code, council in municipalities(demo).items() if council["joined"]}
    assert joined >= {str(code) for code in range(9901, 9914)}
    assert not joined & {str(code) for code in range(9915, 9921)}
    states = demo.rows("""
        select m.code, r.state, coalesce(bool_and(f.shared), false) from app.rounds r join app.municipalities m using (municipality_id)
        left join app.result_figures f on f.municipality_id = r.municipality_id and f.round_id = r.id where m.code between '9901' and '9913'
        group by 1, 2 order by 1, 2""", user="nyttograd_super")
    # 9911 has two earlier years besides.
    assert states == sorted([*((str(code), "fixed", True) for code in range(9901, 9913)), ("9911", "concluded", True), ("9913", "open", False)])
    assert demo.rows("select min(number), bool_and(fictional) from app.editions", user="nyttograd_super") == [(1, True)]


def test_every_link_that_the_start_prints_opens_what_it_says(demo):
    links = [match[1] for match in said(demo, r"^  .*: (http://\S+)$")]
    assert len(links) >= 3
    for link in links:
        visitor, kind = requests.Session(), link.removeprefix(demo.base_url)[:3]
        page = visitor.get(link, timeout=10)
        assert page.status_code == 200, link
        if kind == "/s/":
            # Opening it uses nothing: the button on the page does.
            csrf = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
            page = visitor.post(link, csrf, timeout=10)
            assert page.status_code == 200 and page.url != link, link
        assert link.rsplit("/", 1)[1] not in page.url + page.text


def test_the_operator_gets_a_link_too(demo):
    assert said(demo, r"(?i)^  .*operator.*: http://\S+/s/\S+$")


# ---- The journey

@pytest.fixture(scope="module")
def journey(demo, clone):
    """What the block prints. Only the port differs from what README.md says, because the tests' server takes a free one."""
    assert JOURNEY.count(ADDRESS) == 1
    return bash(JOURNEY.replace(ADDRESS, demo.base_url), clone)


def test_the_block_is_short():
    assert len(JOURNEY.splitlines()) <= 25


def test_the_picture_is_there():
    for path in re.findall(r"!\[[^]]+\]\(([^)]+)\)", README):
        assert (ROOT / path).read_bytes().startswith(b"\x89PNG")


def test_every_test_named_in_the_table_exists():
    """And every row of docs/acceptance.md says how it stands."""
    table = (ROOT / "docs/acceptance.md").read_text(encoding="utf-8")
    tests = "".join(path.read_text(encoding="utf-8") for kind in ("*.py", "*.swift") for path in (ROOT / "Tests").rglob(kind))
    exist = set(re.findall(r"\bdef (test_\w+)|\bfunc (\w+)", tests))
    exist = {name for names in exist for name in names}
    named = re.findall(r"`(test_\w+)`", table) + re.findall(r"`(?!nonisolated\()(\w+)\([\w:]*\)`", table)
    assert len(named) > 200 and set(named) - exist == set()
    rows = re.findall(r"^\| [0-9]+\.[0-9a-c.]+ \|.*\| (.*?) \|$", table, re.M)
    assert len(rows) == len(re.findall(r"^\| [0-9]", table, re.M))
    assert [row for row in rows if not row.startswith(("shown", "not shown", "not built", "see there"))] == []


def test_the_journey_ends_with_a_result_and_a_position(journey):
    assert journey.returncode == 0, journey.stderr
    printed = documents(journey.stdout)
    result = next(document for document in printed if "dimensions" in document)
    assert (result["municipality"]["code"], result["submitted"], len(result["dimensions"])) == ("9914", 8, 8)
    for part in result["dimensions"] + [item for dimension in result["dimensions"] for item in dimension["items"]]:
        assert re.fullmatch(r"[1-5]\.[0-9]{4}", part["figures"]["current"])
    position = printed[-1]
    assert position["edition"]["number"] == 2
    assert len(position["figures"]) == 24
    for figure in position["figures"]:
        assert figure["others"] == 12
        assert all(re.fullmatch(r"[0-9]\.[0-9]", figure[name]) for name in ("lowerQuartile", "median", "upperQuartile"))


def test_the_walls_are_as_readme_shows_them(demo, clone):
    assert len(WALLS) == 2
    for command, expected in WALLS:
        done = bash(command, clone)
        assert expected in [line.strip() for line in (done.stdout + done.stderr).splitlines()], done.stdout + done.stderr


# ---- Starting again

def test_a_second_start_makes_nothing_anew_and_empty_makes_nothing(make_data):
    folder = make_data().parent
    server = start(folder, "--empty")
    assert not any(council["joined"] for council in municipalities(server).values())
    assert not said(server, "demo")
    server.stop()
    # The demo comes with the next start that does not leave it out; and is there after that.
    server = start(folder)
    assert len(said(server, r"^  99\d\d ")) == 13
    assert "there already" in server.command("demo")
    rounds = server.rows("select id from app.rounds order by 1", user="nyttograd_super")
    server.stop()
    server = start(folder)
    assert not said(server, r"Making|^  99\d\d |Published")
    assert server.rows("select id from app.rounds order by 1", user="nyttograd_super") == rounds
    server.stop()


def test_the_command_makes_the_demo_beside_a_server_that_was_started_without(start_server):
    server = start_server()
    made = server.command("demo", seconds=240).splitlines()
    assert [line.split()[0] for line in made if line.startswith("  99")] == [str(code) for code in range(9901, 9914)]
    assert any("9911" in line and "this year's round alone" in line for line in made)
    assert made[-2:] == ["Published edition 1 of the statistics over the fictional councils.", "The demo is there."]
    states = server.rows("select state, count(*) from app.rounds group by 1 order by 1", user="nyttograd_super")
    assert states == [("fixed", 12), ("open", 1)]
    assert server.command("demo") == "The demo is there already: nothing was made.\n"
    assert server.rows("select state, count(*) from app.rounds group by 1 order by 1", user="nyttograd_super") == states


def test_the_command_makes_no_demo_where_there_can_be_none(start_server):
    server = start_server()
    server.stop()
    assert "No server answers on" in server.command("demo", refused=True)
    for name, value, reason in [
        ("NYTTOGRAD_DATABASE", "host=/nowhere", "embedded database only"), ("NYTTOGRAD_MAIL", "smtp://127.0.0.1:25", "NYTTOGRAD_MAIL=files"),
    ]:
        settings = {"PATH": os.environ["PATH"], "NYTTOGRAD_DATA": "/nowhere/to/be/made", name: value}
        done = subprocess.run([BINARY, "demo"], env=settings, capture_output=True, text=True, timeout=30)
        assert done.returncode != 0 and reason in done.stderr and done.stdout == ""
