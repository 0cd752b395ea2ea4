"""Bad input, made from openapi.yaml: for each operation, its good request with one thing wrong with it.

Each is answered with a 4xx, a problem that names the field where there is one; nothing is stored, and nothing fails on our side. That the
request was good but for that is shown by sending it, whole, at the end.
"""

import copy
import http.client
import itertools
import json
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

import contract
from contract import OPERATIONS, PREFIX, SPEC
from matrix import JSON, TABLE, Request, request, rightful

COUNTS = {}


@pytest.fixture(scope="module", autouse=True)
def tell_the_number():
    yield
    print(f"\nbad input: {sum(COUNTS.values())} requests with something wrong, {COUNTS}")


@dataclass
class Bad:
    """A request with something wrong: what, how it may be answered, and what it must point at."""

    what: str
    request: Request
    statuses: tuple
    pointer: str = None


# ---- Bodies that are no JSON, or not one that is read here

def malformed(good):
    """(what is wrong, the body): none of them is read as JSON."""
    text = good.decode()
    yield from {
        "nothing": b"", "white space": b" \n", "a word": b"kanin", "half of it": good[:-1], "something after": good + b" x", "twice": good + good,
        "a comma too many": good[:-1] + b",}", "no quotes": b"{name: 1}", "single quotes": b"{'name': 1}", "NaN": b'{"name": NaN}',
        "a comment": b"/* */" + good, "a list": b"[]", "a list of it": b"[" + good + b"]", "a text": b'"text"', "a number": b"1", "null": b"null",
        "UTF-16": text.encode("utf-16"), "Latin-1": '{"ä": 1}'.encode("latin-1"), "half a character": b'{"\xc3": 1}', "overlong UTF-8": b'{"\xc0\xaf": 1}',
        "a surrogate in UTF-8": b'{"\xed\xa0\x80": 1}', "a NUL byte": b'{"a\x00": 1}', "an escaped NUL": b'{"a": "\\u0000"}',
        "half a surrogate pair": b'{"a": "\\ud800"}', "the wrong half first": b'{"a": "\\udc00\\ud800"}', "half a pair and a letter": b'{"a": "\\ud800\\u0061"}',
        "a line end in a text": b'{"a": "\n"}', "an unknown escape": b'{"a": "\\x"}', "a number with a plus": b'{"a": +1}', "leading zeros": b'{"a": 01}',
        "a fraction": b'{"a": 1.5}', "a huge number": b'{"a": 1e400}', "many digits": b'{"a": ' + b"9" * 400 + b"}",
        "lists too deep": b'{"a": ' + b"[" * 17 + b"]" * 17 + b"}", "objects too deep": b'{"a":' * 17 + b"1" + b"}" * 17,
        "very many brackets": b"[" * 60_000, "very many braces": b'{"a":' * 12_000,
    }.items()


def bodies(operation, ask):
    same = request(operation, ask)
    for what, body in malformed(same.body):
        yield Bad(what, Request(same.method, same.path, body, same.headers), (400,))
    first = next(iter(ask.body), None)
    if first:
        twice = same.body[:-1] + b", " + json.dumps({first: ask.body[first]}).encode()[1:]
        yield Bad(f"{first} twice", Request(same.method, same.path, twice, same.headers), (400,), f"#/{first}")
    yield Bad("too large", Request(same.method, same.path, same.body + b" " * operation.node.get("x-body-limit", 65_536), same.headers), (413,))
    for what, headers in {
        "no type": {}, "plain text": {"Content-Type": "text/plain"}, "a form": {"Content-Type": "application/x-www-form-urlencoded"},
        "XML": {"Content-Type": "application/xml"}, "another charset": {"Content-Type": "application/json; charset=iso-8859-1"},
        "compressed": {**JSON, "Content-Encoding": "gzip"},
    }.items():
        yield Bad(what, Request(same.method, same.path, same.body, tuple(headers.items())), (415,))


