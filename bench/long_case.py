"""The 300th step of a case against its 10th."""

import statistics
from collections.abc import Iterator
from typing import Final

from bench.measure import Figure, seconds
from tests.chaos.load import ROUND
from tests.support.office import open_office

EARLY: Final = range(6, 15)
LATE: Final = range(296, 305)


def run(name: str, url: str) -> Iterator[Figure]:
    """Go round in one case, and compare."""
    office = open_office(url)
    office.publish(ROUND)
    office.start()
    times = [seconds(office.complete) for _ in range(LATE.stop)]
    office.executor.engine.dispose()
    yield Figure(
        f"300th step of a case against its 10th, {name}",
        statistics.median(times[step] for step in LATE),
        statistics.median(times[step] for step in EARLY),
    )
