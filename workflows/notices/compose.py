"""Compose a notice: every part that its regulation demands, or a refusal that names what is missing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine import errors
from workflows.notices import words as wording
from workflows.notices.content import Content, Section
from workflows.notices.labels import LABELS, SECTIONS
from workflows.notices.words import NAME, Kind, Words

NOTHING: Final = "None."


class NoticeIncomplete(errors.Invalid):
    """The notice lacks what its regulation demands, so it cannot be sent."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a notice is made from.

    Attributes:
        values: What the case has: child, reference, authority, dates, reasons, sections as text.
        recipient: Name and postal address.
        on: The date on the notice.
        sections: The sections of the plan where they are more than text; else those of `values`.
    """

    values: Mapping[str, str]
    recipient: tuple[str, str]
    on: dt.date
    sections: tuple[Section, ...] | None = None


def compose(
    code: str, told: Particulars, *, words: Words | None = None, preview: bool = False
) -> Content:
    """Compose a notice.

    Args:
        code: One of `words.kinds()`.
        told: What it is made from.
        words: What the authority says; by default as delivered.
        preview: It is not issued: what is missing is shown in brackets instead of refused.

    Raises:
        NoticeIncomplete: naming everything that is missing.
    """
    kind = wording.kinds().get(code)
    if kind is None:
        raise NoticeIncomplete(f"There is no notice “{code[:60]}”.")
    text = words or kind.delivered
    _refuse_lost(kind, text)
    given = {name: value.strip() for name, value in told.values.items() if value and value.strip()}
    sections = _sections(kind, given, told.sections) if kind.has_plan else ()
    lines = wording.without_unknown_asides(text.lines, given)
    missing = _missing(kind, lines, given, sections)
    if not told.recipient[0].strip():
        missing.append("recipient")
    if missing and not preview:
        what = ", ".join(LABELS.get(name, name) for name in missing)
        raise NoticeIncomplete(f"“{text.title}” cannot be sent without {what}.")
    given = {**{name: f"[{LABELS.get(name, name)}]" for name in missing}, **given}
    address = (told.recipient[0], *told.recipient[1].splitlines())
    return Content(
        title=text.title,
        authority=given.get("authority", ""),
        reference=given.get("reference", ""),
        date=f"{told.on.day} {told.on:%B %Y}",
        address=tuple(filter(None, address)),
        paragraphs=tuple(NAME.sub(lambda name: given[name[1]], line) for line in lines),
        sections=sections,
        source=kind.source,
        preview=preview,
    )


def _refuse_lost(kind: Kind, text: Words) -> None:
    """Refuse words that an older version accepted and that no longer say what the law demands."""
    try:
        wording.check(kind, text)
    except wording.BadWords as refusal:
        raise NoticeIncomplete(
            f"The template of “{text.title}” must be mended: {refusal.message}"
        ) from refusal


def _missing(
    kind: Kind, lines: tuple[str, ...], given: Mapping[str, str], sections: tuple[Section, ...]
) -> list[str]:
    written = {f"section_{each.code.lower()}" for each in sections if not _is_blank(each)}
    named = [name for line in lines for name in NAME.findall(line)]
    wanted = dict.fromkeys((*kind.requires, *named))
    have = written | {name for name in given if not name.startswith("section_")}
    return [name for name in wanted if name not in have]


def _is_blank(section: Section) -> bool:
    return section.is_empty or (section.paragraphs == (NOTHING,) and not section.tables)


def _sections(
    kind: Kind, given: Mapping[str, str], handed: tuple[Section, ...] | None
) -> tuple[Section, ...]:
    """Return the sections of a plan; a draft names no setting (section 38(5) of the Act)."""
    names_setting = "section_i" in kind.requires
    found = handed or tuple(
        Section(title.partition(". ")[0], title.partition(". ")[2], (given.get(name, NOTHING),))
        for name, title in SECTIONS.items()
    )
    return tuple(
        Section(each.code, each.title, (NOTHING,)) if each.is_empty else each
        for each in found
        if names_setting or each.code != "I"
    )
