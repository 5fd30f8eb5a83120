"""Load statistics that the Department for Education publishes."""

from pathlib import Path

import click

from engine import ports
from webapp import settings as environment
from webapp.wiring import system_of
from workflows.commands.load_statistics import LoadStatistics, StatisticsFile
from workflows.queries.statistics_loaded import statistics_loaded


@click.group()
def statistics() -> None:
    """Load published statistics, which the charts of comparators show."""


@statistics.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def load(files: tuple[Path, ...]) -> None:
    """Load FILES of “Education, health and care plans” (CSV), all or none of them."""
    system = system_of(environment.from_environment())
    named = tuple(StatisticsFile(path.name, path) for path in files)
    system.execute(LoadStatistics(named), ports.SYSTEM)
    with system.read() as connection:
        for each in statistics_loaded(connection):
            click.echo(
                f"{each.title}, {each.period}: {each.areas} areas, {each.figures:,} figures, "
                f"{each.missing:,} not available ({each.file_name})"
            )
