"""The pages about the rules for diagrams: each says what is asked, why, and how to mend it."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent.parent / "docs" / "rules"


@dataclass(frozen=True, slots=True)
class RulePage:
    """A page.

    Attributes:
        title: Its heading.
        summary: Its first paragraph: how severe it is, and what the rule asks.
        body: All below the heading, in Markdown.
    """

    title: str
    summary: str
    body: str


@functools.cache
def pages() -> Mapping[str, RulePage]:
    """Return the pages by the names of their rules, in the order of their titles."""
    found = {path.stem: _page(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.md")}
    return dict(sorted(found.items(), key=lambda each: each[1].title))


def _page(text: str) -> RulePage:
    heading, _, body = text.partition("\n")
    summary = body.strip().partition("\n\n")[0]
    return RulePage(heading.removeprefix("#").strip(), " ".join(summary.split()), body.strip())
