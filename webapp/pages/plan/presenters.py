"""What the plan templates print."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from webapp.presentation import dates
from workflows.access.people import ROLE_NAMES
from workflows.plan import questions, sections, text
from workflows.plan.compare import Difference, Kind
from workflows.plan.golden_thread import Problem, Severity
from workflows.plan.model import Plan, Row
from workflows.plan.sections import SectionKind
from workflows.queries.plan_page import Comment, PlanPage
from workflows.queries.plan_version import PlanVersion

Tag = tuple[str, str]
DIFFERENCES = {
    Kind.ADDED: ("Added", "govuk-tag--green"),
    Kind.REMOVED: ("Removed", "govuk-tag--red"),
    Kind.CHANGED: ("Changed", "govuk-tag--yellow"),
}


@dataclass(frozen=True, slots=True)
class RowView:
    """A row: what it is called, its answers in words, and what is wrong with it."""

    id: str
    label: str
    title: str
    answers: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its rows.

    Attributes:
        changed: Who changed it last and when, in words.
        comments: How many there are on which version, in words, with the number of the version.
    """

    kind: SectionKind
    tag: Tag
    paragraphs: tuple[str, ...]
    rows: tuple[RowView, ...]
    problems: tuple[Problem, ...]
    changed: str
    writers: str
    comments: tuple[tuple[str, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing was written in it."""
        return not self.paragraphs and not self.rows


@dataclass(frozen=True, slots=True)
class Strand:
    """A need with an outcome for it, and the provision for that; None where there is none."""

    need: RowView | None
    outcome: RowView | None
    provision: tuple[RowView, ...]


def section_view(page: PlanPage, kind: SectionKind) -> SectionView:
    """Return a section of the working plan."""
    found = tuple(each for each in page.problems if each.section == kind.code)
    bare = bare_section(page.whole, kind)
    rows = tuple(
        RowView(
            each.id,
            each.label,
            each.title,
            each.answers,
            tuple(one for one in found if one.row_id == each.id),
        )
        for each in bare.rows
    )
    return SectionView(
        kind,
        _tag(page.whole, kind, found),
        bare.paragraphs,
        rows,
        tuple(each for each in found if not each.row_id),
        _changed(page, kind.code),
        bare.writers,
        _comments(page, kind.code),
    )


def bare_section(plan: Plan, kind: SectionKind) -> SectionView:
    """Return a section of a version, without what is wrong with it."""
    content = plan.of(kind.code)
    paragraphs = tuple(each.strip() for each in content.text.split("\n") if each.strip())
    rows = tuple(_row(plan, kind.code, each) for each in content.rows)
    also = f" and {ROLE_NAMES[kind.agency].lower()}" if kind.agency else ""
    return SectionView(kind, ("", ""), paragraphs, rows, (), "", f"SEN casework{also}")


def thread(plan: Plan) -> list[Strand]:
    """Return the golden thread: each need, its outcomes, and their provision; then loose ends."""
    views = {row.id: _row(plan, code, row) for code, row in plan.rows(*sections.KINDS)}
    outcomes = [row for _, row in plan.rows("e")]
    provision = list(plan.rows(*sections.PROVISION))

    def made_for(outcome: Row) -> tuple[RowView, ...]:
        return tuple(views[row.id] for _, row in provision if outcome.id in row.links("outcomes"))

    strands = []
    for _, need in plan.rows(*sections.NEEDS):
        met = [each for each in outcomes if need.id in each.links("needs")]
        strands += [Strand(views[need.id], views[each.id], made_for(each)) for each in met]
        if not met:
            strands.append(Strand(views[need.id], None, ()))
    strands += [
        Strand(None, views[each.id], made_for(each)) for each in outcomes if not each.links("needs")
    ]
    loose = tuple(views[row.id] for _, row in provision if not row.links("outcomes"))
    return [*strands, Strand(None, None, loose)] if loose else strands


def changed_since(plan: Plan, issued: PlanVersion) -> list[str]:
    """Return the letters of the sections that are not as they were issued.

    Section I of a draft is blank whatever the working plan says.
    """
    skipped = set() if not issued.plan.of("i").is_empty else {"i"}
    return [each.upper() for each in plan.changed_from(issued.plan) if each not in skipped]


def split(problems: Sequence[Problem]) -> tuple[list[Problem], list[Problem]]:
    """Return errors, and warnings."""
    bad = [each for each in problems if each.severity == Severity.ERROR]
    return bad, [each for each in problems if each.severity != Severity.ERROR]


def comments_on(page: PlanPage, code: str, version: int) -> list[Comment]:
    """Return the comments on a section of a version, 0 for the working plan."""
    return [each for each in page.comments if (each.section, each.version) == (code, version)]


def comment_count(page: PlanPage, code: str, version: int) -> str:
    """Return how many comments there are, in words; "" for none."""
    number = sum(1 + len(each.replies) for each in comments_on(page, code, version))
    return {0: "", 1: "1 comment"}.get(number, f"{number} comments")


def version_choices(page: PlanPage) -> list[dict[str, str]]:
    """Return the versions that can be compared, as choices; the oldest first."""
    issued = [
        {"value": str(each.number), "text": f"{each.label}, {dates.long_date(each.frozen_at)}"}
        for each in reversed(page.versions)
    ]
    return [*issued, {"value": "0", "text": "Working plan"}] if page.readable else issued


def by_section(
    found: Sequence[Difference], codes: Collection[str]
) -> list[tuple[SectionKind, list[Difference]]]:
    """Return differences under their sections; sections without any are left out."""
    grouped = [
        (kind, [each for each in found if each.section == kind.code])
        for kind in sections.ALL
        if kind.code in codes
    ]
    return [(kind, differences) for kind, differences in grouped if differences]


def _row(plan: Plan, code: str, row: Row) -> RowView:
    label = plan.labels()[row.id]
    return RowView(row.id, label, questions.title_of(row), text.answers(plan, code, row))


def _tag(plan: Plan, kind: SectionKind, found: Sequence[Problem]) -> Tag:
    bad, doubtful = split(found)
    if bad:
        return f"{len(bad)} to mend", "govuk-tag--red"
    if doubtful:
        return f"{len(doubtful)} to check", "govuk-tag--yellow"
    if plan.of(kind.code).is_empty:
        return "Empty", "govuk-tag--grey"
    return "Written", "govuk-tag--green"


def _comments(page: PlanPage, code: str) -> tuple[tuple[str, int], ...]:
    versions = [(0, "the working plan"), *((each.number, each.label) for each in page.versions)]
    return tuple(
        (f"{counted} on {label}", number)
        for number, label in versions
        if (counted := comment_count(page, code, number))
    )


def _changed(page: PlanPage, code: str) -> str:
    last = page.kept.changed.get(code)
    if last is None:
        return ""
    moment = dates.moment(dt.datetime.fromisoformat(str(last["at"])))
    return f"{page.names.get(str(last['by']), 'Someone')}, {moment}"
