"""A round that is large enough for a split, and one that is not: over the API, where each answer is held against its schema, and on the pages."""

import pytest

import people


def fixed_round(server, code, size):
    council = people.register(server, code)
    people.record_agreement(council)
    people.plan_round(council, "2099-01-01T12:00:00Z", people=size)
    people.invite_and_open(council, server)
    for number, seat in enumerate(council.seats):
        people.answer(seat, number)
    people.fix(council)
    return council


@pytest.fixture(scope="module")
def server(start_server):
    """One of their own: other tests register these councils too."""
    return start_server()


@pytest.fixture(scope="module")
def large(server):
    return fixed_round(server, "9915", 20)


def result_of(council):
    return council.api.ok("GET", f"/rounds/{council.round}/result")


def test_twenty_get_parts_of_at_least_five_and_all_of_them_in_each_item(large):
    result = result_of(large)
    split = result["split"]
    assert "noSplit" not in result
    # Twelve directors of five functions, six strategists, and two of the programme areas, who are too few for a part of their own.
    assert [(part["families"], part["submitted"]) for part in split["parts"]] == [
        (["directors"], 7), (["directors"], 5), (["strategists", "programme-areas"], 8)]
    assert split["parts"][0]["functions"] and split["parts"][2]["functions"] == split["parts"][2]["areas"] == []
    assert sum(part["submitted"] for part in split["parts"]) == result["submitted"] == 20
    keys = [part["key"] for part in split["parts"]]
    totals = {item["key"]: item for dimension in result["dimensions"] for item in dimension["items"]}
    shown = [item for item in split["items"] if "parts" in item]
    assert len(split["items"]) == 32 and 0 < len(shown) < 32
    for item in shown:
        assert [part["part"] for part in item["parts"]] == keys
        assert sum(part["pairs"] for part in item["parts"]) == totals[item["key"]]["pairs"]
        for half in ("current", "desired"):
            assert [sum(level) for level in zip(*(part["histograms"][half] for part in item["parts"]))] == totals[item["key"]]["histograms"][half]
    assert all(item["hidden"] == "tooFew" for item in split["items"] if "parts" not in item)


def test_who_answered_reads_the_same(large):
    for seat in (large.seats[0], large.seats[-1]):
        assert seat.api.ok("GET", "/participation/result") == result_of(large)


def test_six_get_the_reason_instead(server):
    result = result_of(fixed_round(server, "9916", 6))
    assert result["noSplit"] == "tooFew" and "split" not in result