def files(operation, ask):
    """A file as the body: text of two media types, whose faults are told by line (test_instruments)."""
    same = request(operation, ask)
    for what, body in malformed(same.body):
        if what not in ("white space", "a list of it"):
            yield Bad(what, Request(same.method, same.path, body, same.headers), (400, 422))
    yield Bad("too large", Request(same.method, same.path, same.body + b" " * 1_000_000, same.headers), (413,))
    for what, headers in {
        "no type": {}, "plain text": {"Content-Type": "text/plain"}, "a form": {"Content-Type": "application/x-www-form-urlencoded"},
        "another charset": {"Content-Type": "application/yaml; charset=iso-8859-1"}, "compressed": {**JSON, "Content-Encoding": "gzip"},
    }.items():
        headers = {**dict(same.headers), "Content-Type": None, **headers}
        yield Bad(what, Request(same.method, same.path, same.body, tuple((name, value) for name, value in headers.items() if value)), (415,))


# ---- Fields

class Raw(str):
    """JSON as it is to be written, where Python would write something else."""


def written(body):
    """The body as bytes, with each `Raw` as it is."""
    raws = {}

    def marked(value):
        if isinstance(value, Raw):
            return raws.setdefault(f"<raw {len(raws)}>", value) and f"<raw {len(raws) - 1}>"
        if isinstance(value, dict):
            return {name: marked(below) for name, below in value.items()}
        return [marked(below) for below in value] if isinstance(value, list) else value

    text = json.dumps(marked(body), ensure_ascii=False)
    for mark, raw in raws.items():
        text = text.replace(f'"{mark}"', raw)
    return text.encode()


def fields(schema, value, path=()):
    """(path, schema) of the body and all its parts, optional ones too, as far as the good body shows their shape."""
    schema = branch(contract.resolve(schema)[0], value)
    yield path, schema
    if isinstance(value, dict):
        for name, below in value.items():
            yield from fields(schema.get("properties", {}).get(name, schema.get("additionalProperties")), below, (*path, name))
    if isinstance(value, list) and value:
        yield from fields(schema["items"], value[0], (*path, 0))


def branch(schema, value):
    """Of several shapes the one that the value has."""
    if "oneOf" not in schema:
        return schema
    fits = [contract.resolve(one)[0] for one in schema["oneOf"]]
    return {**next(one for one in fits if set(one.get("required", [])) <= set(value)), "x-one-of": True}


IDS = ["1", "kanin", "00000000-0000-0000-0000", "{0b6f2a52-6d0d-4b4f-8d7d-3c7a0e5c1a01}", "0b6f2a526d0d4b4f8d7d3c7a0e5c1a01x", "' or 1=1 --"]
DAYS = ["igår", "2026-02-30", "2026-13-01", "2026-00-10", "20261", "2026-11-23T08:00:00Z", "-2026-11-23", "99999-01-01"]
TIMES = [
    "imorgon", "2026-12-14", "2026-12-14T16:00:00", "2026-12-14T25:00:00Z", "2026-02-30T16:00:00Z", "2026-12-14T16:61:00Z", "2026-12-14T16:00:00+99:00",
    "2026-12-14 16:00", "99999-12-14T16:00:00Z", "1765728000"]
ADDRESSES = [
    "kanin", "a@", "@demo01.example", "a@b", "a b@demo01.example", "å@demo01.example", "a@demo01.example, b@demo01.example",
    "a@demo01.example\r\nBcc: b@demo01.example", "a" * 250 + "@demo01.example", "<a@demo01.example>"]
WORDS = ["", " ", "kanin", "KANIN", "a\u0001b", "a\u0000b", "a\u202eb", Raw('"\\ud800"'), Raw('"\\u0000"'), "x" * 3_000]
NUMBERS = [-1, 0, 4, 51, 1999, 2101, 2**31, 2**53, 2**63, -(2**63), Raw("1.5"), Raw("1e3"), Raw("1e400"), Raw("9" * 100), Raw("-0.0")]
OTHER_TYPES = [None, True, 1, "1", "true", [], ["1"], {}, {"a": 1}]


