"""openapi.yaml as the tests use it, and whether an answer of the server is one that it promises.

`check(answer)` is called for every answer that `people.Api` receives, so that each test of the suite tests the contract too.
"""

import datetime
import functools
import json
import pathlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE = ROOT / "openapi.yaml"
METHODS = ("get", "put", "post", "delete", "patch")
PREFIX = "/api/v1"
PROBLEM_URL = "https://nyttograd.example/problems/"

# Served below the prefix, and no operations: the contract itself.
OUTSIDE = {"/openapi.yaml"}


class Loader(yaml.SafeLoader):
    """Leaves dates as the strings that JSON has."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

SPEC = yaml.load(FILE.read_text(encoding="utf-8"), Loader)
REGISTRY = Registry().with_resource("urn:openapi", DRAFT202012.create_resource(SPEC))
FORMATS = FormatChecker(["uuid", "date"])


@FORMATS.checks("date-time", raises=ValueError)
def is_date_time(value):
    return not isinstance(value, str) or ("T" in value and datetime.datetime.fromisoformat(value).tzinfo is not None)


@FORMATS.checks("email")
def is_email(value):
    return not isinstance(value, str) or re.fullmatch(r"[!-?A-~]+@[a-z0-9-]+(\.[a-z0-9-]+)+", value) is not None


@FORMATS.checks("uri", raises=ValueError)
def is_uri(value):
    return not isinstance(value, str) or bool(urlsplit(value).scheme and urlsplit(value).netloc)


# ---- Walking the file

def pointer(*segments):
    return "".join("/" + str(segment).replace("~", "~0").replace("/", "~1") for segment in segments)


def resolve(node, place=""):
    """The node that a `$ref` stands for, and its JSON pointer."""
    while isinstance(node, dict) and "$ref" in node:
        place = node["$ref"].removeprefix("#")
        node = SPEC
        for segment in place.split("/")[1:]:
            node = node[segment.replace("~1", "/").replace("~0", "~")]
    return node, place


@functools.cache
def validator(schema_pointer):
    return Draft202012Validator({"$ref": f"urn:openapi#{schema_pointer}"}, registry=REGISTRY, format_checker=FORMATS)


@dataclass(frozen=True)
class Operation:
    """One operation of the file."""

    id: str
    method: str
    path: str

    @property
    def node(self):
        return SPEC["paths"][self.path][self.method.lower()]

    @property
    def place(self):
        return pointer("paths", self.path, self.method.lower())

    @property
    def capability(self):
        return self.node["x-capability"]

    @property
    def holes(self):
        """The names in the path: ["roundId", "seatId"]."""
        return re.findall(r"{(\w+)}", self.path)

    @functools.cached_property
    def parameters(self):
        return [resolve(parameter)[0] for parameter in self.node["parameters"]]

    @functools.cached_property
    def body(self):
        """The schema of the request's body; None where none is taken."""
        if "requestBody" not in self.node:
            return None
        return resolve(resolve(self.node["requestBody"])[0]["content"]["application/json"]["schema"])[0]

    @property
    def takes_file(self):
        """Whether the body is a file as it is, of which `body` describes one notation."""
        return self.body is not None and "application/yaml" in resolve(self.node["requestBody"])[0]["content"]

    def answer(self, status):
        """What the file says of an answer with this status, and where; None if it says nothing."""
        place = self.place + pointer("responses", status)
        node = self.node["responses"].get(str(status))
        return resolve(node, place) if node is not None else None

    @property
    def successes(self):
        return [int(code) for code in self.node["responses"] if code.startswith("2")]


OPERATIONS = [
    Operation(item[method]["operationId"], method.upper(), path)
    for path, item in SPEC["paths"].items() for method in METHODS if method in item
]
BY_ID = {operation.id: operation for operation in OPERATIONS}
_PATTERNS = [(re.compile(re.sub(r"{\w+}", "[^/]+", path) + "$"), path) for path in SPEC["paths"]]


def template(path):
    """The path of the file that a path below the prefix is an instance of. A path without holes goes before one with."""
    return min((found for pattern, found in _PATTERNS if pattern.match(path)), key=lambda found: found.count("{"), default=None)


def find(method, path):
    """The operation that answers, if the file has one."""
    found = template(path)
    wanted = "GET" if method == "HEAD" and "head" not in SPEC["paths"].get(found, {}) else method
    return next((operation for operation in OPERATIONS if operation.path == found and operation.method == wanted), None)


# ---- Judging an answer

# What any path may answer, whatever its operation: the file says so in info.description.
ON_EVERY_PATH = {405: "method-not-allowed", 414: "target-too-long", 501: "method-unknown"}


