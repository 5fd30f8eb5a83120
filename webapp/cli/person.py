"""Add people on the command line: the first administrator, for one."""

import click

from engine import ports
from webapp import settings as environment
from webapp.wiring import system_of
from workflows.access import roles
from workflows.commands.add_person import AddPerson


@click.group()
def person() -> None:
    """Add people; pages do the rest."""


@person.command()
@click.argument("email")
@click.option("--name", required=True, help="What they are called.")
@click.option("--role", "given", required=True, multiple=True, help="role, or role@team.")
def add(email: str, name: str, given: tuple[str, ...]) -> None:
    """Add the person with EMAIL, and print the link by which they choose their password."""
    settings = environment.from_environment()
    command = AddPerson(email, name, roles.parse(given))
    system_of(settings).execute(command, ports.SYSTEM)
    click.echo(f"{settings.site_url}/invitation/{command.token}")