def wrong_values(schema):
    """Values to try in place of one that has this schema; some may be right after all."""
    yield from OTHER_TYPES
    kind = schema.get("type")
    if kind == "string" or "enum" in schema:
        yield from WORDS
        yield from {"uuid": IDS, "date": DAYS, "date-time": TIMES, "email": ADDRESSES}.get(schema.get("format"), [])
        if "maxLength" in schema:
            yield from ("x" * (schema["maxLength"] + 1), "å" * (schema["maxLength"] + 1))
    if kind == "integer" or isinstance(kind, list) and "integer" in kind:
        yield from NUMBERS
    if kind == "boolean":
        yield from (False, 0, "on")
    if kind == "array":
        yield from ([None], [[]], [1], ["kanin"], [{}])


def is_wrong(operation, body, schema, value):
    """Whether openapi.yaml refuses the body, by its schema or, where a schema has no words for it, by its descriptions."""
    if isinstance(value, Raw):
        return not (value == "1e3" or value == "-0.0")
    if isinstance(value, str) and schema.get("type") == "string":
        if any(ord(letter) < 0x20 or 0x202A <= ord(letter) <= 0x202E for letter in value.strip()):
            return True
        if not value.strip() and schema.get("minLength", 0) > 0:
            return True
    return not contract.validator(operation.place + "/requestBody/content/application~1json/schema" if "$ref" not in operation.node["requestBody"]
                                  else "/components/schemas/LinkToken").is_valid(body)


def replaced(body, path, change):
    """A copy of the body with `change` applied to what holds the last of the path."""
    body = copy.deepcopy(body)
    holder = body
    for step in path[:-1]:
        holder = holder[step]
    change(holder, path[-1])
    return body


def put(value):
    def change(holder, name):
        holder[name] = value
    return change


def drop(holder, name):
    del holder[name]


def fields_wrong(operation, ask):
    same = request(operation, ask)

    def bad(what, body, path):
        return Bad(what, Request(same.method, same.path, written(body), same.headers), (400, 422), "#" + contract.pointer(*path))

    for path, schema in list(fields(operation.body, ask.body)):
        if schema.get("type") == "object":
            yield bad(f"unknown at {path}", replaced(ask.body, (*path, "kanin"), put(1)), (*path, "kanin"))
        for name in schema.get("required", []):
            # Of several shapes, which one is meant is not known without it.
            yield bad(f"no {name} at {path}", replaced(ask.body, (*path, name), drop), path if schema.get("x-one-of") else (*path, name))
        if schema.get("minProperties"):
            yield Bad(f"{path} empty", Request(same.method, same.path, written(replaced(ask.body, path, put({})) if path else {}), same.headers), (400, 422))
        if schema.get("uniqueItems"):
            held = ask.body
            for step in path:
                held = held[step]
            yield bad(f"{path} twice", replaced(ask.body, path, put([held[0], held[0]])), path)
        if path:
            for value in wrong_values(schema):
                body = replaced(ask.body, path, put(value))
                if is_wrong(operation, body, schema, value):
                    yield bad(f"{str(value)[:60]!r} at {path}", body, path)


# ---- Everything but the body

def targets(operation, ask):
    """Wrong ids in the path, wrong parameters in the query."""
    same = request(operation, ask)
    for name in operation.holes:
        for wrong in ["0", "kanin", "-", "0" * 36, "x" * 3_000, "%00", "%ff", "%C3%A5", "%2e%2e", "a%2Fb", "{0b6f2a52}", "'"]:
            path = request(operation, ask, {name: wrong}).path
            yield Bad(f"{wrong[:40]} as {name}", Request(same.method, path, same.body, same.headers), (400, 404))
        yield Bad(f"a very long {name}", Request(same.method, request(operation, ask, {name: "x" * 4_100}).path, same.body, same.headers), (414,))
    base, _, query = same.path.partition("?")
    known = {parameter["name"]: parameter["schema"] for parameter in operation.parameters if parameter["in"] == "query"}
    for name, schema in known.items():
        kept = [pair for pair in query.split("&") if pair and not pair.startswith(f"{name}=")]
        for wrong in wrong_parameters(schema):
            yield Bad(f"{name}={wrong[:40]}", Request(same.method, f"{base}?{'&'.join([*kept, f'{name}={wrong}'])}", same.body, same.headers), (400,))
        yield Bad(f"{name} twice", Request(same.method, f"{base}?{'&'.join([*kept, f'{name}=1', f'{name}=1'])}", same.body, same.headers), (400,))
    for wrong in ["kanin=1", "municipalityId=0b6f2a52-6d0d-4b4f-8d7d-3c7a0e5c1a01", "%zz", "%ff=1", "Limit=1"]:
        yield Bad(f"?{wrong}", Request(same.method, base + "?" + "&".join([*filter(None, [query]), wrong]), same.body, same.headers), (400,))


