"""The EHC plan of a case as somebody may see it: the working plan, versions, comments, problems."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import instances, tasks
from workflows.access import people, sight
from workflows.access.people import Person
from workflows.duties.facts import Fact
from workflows.plan import about, document, editing, golden_thread, sections
from workflows.plan.golden_thread import Problem
from workflows.plan.model import Plan, Row
from workflows.store import plans as store
from workflows.store.plan_tables import plan_comments, plan_versions
from workflows.store.plans import Kept
from workflows.store.tables import case_facts, cases

COMMENTS = 500  # of a plan, the newest ones


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was issued. `label`: "Draft 1", "Final plan"."""

    number: int
    label: str
    final: bool
    sha256: str
    frozen_at: dt.datetime
    frozen_by: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its replies, the oldest first. `version` 0: on the working plan."""

    id: UUID
    section: str
    version: int
    text: str
    made_at: dt.datetime
    made_by: str
    replies: tuple["Comment", ...] = ()


@dataclass(frozen=True, slots=True)
class PlanTask:
    """An open task that is done in the editor."""

    id: UUID
    name: str
    final: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan.

    Attributes:
        case: The row of the case; `why` the person may see it.
        whole: The working plan with all sections: show only those `readable`.
        readable, editable: The sections of the working plan that the person reads, and writes.
        kept: Its revision, and who changed which section when.
        final: It is being made ready to be issued as the final plan.
        problems: What is wrong in sections that the person reads.
        proposed: Section to rows that the case could fill in, where the person writes it.
        names: Person id to name.
    """

    case: Any
    why: str
    whole: Plan
    readable: frozenset[str]
    editable: frozenset[str]
    kept: Kept
    final: bool
    problems: tuple[Problem, ...]
    proposed: Mapping[str, tuple[Row, ...]]
    versions: tuple[Version, ...]
    comments: tuple[Comment, ...]
    tasks: tuple[PlanTask, ...]
    names: Mapping[str, str]

    @property
    def newest(self) -> Version | None:
        """The newest version that was issued."""
        return self.versions[0] if self.versions else None


def plan_page(connection: sa.Connection, person: Person, case_id: UUID) -> PlanPage:
    """Return the plan of a case.

    Raises:
        sight.NoSuchCase: there is no such case, or it is not the person's to see.
    """
    why = sight.why_may_see(connection, person, case_id)
    roles = sight.roles_in(connection, person, case_id)
    readable, editable = sections.readable(roles), sections.editable(roles)
    case = connection.execute(sa.select(*cases.c).where(cases.c.id == case_id)).one()
    kept = store.working(connection, case_id)
    whole = document.load(kept.document)
    facts, waiting = _facts(connection, case_id), _tasks(connection, case_id)
    final = any(each.final for each in waiting) or (not waiting and not whole.of("i").is_empty)
    found = golden_thread.check(whole, about.about(case.details, facts), final=final)
    versions, comments = _versions(connection, case_id), _comments(connection, case_id, readable)
    people_named = {each.frozen_by for each in versions} | {
        one.made_by for each in comments for one in (each, *each.replies)
    }
    people_named |= {str(each["by"]) for each in kept.changed.values()}
    return PlanPage(
        case=case,
        why=why,
        whole=whole,
        readable=readable,
        editable=editable,
        kept=kept,
        final=final,
        problems=tuple(each for each in found if each.section in readable),
        proposed=_proposed(connection, case_id, whole, facts, editable),
        versions=versions,
        comments=comments,
        tasks=waiting,
        names=people.names(connection, people_named),
    )


def _versions(connection: sa.Connection, case_id: UUID) -> tuple[Version, ...]:
    """Return what was issued, the newest first; stands on the primary key."""
    columns = [each for each in plan_versions.c if each.name not in {"case_id", "document"}]
    rows = connection.execute(
        sa.select(*columns)
        .where(plan_versions.c.case_id == case_id)
        .order_by(plan_versions.c.number)
    )
    found: list[Version] = []
    for row in rows:
        place = sum(each.final == row.final for each in found) + 1
        label = (
            ("Final plan" if place == 1 else f"Final plan {place}")
            if row.final
            else (f"Draft {place}")
        )
        found.append(
            Version(row.number, label, row.final, row.sha256, row.frozen_at, row.frozen_by)
        )
    return tuple(reversed(found))


def _comments(
    connection: sa.Connection, case_id: UUID, readable: frozenset[str]
) -> tuple[Comment, ...]:
    """Return comments with replies; stands on uq_plan_comments_case_id_place.

    Those on the working plan are for who reads the section that they are on.
    """
    newest = (
        sa.select(*plan_comments.c)
        .where(
            plan_comments.c.case_id == case_id,
            (plan_comments.c.version > 0) | plan_comments.c.section.in_(readable),
        )
        .order_by(plan_comments.c.place.desc())
        .limit(COMMENTS)
    )
    rows = connection.execute(newest).all()[::-1]
    replies: dict[UUID, list[Comment]] = {}
    for row in rows:
        if row.reply_to is not None:
            replies.setdefault(row.reply_to, []).append(_comment(row))
    return tuple(
        _comment(row, tuple(replies.get(row.id, ()))) for row in rows if row.reply_to is None
    )


def _comment(row: Any, replies: tuple[Comment, ...] = ()) -> Comment:  # noqa: ANN401
    return Comment(row.id, row.section, row.version, row.text, row.made_at, row.made_by, replies)


def _facts(connection: sa.Connection, case_id: UUID) -> tuple[Fact, ...]:
    """Return when which advice was received; stands on ix_case_facts_case_id."""
    rows = connection.execute(
        sa.select(case_facts.c.code, case_facts.c.on, case_facts.c.qualifier, case_facts.c.outcome)
        .where(
            case_facts.c.case_id == case_id,
            case_facts.c.code == "advice_received",
            case_facts.c.current,
        )
        .order_by(case_facts.c.on, case_facts.c.qualifier)
    )
    return tuple(Fact(*row) for row in rows)


def _tasks(connection: sa.Connection, case_id: UUID) -> tuple[PlanTask, ...]:
    """Return open tasks that are done in the editor; stands on ix_tasks_subject_id."""
    rows = connection.execute(
        sa.select(tasks.c.id, tasks.c.name, tasks.c.properties)
        .where(
            tasks.c.subject_id == case_id,
            tasks.c.status == "open",
            tasks.c.form_key == editing.FORM_KEY,
        )
        .order_by(tasks.c.opened_at, tasks.c.id)
    )
    return tuple(PlanTask(row.id, row.name, editing.is_final(row.properties)) for row in rows)


def _proposed(
    connection: sa.Connection,
    case_id: UUID,
    plan: Plan,
    facts: tuple[Fact, ...],
    editable: frozenset[str],
) -> Mapping[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    if "k" in editable:
        found["k"] = about.advice_rows(plan, case_id, facts)
    if "j" in editable:
        rows = connection.execute(
            sa.select(instances.c.variables)
            .where(instances.c.subject_id == case_id)
            .order_by(instances.c.started_at, instances.c.id)
        ).scalars()
        variables = {name: value for each in rows for name, value in each.items()}
        found["j"] = about.budget_rows(plan, case_id, variables)
    return {code: rows for code, rows in found.items() if rows}
