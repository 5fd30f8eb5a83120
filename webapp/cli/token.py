"""Make an API token."""

import click

from webapp import settings as environment
from webapp.wiring import system_of
from workflows.access import sign_in


@click.command()
@click.argument("email")
def token(email: str) -> None:
    """Print a new API token for the person with EMAIL."""
    system = system_of(environment.from_environment())
    click.echo(sign_in.new_token(system.engine, email, system.now()))
