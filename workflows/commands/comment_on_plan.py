"""Comment on a section of a plan: of a version that was served, or of the working plan."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows import changes
from workflows.plan import remarks, sections
from workflows.store import plans


@dataclass(frozen=True, slots=True)
class CommentOnPlan:
    """Say `text` about `section` of version `version`; 0 is the working plan."""

    case_id: UUID
    section: str
    version: int
    text: str
    comment_id: UUID = field(default_factory=uuid4)


class NothingToCommentOn(errors.NotFound):
    """There is no such section or version of a plan."""


class VersionIsFinal(errors.Conflict):
    """This version is final. Who disagrees with it can ask for mediation, or appeal."""


def comment_on_plan(command: CommentOnPlan, work: Work) -> None:
    """Enter the comment.

    Raises:
        NothingToCommentOn: there is no such section or version.
        VersionIsFinal: comments are made on drafts.
        errors.Invalid: nothing was said, or too much.
    """
    if command.section not in sections.KINDS or command.version < 0:
        raise NothingToCommentOn
    said = remarks.accepted(command.text)
    work.lock_subject(command.case_id)
    if command.version:
        found = plans.version(work.connection, command.case_id, command.version)
        if found is None:
            raise NothingToCommentOn
        if found.final:
            raise VersionIsFinal
    work.record(
        changes.PlanCommented(
            None, command.case_id, command.comment_id, command.section, command.version, said
        )
    )
