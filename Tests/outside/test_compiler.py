"""What the compiler refuses: small programs, held against the built modules with the flags that Package.swift gives."""

import functools
import json
import re
import subprocess

import pytest

from conftest import ROOT

OURS = re.findall(r'\.(?:target|executableTarget|testTarget)\(\s*name: "(\w+)"', (ROOT / "Package.swift").read_text())


@functools.cache
def commands():
    """The compiler's arguments for each target, as the build that the tests run on was given them."""
    text = (ROOT / ".build/debug.yaml").read_text()
    swift = re.findall(r'^  "C\.(\w+)-[^"]*-debug\.module":\n(?:    .*\n)*?    args: (\[.*\])$', text, re.M)
    c = re.findall(r'^  "[^"]*/(\w+)\.build/[^"]*\.c\.o":\n(?:    .*\n)*?    args: (\[.*\])$', text, re.M)
    return {name: json.loads(arguments) for name, arguments in swift + c}


def compile_as(target, program, folder):
    """Holds a program against the target's modules and flags, and gives what the compiler has against it."""
    given, kept = iter(commands()[target][1:]), []
    for word in given:
        if word in ("-Xcc", "-target", "-swift-version", "-module-cache-path", "-Wwarning"):
            kept += [word, next(given)]
        elif word == "-I":
            kept += [word, next(given)]
        elif word == "-warnings-as-errors" or word.startswith("-I"):
            kept.append(word)
    file = folder / "program.swift"
    file.write_text(program)
    done = subprocess.run([commands()[target][0], "-typecheck", *kept, file], capture_output=True, text=True, timeout=300)
    errors = re.findall(r"^\S*program\.swift:\d+:\d+: error: (.*)$", done.stderr, re.M)
    assert (done.returncode == 0) == (errors == []), done.stderr
    return errors


PROGRAM = """
import Database
import Foundation
@testable import Server

func program(_ database: Database, _ member: Member, _ participant: Participant, _ query: Query<Participant, Int>) async throws {
    %s
}
"""


AS_ANOTHER = r"cannot convert value of type 'Member' to expected argument type 'Participant'"


@pytest.mark.parametrize(
    "body, refusal",
    [
        ("_ = try await database.send(as: participant, query)", None),
        ("_ = try await database.transaction(as: participant) { tx in try tx.run(query) }", None),
        ("_ = try await database.send(as: member, query)", AS_ANOTHER),
        ("_ = try await database.send(query)", r"missing argument for parameter 'as'"),
        ("_ = try await database.transaction(as: member) { tx in try tx.run(query) }", AS_ANOTHER),
        ("_ = try await database.transaction(as: participant) { tx in try await Task.sleep(for: .seconds(1)); return try tx.run(query) }",
         r"cannot pass function of type '.* async .*' to parameter expecting synchronous function type"),
        ("let kept: Tx<Participant> = try await database.transaction(as: participant) { tx in tx }", r"conform to 'Copyable'|cannot convert"),
        ("var kept: Tx<Participant>?; try await database.transaction(as: participant) { tx in kept = consume tx }", r"mutation of captured var 'kept'"),
        ("_ = Tx(as: participant, on: 1, counting: nil)", r"'Tx<A>' initializer is inaccessible"),
    ],
    ids=[
        "send", "transaction", "send as another", "send as nobody", "transaction as another", "await within", "return the transaction",
        "keep the transaction", "make a transaction",
    ],
)
def test_a_query_is_its_authoritys(tmp_path, body, refusal):
    errors = compile_as("ServerTests", PROGRAM % body, tmp_path)
    assert errors == [] if refusal is None else any(re.search(refusal, error) for error in errors), errors


def test_there_is_no_other_door():
    """The plain connection, which knows no authority, is the migrator's alone."""
    assert {path.name for path in (ROOT / "Sources").rglob("*.swift") if "PlainConnection" in path.read_text()} == {"PlainConnection.swift", "Migrator.swift"}


def test_a_warning_fails_the_build_of_each_target(tmp_path):
    for target in OURS:
        assert {"-warnings-as-errors", "-Werror"} & set(commands()[target]), target
    warned = "func f() {\n    let unused = 1\n}\n"
    (refusal,) = compile_as("Rules", warned, tmp_path)
    assert refusal.startswith("initialization of immutable value 'unused' was never used")
    assert compile_as("Rules", warned.replace("let unused", "_"), tmp_path) == []
    assert not {"-warnings-as-errors", "-Werror"} & set(commands()["Hummingbird"]), "what we depend on is not ours to mend"
