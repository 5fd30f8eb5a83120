"""Publish diagrams and decision tables."""

from pathlib import Path

import click

from engine import ports
from engine.commands.publish_definitions import PublishDefinitions
from engine.queries import definition_list
from webapp import settings as environment
from webapp.cli.diagram_files import diagram_files, problem_line
from webapp.wiring import system_of
from workflows import diagram_check
from workflows.sandbox import rehearse


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--reason", required=True, help="Why; it stands beside the version.")
@click.option(
    "--scenarios/--no-scenarios", default=True, help="Run those that the change concerns."
)
def publish(files: tuple[Path, ...], reason: str, *, scenarios: bool) -> None:
    """Check FILES, or all in a folder, run their scenarios, and publish them together.

    Files that did not change make no new version.
    """
    system = system_of(environment.from_environment())
    named = {str(path): path.read_bytes() for path in diagram_files(files)}
    with system.read() as connection:
        live = definition_list.live(connection)
    diagram_check.refuse(named, live)
    if scenarios:
        rehearse.refuse_broken(system, named)
    system.execute(PublishDefinitions(named, reason), ports.SYSTEM)
    for name, problems in diagram_check.check_together(named, live).items():
        for each in problems:
            click.echo(problem_line(name, each), err=True)
    click.echo("Published.")
