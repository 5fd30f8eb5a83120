"""Who may give which command: one entry a command, refused where there is none."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine import errors, ports
from engine.commands.complete_task import CompleteTask, OnBehalf
from engine.unit_of_work import Work
from workflows.access import links, people
from workflows.access.links import LinkHolder
from workflows.access.people import (
    Person,
)
from workflows.commands.add_document import AddDocument
from workflows.commands.comment_on_local_offer import CommentOnLocalOffer
from workflows.commands.save_link_draft import SaveLinkDraft
from workflows.policy import (
    administration,
    authority,
    batches,
    board,
    cases,
    comparators,
    forecasts,
    interventions,
    privacy,
    reports,
    returns,
    webhooks,
)
from workflows.policy.refusal import NotAllowed
from workflows.policy.whom import Rule

LinkRule = Callable[[Any, LinkHolder, Work], None]


def authorise(command: object, work: Work) -> None:
    """Check that whoever gives a command may.

    Raises:
        errors.NotFound: the case or task is not theirs to see.
        NotAllowed: it is, but that is not theirs to do.
    """
    if work.actor == ports.SYSTEM:
        return
    if work.actor == people.PUBLIC and type(command) in PUBLIC_COMMANDS:
        return
    if isinstance(work.actor, LinkHolder):
        _authorise_link(command, work.actor, work)
        return
    rule = RULES.get(type(command))
    if rule is None or not isinstance(work.actor, Person):
        raise NotAllowed
    rule(command, work.actor, work)


def _authorise_link(command: object, holder: LinkHolder, work: Work) -> None:
    """Let a link do a few things with its own task while it is good, and nothing else at all."""
    rule = LINK_RULES.get(type(command))
    if rule is None:
        raise NotAllowed
    if getattr(command, "task_id", None) != holder.task_id:
        raise links.UnusableLink
    work.part("task", holder.task_id)  # locked first: withdrawing the link waits, or we do
    links.refuse_unusable(work.connection, holder.link_id, work.now)
    rule(command, holder, work)


def _complete_by_link(command: CompleteTask, holder: LinkHolder, work: Work) -> None:
    del work
    if command.on_behalf != OnBehalf(holder.source):
        raise NotAllowed


def _document_by_link(command: AddDocument, holder: LinkHolder, work: Work) -> None:
    if command.case_id != holder.case_id:
        raise links.UnusableLink
    if links.count_documents(work.connection, holder) >= links.DOCUMENTS_PER_LINK:
        raise errors.Invalid(
            f"At most {links.DOCUMENTS_PER_LINK} files can be sent with this link."
        )


def _draft_by_link(command: SaveLinkDraft, holder: LinkHolder, work: Work) -> None:
    del command, holder, work


RULES: Final[Mapping[type, Rule]] = {
    **cases.RULES,
    **authority.RULES,
    **board.RULES,
    **forecasts.RULES,
    **interventions.RULES,
    **batches.RULES,
    **comparators.RULES,
    **returns.RULES,
    **reports.RULES,
    **privacy.RULES,
    **administration.RULES,
    **webhooks.RULES,
}
PUBLIC_COMMANDS: Final = frozenset({CommentOnLocalOffer})
LINK_RULES: Final[Mapping[type, LinkRule]] = {
    CompleteTask: _complete_by_link,
    SaveLinkDraft: _draft_by_link,
    AddDocument: _document_by_link,
}
