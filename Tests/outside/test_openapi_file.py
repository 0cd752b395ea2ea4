"""openapi.yaml as a document: valid, conforming to the national profile, and true to its own schemas. No server is needed."""
import re
import subprocess
import sys

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from contract import FILE, METHODS, PROBLEM_URL, ROOT, SPEC, pointer, resolve, validator

LINTER = ROOT / "Tests" / "tools" / "rap_lint.py"


# ---- Walking the file

def operations():
    for path, item in SPEC["paths"].items():
        for method in METHODS:
            if method in item:
                yield item[method], pointer("paths", path, method)


def bodies_and_answers(operation, place):
    """(code or None for the request body, what stands there, its pointer)"""
    if "requestBody" in operation:
        yield None, *resolve(operation["requestBody"], place + "/requestBody")
    for code, answer in operation["responses"].items():
        yield code, *resolve(answer, place + pointer("responses", code))


def media():
    """Every media type of every body, each place once."""
    seen = set()
    for operation, place in operations():
        for _, holder, at in bodies_and_answers(operation, place):
            for name, medium in holder.get("content", {}).items():
                spot = at + pointer("content", name)
                if spot not in seen:
                    seen.add(spot)
                    yield medium, spot


def parameters_and_headers():
    for kind in ("parameters", "headers"):
        for name, node in SPEC["components"][kind].items():
            yield node, pointer("components", kind, name)
    for operation, place in operations():
        for number, parameter in enumerate(operation.get("parameters", [])):
            if "$ref" not in parameter:
                yield parameter, place + pointer("parameters", number)


def examples(node, place):
    """(example, pointer of its schema, where it stands)"""
    if "example" in node:
        yield node["example"], place + "/schema", place
    for name, example in node.get("examples", {}).items():
        value, at = resolve(example, place + pointer("examples", name))
        yield value["value"], place + "/schema", at


OPERATIONS = [pytest.param(operation, place, id=operation["operationId"]) for operation, place in operations()]
HOLDERS = list(media()) + list(parameters_and_headers())
EXAMPLES = [pytest.param(*found, id=found[2]) for holder in HOLDERS for found in examples(*holder)]


# ---- The file

def test_the_file_is_valid_openapi():
    assert [error.message for error in OpenAPIV31SpecValidator(SPEC).iter_errors()] == []


def test_the_profile_is_met():
    """No SKALL; and of the BÖR only those that docs/integrating.md gives a reason for."""
    linted = subprocess.run([sys.executable, LINTER, "--no-tips", FILE], capture_output=True, text=True)
    assert linted.returncode == 0, linted.stdout + linted.stderr
    assert "SKALL violated 0 rules" in linted.stdout
    assert set(re.findall(r"(?m)^(\S+) BÖR", linted.stdout)) == {"ARP.02", "ARP.04", "SAK.18"}


def test_operation_ids_are_unique_and_camel_case():
    names = [operation["operationId"] for operation, _ in operations()]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", name)] == []


def test_every_component_is_used():
    text = FILE.read_text(encoding="utf-8")
    spare = {"MethodNotAllowed"}  # it may be answered on every path, and so belongs to no operation
    unused = [
        f"{kind}/{name}"
        for kind, components in SPEC["components"].items() if kind != "securitySchemes"
        for name in components
        if name not in spare and f"'#/components/{kind}/{name}'" not in text
    ]
    assert unused == []


# ---- Operations

@pytest.mark.parametrize("operation, place", OPERATIONS)
def test_an_operation_says_all_that_it_must(operation, place):
    assert operation["x-capability"] in {"none", "participant", "operator", *SPEC["components"]["schemas"]["Capability"]["enum"]}
    assert set(operation["tags"]) <= {tag["name"] for tag in SPEC["tags"]}
    answers = {code: answer for code, answer, _ in bodies_and_answers(operation, place) if code}
    assert {"500", "503"} <= set(answers)
    named = [resolve(parameter, "")[0]["name"] for parameter in operation["parameters"]]
    assert "traceparent" in named
    in_path = re.findall(r"~1{(\w+)}", place)
    assert [name for name in named if name in in_path] == in_path
    for code, answer in answers.items():
        assert "traceparent" in answer["headers"], code
        if code == "201":
            assert "Location" in answer["headers"]


