"""Freeze a plan when it is issued: what is printed, and the version that can never be changed."""

from collections.abc import Mapping

from engine.changes import Change
from workflows import changes
from workflows.context import CaseContext
from workflows.notices.content import Section
from workflows.plan import document, text
from workflows.plan.model import Plan
from workflows.store import plans


def freeze(
    case: CaseContext, variables: Mapping[str, object], *, final: bool
) -> tuple[tuple[Section, ...], tuple[Change, ...]]:
    """Return the sections to print, and the frozen version to record.

    Each section is the working plan's, with its rows, where its text is what the variable
    `section_…` says; else what the variable says stands there as text. Section I is left out of a
    draft.

    Source: SEND Regulations 2014, reg 12 (what a plan contains) and 13(1) (section I of a draft).
    """
    kept = plans.working(case.work.connection, case.case_id)
    plan = text.with_texts(document.load(kept.document), variables)
    if not final:
        plan = Plan({code: each for code, each in plan.contents.items() if code != "i"})
    issued = document.dump(plan)
    number = kept.issued + 1
    change = changes.PlanFrozen(None, case.case_id, number, final, document.seal(issued), issued)
    return text.paper(plan, final=final), (change,)
