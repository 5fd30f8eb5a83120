"""A notice with values that nobody has, to look at its template."""

import datetime as dt

from workflows.notices import compose
from workflows.notices.content import Content, Section, Table
from workflows.notices.labels import LABELS, SECTIONS
from workflows.notices.words import Kind, Words

RECIPIENT = ("Joan Example", "1 High Street\nWoldham")
_TABLE = Table(
    ("Need", "Outcome", "Provision"),
    (("Speech and language", "Tells a story in order", "Speech therapy, 30 minutes a week"),),
)


def example(kind: Kind, words: Words, on: dt.date, authority: str) -> Content:
    """Return a preview of a notice with example values."""
    values = {name: f"[{LABELS.get(name, name.replace('_', ' '))}]" for name in kind.fields}
    values |= {"child": "Ada Example", "reference": "EHC-0000-00000", "authority": authority}
    told = compose.Particulars(values, RECIPIENT, on, _sections())
    return compose.compose(kind.code, told, words=words, preview=True)


def _sections() -> tuple[Section, ...]:
    found = []
    for title in SECTIONS.values():
        code, _, name = title.partition(". ")
        tables = (_TABLE,) if code == "F" else ()
        found.append(Section(code, name, ("What the plan says here.",), tables))
    return tuple(found)
