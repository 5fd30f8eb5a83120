"""What keeps a draft from being published, all of it at once, so that nobody is told bit by bit."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.checks.problem import Problem, Severity
from engine.queries import definition_list
from webapp.auth import guard
from workflows import diagram_check
from workflows.access import people
from workflows.comparison.compare import Comparison, compare
from workflows.queries.publishing_rules import PublishingRules, publishing_rules
from workflows.sandbox import rehearse
from workflows.sandbox.rehearse import Change
from workflows.store import approvals, drafts
from workflows.store.approvals import Approval
from workflows.store.drafts import Draft
from workflows.store.rehearsals import PASSED, RUNNING, Rehearsal


@dataclass(frozen=True, slots=True)
class Gate:
    """A draft before it is published.

    Attributes:
        live: The version that is live now, 0 where there is none.
        comparison: With the live version, None where there is none.
        change: The scenarios that this concerns; None where the draft cannot be read as one file.
        standing: How far they have been run, None where they have not.
        approval: Asked for this very revision, None where nobody has.
        lapsed: An approval was asked for an earlier revision, and the draft was saved after it.
        names: Of all who are mentioned, by identifier.
    """

    draft: Draft
    live: int
    problems: tuple[Problem, ...]
    comparison: Comparison | None
    change: Change | None
    standing: Rehearsal | None
    rules: PublishingRules
    approval: Approval | None
    lapsed: bool
    names: dict[str, str]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that keep it from being published."""
        return tuple(each for each in self.problems if each.severity == Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Problems that do not."""
        return tuple(each for each in self.problems if each.severity == Severity.WARNING)

    @property
    def is_overtaken(self) -> bool:
        """Somebody has published another version since the draft was begun."""
        return self.live != self.draft.based_on

    @property
    def faults(self) -> tuple[str, ...]:
        """What must be mended, or run, before anybody can approve or publish it."""
        return tuple(self._faults())

    @property
    def obstacles(self) -> tuple[str, ...]:
        """What keeps the draft from being published, a sentence each."""
        lacking = self.rules.second_person and not (self.approval and self.approval.approved)
        needed = ("Another process owner must approve it first.",) if lacking else ()
        return (*self.faults, *needed)

    def _faults(self) -> Iterator[str]:
        if self.errors:
            count = len(self.errors)
            yield f"The check finds {count} error{'s' if count > 1 else ''}. Mend them first."
        if self.comparison and self.comparison.same:
            yield "Nothing differs from the live version."
        if not self.errors and self.change and self.change.stories:
            yield from self._scenarios(len(self.change.stories))

    def _scenarios(self, count: int) -> Iterator[str]:
        if self.standing is None:
            yield f"{count} scenarios concern this draft. Run them first."
        elif self.standing.status == RUNNING:
            yield "The scenarios are being run. Wait until they are done."
        elif self.standing.status != PASSED:
            yield "With this draft, scenarios go another way. Mend the draft or retire them."


def look(draft: Draft) -> Gate:
    """Return how a draft stands before the gate."""
    system = guard.system()
    with system.read() as connection:
        files = definition_list.live(connection)
        version = definition_list.live_version(connection, draft.key)
        rules = publishing_rules(connection)
        approval = approvals.approval(connection, draft.id, draft.revision)
        before = approvals.last(connection, draft.id)
        mentioned = {draft.saved_by, draft.created_by}
        if approval:
            mentioned |= {approval.asked_by, approval.decided_by or ""}
        names = people.names(connection, mentioned)
    change = _change(draft)
    return Gate(
        draft=draft,
        live=version,
        problems=diagram_check.check_beside(draft.xml, draft.name, files),
        comparison=compare(files[draft.key], draft.xml) if draft.key in files else None,
        change=change,
        standing=rehearse.standing(system, change) if change else None,
        rules=rules,
        approval=approval,
        lapsed=before is not None and before.revision < draft.revision and approval is None,
        names=names,
    )


def _change(draft: Draft) -> Change | None:
    try:
        return rehearse.change_of(guard.system(), {draft.name: draft.xml})
    except errors.Invalid:  # the check says why it cannot be read
        return None


def load(draft_id: UUID) -> Draft:
    """Return a draft.

    Raises:
        drafts.NoSuchDraft: there is none.
    """
    with guard.system().read() as connection:
        return drafts.load(connection, draft_id)
