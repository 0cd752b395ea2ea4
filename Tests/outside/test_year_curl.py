"""The year as docs/year.sh lives it by curl: the script is run as it stands, and what it printed is looked at."""

import json
import os
import re
import subprocess

import pytest

from conftest import BINARY, ROOT

DAYS = ["2026-11-30T08:00:00Z", "2026-12-15T09:00:00Z", "2027-01-07T12:00:00Z", "2027-01-25T08:00:00Z", "2028-01-24T08:00:00Z"]


@pytest.fixture(scope="module")
def year():
    """What was printed on each day: the documents, and the lines that are none."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ} | {"NYTTOGRAD_BINARY": str(BINARY)}
    done = subprocess.run(["docs/year.sh"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr
    parts = re.split(r"^== (.*)\n", done.stdout, flags=re.M)[1:]
    days = dict(zip(parts[::2], parts[1::2]))
    assert list(days) == [*DAYS, "The year is over"]
    return {day: [json.loads(line) if line.startswith("{") else line for line in said.splitlines()] for day, said in days.items()}


def test_the_council_prepares_its_round_and_calls_to_the_seminar(year):
    said = year[DAYS[0]]
    assert {"type": "invalid-fields", "errors": [{"pointer": "#/table", "detail": "Line 2: E-mail: Is not a mail address."}]} in said
    assert {"done": True, "seats": 7} in said and {"name": "Dag Holm", "deputy": True} in said and {"name": "Alva Ek", "deputy": False} in said
    assert {"invited": 9} in said and {"coming": 1, "notComing": 1, "unanswered": 7} in said


def test_it_opens_by_itself_and_a_post_changes_hands(year):
    said = year[DAYS[1]]
    assert said[0]["state"] == "open" and said[0]["openedAt"] > "2026-12-15T09:00"
    assert {"submitted": 4, "invited": 9} in said and {"name": "Carl Sund"} in said and {"invited": 1} in said
    assert said[-1]["submitted"] == 3 and "2 more answers" in said[-1]["oneMore"]


def test_reminders_have_gone_and_the_closing_is_moved(year):
    """Whom they reached is awaited by the script."""
    said = year[DAYS[2]]
    assert {"days": ["2027-01-07"], "reason": "reminded-today"} in said and said[-1] == {"closesAt": "2027-01-22T16:00:00Z"}
    assert said[1]["type"] == "closing-time-not-ahead" and said[1]["errors"][0]["pointer"] == "#/closesAt"


def test_the_result_is_explained_put_into_words_kept_and_shared(year):
    said = year[DAYS[3]]
    assert said[0] == {"state": "closed", "closedAt": "2027-01-22T16:00:00Z"}
    assert (said[1]["submitted"], said[1]["invited"], said[1]["noSplit"]) == (6, 9, "tooFew") and len(said[1]["dimensions"]) == 8
    assert {"comments": ["Vi mäter för sällan."]} in said and {"comparedWith": None} in said and {"published": "We have begun."} in said
    assert {"tooFew": {"councils": 0, "needed": 5}} in said and {"state": "concluded"} in said
    assert whole_reports(said) == 2


def test_a_year_later_the_trend_has_both_numbers_and_breaks_nothing(year):
    said = year[DAYS[4]]
    trend = next(document for document in said if "changes" in document)
    assert (trend["before"], trend["submitted"], trend["links"], trend["lines"]) == (6, 9, ["same"], [2])
    assert all(re.fullmatch(r"-?[0-4]\.[0-9]{4}", change) for change in trend["changes"])
    assert {"pairsBefore": 6, "pairsNow": 9} in said and said[-1] == {"previous": "Vintern 2027"} and whole_reports(said) == 2


def whole_reports(said):
    """How many files were found whole."""
    return sum(" is whole." in line for line in said if isinstance(line, str))
