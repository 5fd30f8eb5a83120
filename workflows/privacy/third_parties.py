"""Other people who are found in what is held on a case, and their contact details."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workflows.privacy import redaction

EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE: Final = re.compile(r"(?<![\w-])(?:\+44 ?|0)(?:\d[ -]?){8,10}\d(?![\w-])")
# Table, and which of its columns name or reach somebody.
_NAMED: Final = (
    ("parties", ("name", "email", "phone", "address"), "Party to the case"),
    ("notices", ("recipient_name", "recipient_email"), "Recipient of a notice"),
    ("personal_links", ("name", "email"), "Sent a personal link"),
)
_SKIPPED: Final = frozenset({"access_record"})  # staff in their role, by their identifiers


@dataclass(slots=True)
class Found:
    """A name or a contact detail.

    Attributes:
        suggested: It is likely to be somebody else’s, and should be blacked out.
        where: Tables that have it.
    """

    text: str
    kind: str
    suggested: bool
    where: set[str] = field(default_factory=set)


def find(
    held: Sequence[Mapping[str, Sequence[Mapping[str, Any]]]],
    *,
    own: Collection[str],
    staff: Collection[str],
) -> tuple[Found, ...]:
    """Return who else is found, those that should be blacked out first.

    Args:
        held: What is held, a mapping of table to rows for each case.
        own: Names of the child and of whoever asks: never blacked out of their own data.
        staff: Names and addresses of people who acted in their role: they stay.
    """
    mine = {each.casefold() for each in own}
    mine |= {each.casefold() for case in held for each in _details_of(case, mine)}
    stays = {each.casefold() for each in staff}
    found: dict[str, Found] = {}
    for case in held:
        for table, text, kind in (*_named(case), *_written(case)):
            clean = text.strip()
            if len(clean) < redaction.SHORTEST or clean.casefold() in mine:
                continue
            other = clean.casefold() not in stays
            known = found.setdefault(
                clean.casefold(),
                Found(clean, kind if other else "Staff, in their role", suggested=other),
            )
            known.where.add(table)
    return tuple(
        sorted(found.values(), key=lambda each: (not each.suggested, each.kind, each.text))
    )


def _details_of(
    case: Mapping[str, Sequence[Mapping[str, Any]]], mine: Collection[str]
) -> Iterator[str]:
    """Yield how to reach those parties whose own data it is."""
    for row in case.get("parties", ()):
        if str(row.get("name", "")).casefold() in mine:
            yield from (
                str(row[name]).strip() for name in ("email", "phone", "address") if row[name]
            )


def _named(case: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[str, str, str]]:
    for table, columns, kind in _NAMED:
        for row in case.get(table, ()):
            if row.get("recipient_kind") == "adviser":  # "Health": an office, and a common word
                continue
            for name in columns:
                if row.get(name):
                    yield table, str(row[name]), kind


def _written(case: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[str, str, str]]:
    for table, rows in case.items():
        if table in _SKIPPED:
            continue
        for text in redaction.texts(rows):
            for each in EMAIL.findall(text):
                yield table, each, "Email address"
            for each in PHONE.findall(text):
                yield table, each, "Telephone number"
