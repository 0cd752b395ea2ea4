"""A council's own instruments, from file to result; and those that the operator offers to all. Faults of files one by one: Tests/RulesTests."""

import json

import pytest
import yaml

import people
from browser import browser_of
from instruments import bridged, questionnaire
from people import built_in, problem

NOW, CLOSES = "2026-11-23T08:00:00Z", "2026-12-14T16:00:00Z"
YAML, AS_JSON = {"Content-Type": "application/yaml"}, {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def server(start_server):
    return start_server("--now", NOW)


@pytest.fixture(scope="module")
def council(server):
    return people.register(server, "9914")


@pytest.fixture(scope="module")
def api(council):
    return council.api


@pytest.fixture(scope="module")
def operator(server):
    return people.operator(server)


def text_of(file):
    return yaml.safe_dump(file, allow_unicode=True, sort_keys=False).encode()


def imported(api, file, published=True):
    made = api.ok("POST", "/instruments", file)
    return api.ok("POST", f"/instruments/{made['id']}/publication") if published else made


def plan(instrument, title="Med egen enkät"):
    return {
        "title": title, "instrumentId": instrument, "targetYear": 2028, "closesAt": CLOSES, "ordererName": "Kim Falk", "ordererTitle": "Direktör",
        "runnerName": "Alva Ek", "runnerTitle": "E-strateg"}


def listed(api, **wanted):
    return [one for one in api.ok("GET", "/instruments?limit=100")["items"] if all(one[name] == value for name, value in wanted.items())]


# ---- Files

@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_a_file_comes_back_the_same_byte_for_byte(kind, api):
    file = questionnaire(f"resa-{kind}", levels=7, dimensions=12, items=3)
    sent, headers = (text_of(file), YAML) if kind == "yaml" else (json.dumps(file).encode(), AS_JSON)
    made = api.call("POST", "/instruments", data=sent, headers=headers)
    assert made.status_code == 201 and made.json()["state"] == "draft"
    path = made.headers["Location"].partition("/api/v1")[2]
    exported = {accept: api.get(f"{path}/file", headers={"Accept": f"application/{accept}"}) for accept in ("yaml", "json")}
    assert yaml.safe_load(exported["yaml"].content) == json.loads(exported["json"].content) == file
    for accept, answer in exported.items():
        assert answer.headers["Content-Type"] == f"application/{accept}"
        again = api.call("PUT", path, data=answer.content, headers={"Content-Type": f"application/{accept}", "If-Match": "*"})
        assert again.status_code == 200
        assert api.get(f"{path}/file", headers={"Accept": f"application/{accept}"}).content == answer.content
    assert api.get(f"{path}/file").headers["Content-Type"] == "application/yaml"


def test_every_fault_is_told_at_once_with_its_place_and_nothing_is_kept(api):
    file = questionnaire("felaktig")
    file["levels"][1]["name"]["en"] = ""
    file["dimensions"][0]["items"][0]["questions"] = [9]
    del file["dimensions"][1]["anchors"]
    before = listed(api)
    answer = api.call("POST", "/instruments", data=text_of(file), headers=YAML)
    assert problem(answer) == (422, "invalid-fields")
    told = errors(answer)
    assert set(told) == {"#/levels/1/name/en", "#/dimensions/0/items/0/questions/0", "#/dimensions/1/anchors"}
    lines = text_of(file).decode().splitlines()
    assert lines[told["#/dimensions/0/items/0/questions/0"]["line"] - 1].strip() == "- 9"
    assert listed(api) == before
    for body in (b"", b"key: [", b"\xff\xfe", text_of(file)[:500]):
        assert api.call("POST", "/instruments", data=body, headers=YAML).status_code in (400, 422)
    large = api.call("POST", "/instruments", data=text_of(questionnaire("stor")) + b"#" * 1_000_000, headers=YAML)
    assert problem(large) == (413, "body-too-large")
    assert listed(api) == before


# ---- Drafts and versions

def test_a_draft_is_replaced_by_who_has_read_it_and_stays_when_published(api):
    file = questionnaire("utkast")
    path = f"/instruments/{imported(api, file, published=False)['id']}"
    read = api.get(path)
    assert read.json()["state"] == "draft" and read.json()["used"] is False
    assert problem(api.put(path, file)) == (428, "precondition-required")
    changed = {**file, "name": {"sv": "Bytt", "en": "Changed"}}
    replaced = api.put(path, changed, headers={"If-Match": read.headers["ETag"]})
    assert replaced.status_code == 200 and replaced.json()["name"] == changed["name"]
    assert problem(api.put(path, file, headers={"If-Match": read.headers["ETag"]})) == (412, "precondition-failed")
    assert api.ok("GET", path)["name"] == changed["name"]
    assert problem(api.post("/rounds", plan(path.rpartition("/")[2]))) == (422, "invalid-fields"), "a draft is not chosen"
    assert api.ok("POST", f"{path}/publication")["state"] == "published"
    assert api.ok("POST", f"{path}/publication")["state"] == "published"
    assert problem(api.put(path, file, headers={"If-Match": "*"})) == (409, "instrument-published")
    assert api.ok("GET", path)["name"] == changed["name"]


def test_a_version_is_above_those_before_and_a_key_is_the_councils_own(api):
    imported(api, questionnaire("versioner", 2))
    for version in (1, 2):
        assert problem(api.post("/instruments", questionnaire("versioner", version))) == (409, "instrument-exists")
    third = imported(api, questionnaire("versioner", 3), published=False)
    assert [one["version"] for one in listed(api, key="versioner")] == [3, 2]
    assert problem(api.put(f"/instruments/{third['id']}", questionnaire("versioner", 2), headers={"If-Match": "*"})) == (409, "instrument-exists")
    assert problem(api.post("/instruments", questionnaire("nr-1", 9))) == (409, "instrument-key-taken")


def errors(answer):
    return {error["pointer"]: error for error in answer.json()["errors"]}


def test_a_crosswalk_is_looked_up_in_the_version_before(api):
    imported(api, questionnaire("bro", 2))
    newer = text_of(bridged(questionnaire("bro", 4), 2, 3, a2_1="b9.9"))
    for method, path, headers in (("POST", "/instruments", {}), ("PUT", f"/instruments/{imported(api, questionnaire('bro', 4), False)['id']}", {"If-Match": "*"})):
        answer = api.call(method, path, data=newer, headers=YAML | headers)
        assert problem(answer) == (422, "invalid-fields")
        told = errors(answer)
        assert set(told) == {"#/crosswalks/0/items/1/was", "#/crosswalks/1/version"}
        assert "version 2 has no item" in told["#/crosswalks/0/items/1/was"]["detail"] and "no version 3" in told["#/crosswalks/1/version"]["detail"]
        for pointer, line in {"#/crosswalks/0/items/1/was": "was: b9.9", "#/crosswalks/1/version": "- version: 3"}.items():
            assert newer.decode().splitlines()[told[pointer]["line"] - 1].strip() == line
    assert imported(api, bridged(questionnaire("bro", 5), 2))["version"] == 5


def test_a_crosswalk_leads_to_what_is_published(api):
    """Nothing is ever compared with a draft; and what was led to may have been deleted since. It cannot have been changed: a newer version is there."""
    first, second = (imported(api, file, published=False)["id"] for file in (questionnaire("grund", 1), bridged(questionnaire("grund", 2), 1)))

    def refused(pointer, words):
        answer = api.post(f"/instruments/{second}/publication")
        assert problem(answer) == (409, "crosswalk-unmatched") and api.ok("GET", f"/instruments/{second}")["state"] == "draft"
        assert {error["pointer"]: error["detail"] for error in answer.json()["errors"]} == {pointer: words}

    refused("#/crosswalks/0/version", "Version 1 of the questionnaire is not published.")
    assert problem(api.put(f"/instruments/{first}", questionnaire("grund", 1, items=2), headers={"If-Match": "*"})) == (409, "instrument-exists")
    assert api.ok("POST", f"/instruments/{first}/publication")["state"] == "published"
    assert api.ok("POST", f"/instruments/{second}/publication")["state"] == "published"
    assert api.ok("POST", f"/instruments/{second}/publication")["state"] == "published", "twice is harmless"

    third = imported(api, bridged(questionnaire("grund", 3), 2), published=False)["id"]
    assert api.delete(f"/instruments/{second}").status_code == 204
    answer = api.post(f"/instruments/{third}/publication")
    assert problem(answer) == (409, "crosswalk-unmatched") and set(errors(answer)) == {"#/crosswalks/0/version"}


def test_a_draft_is_no_version_before_itself(api):
    draft = imported(api, questionnaire("ersatt", 1), published=False)["id"]
    answer = api.put(f"/instruments/{draft}", bridged(questionnaire("ersatt", 2), 1), headers={"If-Match": "*"})
    assert problem(answer) == (422, "invalid-fields") and set(errors(answer)) == {"#/crosswalks/0/version"}


def test_another_councils_version_is_none(server, api):
    other = people.register(server, "9918").api
    imported(other, questionnaire("grannens", 1))
    answer = api.post("/instruments", bridged(questionnaire("grannens", 2), 1))
    assert problem(answer) == (422, "invalid-fields") and set(errors(answer)) == {"#/crosswalks/0/version"}


def test_the_crosswalk_of_an_offer_leads_to_what_was_offered(operator, api):
    imported(api, questionnaire("lank", 1))  # of one council, and so of nobody else
    unknown = operator.post("/operator/instruments", bridged(questionnaire("lank", 3), 1, 2))
    assert problem(unknown) == (422, "invalid-fields") and set(errors(unknown)) == {"#/crosswalks/0/version", "#/crosswalks/1/version"}
    first = operator.ok("POST", "/operator/instruments", questionnaire("lank", 2))
    operator.ok("DELETE", f"/operator/instruments/{first['id']}/offer")  # rounds may have it all the same
    wrong = operator.post("/operator/instruments", bridged(questionnaire("lank", 3), 2, a1_1="b9.9"))
    assert problem(wrong) == (422, "invalid-fields") and set(errors(wrong)) == {"#/crosswalks/0/items/0/was"}
    assert operator.ok("POST", "/operator/instruments", bridged(questionnaire("lank", 3), 2))["version"] == 3


def test_what_no_round_has_is_deleted_and_leaves_a_trace(api):
    made = imported(api, questionnaire("borta"))
    assert api.delete(f"/instruments/{made['id']}").status_code == 204
    assert api.get(f"/instruments/{made['id']}").status_code == 404
    entry = api.ok("GET", "/log")["items"][0]
    assert (entry["kind"], entry["instrument"], entry["roundId"]) == ("instrument-deleted", "borta, version 1", None)
    used = imported(api, questionnaire("kvar"))
    api.ok("POST", "/rounds", plan(used["id"]))
    assert problem(api.delete(f"/instruments/{used['id']}")) == (409, "instrument-in-use")
    assert listed(api, key="kvar")[0]["used"] is True
    assert problem(api.delete(f"/instruments/{built_in(api)}"))[0] == 409


# ---- A round with it

def restarted(server, start_server, council):
    server.stop()
    server = start_server("--now", NOW, data=server.data)
    for api in (council.api, *(seat.api for seat in council.seats)):
        api.server = server
    return server


SIZES = {"the smallest": (3, 2, 1), "the largest": (7, 12, 20)}


@pytest.mark.parametrize("levels, dimensions, items", SIZES.values(), ids=SIZES)
def test_a_round_of_any_size_is_answered_and_fixed(levels, dimensions, items, start_server):
    """With the council's own instrument, of the smallest size and the largest; after a restart too, when nothing is in memory."""
    server = start_server("--now", NOW)
    council = people.register(server, "9915")
    people.record_agreement(council)
    api, file = council.api, questionnaire("egen", levels=levels, dimensions=dimensions, items=items)
    instrument = imported(api, file)["id"]
    round_ = council.round = api.ok("POST", "/rounds", plan(instrument))["id"]
    api.ok("PUT", f"/rounds/{round_}/contract", people.CONTRACT)
    for number in range(5):
        post = api.ok("POST", "/posts", {
            "function": "quality-director", "title": f"Befattning {number}", "area": "", "holderName": f"Person {number}",
            "holderAddress": f"p{number}@{council.domain}", "holderLanguage": "sv"})
        seat = api.ok("POST", f"/rounds/{round_}/seats", {"postId": post["id"]})
        council.seats.append(people.Seat(seat["id"], seat["address"]))
    people.invite_and_open(council, server)
    keys = [item["key"] for dimension in file["dimensions"] for item in dimension["items"]]
    for number, seat in enumerate(council.seats):
        asked = seat.api.ok("GET", "/participation")["questionnaire"]
        assert (asked["key"], len(asked["levels"])) == ("egen", levels)
        answers = {key: {"current": 1 + (number + place) % levels, "desired": levels} for place, key in enumerate(keys)}
        saved = seat.api.ok("PATCH", "/participation/answers", {"answers": answers})
        assert saved["answered"] == len(keys)
        seat.api.ok("PUT", "/participation/submission")
        if number in (2, 4):
            server = restarted(server, start_server, council)
    assert council.seats[0].api.put("/participation/answers/d1.1", {"current": 1, "desired": 1}).status_code == 404
    assert council.seats[0].api.put("/participation/answers/a1.1", {"current": 1, "desired": levels}).status_code == 200
    server = restarted(server, start_server, council)
    people.fix(council)
    server = restarted(server, start_server, council)
    result = api.ok("GET", f"/rounds/{round_}/result")
    assert result["instrument"] == {"key": "egen", "version": 1}
    assert problem(api.put(f"/rounds/{round_}/sharing")) == (409, "own-instrument")
    assert problem(api.get(f"/rounds/{round_}/position")) == (409, "own-instrument")
    proposals = api.ok("GET", f"/rounds/{round_}/plan-draft")["proposals"]
    assert proposals and {proposal["noStep"] for proposal in proposals} == {"no-catalogue"}
    for path in ("trend", "analysis/draft", "report", "result/explanations/overall.current"):
        assert api.get(f"/rounds/{round_}/{path}").status_code == 200, path


# ---- What is offered to all

def test_the_operator_offers_withdraws_and_offers_again(server, operator, api):
    assert problem(operator.post("/operator/instruments", questionnaire("nr-1", 7))) == (409, "instrument-key-taken")
    offer = operator.ok("POST", "/operator/instruments", questionnaire("alla", 1))
    assert problem(operator.post("/operator/instruments", questionnaire("alla", 1))) == (409, "instrument-exists")
    assert operator.ok("GET", f"/operator/instruments/{offer['id']}")["offered"] is True
    [seen] = listed(api, key="alla")
    assert (seen["id"], seen["origin"], seen["state"], seen["used"]) == (offer["id"], "offered", "published", False)
    assert api.ok("GET", f"/instruments/{offer['id']}")["key"] == "alla"
    assert problem(api.post("/instruments", questionnaire("alla", 2))) == (409, "instrument-key-taken")
    round_ = api.ok("POST", "/rounds", plan(offer["id"]))
    assert round_["instrument"]["id"] == offer["id"], "it keeps its id"
    assert listed(api, key="alla")[0]["used"] is True
    path = f"/operator/instruments/{offer['id']}/offer"
    assert operator.ok("DELETE", path)["offered"] is False and operator.ok("DELETE", path)["offered"] is False
    assert listed(api, key="alla")[0]["state"] == "withdrawn"
    assert problem(api.post("/rounds", plan(offer["id"]))) == (422, "invalid-fields")
    assert api.ok("GET", f"/rounds/{round_['id']}")["instrument"]["key"] == "alla"
    assert operator.ok("PUT", path)["offered"] is True
    assert api.post("/rounds", plan(offer["id"])).status_code == 201


def test_an_offer_does_not_come_over_the_councils_own(operator, api):
    own = imported(api, questionnaire("krock", 1))
    offer = operator.ok("POST", "/operator/instruments", questionnaire("krock", 1, word="Alla"))
    assert problem(api.post("/rounds", plan(offer["id"]))) == (409, "instrument-exists")
    assert {one["origin"] for one in listed(api, key="krock")} == {"own", "offered"}
    choices = browser_of(api).open("/omgangar/ny").html
    assert f'value="{own["id"]}"' in choices and f'value="{offer["id"]}"' not in choices, "the page offers none that is refused"


def test_what_is_withdrawn_is_not_read_by_who_has_not_chosen_it(server, operator):
    offer = operator.ok("POST", "/operator/instruments", questionnaire("bortvald", 1))
    operator.ok("DELETE", f"/operator/instruments/{offer['id']}/offer")
    other = people.register(server, "9917").api
    assert listed(other, key="bortvald") == [] and other.get(f"/instruments/{offer['id']}").status_code == 404
