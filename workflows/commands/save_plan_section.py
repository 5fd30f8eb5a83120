"""Write a section of the working plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.context import case_of
from workflows.plan import document, sections, take
from workflows.store import plans


@dataclass(frozen=True, slots=True)
class SavePlanSection:
    """Let `section` hold `content` from now on; `revision`: of the plan that it was written upon."""

    case_id: UUID
    section: str
    content: Mapping[str, Any]
    revision: int


class NoSuchSection(errors.NotFound):
    """A plan has no such section."""


class SectionChanged(errors.Conflict):
    """A colleague has changed this section since you opened it."""


def save_plan_section(command: SavePlanSection, work: Work) -> None:
    """Write the section; who links to a row that is gone links to it no longer.

    Raises:
        NoSuchSection: a plan has none of that code.
        SectionChanged: the details say who changed it, and when.
        document.InvalidPlan: an answer cannot be accepted.
    """
    if command.section not in sections.KINDS:
        raise NoSuchSection
    work.lock_subject(command.case_id)
    case = case_of(work, command.case_id)
    kept = plans.working(work.connection, command.case_id)
    last = kept.changed_since(command.revision, command.section)
    if last is not None:
        raise SectionChanged(details={"by": str(last["by"]), "at": str(last["at"])})
    before = document.load(kept.document)
    content = document.check_content(command.section, command.content, before, case.today)
    after = before.with_content(command.section, content)
    work.record(*take.changed(case, before, after, kept.revision))
