"""What docs/integrating.md promises, done as it says: its walk is run as it stands there, beside a server that made the demo."""

import re

from conftest import ROOT
from test_readme import ADDRESS, bash, clone, documents, start  # noqa: F401, its fixture too

GUIDE = (ROOT / "docs/integrating.md").read_text(encoding="utf-8")
WALK = re.search(r"^```sh\n(.*?)^```$", GUIDE, re.S | re.M)[1]


def test_the_walk_of_the_guide_ends_with_a_result_and_a_position(clone):
    assert WALK.count(ADDRESS) == 1
    # A server of its own: what it shares is in the next edition of all.
    server = start(clone)
    done = bash(WALK.replace(ADDRESS, server.base_url), clone)
    server.stop()
    assert done.returncode == 0 and "curl:" not in done.stderr, done.stderr
    printed = documents(done.stdout)
    assert sum("position" in document for document in printed) == 24
    areas = [document for document in printed if "figures" in document and "key" in document]
    assert len(areas) == 8 and all(re.fullmatch(r"[1-5]\.[0-9]{4}", area["figures"]["current"]) for area in areas)
