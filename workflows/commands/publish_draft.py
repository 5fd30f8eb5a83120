"""Publish a draft as the next version of its process or decision table."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.commands.publish_definitions import PublishDefinitions, publish_definitions
from engine.store import definitions
from engine.unit_of_work import Work
from workflows.store import approvals, drafts


@dataclass(frozen=True, slots=True)
class PublishDraft:
    """Publish a draft as it is at `revision`; `seen` is the live version it was compared with."""

    draft_id: UUID
    revision: int
    seen: int
    reason: str


class PublishedMeanwhile(errors.Conflict):
    """Somebody has published another version meanwhile. Compare your draft with that one first."""


def publish_draft(command: PublishDraft, work: Work) -> None:
    """Make the draft the live version, and close it, in one unit.

    Raises:
        drafts.NoSuchDraft, drafts.DraftClosed, drafts.DraftChanged: it is not there as it was seen.
        PublishedMeanwhile: the live version is not the one that was seen.
        approvals.NotApproved: a second person must approve it first.
        errors.Invalid: it cannot be published: what is wrong, at which element; or nothing differs.
    """
    draft = drafts.lock(work.connection, command.draft_id)
    drafts.refuse_other_revision(draft, command.revision)
    live = definitions.live_versions(work.connection).get(draft.key)
    number = live.version if live else 0
    if number != command.seen:
        raise PublishedMeanwhile(details={"version": str(number)})
    if live is not None and live.xml == draft.xml:
        raise errors.Invalid("Nothing differs from the live version. Discard the draft.")
    if approvals.needs_second_person(work.connection):
        given = approvals.approval(work.connection, draft.id, draft.revision)
        if given is None or not given.approved:
            raise approvals.NotApproved
    name = f"{draft.key or draft.name}.{draft.kind}"
    publish_definitions(PublishDefinitions({name: draft.xml}, command.reason), work)
    drafts.close(work.connection, draft, "published", version=number + 1)
