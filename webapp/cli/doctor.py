"""Prove that everything stored agrees."""

import sys

import click

from engine import doctor as examination
from webapp import settings as environment
from webapp.wiring import system_of


@click.command()
def doctor() -> None:
    """Compare the engine's state with every projection, and check the history's chains."""
    system = system_of(environment.from_environment())
    count = 0
    for problem in examination.examine(system.executor):
        click.echo(problem)
        count += 1
    click.echo("All is well." if not count else f"{count} problems.")
    sys.exit(1 if count else 0)
