"""What differs between two versions of a plan, row by row and word by word."""

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workflows.plan import sections, text
from workflows.plan.model import Plan

_WORDS: Final = re.compile(r"\S+\s*|\s+")


class Kind(StrEnum):
    """What happened to a row, or to a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are the same, were added or were removed."""

    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that differs; `question` is "" for text that belongs to no row."""

    question: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that differs; `label` is what it is called in the later version, or was in the earlier."""

    section: str
    kind: Kind
    label: str
    answers: tuple[Answer, ...]


def compare(
    before: Plan, after: Plan, codes: Collection[str] = sections.KINDS
) -> tuple[Difference, ...]:
    """Return what differs in some sections, in their order, row by row."""
    return tuple(
        each for code in sections.KINDS if code in codes for each in _section(before, after, code)
    )


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return a text's words, told apart into what stayed, what came and what went."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, start, end, from_, to in matcher.get_opcodes():
        if what == "equal":
            found.append(Piece(Kind.SAME, "".join(old[start:end])))
            continue
        found += [
            Piece(kind, words)
            for kind, words in (
                (Kind.REMOVED, "".join(old[start:end])),
                (Kind.ADDED, "".join(new[from_:to])),
            )
            if words
        ]
    return tuple(found)


def _section(before: Plan, after: Plan, code: str) -> Iterator[Difference]:
    old, new = before.of(code), after.of(code)
    if old.text != new.text:
        kind = Kind.CHANGED if old.text and new.text else Kind.ADDED if new.text else Kind.REMOVED
        yield Difference(code, kind, "Text", (Answer("", pieces(old.text, new.text)),))
    was, is_now = _said(before, code), _said(after, code)
    for row_id, (label, answers) in is_now.items():
        if row_id not in was:
            yield Difference(code, Kind.ADDED, label, _answers({}, answers))
        elif was[row_id][1] != answers:
            yield Difference(code, Kind.CHANGED, label, _answers(was[row_id][1], answers))
    for row_id, (label, answers) in was.items():
        if row_id not in is_now:
            yield Difference(code, Kind.REMOVED, label, _answers(answers, {}))


def _said(plan: Plan, code: str) -> dict[str, tuple[str, dict[str, str]]]:
    labels = plan.labels()
    return {
        row.id: (labels[row.id], dict(text.answers(plan, code, row))) for row in plan.of(code).rows
    }


def _answers(old: dict[str, str], new: dict[str, str]) -> tuple[Answer, ...]:
    return tuple(
        Answer(question, pieces(old.get(question, ""), new.get(question, "")))
        for question in dict.fromkeys((*new, *old))
        if old.get(question, "") != new.get(question, "")
    )
