"""The page of where work waits, in a large county against one of a tenth of its size."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.county import SEED, county
from bench.databases import tidy
from bench.measure import Figure, Paced
from bench.pages import page_time
from tests.support.county import County
from tests.support.pages import Visitor, settings_for
from webapp.app import create_app
from workflows.demo import grow

CASES: Final[Mapping[str, int]] = {"SQLite": 2_000, "PostgreSQL": 20_000}
TENTH: Final = 10
MOST: Final = 1.5
PAGE: Final = "/where-work-waits?process=gather_advice"


def run(name: str, url: str) -> Iterator[Figure]:
    """Measure the page of the process that most tasks wait in, before and after."""
    many = CASES[name]
    with county(url, many // TENTH) as grown:
        few = _time(grown)
        grow.grow(grown.system, many - many // TENTH, seed=SEED + 1)
        tidy(grown.system.engine)
        after = _time(grown)
        yield Figure(
            f"where work waits, {many:,} cases against {many // TENTH:,}, {name}",
            after.seconds,
            few.at_the_pace_of(after),
            MOST,
        )


def _time(grown: County) -> Paced:
    with TemporaryDirectory() as folder:
        visitor = Visitor(create_app(settings_for(Path(folder)), grown.system))
        visitor.sign_in("manager")
        return page_time(visitor, PAGE)
