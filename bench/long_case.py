"""The 300th step of a case against its 10th."""

import statistics
from collections.abc import Iterator
from typing import Final

from bench.measure import Figure, seconds
from engine.commands.complete_task import CompleteTask
from tests.chaos.load import ROUND
from tests.support.office import ANN, Office, open_office

EARLY: Final = range(6, 15)
LATE: Final = range(296, 305)


def run(name: str, url: str) -> Iterator[Figure]:
    """Go round in one case, and compare."""
    office = open_office(url)
    office.publish(ROUND)
    office.start()
    times = [_step(office) for _ in range(LATE.stop)]
    office.executor.engine.dispose()
    yield Figure(
        f"300th step of a case against its 10th, {name}",
        statistics.median(times[step] for step in LATE),
        statistics.median(times[step] for step in EARLY),
    )


def _step(office: Office) -> float:
    command = CompleteTask(office.task().id, {})  # found beforehand: a look at the list is no step
    return seconds(lambda: office.executor.execute(command, ANN))
