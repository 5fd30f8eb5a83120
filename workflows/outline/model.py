"""What an outline is: parts, steps in order, branches within steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Branch:
    """One of several ways on.

    Attributes:
        flow: Id of the flow that it begins with.
        label: When it is taken: "If Assess", "Otherwise", "At the same time".
        steps: What is done on it, in order; empty where it leads to a step that stands elsewhere.
        target: Id of the step with which it begins.
    """

    flow: str
    label: str
    steps: tuple["Step", ...]
    target: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        number: Its place in the outline, from 1, in its process.
        kind: In words ("Task for a person").
        details: What else is said of it: name of the detail and text, in words.
        branches: Its ways on, where there are several.
        events: What may happen while it waits, each with what follows.
        within: What it consists of, for a subprocess.
        onward: Ids of the steps that come next, where they do not follow in the list.
        is_end: Nothing comes after it, by its kind.
    """

    id: str
    tag: str
    number: int
    kind: str
    name: str
    details: tuple[tuple[str, str], ...]
    branches: tuple[Branch, ...] = ()
    events: tuple["Step", ...] = ()
    after: tuple["Step", ...] = ()
    within: tuple["Step", ...] = ()
    onward: tuple[str, ...] = ()
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A process, or a pool that shows none.

    Attributes:
        lanes: Names of its lanes.
        steps: From its start on.
        at_any_time: What may happen at any time: its event subprocesses.
        apart: What is connected to nothing that was met.
    """

    id: str
    name: str
    lanes: tuple[str, ...]
    steps: tuple[Step, ...]
    at_any_time: tuple[Step, ...]
    apart: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A diagram as a list of steps."""

    parts: tuple[Part, ...]
    numbers: Mapping[str, int] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        """Yield every step, in the order in which they are read."""
        for part in self.parts:
            for group in (part.steps, part.at_any_time, part.apart):
                yield from _all(group)


def _all(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _all(step.within)
        for event in step.events:
            yield from _all((event,))
        for branch in step.branches:
            yield from _all(branch.steps)
        yield from _all(step.after)
