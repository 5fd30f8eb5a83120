"""Compose a notice: every part that its regulation demands, or a refusal that names what is missing."""

import datetime as dt
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from engine import errors

HERE: Final = Path(__file__).parent
SECTIONS: Final = {
    "section_a": "A. Views, interests and aspirations",
    "section_b": "B. Special educational needs",
    "section_c": "C. Health needs",
    "section_d": "D. Social care needs",
    "section_e": "E. Outcomes",
    "section_f": "F. Special educational provision",
    "section_g": "G. Health provision",
    "section_h1": "H1. Social care provision under section 2 of the Chronically Sick and Disabled "
    "Persons Act 1970",
    "section_h2": "H2. Other social care provision",
    "section_i": "I. Name and type of setting",
    "section_j": "J. Personal budget",
    "section_k": "K. Advice and information",
}
LABELS: Final = {
    "child": "the name of the child",
    "final_due": "the last day for the final plan",
    "reasons": "the reasons for the decision",
    "received_on": "the date of the request",
    "mediation_adviser": "the mediation adviser’s contact details",
    "mediation_contact": "the authority’s contact for mediation",
    "disagreement_resolution": "the disagreement resolution service",
    "information_and_advice": "the information and advice service",
    "representations_until": "the last day for representations",
    "adviser": "whose advice it asks for",
    "setting_name": "the name of the setting",
    "ended_on": "the date",
    "ordered_on": "the date of the order or agreement",
    "review_starts_on": "the day on which the transfer review begins",
    "review_due": "the day by which the plan is reviewed",
    "new_assessment": "whether a new assessment is proposed",
    "amendments_until": "the last day for representations",
    "budget_amount": "the amount of the budget",
    "payment_conditions": "the conditions of the payment",
    "payment_schedule": "the dates of the payments",
    "recipient": "the name of the recipient",
    **{name: f"section {title}" for name, title in SECTIONS.items()},
}

# Names that a notice can do without: what to leave out where they are not known, and what to say.
ASIDES: Final = {
    "decision_due": (" by {decision_due} at the latest", ""),
    "local_offer": ("{local_offer}", "our website"),
}
_NAME = re.compile(r"\{(\w+)\}")


class NoticeIncomplete(errors.Invalid):
    """The notice lacks what its regulation demands, so it cannot be sent."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice ready to be sent."""

    kind: str
    title: str
    paragraphs: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    source: str
    pdf: bytes


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    return tomllib.loads((HERE / "notices.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Look the machine's fonts up once: it takes nine tenths of the time of a notice."""
    return typst.Fonts()


def kinds() -> tuple[str, ...]:
    """Return the kinds of notice that there are."""
    return tuple(_texts()["notices"])


def compose(
    kind: str, values: Mapping[str, str], *, recipient: tuple[str, str], on: dt.date
) -> Notice:
    """Compose a notice and set it as tagged PDF.

    Args:
        kind: One of `kinds()`.
        values: What the case has: child, reference, authority, dates, reasons, sections.
        recipient: Name and postal address.
        on: The date on the notice.

    Raises:
        NoticeIncomplete: naming everything that is missing.
    """
    text = _texts()["notices"].get(kind)
    if text is None:
        raise NoticeIncomplete(f"There is no notice “{kind[:60]}”.")
    given = {name: value.strip() for name, value in values.items() if value and value.strip()}
    lines = _lines(text, given)
    named = [name for line in lines for name in _NAME.findall(line)]
    missing = [name for name in dict.fromkeys((*text["requires"], *named)) if name not in given]
    if not recipient[0].strip():
        missing.append("recipient")
    if missing:
        what = ", ".join(LABELS.get(name, name) for name in missing)
        raise NoticeIncomplete(f"“{text['title']}” cannot be sent without {what}.")
    paragraphs = tuple(_NAME.sub(lambda name: given[name[1]], line) for line in lines)
    sections = _sections(given, final="section_i" in text["requires"]) if text.get("plan") else ()
    return Notice(
        kind,
        text["title"],
        paragraphs,
        sections,
        text["source"],
        _pdf(text, paragraphs, sections, given, recipient, on),
    )


def _lines(text: Mapping[str, Any], given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the lines of a notice without the asides about names that are not known."""
    parts = [line for part in text.get("parts", ()) for line in _texts()["parts"][part]]
    lines = (*text["body"], *parts)
    for name, (aside, instead) in ASIDES.items():
        if name not in given:
            lines = tuple(line.replace(aside, instead) for line in lines)
    return lines


def _sections(given: Mapping[str, str], *, final: bool) -> tuple[tuple[str, str], ...]:
    return tuple(
        (title, given.get(name, "None."))
        for name, title in SECTIONS.items()
        if final or name != "section_i"
    )


def _pdf(
    text: Mapping[str, Any],
    paragraphs: tuple[str, ...],
    sections: tuple[tuple[str, str], ...],
    given: Mapping[str, str],
    recipient: tuple[str, str],
    on: dt.date,
) -> bytes:
    document = {
        "title": text["title"],
        "authority": given.get("authority", ""),
        "reference": given.get("reference", ""),
        "source": text["source"],
        "date": f"{on.day} {on:%B %Y}",
        "address": [recipient[0], *filter(None, recipient[1].splitlines())],
        "paragraphs": list(paragraphs),
        "sections": [{"title": title, "text": body} for title, body in sections],
    }
    pdf: bytes = typst.compile(
        str(HERE / "notice.typ"),
        sys_inputs={"notice": json.dumps(document)},
        pdf_standards=["ua-1"],
        font_paths=_fonts(),
    )
    return pdf
