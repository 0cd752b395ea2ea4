"""The contract as it is kept: that every answer is held against openapi.yaml, and what holds for whole families of operations.

That each route is an operation and the other way round is tried in Tests/ServerTests/ContractTests.swift.
"""

import http.server
import json
import threading
import types

import pytest

import contract
from contract import BY_ID, FILE, OPERATIONS, PREFIX
from matrix import TABLE, Request, request, rightful, stripped
from people import Api

TRACE = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"


def operations(wanted):
    return pytest.mark.parametrize("operation", [operation for operation in OPERATIONS if wanted(operation)], ids=lambda operation: operation.id)


# ---- A wrong answer is seen

RIGHT = {
    "code": "9914", "name": "Lillby", "orgNr": "212099-9145", "countyName": "Exempellän", "population": 18400, "fictional": True, "areaWord": "förvaltning",
    "joinedAt": "2026-11-23T08:00:00Z", "_links": {"self": {"href": "https://nyttograd.example/api/v1/council", "method": "GET"}}}
PROBLEM = {
    "type": "https://nyttograd.example/problems/forbidden", "title": "Forbidden", "status": 403, "detail": "No.", "instance": "/api/v1/council", "traceId": "a" * 32}
HEADERS = {"traceparent": TRACE, "Cache-Control": "no-store", "Content-Type": "application/json"}
AS_PROBLEM = {"Content-Type": "application/problem+json"}


def judged(status=200, body=RIGHT, path="/council", method="GET", without=None, **headers):
    sent = {name: value for name, value in {**HEADERS, **headers}.items() if name != without}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return contract.faults(method, PREFIX + path, status, sent, data)


def test_right_answers_pass():
    assert judged() == []
    assert judged(403, PROBLEM, **AS_PROBLEM) == []
    assert judged(204, b"", path="/session", method="DELETE") == []
    assert judged(200, b"", method="HEAD") == []


