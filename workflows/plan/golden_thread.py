"""The golden thread: each need leads to an outcome, and each outcome to provision that can be enforced.

Source: SEND Regulations 2014, reg 12; Code of Practice 9.61-9.69; L v Clarke and Somerset [1998] ELR
129 (provision is specific and as a rule quantified).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workflows.duties.advisers import ADVISERS
from workflows.plan import sections, text
from workflows.plan.model import TEXT_LIMIT, Plan, Row

ADULTHOOD_FROM: Final = 9  # year group; reg 12(3)
VAGUE: Final = {
    "access to": r"\baccess to\b",
    "as required": r"\bas (and when )?(required|needed|appropriate)\b",
    "regular": r"\bregular(ly)?\b",
    "opportunities for": r"\bopportunit(y|ies) (for|to)\b",
    "would benefit from": r"\bwould benefit from\b",
}
MUST_SAY: Final = {
    "who": "who provides it",
    "how_often": "how often",
    "how_long": "how long each time",
}


class Severity(StrEnum):
    """How bad it is: an error stops the plan from being issued."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a plan; `row_id` is "" where a whole section is meant."""

    severity: Severity
    section: str
    row_id: str
    message: str


@dataclass(frozen=True, slots=True)
class About:
    """What the case says that a plan is checked against.

    Attributes:
        advice: Codes of the advisers whose advice was received.
        year: National curriculum year group, None below Year 1 or where it is not known.
    """

    advice: tuple[str, ...] = ()
    year: int | None = None


def check(plan: Plan, about: About, *, final: bool) -> tuple[Problem, ...]:
    """Return what is wrong, errors first, each in the order of the sections."""
    found = [
        *_sections(plan, final=final),
        *_needs(plan),
        *_outcomes(plan),
        *_provision(plan),
        *_adulthood(plan, about),
        *_advice(plan, about),
    ]
    order = {each: place for place, each in enumerate(sections.KINDS)}
    return tuple(
        sorted(found, key=lambda each: (each.severity == Severity.WARNING, order[each.section]))
    )


def year_of(year_group: object) -> int | None:
    """Return a year group as a number, None below Year 1 or where it is not known."""
    return int(year_group) if isinstance(year_group, str) and year_group.isdigit() else None


def _error(section: str, message: str, row_id: str = "") -> Problem:
    return Problem(Severity.ERROR, section, row_id, message)


def _warning(section: str, message: str, row_id: str = "") -> Problem:
    return Problem(Severity.WARNING, section, row_id, message)


def _sections(plan: Plan, *, final: bool) -> Iterator[Problem]:
    for kind in sections.ALL:
        written = len(text.section_text(plan, kind.code))
        if kind.needed and not written:
            yield _error(kind.code, f"Section {kind.letter} is empty.")
        if written > TEXT_LIMIT:
            yield _error(
                kind.code,
                f"Section {kind.letter} has {written:,} characters; {TEXT_LIMIT:,} is the most.",
            )
    if final and plan.of("i").is_empty:
        yield _error("i", "Section I must name the setting, or its type, in the final plan.")
    if not final and not plan.of("i").is_empty:
        yield _error("i", "Section I must be blank in a draft.")


def _needs(plan: Plan) -> Iterator[Problem]:
    if plan.of("e").text:
        return  # free text may well speak of the need
    met = {each for _, row in plan.rows("e") for each in row.links("needs")}
    for code, label, row in _labelled(plan, *sections.NEEDS):
        if row.id not in met:
            yield _error(code, f"Need {label} leads to no outcome.", row.id)


def _outcomes(plan: Plan) -> Iterator[Problem]:
    free = any(plan.of(code).text for code in sections.PROVISION)
    met = {each for _, row in plan.rows(*sections.PROVISION) for each in row.links("outcomes")}
    needs_are_rows = any(plan.rows(*sections.NEEDS))
    for code, label, row in _labelled(plan, "e"):
        if row.id not in met and not free:
            yield _error(code, f"Outcome {label} has no provision.", row.id)
        if not row.text("by"):
            yield _warning(code, f"Outcome {label} has no date by which to reach it.", row.id)
        if needs_are_rows and not row.links("needs"):
            yield _warning(code, f"Outcome {label} is for no need.", row.id)


def _provision(plan: Plan) -> Iterator[Problem]:
    for code, label, row in _labelled(plan, *sections.PROVISION):
        missing = [words for name, words in MUST_SAY.items() if not row.text(name)]
        if missing:
            yield _error(code, f"Provision {label} does not say {_listed(missing)}.", row.id)
        if any(plan.rows("e")) and not row.links("outcomes"):
            yield _warning(code, f"Provision {label} is for no outcome.", row.id)
        yield from _vague(
            code, f"Provision {label}", " ".join(map(str, row.values.values())), row.id
        )
    for code in sections.PROVISION:
        yield from _vague(code, f"Section {code.upper()}", plan.of(code).text)


def _vague(code: str, what: str, written: str, row_id: str = "") -> Iterator[Problem]:
    for words, pattern in VAGUE.items():
        if re.search(pattern, written, re.IGNORECASE):
            yield _warning(
                code, f"{what} says “{words}”: say exactly what, how often and by whom.", row_id
            )


def _adulthood(plan: Plan, about: About) -> Iterator[Problem]:
    if about.year is None or about.year < ADULTHOOD_FROM or plan.of("e").text:
        return
    if all(row.text("adulthood") in {"", "no"} for _, row in plan.rows("e")):
        yield _warning(
            "e", f"No outcome prepares for adulthood; from Year {ADULTHOOD_FROM} on one must."
        )


def _advice(plan: Plan, about: About) -> Iterator[Problem]:
    content = plan.of("k")
    if content.text:
        return
    for code in missing_advice(plan, about):
        label = ADVISERS[code][0] if code in ADVISERS else code.replace("_", " ")
        yield _warning("k", f"Section K does not list an advice that was received: {label}.")


def missing_advice(plan: Plan, about: About) -> tuple[str, ...]:
    """Return the advisers whose advice was received and is in no row of section K.

    An adviser whom the regulation does not name counts as listed where a row says “other”.
    """
    listed = [row.text("source") for _, row in plan.rows("k")]
    unnamed = [each for each in about.advice if each not in ADVISERS][listed.count("other") :]
    return tuple(
        each
        for each in about.advice
        if (each not in listed if each in ADVISERS else each in unnamed)
    )


def _labelled(plan: Plan, *codes: str) -> Iterator[tuple[str, str, Row]]:
    labels = plan.labels()
    for code, row in plan.rows(*codes):
        yield code, labels[row.id], row


def _listed(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