@pytest.mark.parametrize("operation, place", OPERATIONS)
def test_the_token_agrees_with_the_capability(operation, place):
    schemes = [name for requirement in operation.get("security", SPEC["security"]) for name in requirement]
    wanted = {"none": [], "participant": ["personalLink"], "operator": ["operatorSession"]}
    assert schemes == wanted.get(operation["x-capability"], ["memberSession"])
    assert ("401" in operation["responses"]) == bool(schemes)
    assert ("403" in operation["responses"]) == (schemes == ["memberSession"])


@pytest.mark.parametrize("operation, place", OPERATIONS)
def test_refusals_name_their_problem_types(operation, place):
    for code, answer, at in bodies_and_answers(operation, place):
        if code is None or code < "400":
            continue
        assert list(answer["content"]) == ["application/problem+json"], at
        types = answer["x-problem-types"]
        for example, _, _ in examples(answer["content"]["application/problem+json"], at):
            assert example["status"] == int(code), at
            assert example["type"].removeprefix(PROBLEM_URL) in types, at


@pytest.mark.parametrize("operation, place", OPERATIONS)
def test_a_body_is_read_strictly(operation, place):
    if "requestBody" not in operation:
        return
    body, at = resolve(operation["requestBody"], place)
    assert body["required"] is True and list(body["content"]) in (["application/json"], ["application/yaml", "application/json"])
    assert {"413", "415", "422"} <= set(operation["responses"])
    assert [where for where in open_objects(body["content"]["application/json"]["schema"], at)] == []


def open_objects(schema, place, seen=frozenset()):
    """Where an object of the schema would take names that it does not know."""
    schema, place = resolve(schema, place)
    if place in seen:
        return
    seen = seen | {place}
    if schema.get("type") == "object" and schema.get("additionalProperties", True) is True:
        yield place
    below = [schema["items"]] if "items" in schema else []
    below += schema.get("properties", {}).values()
    below += [part for key in ("oneOf", "anyOf", "allOf") for part in schema.get(key, [])]
    if isinstance(schema.get("additionalProperties"), dict):
        below.append(schema["additionalProperties"])
    for number, part in enumerate(below):
        yield from open_objects(part, f"{place}/{number}", seen)


# ---- Examples

def test_every_body_has_an_example():
    assert [place for medium, place in media() if not list(examples(medium, place))] == []


@pytest.mark.parametrize("example, schema, place", EXAMPLES)
def test_an_example_is_valid(example, schema, place):
    faults = [f"{error.json_path}: {error.message}" for error in validator(schema).iter_errors(example)]
    assert faults == []


def test_a_wrong_example_would_be_seen():
    path = pointer("components", "schemas", "Round")
    right = SPEC["components"]["examples"]["Round"]["value"]
    assert validator(path).is_valid(right)
    for change in ({"state": "lost"}, {"closesAt": "2026-12-14 16:00"}, {"id": "1"}, {"more": 1}):
        assert not validator(path).is_valid({**right, **change}), change
    assert not validator(path).is_valid({name: value for name, value in right.items() if name != "steps"})


# ---- The guide for integrators

def test_the_guide_explains_every_problem_type():
    guide = (ROOT / "docs" / "integrating.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (`[^|]+`) \| [45]\d\d \|", guide)
    explained = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}
    edge_only = {"method-not-allowed", "method-unknown", "target-too-long"}  # answered on every path, and so by no operation
    answers = [answer for operation, place in operations() for _, answer, _ in bodies_and_answers(operation, place)]
    assert explained - edge_only == {name for answer in answers for name in answer.get("x-problem-types", [])}
