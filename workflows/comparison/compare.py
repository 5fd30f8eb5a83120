"""Compare two versions of a diagram or decision table, element by element."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from lxml import etree

from engine.definitions import xml
from workflows.comparison.describe import Described, describe
from workflows.comparison.tables import RULE, describe_table

LONG: Final = 200  # characters of a text that are shown


class What(StrEnum):
    """What happened to an element."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened to one element.

    Attributes:
        before, after: Its identifiers in the two versions; "" where it is in one only.
        kind, name: As in the newer version that has it.
        details: Sentences that say what is otherwise.
    """

    what: What
    before: str
    after: str
    kind: str
    name: str
    details: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The element in words."""
        return (
            f"{self.kind} “{self.name}”"
            if self.name
            else f"{self.kind} {self.after or self.before}"
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions. `drawn_anew`: shapes or lines lie elsewhere, or are labelled elsewhere."""

    differences: tuple[Difference, ...]
    drawn_anew: bool

    @property
    def same(self) -> bool:
        """Whether nothing at all differs."""
        return not self.differences and not self.drawn_anew

    def of(self, what: What) -> tuple[Difference, ...]:
        """Return the differences of one kind."""
        return tuple(each for each in self.differences if each.what == what)


def compare(before: bytes, after: bytes) -> Comparison:
    """Return what differs between two files of the same kind.

    Raises:
        xml.MalformedXml: one of them cannot be read.
    """
    old_root, new_root = (
        xml.parse(before, name="the older version"),
        xml.parse(after, name="the newer version"),
    )
    old, new = _elements(old_root), _elements(new_root)
    pairs = {**{key: key for key in old if key in new}, **_renamed(old, new)}
    pairs |= _same_ways(old, new, pairs)
    found = [
        *(_one(What.ADDED, each, new) for key, each in new.items() if key not in pairs.values()),
        *(_one(What.REMOVED, each, old) for key, each in old.items() if key not in pairs),
    ]
    for one, other in pairs.items():
        found += _both(old[one], new[other], old, new, pairs)
    found += _reordered(old, new, pairs)
    order = list(What)
    return Comparison(
        tuple(sorted(found, key=lambda each: (order.index(each.what), each.kind == "flow"))),
        _drawing(old_root) != _drawing(new_root),
    )


def _elements(root: etree._Element) -> dict[str, Described]:
    return describe_table(root) if xml.kind_of(root) == "dmn" else describe(root)


def _renamed(old: Mapping[str, Described], new: Mapping[str, Described]) -> dict[str, str]:
    """Pair what has another identifier by kind and name, where that is not ambiguous."""
    gone = [each for key, each in old.items() if key not in new and each.name]
    come = [each for key, each in new.items() if key not in old and each.name]
    pairs = {}
    for each in gone:
        alike = [one for one in come if (one.kind, one.name) == (each.kind, each.name)]
        rivals = [one for one in gone if (one.kind, one.name) == (each.kind, each.name)]
        if len(alike) == len(rivals) == 1:
            pairs[each.id] = alike[0].id
    return pairs


def _same_ways(
    old: Mapping[str, Described], new: Mapping[str, Described], pairs: Mapping[str, str]
) -> dict[str, str]:
    """Pair the flows that are left by where they lead."""
    come = {each.ways: key for key, each in new.items() if any(each.ways) and key not in old}
    left = {
        key: (pairs.get(each.ways[0], each.ways[0]), pairs.get(each.ways[1], each.ways[1]))
        for key, each in old.items()
        if any(each.ways) and key not in pairs
    }
    return {key: come[ways] for key, ways in left.items() if ways in come}


def _one(what: What, each: Described, among: Mapping[str, Described]) -> Difference:
    details = [f"{_big(name)}: {_short(value)}" for name, value in each.aspects.items() if value]
    details += [f"Asks {_short(words)}" for words in each.fields.values()]
    if any(each.ways):
        details = [
            f"From {_called(each.ways[0], among)} to {_called(each.ways[1], among)}",
            *details,
        ]
    elif each.place:
        details = [f"In {each.place}", *details]
    gone = what == What.REMOVED
    return Difference(
        what, each.id if gone else "", "" if gone else each.id, each.kind, each.name, tuple(details)
    )


def _both(
    one: Described,
    other: Described,
    old: Mapping[str, Described],
    new: Mapping[str, Described],
    pairs: Mapping[str, str],
) -> Iterator[Difference]:
    moved, changed = [], []
    if tuple(pairs.get(each, each) for each in one.stands) != other.stands:
        moved.append(f"From {one.place or 'nowhere'} to {other.place or 'nowhere'}")
    if tuple(pairs.get(end, end) for end in one.ways) != other.ways:
        was = f"{_called(one.ways[0], old)} to {_called(one.ways[1], old)}"
        now = f"{_called(other.ways[0], new)} to {_called(other.ways[1], new)}"
        moved.append(f"Led from {was}; leads from {now}")
    if one.id != other.id:
        changed.append(f"Identifier {one.id} is now {other.id}")
    if one.kind != other.kind:
        changed.append(f"Was a {one.kind}, is a {other.kind}")
    if one.name != other.name:
        changed.append(_renaming(one, other))
    changed += _aspects(one.aspects, other.aspects, pairs)
    changed += _fields(one.fields, other.fields)
    for what, details in ((What.MOVED, moved), (What.CHANGED, changed)):
        if details:
            yield Difference(what, one.id, other.id, other.kind, other.name, tuple(details))


def _renaming(one: Described, other: Described) -> str:
    if other.kind == RULE:
        return f"Before: {one.name}; now: {other.name}"
    return f"Was called “{one.name}”, is called “{other.name}”"


def _reordered(
    old: Mapping[str, Described], new: Mapping[str, Described], pairs: Mapping[str, str]
) -> Iterator[Difference]:
    """Yield the rules that stand in another order among those that stayed: the first match counts."""
    stayed = {other: one for one, other in pairs.items() if new[other].kind == RULE}
    before = [key for key in old if key in stayed.values()]
    after = [stayed[key] for key in new if key in stayed]
    if before == after:
        return
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {after[at] for block in blocks for at in range(block.b, block.b + block.size)}
    for one in after:
        if one not in kept:
            places = before.index(one) + 1, after.index(one) + 1
            line = f"Was rule {places[0]} of those that stayed, is rule {places[1]}"
            other = pairs[one]
            yield Difference(What.MOVED, one, other, RULE, new[other].name, (line,))


def _aspects(
    one: Mapping[str, str], other: Mapping[str, str], pairs: Mapping[str, str]
) -> Iterator[str]:
    for name in dict.fromkeys((*one, *other)):
        was, now = one.get(name, ""), other.get(name, "")
        if pairs.get(was, was) == now:
            continue
        if not was:
            yield f"{_big(name)}, new: {_short(now)}"
        elif not now:
            yield f"{_big(name)}, no longer: {_short(was)}"
        else:
            yield f"{_big(name)}, before: {_short(was)}; now: {_short(now)}"


def _fields(one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys((*one, *other)):
        was, now = one.get(name), other.get(name)
        if was is None:
            yield f"Question added: {_short(now or '')}"
        elif now is None:
            yield f"Question removed: {_short(was)}"
        elif was != now:
            yield f"Question changed, before: {_short(was)}; now: {_short(now)}"
    if [name for name in one if name in other] != [name for name in other if name in one]:
        yield "The questions are in another order"


def _called(identifier: str, among: Mapping[str, Described]) -> str:
    found = among.get(identifier)
    return f"“{found.name}”" if found and found.name else identifier or "nowhere"


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _big(text: str) -> str:
    return text[:1].upper() + text[1:]


def _drawing(root: etree._Element) -> list[tuple[str, ...]]:
    """Return what is drawn where, whatever the order in the file."""
    shapes = []
    for node in root.iter():
        element = node.get("bpmnElement") or node.get("dmnElementRef")
        if element:
            places = [
                f"{key}={value}"
                for each in node.iter()
                for key, value in sorted(each.attrib.items())
                if key in {"x", "y", "width", "height"}
            ]
            shapes.append((element, *places))
    return sorted(shapes)