@pytest.mark.parametrize("fault, answer", {
    "a status that is not promised": dict(status=418),
    "a success of another kind": dict(status=202),
    "no traceparent": dict(without="traceparent"),
    "a traceparent that is none": dict(traceparent="kanin"),
    "no Cache-Control": dict(without="Cache-Control"),
    "an answer that may be kept": {"Cache-Control": "public"},
    "another media type": {"Content-Type": "text/html"},
    "no JSON": dict(body=b"{"),
    "a name twice": dict(body=b'{"code": "9914",' + json.dumps(RIGHT).encode()[1:]),
    "a field too much": dict(body={**RIGHT, "kanin": 1}),
    "a field too few": dict(body={name: value for name, value in RIGHT.items() if name != "code"}),
    "a value of another type": dict(body={**RIGHT, "population": "many"}),
    "a time that is none": dict(body={**RIGHT, "joinedAt": "igår"}),
    "a body where there is none": dict(status=204, path="/session", method="DELETE"),
    "a body to HEAD": dict(method="HEAD"),
    "a problem as JSON": dict(status=403, body=PROBLEM),
    "a problem of another type": dict(status=403, body={**PROBLEM, "type": "https://nyttograd.example/problems/not-found"}, **AS_PROBLEM),
    "a problem with another status": dict(status=403, body={**PROBLEM, "status": 404}, **AS_PROBLEM),
    "a problem of another path": dict(status=403, body={**PROBLEM, "instance": "/api/v1/members"}, **AS_PROBLEM),
    "a problem of another trace": dict(status=403, body={**PROBLEM, "traceId": "c" * 32}, **AS_PROBLEM),
    "a path that is not in the file": dict(path="/kanin"),
}.items(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_wrong_answer_is_seen(fault, answer):
    assert judged(**answer) != []


def test_every_answer_to_a_test_is_held_against_the_file():
    """By the class through which tests call the API, with the operation's name."""

    class Wrong(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *arguments):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Wrong) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        api = Api(types.SimpleNamespace(base_url=f"http://127.0.0.1:{server.server_port}"))
        with pytest.raises(AssertionError, match="getCouncil"):
            api.get("/council")
        server.shutdown()


# ---- What holds for families of operations

def test_the_file_is_served(world):
    answer = world.nobody.get("/openapi.yaml")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.content == FILE.read_bytes()
    assert world.nobody.get("/openapi.yaml", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_wrong_parameter_is_named(world):
    for query, name in {"offset=3": "offset", "limit=0": "limit", "page=1&page=2": "page", "search=": "search"}.items():
        assert world.nobody.get(f"/municipalities?{query}").json()["parameter"] == name


@operations(lambda operation: operation.method == "GET")
def test_head_is_get_without_its_body(operation, world):
    ask = TABLE[operation.id](world)
    actor, get = rightful(operation, ask) or world.nobody, request(operation, ask)
    (status, headers, _), (head_status, head_headers, body) = (stripped(Request(method, get.path).by(actor)) for method in ("GET", "HEAD"))
    assert (head_status, head_headers, body) == (status, headers, b"")


@operations(lambda operation: "304" in operation.node["responses"])
def test_what_has_not_changed_is_not_sent_again(operation, world):
    ask = TABLE[operation.id](world)
    actor, get = rightful(operation, ask), request(operation, ask)
    tag = get.by(actor).headers["ETag"]
    for sent, status in {tag: 304, f"W/{tag}": 304, f'"kanin", {tag}': 304, "*": 304, '"kanin"': 200, "kanin": 200}.items():
        assert Request("GET", get.path, headers=(("If-None-Match", sent),)).by(actor).status_code == status, sent


@operations(lambda operation: "412" in operation.node["responses"])
def test_a_change_of_what_has_changed_is_refused(operation, world):
    ask = TABLE[operation.id](world)
    change = request(operation, ask)
    actor, read = rightful(operation, ask), "/participation/answers" if operation.capability == "participant" else change.path
    for sent, status in {'"kanin"': 412, actor.get(read).headers["ETag"]: 200, "*": 200}.items():
        headers = tuple(header for header in change.headers if header[0] != "If-Match")
        assert Request(change.method, change.path, change.body, (*headers, ("If-Match", sent))).by(actor).status_code == status, sent


@operations(lambda operation: any(parameter["name"] == "page" for parameter in operation.parameters))
def test_a_list_comes_in_pages(operation, world):
    """One by one gives what comes at once; each page leads to the next and back; after the last there is none."""
    ask = TABLE[operation.id](world)
    actor = rightful(operation, ask) or world.nobody
    # Two of each that the councils do not have yet.
    world.here.own_instrument(), world.offered()
    world.here.planned(), world.here.planned(), world.here.alva.ok("POST", "/agreements", world.here.agreement_body())
    if operation.id == "listRegistrations":
        world.waiting_registration(), world.waiting_registration()
    ask.query = ""
    path = request(operation, ask).path + ("?search=9" if operation.id == "listMunicipalities" else "?")
    whole = actor.ok("GET", f"{path}&limit=100".replace("?&", "?"))
    total = whole["_meta"]["totalItems"]
    assert total >= 2 and len(whole["items"]) == min(total, 100)
    url, alone, before = f"{path}&limit=1&page=1".replace("?&", "?"), [], None
    while url:
        page = actor.ok("GET", url)
        assert page["_meta"] == {"page": len(alone) + 1, "limit": 1, "totalItems": total}
        assert page["_links"].get("prev", {}).get("href") == before
        alone += page["items"]
        before = page["_links"]["self"]["href"]
        url = page["_links"].get("next", {}).get("href", "").partition(PREFIX)[2]
    assert alone == whole["items"] or total > 100
    beyond = actor.ok("GET", f"{path}&page=10000".replace("?&", "?"))
    assert beyond["items"] == [] and beyond["_meta"]["totalItems"] == total


@operations(lambda operation: operation.method == "GET" and operation.body is None)
def test_a_trace_is_taken_and_given_back(operation, world):
    """Also with a refusal; and one that is none is not."""
    ask = TABLE[operation.id](world)
    get = request(operation, ask)
    for actor in {rightful(operation, ask) or world.nobody, world.nobody}:
        taken = Request("GET", get.path, headers=(("traceparent", TRACE),)).by(actor)
        assert taken.headers["traceparent"].split("-")[1] == "a" * 32
        for none in ("kanin", "00-" + "0" * 32 + "-" + "b" * 16 + "-01", TRACE[:-3], TRACE.upper()):
            other = Request("GET", get.path, headers=(("traceparent", none),)).by(actor)
            assert other.status_code == taken.status_code and other.headers["traceparent"].split("-")[1] not in ("a" * 32, "0" * 32)


def test_made_things_are_where_location_says(world):
    for name, api in {"inviteMember": world.here.alva, "createPost": world.here.alva, "createRound": world.here.alva, "recordAgreement": world.here.alva,
                      "addSeat": world.here.alva, "importInstrument": world.here.alva, "offerInstrument": world.operator}.items():
        made = request(BY_ID[name], TABLE[name](world)).by(api)
        assert made.status_code == 201
        path = made.headers["Location"].partition(PREFIX)[2]
        found = api.ok("GET", path)
        assert made.headers["Location"].startswith(world.server.base_url) and found == {**found, **made.json()}
