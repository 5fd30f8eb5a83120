"""Look at a plan: what a person may see of it, and that they looked."""

from uuid import UUID

from engine import errors
from webapp.auth import guard
from workflows.access import record
from workflows.plan import sections
from workflows.plan.sections import SectionKind
from workflows.queries import plan_page, plan_version
from workflows.queries.plan_page import PlanPage
from workflows.queries.plan_version import PlanVersion


class NoSuchSection(errors.NotFound):
    """This plan has no such section, or it is not yours to read yet."""


def at_plan(case_id: UUID, what: str) -> PlanPage:
    """Return the plan of a case, for whoever asks; that they looked is on record.

    Raises:
        errors.NotFound: there is no such case, or it is not theirs to see.
    """
    here, person = guard.system(), guard.person()
    with here.read() as connection:
        page = plan_page.plan_page(connection, person, case_id)
    record.record_view(
        here.engine, person, case_id, what=f"EHC plan: {what}", why=page.why, now=here.now()
    )
    return page


def at_section(page: PlanPage, code: str) -> SectionKind:
    """Return a section of the working plan that whoever asks may read.

    Raises:
        NoSuchSection: there is none, or they may not.
    """
    if code not in page.readable:
        raise NoSuchSection
    return sections.KINDS[code]


def at_version(page: PlanPage, number: int) -> PlanVersion:
    """Return a version of a plan, as far as whoever asks may read it.

    Raises:
        errors.NotFound: there is none for them.
    """
    with guard.system().read() as connection:
        return plan_version.plan_version(connection, page, number)
