"""A council registers, eight people answer, and it reads its result and its position: over the API alone."""

import hashlib

import pytest
import requests

import people


@pytest.fixture(scope="module")
def council(server):
    """Lillby (9914) with a round that eight people have answered, fixed and shared."""
    council = people.register(server, "9914")
    api = council.api
    people.record_agreement(council)
    people.plan_round(council, "2099-01-01T12:00:00Z")
    people.invite_and_open(council, server)
    path = f"/rounds/{council.round}"
    for number, seat in enumerate(council.seats):
        assert api.ok("GET", f"{path}/response-count")["submitted"] == number
        people.answer(seat, number)
    people.fix(council)
    assert api.ok("PUT", f"{path}/sharing")["shared"]
    return council


def test_the_result_is_there_for_all_and_the_answers_are_gone(council, server):
    path = f"/rounds/{council.round}"
    answer = council.api.get(f"{path}/result")
    result = answer.json()
    assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    assert (result["submitted"], result["invited"], result["k"]) == (8, 8, 5)
    assert len(result["dimensions"]) == 8 and sum(len(dimension["items"]) for dimension in result["dimensions"]) == 32
    assert result["contract"] == council.api.ok("GET", f"{path}/contract")["sha256"]
    for seat in council.seats:
        assert seat.api.get("/participation/result").content == answer.content
        assert seat.api.get("/participation/answers").status_code == 404
    assert server.rows("select count(*) from app.responses where round_id = %s", [council.round], user="nyttograd_super") == [(0,)]


def test_everybody_is_told_that_the_result_is_there(council, server):
    for seat in council.seats:
        link = server.wait_for_mail(seat.address, 3 if seat.address == council.address else 2).links[0]
        assert people.token_in(link) == seat.api.token


def test_alone_it_has_no_position(council):
    position = council.api.ok("GET", f"/rounds/{council.round}/position")
    assert position["figures"] == [] and position["tooFew"] == {"councils": 0, "needed": 5}


def test_who_holds_no_token_reads_nothing(council, server):
    for path in ("", "/contract", "/seats", "/response-count", "/fixing", "/result", "/sharing", "/position"):
        assert requests.get(f"{server.base_url}/api/v1/rounds/{council.round}{path}").status_code == 401
