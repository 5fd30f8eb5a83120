"""The domain as the engine sees it: its functions, its policy, its routing and its projections."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from engine import changes as engine_changes
from engine.definitions.expressions import FunctionSignature
from workflows import changes, diagram_check
from workflows.access.people import FAMILY
from workflows.agencies import choices
from workflows.agencies.routing import Routing
from workflows.context import SIGNATURES, CaseContext, Topic, case_of
from workflows.plan.take import take
from workflows.policy import authorise
from workflows.projections import (
    cases,
    deadlines,
    decisions,
    delays,
    details,
    documents,
    exception_requests,
    facts,
    forecasts,
    key_contact,
    links,
    passing,
    plans,
    provision,
    reminders,
    standing_in,
    tallies,
)
from workflows.webhooks.subscriptions import Subscriptions

if TYPE_CHECKING:
    from engine.definitions.elements import Element
    from engine.unit_of_work import Work
    from workflows.rulebook.model import Rulebook


class SendDomain:
    """Special educational needs and disability."""

    signatures: tuple[FunctionSignature, ...] = SIGNATURES

    def __init__(
        self,
        rulebook: Rulebook,
        topics: Mapping[str, Topic],
        *,
        refuse: Callable[[Mapping[str, bytes], Mapping[str, bytes]], None] = diagram_check.refuse,
    ) -> None:
        """Take the law, what service tasks call, and what refuses diagrams that must not go live."""
        self._refuse = refuse
        self.rulebook = rulebook
        self.topics = topics
        self.routing = Routing()
        self.subscriptions = Subscriptions()

    def open_context(self, work: Work, subject_id: UUID) -> CaseContext:
        """Open a case for one unit of work."""
        return CaseContext(work, subject_id, self.rulebook, self.topics)

    def authorise(self, command: object, work: Work) -> None:
        """Check that the actor may give the command."""
        authorise.authorise(command, work)

    def options(self, name: str, work: Work) -> tuple[tuple[str, str], ...]:
        """Return the settings, or the areas, that a form offers."""
        return choices.choices(name, work.connection)

    def begin_again(
        self, start: Element, values: engine_changes.Values, subject_id: UUID, work: Work
    ) -> engine_changes.Values:
        """Return the answers that a process begins with again, with dates that were corrected."""
        context: Any = work.context(subject_id)
        field = start.properties["date_field"].literal if "date_field" in start.properties else ""
        code = start.properties["records"].literal if "records" in start.properties else ""
        dates = [each.on for each in context.facts if each.code == code.partition(":")[0]]
        return {**values, field: max(dates).isoformat()} if field and dates else values

    def route(self, change: engine_changes.TaskOpened, subject_id: UUID, work: Work) -> str:
        """Return the team of a task: by the table, or the setting that it is about."""
        if change.role == FAMILY:
            return ""
        context = work.context(subject_id)
        case: Any = context.case if isinstance(context, CaseContext) else None
        item = change.item if isinstance(change.item, dict) else {}
        values = {
            "role": change.role,
            "area": case.area if case else "",
            "phase": case.details.get("phase") if case else None,
            "setting": case.setting_id if case else "",
        }
        team = self.routing.team_for(work.connection, values)
        if team != "setting":
            return team
        consulted = item.get("code") if "name" in item else None
        return str(consulted or values["setting"])

    def refuse_publication(self, files: Mapping[str, bytes], live: Mapping[str, bytes]) -> None:
        """Check changed diagrams and decision tables by all rules.

        Raises:
            diagram_check.NotPublishable: naming every error.
        """
        self._refuse(files, live)

    def project(
        self, recorded: Sequence[engine_changes.Change], subject_id: UUID, work: Work
    ) -> Sequence[engine_changes.Change]:
        """Write what changed in a case; tell that it closed."""
        if any(
            isinstance(each, changes.FactRecorded | changes.ExceptionRecorded) for each in recorded
        ):
            facts.project(subject_id, work)
        context = case_of(work, subject_id)
        decided = decisions.project(subject_id, work)  # before documents that this unit adds
        documents.project(subject_id, work)
        delays.project(subject_id, work)
        exception_requests.project(subject_id, work)
        details.project(subject_id, work)
        links.project(work)
        passing.project(subject_id, work)
        taken = take(context, recorded)
        plans.project([*recorded, *taken], subject_id, work)
        provision.project([*recorded, *taken], subject_id, work)
        reminders.project(subject_id, work)
        moved = deadlines.project(context, work, self.routing) if context.dates_moved() else None
        tallies.project(context, work, moved)
        forecasts.project(recorded, subject_id, work)
        outcome = cases.project(context, work)
        closed = [changes.CaseClosed(None, subject_id, outcome)] if outcome else []
        contact = key_contact.project(recorded, context, work)
        follows = [*decided, *taken, *closed, *contact, *standing_in.project(recorded, work)]
        self.subscriptions.queue([*recorded, *follows], subject_id, work)
        return follows