def strict_json(body):
    """JSON without a name twice, or a number that is none."""

    def once(pairs):
        names = [name for name, _ in pairs]
        if len(names) != len(set(names)):
            raise ValueError(f"a name twice among {names}")
        return dict(pairs)

    def refuse(word):
        raise ValueError(f"{word} is no JSON")

    return json.loads(body.decode("utf-8"), object_pairs_hook=once, parse_constant=refuse)


def schema_faults(schema_pointer, value):
    return [f"{error.json_path}: {error.message[:300]}" for error in validator(schema_pointer).iter_errors(value)]


def header_faults(promised, place, headers):
    for name, node in promised.items():
        node, at = resolve(node, place + pointer("headers", name))
        if name not in headers:
            if node.get("required"):
                yield f"no header {name}"
            continue
        value = headers[name]
        if resolve(node["schema"])[0].get("type") == "integer":
            value = int(value) if re.fullmatch(r"\d+", value) else value
        yield from (f"header {name}: {fault}" for fault in schema_faults(at + "/schema", value))


def problem_faults(document, path, status, headers, slugs):
    """What holds for every problem beyond its schema."""
    if document.get("status") != status:
        yield f"status {document.get('status')} in the body of a {status}"
    if document.get("instance") != path[:200]:
        yield f"instance {document.get('instance')}"
    if document.get("traceId") not in headers.get("traceparent", ""):
        yield f"traceId {document.get('traceId')} and traceparent {headers.get('traceparent')}"
    if slugs is not None and document.get("type", "").removeprefix(PROBLEM_URL) not in slugs:
        yield f"type {document.get('type')} is none of {sorted(slugs)}"
    if document.get("type") == PROBLEM_URL + "invalid-query" and not document.get("parameter") and "parameter \"\"" not in document.get("detail", ""):
        yield "an invalid query without its parameter"


def body_faults(answer, at, content_type, body, *, is_head):
    """(faults, the document if it is one)"""
    promised = answer.get("content")
    essence = content_type.partition(";")[0].strip()
    if promised is None:
        return ([f"a body of {len(body)} bytes where none is promised"] if body else []), None
    if essence not in promised:
        return [f"Content-Type {content_type!r}, not {list(promised)}"], None
    if is_head:
        return ([f"a body of {len(body)} bytes to HEAD"] if body else []), None
    try:
        document = yaml.load(body, Loader) if essence == "application/yaml" else strict_json(body)
    except (ValueError, yaml.YAMLError) as error:
        return [f"no JSON: {error}"], None
    return schema_faults(at + pointer("content", essence, "schema"), document), document


def promised_answer(operation, method, status):
    """What is said of this status, where it stands, and the problem types that it may have; None if nothing is."""
    if status in ON_EVERY_PATH:
        node, at = resolve({"$ref": "#/components/responses/MethodNotAllowed" if status == 405 else "#/components/responses/NotFound"})
        return node, at, {ON_EVERY_PATH[status]}
    if operation is None and method == "OPTIONS" and status == 204:
        return {"headers": {"Allow": {"$ref": "#/components/headers/Allow"}, "traceparent": {"$ref": "#/components/headers/Traceparent"}}}, "", None
    if operation is None:
        known = {400: "Malformed", 404: "NotFound", 500: "Fault", 503: "Busy"}
        if status not in known:
            return None
        node, at = resolve({"$ref": f"#/components/responses/{known[status]}"})
        return node, at, set(node["x-problem-types"])
    found = operation.answer(status)
    return found and (*found, set(found[0]["x-problem-types"]) if status >= 400 else None)


def faults(method, path, status, headers, body):
    """Everything in an answer that openapi.yaml does not promise. `path` is the one sent, without its query."""
    below = path.removeprefix(PREFIX)
    if below in OUTSIDE:
        return []
    operation = find(method, below)
    promised = promised_answer(operation, method, status)
    if promised is None:
        return [f"status {status} is not promised"]
    node, at, slugs = promised
    found = list(header_faults(node.get("headers", {}), at, headers))
    more, document = body_faults(node, at, headers.get("Content-Type", ""), body, is_head=method == "HEAD")
    found += more
    if status >= 400 and isinstance(document, dict):
        found += problem_faults(document, path, status, headers, slugs)
    return found


def check(answer):
    """Fails, naming the operation, unless the answer (of `requests`) is one that openapi.yaml promises. Answers of pages pass."""
    path = urlsplit(answer.request.path_url).path
    if not path.startswith(PREFIX + "/"):
        return
    method = answer.request.method
    operation = find(method, path.removeprefix(PREFIX))
    found = faults(method, path, answer.status_code, answer.headers, answer.content)
    name = operation.id if operation else "no operation"
    assert not found, f"{name} ({method} {path}) answered {answer.status_code}, and not as openapi.yaml promises: {found}\n{answer.text[:1000]}"
