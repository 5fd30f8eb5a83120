"""Publish diagrams and decision tables."""

from pathlib import Path

import click

from engine import ports
from engine.commands.publish_definitions import PublishDefinitions
from webapp import settings as environment
from webapp.cli.diagram_files import diagram_files
from webapp.wiring import system_of
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
    named = {path.name: path.read_bytes() for path in diagram_files(files)}
    if scenarios:
        rehearse.refuse_broken(system, rehearse.change_of(system, named))
    system.execute(PublishDefinitions(named, reason), ports.SYSTEM)
    click.echo("Published.")
