"""The words of the board's weekly email: numbers only, and nobody's name."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workflows.duties.ages import Age
from workflows.duties.standing import WORDS, Standing

SETTING: Final = "board_email"  # within a person's settings
WEEKLY: Final = "weekly"
PRESSING: Final = (Standing.LATE, Standing.AT_RISK, Standing.DUE_SOON, Standing.LAWFUL_EXCEPTION)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the email says.

    Attributes:
        standings: How many time limits stand how.
        ages: How many open assessments are of each age.
        weeks: Within how many weeks a plan is due.
        month, year: Per cent of plans issued in time, None where there was none.
        year_unexcused: The same of twelve months, those with an exception left out.
        target: Per cent, None where none is set.
    """

    standings: Mapping[Standing, int]
    ages: Sequence[tuple[Age, int]]
    weeks: int
    month: float | None
    year: float | None
    year_unexcused: float | None
    target: float | None


def subject(figures: Figures) -> str:
    """Return the subject."""
    late = figures.standings.get(Standing.LATE, 0)
    soon = figures.standings.get(Standing.DUE_SOON, 0)
    return f"The board this week: {late:,} late, {soon:,} due soon"


def text(figures: Figures, week: dt.date, site: str) -> str:
    """Return the email.

    Args:
        figures: What there is to say.
        week: Its Monday.
        site: The address of the pages.
    """
    stand = [
        f"- {WORDS[each]}: {figures.standings.get(each, 0):,}\n  {site}/timers?standing={each}"
        for each in PRESSING
    ]
    shares = [
        f"- this month: {_share(figures.month)}",
        f"- twelve months: {_share(figures.year)}",
        f"- twelve months without exceptions: {_share(figures.year_unexcused)}",
    ]
    if figures.target is not None:
        shares.append(f"- the target: {figures.target:g}%")
    ages = [f"- {age.words}: {n:,}" for age, n in figures.ages]
    blocks = [
        f"The board in the week of {week.day} {week:%B %Y}.",
        "\n".join(["Time limits", *stand]),
        "\n".join([f"Plans issued within {figures.weeks} weeks", *shares]),
        "\n".join(["Open assessments by age", *ages]),
        f"The board, with a list behind every number: {site}/board",
        f"Choose whether you get this email: {site}/board#email",
    ]
    return "\n\n".join(blocks) + "\n"


def _share(value: float | None) -> str:
    return "no plan was issued" if value is None else f"{value:.1f}%"
