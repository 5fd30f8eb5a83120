"""A draft that somebody tries: what they did is a story, from which its sandbox is made.

The story is kept in the main database; the sandbox lives in the memory of one process. Any process
that lacks it lives the story through again, so that nothing is lost by a restart.
"""

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from engine import errors
from workflows.sandbox.place import checksum, places
from workflows.sandbox.story import Story
from workflows.scenarios import model
from workflows.scenarios.model import ScenarioError

KEPT: Final = 8  # sandboxes in one process; the one that was looked at longest ago goes
Document = Mapping[str, Any]


@dataclass(slots=True)
class Living:
    """A sandbox, and how much of the story it has lived through.

    Attributes:
        document: What was lived, with its steps.
        stopped: Why the rest of the story could not be lived, "" where all of it was.
    """

    story: Story
    document: Document
    stopped: str = ""

    @property
    def steps(self) -> tuple[Document, ...]:
        """What was done so far."""
        return tuple(self.document["steps"])


class Trials:
    """The sandboxes of one process, by draft and person. Safe to share between threads."""

    def __init__(self) -> None:
        """Begin without any."""
        self._living: OrderedDict[tuple[UUID, str, str], Living] = OrderedDict()
        self._lock = threading.Lock()

    def living(
        self, of: tuple[UUID, str], files: Mapping[str, bytes], document: Document
    ) -> Living:
        """Return the sandbox of a draft and a person in which a story was lived.

        Args:
            of: The draft's identifier and the person's.
            files: What is live in it.
            document: The story, as `story_of` makes it: its dates as text.

        Raises:
            errors.Refused: the files cannot be published, or the case cannot be opened with them.
        """
        key = (*of, checksum(files))
        with self._lock:
            found = self._living.pop(key, None)
            if found is None or not _goes_on(found.document, document):
                if found is not None:
                    places().close(found.story.system)
                found = self._begin(files, document)
            self._living[key] = found
            while len(self._living) > KEPT:
                _, oldest = self._living.popitem(last=False)
                places().close(oldest.story.system)
            _live_on(found, document)
            return found

    def _begin(self, files: Mapping[str, bytes], document: Document) -> Living:
        system = places().open(files)
        story = Story(scenario_of({**document, "steps": []}), system)
        try:
            story.open()
        except (errors.Refused, ScenarioError) as error:
            places().close(system)
            if isinstance(error, errors.Refused):
                raise
            raise errors.Invalid(str(error)) from error
        return Living(story, {**document, "steps": []})


def story_of(process_key: str, begins: dt.date, start: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of a story that has just begun, its dates as text."""
    return {
        "title": "Tried in a sandbox",
        "process": process_key,
        "begins": begins.isoformat(),
        "start": dict(start),
        "steps": [],
    }


def scenario_of(document: Document) -> model.Scenario:
    """Return the scenario that a kept document tells.

    Raises:
        ScenarioError: it is none.
    """
    steps = [
        {**each, "on": dt.date.fromisoformat(each["on"])} if "on" in each else dict(each)
        for each in document["steps"]
    ]
    begins = dt.date.fromisoformat(document["begins"])
    return model.read_document({**document, "begins": begins, "steps": steps}, "This trial")


def _goes_on(lived: Document, document: Document) -> bool:
    """Tell whether a story is what was lived, and perhaps more."""
    same = {key: value for key, value in lived.items() if key != "steps"}
    steps = lived["steps"]
    return (
        same == {key: value for key, value in document.items() if key != "steps"}
        and document["steps"][: len(steps)] == steps
    )


def _live_on(living: Living, document: Document) -> None:
    """Live the steps that are still to come; stop at the first that does not go any more."""
    living.stopped = ""
    told = scenario_of(document)
    for position in range(len(living.steps), len(told.steps)):
        try:
            living.story.take(told.steps[position])
        except ScenarioError as error:
            living.stopped = str(error)
            return
        done = [*living.steps, document["steps"][position]]
        living.document = {**living.document, "steps": done}
