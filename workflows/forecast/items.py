"""What is done side by side: the items of a list, such as advisers, known or as many as usual."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from engine.definitions.elements import Element
from workflows.forecast import chance, tokens
from workflows.forecast.lessons import Lessons
from workflows.forecast.situation import OpenTask
from workflows.forecast.tokens import Chosen, Token
from workflows.simulation.guesses import ITEM_ROLES


@dataclass(frozen=True, slots=True)
class Item:
    """One of several: its label, whose work it is, and the draws in which there is one (None: all)."""

    label: str = ""
    role: str = ""
    there: Chosen | None = None

    def of(self, token: Token) -> Token:
        """Return a token for this item."""
        return token if self.there is None else tokens.only(token, self.there)


@dataclass(frozen=True, slots=True)
class Group:
    """What is open of one item."""

    item: Item
    tasks: tuple[OpenTask, ...]
    others: tuple[str, ...]


def groups(
    element: Element, tasks: Sequence[OpenTask], others: Sequence[str], around: Item
) -> Iterable[Group]:
    """Yield what is open within an element, of several items each for itself."""
    if element.collection is None:
        yield Group(around, tuple(tasks), tuple(others))
        return
    labels = dict.fromkeys(each.label for each in tasks)
    for label in labels:
        mine = tuple(each for each in tasks if each.label == label)
        role = next((each.item_role for each in mine if each.item_role), mine[0].role)
        yield Group(Item(label, role), mine, ())
    if others:
        yield Group(Item(), (), tuple(others))


def expected(
    element: Element,
    known: object,
    lessons: Lessons,
    steps: Sequence[str],
    case_id: UUID,
) -> list[Item]:
    """Return the items of an element that is still ahead.

    Those of its list where that is known; else as many of each role as cases had here of the first
    of `steps`; else one of each role that there may be.
    """
    if isinstance(known, list):
        return [_of(each, number) for number, each in enumerate(known)]
    seen = next((lessons.items[each] for each in steps if each in lessons.items), None)
    if seen is None:
        roles = sorted(ITEM_ROLES.get(element.item_variable, {""}))
        return [Item(role, role) for role in roles]
    return [each for role, count in sorted(seen.items()) for each in _usual(role, count, case_id)]


def _of(entry: object, number: int) -> Item:
    if not isinstance(entry, dict):
        return Item(str(entry), "")
    label = entry.get("label") or entry.get("name") or str(number)
    return Item(str(label), str(entry.get("role", "")))


def _usual(role: str, count: float, case_id: UUID) -> Iterable[Item]:
    whole = int(count)
    for number in range(whole):
        yield Item(f"{role} {number}", role)
    if count - whole > 0:
        asked = chance.uniform(case_id, "items", role) < count - whole
        yield Item(f"{role} {whole}", role, np.asarray(asked))
