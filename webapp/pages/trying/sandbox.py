"""The sandbox of a draft for whoever is signed in, and what was done in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from webapp.auth import guard
from workflows.commands.keep_trial import KeepTrial
from workflows.sandbox import files as together
from workflows.sandbox.trial import Living, Trials
from workflows.store import drafts, scenarios
from workflows.store.drafts import Draft

TRIALS: Final = Trials()


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft with the files that would be live, and what the person did with it; None: nothing."""

    draft: Draft
    files: Mapping[str, bytes]
    document: Mapping[str, Any] | None


def trial(draft_id: UUID) -> Trial:
    """Return the trial of a draft by whoever is signed in.

    Raises:
        drafts.NoSuchDraft: there is none.
        errors.Invalid: the draft holds no one process.
    """
    with guard.system().read() as connection:
        draft = drafts.load(connection, draft_id)
        files = together.with_draft(connection, draft)
        document = scenarios.trial(connection, draft_id, guard.person().id)
    return Trial(draft, files, document)


def living(found: Trial, document: Mapping[str, Any]) -> Living:
    """Return the sandbox in which a story was lived.

    Raises:
        errors.Refused: the draft cannot be published, or no case can be opened with it.
    """
    of = (found.draft.id, guard.person().id)
    return TRIALS.living(of, found.files, document)


def go_on(found: Trial, document: Mapping[str, Any], step: Mapping[str, Any]) -> str:
    """Do one thing more, and keep it; return why it could not be done, "" where it was."""
    longer = {**document, "steps": [*document["steps"], step]}
    lived = living(found, longer)
    if lived.stopped:
        return lived.stopped
    keep(found.draft.id, longer)
    return ""


def keep(draft_id: UUID, document: Mapping[str, Any] | None) -> None:
    """Keep what was done; None: begin again."""
    guard.system().execute(KeepTrial(draft_id, document), guard.person())
