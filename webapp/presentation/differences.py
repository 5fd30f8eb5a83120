"""What differs between two versions, as pages show it: in groups, and as marks on both diagrams."""

from dataclasses import dataclass
from typing import Final

from workflows.comparison.compare import Comparison, Difference, What

# The word, its colour, and the sign that the diagram has for it.
TAGS: Final = {
    What.ADDED: ("Added", "govuk-tag--green"),
    What.REMOVED: ("Removed", "govuk-tag--red"),
    What.MOVED: ("Moved", "govuk-tag--purple"),
    What.CHANGED: ("Changed", "govuk-tag--blue"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """All differences of one kind."""

    word: str
    colour: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What to mark in either diagram: element id to kind."""

    before: dict[str, str]
    after: dict[str, str]


def groups(comparison: Comparison) -> list[Group]:
    """Return the differences by kind, those kinds that occur."""
    return [Group(*TAGS[what], comparison.of(what)) for what in TAGS if comparison.of(what)]


def marks(comparison: Comparison) -> Marks:
    """Return what to mark; an element that moved and changed is marked as changed."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for what in TAGS:
        for each in comparison.of(what):
            if each.before:
                before[each.before] = what.value
            if each.after:
                after[each.after] = what.value
    return Marks(before, after)


def summary(comparison: Comparison) -> str:
    """Return how much differs, in a few words ("2 added, 1 changed")."""
    counted = [
        f"{len(found)} {word.lower()}"
        for what, (word, _) in TAGS.items()
        if (found := comparison.of(what))
    ]
    if counted:
        return ", ".join(counted)
    return "Only the drawing differs" if comparison.drawn_anew else "Nothing differs"