def wrong_parameters(schema):
    if "enum" in schema:
        return ["", "kanin", "WAITING", "waiting%00", "waiting,refused"]
    if schema["type"] == "boolean":
        return ["", "kanske", "1", "True", "true%00"]
    if schema["type"] == "integer":
        return ["", "x", "0", "-1", "1.5", "1e2", "+1", "01", "%201", "1%00", str(schema["maximum"] + 1), "9" * 30, "%EF%BC%91"]
    return ["", "x" * (schema["maxLength"] + 1), "%00", "%ff"]


def surroundings(operation, ask):
    """Bodies where none is taken, and answers that nobody can give."""
    same = request(operation, ask)
    if operation.body is None:
        yield Bad("a body", Request(same.method, same.path, b"{}", tuple(JSON.items())), (400,))
        yield Bad("a large body", Request(same.method, same.path, b"x" * 100_000, tuple(JSON.items())), (400, 413))
    if "406" in operation.node["responses"]:
        for accept in ["text/html", "image/png, text/plain;q=0.5", "application/json;q=0, application/problem+json;q=0"]:
            yield Bad(f"Accept: {accept}", Request(same.method, same.path, same.body, (*same.headers, ("Accept", accept))), (406,))


# ---- The tests

@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_bad_input_is_refused_and_nothing_stored(operation, world):
    ask = TABLE[operation.id](world)
    actor, same = rightful(operation, ask) or world.nobody, request(operation, ask)
    if operation.id == "saveAnswers":
        # What is right of a body is saved even where something else is wrong. It is saved now, so that nothing changes by it.
        assert same.by(actor).ok
    cases = [*targets(operation, ask), *surroundings(operation, ask)]
    if operation.takes_file:
        cases += files(operation, ask)
    elif operation.body:
        cases += [*bodies(operation, ask), *fields_wrong(operation, ask)]
    COUNTS[operation.id] = len(cases)
    world.settle()
    before = world.all_contents()
    faults = [fault for case in cases for fault in faults_of(case, actor)]
    after = world.all_contents()
    changed = [name for name in before if before[name] != after[name]]
    assert not changed and not faults, "\n".join([f"something was stored in {changed}" if changed else "nothing was stored", *faults])
    # Who is answered without a body need not accept anything.
    accept = () if "406" in operation.node["responses"] else (("Accept", "text/html"),)
    answer = Request(same.method, same.path, same.body, (*same.headers, *accept)).by(actor)
    assert answer.status_code in operation.successes, f"the good request: {answer.text}"


def faults_of(case, actor):
    try:
        answer = case.request.by(actor)
    except AssertionError as broken:
        yield f"{case.what}: {broken}"
        return
    if answer.status_code not in case.statuses:
        yield f"{case.what}: {answer.status_code}, not {case.statuses}: {answer.text[:300]}"
    elif case.pointer:
        told = [error["pointer"] for error in answer.json().get("errors", [])]
        if not any(pointer == case.pointer or pointer.startswith(case.pointer + "/") for pointer in told):
            yield f"{case.what}: points at {told}, not at {case.pointer}"


@pytest.mark.parametrize("path", SPEC["paths"])
def test_other_methods_are_refused_with_allow(path, world):
    own = {method.upper() for method in contract.METHODS if method in SPEC["paths"][path]}
    allowed = own | {"OPTIONS"} | ({"HEAD"} if "GET" in own else set())
    others = {"itemKey": "d1.1", "dimensionKey": "d1", "version": "1", "figure": "overall.current"}
    concrete = re.sub(r"{(\w+)}", lambda name: others.get(name[1], "0b6f2a52-6d0d-4b4f-8d7d-3c7a0e5c1a01"), path)
    for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - allowed:
        answer = world.nobody.call(method, concrete)
        assert answer.status_code == 405, method
        assert set(answer.headers["Allow"].split(", ")) == allowed
    answer = world.nobody.call("OPTIONS", concrete)
    assert answer.status_code == 204 and set(answer.headers["Allow"].split(", ")) == allowed
    assert world.nobody.call("PROPFIND", concrete).status_code == 501


