"""What deploy/ asks of a machine."""

import os
import re
import subprocess

import pytest

from conftest import ROOT


@pytest.mark.parametrize(
    "says, refusal",
    [
        ("Swift version 6.2 (swift-6.2-RELEASE)", None),
        ("Swift version 6.10.1 (swift-6.10.1-RELEASE)", None),
        ("Apple Swift version 7.0 (swiftlang-7.0)", None),
        ("Swift version 6.1.3 (swift-6.1.3-RELEASE)", "Swift 6.2 or later is needed, and .* says 6.1.3"),
        ("something else", "Swift 6.2 or later is needed, and .* says nothing of a version"),
        ("libncurses.so.6: cannot open shared object file", "fails: libncurses.*\n.*what Swift itself needs"),
        (None, "Swift 6.2 or later is missing"),
    ],
)
def test_a_swift_that_is_missing_or_too_old_is_said(tmp_path, says, refusal):
    for tool in ["dirname", "head", "sed", "sort"]:
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}" if os.path.exists(f"/usr/bin/{tool}") else f"/bin/{tool}")
    if says:
        (tmp_path / "swift").write_text(f"#!/bin/sh\necho '{says}'\n" + ("exit 127\n" if "cannot" in says else ""))
        (tmp_path / "swift").chmod(0o755)
    done = subprocess.run(["/bin/bash", "-c", ". deploy/lib.sh && need_swift"], cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert (done.returncode == 0) == (refusal is None), done.stderr
    assert re.search(refusal or "^$", done.stderr)


def test_the_readme_asks_for_the_swift_that_the_package_asks_for():
    wanted = re.search(r"swift-tools-version: (\S+)", (ROOT / "Package.swift").read_text())[1]
    assert re.search(r"\[Swift\]\(\S+\) (\S+) or later", (ROOT / "README.md").read_text())[1] == wanted
