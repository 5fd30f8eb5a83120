"""Add agencies on the command line."""

import click

from engine import ports
from webapp import settings as environment
from webapp.wiring import system_of
from workflows.agencies.details import KINDS, AgencyDetails
from workflows.commands.add_agency import AddAgency


@click.group()
def agency() -> None:
    """Add agencies; pages do the rest."""


@agency.command()
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice(list(KINDS)))
@click.option("--email", required=True, help="Where the agency is written to.")
@click.option("--phase", default="", help="Of an education setting: primary, secondary, …")
@click.option("--area", default="", help="Of an education setting: the code of an area.")
@click.option("--urn", default="")
@click.option("--ukprn", default="")
def add(name: str, **given: str) -> None:
    """Add the agency NAME; an education setting gets its team at once."""
    system = system_of(environment.from_environment())
    system.execute(AddAgency(AgencyDetails(name=name, **given)), ports.SYSTEM)
    click.echo(f"{name} has been added.")
