"""Prove that everything stored agrees."""

import sys

import click

from webapp import settings as environment
from webapp.wiring import system_of
from workflows import bootstrap


@click.command()
def doctor() -> None:
    """Compare state, projections and the board's figures, and check the history's chains."""
    system = system_of(environment.from_environment())
    count = 0
    for problem in bootstrap.examine(system):
        click.echo(problem)
        count += 1
    click.echo("All is well." if not count else f"{count} problems.")
    sys.exit(1 if count else 0)
