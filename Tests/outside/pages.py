"""The pages that the program has, as it lists them itself (pages.txt, which Tests/ServerTests/PageListTests.swift holds against its routes)."""

import re
from pathlib import Path

# Each as in the program, with holes: /omgangar/{roundId}/villkor.
PAGES = Path(__file__).with_name("pages.txt").read_text(encoding="utf-8").split()
_PATTERNS = [(re.compile(re.sub(r"{\w+}", "[^/]+", page) + "$"), page) for page in PAGES]


def route(path):
    """The page that a path is an instance of; None for an address that only takes forms. A path without holes goes before one with."""
    return min((page for pattern, page in _PATTERNS if pattern.match(path)), key=lambda page: page.count("{"), default=None)
