"""Time things fairly: in turns, and by their median."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

WARM_UP: Final = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured ratio.

    Attributes:
        name: What was measured, with the database.
        ours, reference: Seconds.
        most: What the ratio should not exceed; None where it is only reported.
    """

    name: str
    ours: float
    reference: float
    most: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the reference ours costs."""
        return self.ours / self.reference

    @override
    def __str__(self) -> str:
        """Return the figure as a line."""
        verdict = ""
        if self.most is not None:
            verdict = f"  at most {self.most}" + ("" if self.ratio <= self.most else "  EXCEEDED")
        return (
            f"{self.name}: {self.ratio:.2f} "
            f"(ours {self.ours * 1000:.2f} ms / reference {self.reference * 1000:.2f} ms){verdict}"
        )


@dataclass(frozen=True, slots=True)
class Count:
    """A measured number that is no ratio."""

    name: str
    value: float
    unit: str = ""
    most: float | None = None

    @override
    def __str__(self) -> str:
        """Return the number as a line."""
        verdict = ""
        if self.most is not None:
            verdict = f"  at most {self.most:g}" + ("" if self.value <= self.most else "  EXCEEDED")
        return f"{self.name}: {self.value:g}{self.unit and ' '}{self.unit}{verdict}"


def seconds(job: Callable[[], object]) -> float:
    """Return how long a job takes, with the collector of garbage at rest."""
    with _quiet():
        begin = time.perf_counter()
        job()
        return time.perf_counter() - begin


def median(job: Callable[[], object], rounds: int) -> float:
    """Return the median time of a job, in seconds."""
    for _ in range(WARM_UP):
        job()
    return statistics.median(seconds(job) for _ in range(rounds))


@dataclass(frozen=True, slots=True)
class Paced:
    """A time in seconds, and what a yardstick took in turns with it: no machine is as fast all day."""

    seconds: float
    yardstick: float

    def at_the_pace_of(self, other: "Paced") -> float:
        """Return what it would take while the yardstick takes as long as beside another."""
        return self.seconds * other.yardstick / self.yardstick


def paced(job: Callable[[], object], yardstick: Callable[[], object], rounds: int) -> Paced:
    """Time a job in turns with a yardstick, whose work is the same whatever the size."""
    for _ in range(WARM_UP):
        job()
        yardstick()
    turns = [(seconds(job), seconds(yardstick)) for _ in range(rounds)]
    return Paced(*map(statistics.median, zip(*turns, strict=True)))


@contextmanager
def _quiet() -> Iterator[None]:
    """Collect garbage now, and none within the block."""
    gc.collect()
    gc.freeze()  # what is alive by now need not be looked at again before the next job
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
