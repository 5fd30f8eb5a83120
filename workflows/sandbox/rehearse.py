"""Live through the stories that a change concerns in the background, and refuse what breaks one."""

import hashlib
import logging
import threading
from collections.abc import Collection, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from engine import errors, ports
from engine.queries import definition_list
from workflows.bootstrap import System
from workflows.commands.keep_rehearsal import KeepRehearsal
from workflows.sandbox import files as together, gate
from workflows.sandbox.gate import Told, Went
from workflows.sandbox.place import checksum
from workflows.store import rehearsals
from workflows.store.rehearsals import FAILED, PASSED, RUNNING, Rehearsal

logger: Final = logging.getLogger(__name__)


class StoriesBroken(errors.Invalid):
    """Cases would go another way than scenarios tell. Mend the diagram, or retire the scenario."""


@dataclass(frozen=True, slots=True)
class Change:
    """Diagrams that would be live together, and the stories that this concerns.

    Attributes:
        names: What tasks were called in earlier versions, to what they are called now.
    """

    files: Mapping[str, bytes]
    stories: tuple[Told, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """What tells this change, with its stories, from any other."""
        text = checksum(self.files) + "".join(each.name + each.toml for each in self.stories)
        return hashlib.sha256(text.encode()).hexdigest()


def change_of(system: System, changed: Mapping[str, bytes]) -> Change:
    """Return what publishing some files (name to content) would come to.

    Raises:
        errors.Invalid: one of them cannot be read.
    """
    with system.read() as connection:
        before = definition_list.live(connection)
        files = together.with_files(connection, changed)
        stories = gate.told(connection)
        names = together.renamed(connection, files)
    keys = {key for key, data in files.items() if before.get(key) != data}
    return Change(files, gate.concerned(stories, files, keys), names)


def standing(system: System, change: Change) -> Rehearsal | None:
    """Return how far the rehearsal of a change is, None where it has not begun or was broken off."""
    with system.read() as connection:
        found = rehearsals.rehearsal(connection, change.mark)
    return None if found is None or found.is_silent(system.now()) else found


def begin(system: System, change: Change, actor: ports.Actor) -> None:
    """Begin the rehearsal of a change in the background; one that runs already goes on.

    Raises:
        errors.Forbidden: the actor may not.
    """
    found = standing(system, change)
    if found is not None and found.status == RUNNING:
        return
    system.execute(KeepRehearsal(change.mark, RUNNING, len(change.stories)), actor)
    threading.Thread(target=_rehearse, args=(system, change), daemon=True).start()


def refuse_broken(system: System, changed: Mapping[str, bytes]) -> None:
    """Refuse files (name to content) with which a story goes another way.

    Raises:
        StoriesBroken: which stories, and at which step.
        errors.Invalid: one of the files cannot be read.
    """
    failures = broken(system, change_of(system, changed))
    if failures:
        raise StoriesBroken(
            " ".join(failures.values()),
            errors={name: (problem,) for name, problem in failures.items()},
        )


def broken(system: System, change: Change) -> Mapping[str, str]:
    """Return the stories that go another way, and where; what was rehearsed is not lived again."""
    found = standing(system, change)
    if found is None or found.status == RUNNING:
        return _failures(gate.live(change.stories, (change.files, change.names), lambda _: None))
    return found.failures


def _rehearse(system: System, change: Change) -> None:
    total = len(change.stories)

    def tell(done: int) -> None:
        if done < total:
            system.execute(KeepRehearsal(change.mark, RUNNING, total, done), ports.SYSTEM)

    try:
        failures = _failures(gate.live(change.stories, (change.files, change.names), tell))
    except (errors.Refused, SQLAlchemyError, OSError, BrokenProcessPool):
        logger.exception("rehearsal broke off", extra={"checksum": change.mark})
        failures = {
            "": "The scenarios could not be run. Try again; if it goes on, tell the operators."
        }
    status = FAILED if failures else PASSED
    system.execute(KeepRehearsal(change.mark, status, total, total, failures), ports.SYSTEM)


def _failures(went: Collection[Went]) -> dict[str, str]:
    return {each.name: each.problem for each in went if each.problem}