# ---- Below HTTP libraries

def raw(server, data):
    """(status, headers, body) of the answer to these bytes."""
    place = urlsplit(server.base_url)
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        connection.sendall(data)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.headers, answer.read()


def get(server, target, more=b""):
    return raw(server, b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more + b"\r\n")


PATHS = [
    b"//api/v1/council", b"/api//v1/council", b"/api/v1//council", b"/api/v1/council/", b"/api/v1/./council", b"/api/v1/x/../council", b"/api/v1/../v1/council",
    b"/api/v1/%63ouncil", b"/api/v1/council%2F", b"/api/v1/council%00", b"/api/v1/%2e%2e/council", b"/api/v1/council;x=1", b"/API/v1/council", b"/api/V1/council",
    b"/api/v1/Council", b"/api", b"/api/", b"/api/v1", b"/api/v1/", b"/api/v2/council", b"/api/v1/kanin", b"/api/v1/members/kanin/kanin",
    b"/api/v1/council%zz", b"/api/v1/council%ff", b"/api/v1/" + b"x/" * 1_000, b"/api/v1/council\\", b"/api/v1/{roundId}", b"/api/v1/rounds/{roundId}"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.decode()[:30])
def test_another_spelling_is_another_path(path, world):
    """404, or 400 for what is no path: also with a token that would open the right spelling."""
    token = b"Authorization: Bearer " + world.here.alva.token.encode() + b"\r\n"
    status, headers, body = get(world.server, path, token)
    assert status in (400, 404), body
    if path.startswith(b"/api"):
        assert headers["Content-Type"] == "application/problem+json"
        assert contract.schema_faults("/components/schemas/Problem", json.loads(body)) == []


def test_a_path_that_is_too_long(world):
    assert get(world.server, PREFIX.encode() + b"/" + b"x" * 4_100)[0] == 414
    assert get(world.server, PREFIX.encode() + b"/municipalities?search=" + b"x" * 4_100)[0] == 414


@pytest.mark.parametrize("data, statuses", [
    (b"GET /api/v1/council HTTP/1.1\r\nConnection: close\r\n\r\n", (400,)),                                            # no Host
    (b"GET /api/v1/council HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n", (400, 401)),
    (b"GET http://x/api/v1/council HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (400, 401, 404)),
    (b"GET /api/v1/council?a b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (400,)),
    (b"GET /api/v1/council HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 100_000 + b"\r\nConnection: close\r\n\r\n", (400, 431)),
    (b"POST /api/v1/sign-in-links HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\nConnection: close\r\n\r\n{}   ", (400,)),
    (b"POST /api/v1/sign-in-links HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\nConnection: close\r\n\r\n{}", (400,)),
    (b"POST /api/v1/sign-in-links HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\nConnection: close\r\n\r\n0\r\n\r\n", (400, 415)),
    (b"GET /api/v1/council HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\nConnection: close\r\n\r\n", (401,)),
    (b"GET /api/v1/council HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\xfe\r\nConnection: close\r\n\r\n", (400, 401)),
    (b"GET /api/v1/api-info HTTP/1.1\r\nHost: x\r\ntraceparent: kanin\r\nAccept: */*;q=kanin\r\nConnection: close\r\n\r\n", (200, 406)),
    (b"kanin\r\n\r\n", (400,)),
])
def test_requests_that_are_hardly_requests(data, statuses, world):
    assert raw(world.server, data)[0] in statuses


def test_a_body_in_pieces_is_bounded_too(world):
    """With no length told, as much as is taken is read, and no more."""
    pieces = itertools.repeat(b"400\r\n" + b" " * 1024 + b"\r\n", 100)
    head = b"POST /api/v1/sign-in-links HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    assert raw(world.server, head + b"".join(pieces) + b"0\r\n\r\n")[0] == 413
