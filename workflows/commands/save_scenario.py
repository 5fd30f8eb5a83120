"""Keep a story with its process."""

import re
from dataclasses import dataclass
from typing import Final

from engine import errors
from engine.unit_of_work import Work
from workflows.scenarios import model
from workflows.store import scenarios

NAME: Final = re.compile(r"[a-z][a-z0-9_]{2,59}")
TITLE_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class SaveScenario:
    """Keep the scenario `toml` under `name` (small letters, digits, underscores)."""

    name: str
    toml: str


def save_scenario(command: SaveScenario, work: Work) -> None:
    """Keep the scenario: from now on it is lived at each publishing.

    Raises:
        errors.Invalid: the name will not do, or the scenario is wrong: at which step, and how.
        scenarios.ScenarioExists: the name is taken.
    """
    if NAME.fullmatch(command.name) is None:
        raise errors.Invalid(
            "The name will not do.",
            errors={"name": ("Enter a name of small letters, digits and underscores",)},
        )
    try:
        told = model.parse(command.toml, command.name)
    except model.ScenarioError as error:
        raise errors.Invalid(str(error), errors={"toml": (str(error),)}) from error
    if not told.steps:
        raise errors.Invalid("Nothing happens in it.", errors={"toml": ("Add a step",)})
    scenarios.keep(
        work.connection,
        scenarios.Kept(
            told.process[:120],
            command.name,
            told.title[:TITLE_LIMIT],
            command.toml,
            work.now,
            work.actor.id,
            None,
            None,
        ),
    )
