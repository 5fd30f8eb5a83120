"""Keep what somebody does with a draft in its sandbox."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.store import drafts, scenarios

LIMIT: Final = 500_000  # characters of a story


@dataclass(frozen=True, slots=True)
class KeepTrial:
    """Let the actor's trial of a draft be `story`: the document of a scenario; None ends it."""

    draft_id: UUID
    story: Mapping[str, Any] | None


class TooLong(errors.Invalid):
    """This trial has become too long. Save it as a scenario, and begin again."""


def keep_trial(command: KeepTrial, work: Work) -> None:
    """Keep the steps, so that the sandbox can be made of them anywhere and at any time.

    Raises:
        drafts.NoSuchDraft: there is none.
        TooLong: the steps hold too much.
    """
    drafts.load(work.connection, command.draft_id)
    if command.story is None:
        scenarios.end_trial(work.connection, command.draft_id, work.actor.id)
        return
    if len(json.dumps(command.story)) > LIMIT:
        raise TooLong
    scenarios.keep_trial(work.connection, command.draft_id, work.actor.id, command.story, work.now)
