"""The examples of the rules: small diagrams that a rule lets pass, and such that it tells of."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from engine.checks import calls
from engine.checks.diagram import Diagram
from engine.definitions import xml
from tests.support.source import ROOT
from workflows.context import SIGNATURES

FOLDERS: Final = (
    ROOT / "tests" / "engine" / "checks" / "rules",
    ROOT / "tests" / "workflows" / "checks" / "rules",
)
_EXPECTED: Final = re.compile(rb"<!-- expected: (.*?) -->")
WHOLE: Final = "(the file)"


def examples(kind: str) -> list[Path]:
    """Return the examples that are "valid" or "invalid"."""
    return [each for folder in FOLDERS for each in sorted(folder.glob(f"*/{kind}_*"))]


def diagram_of(path: Path) -> Diagram:
    """Return an example with the other files of its folder, which are live beside it."""
    return Diagram(path.name, xml.parse(path.read_bytes()), _others(path), SIGNATURES)


def expected_of(path: Path) -> list[str]:
    """Return the elements that the comment at the top of an invalid example names, sorted."""
    found = _EXPECTED.search(path.read_bytes())
    assert found, f"{path}: say in a comment which elements are expected."
    words = found[1].decode()
    return [""] if words == WHOLE else sorted(words.split())


def _others(path: Path) -> Mapping[str, object]:
    roots = [xml.parse(each.read_bytes()) for each in (path.parent / "others").glob("*")]
    return {calls.key_of(root): root for root in roots}
