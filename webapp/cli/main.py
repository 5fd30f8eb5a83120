"""ehcflow on the command line."""

import logging
import sys

import click

from engine import errors
from webapp.cli.agency import agency
from webapp.cli.check import check
from webapp.cli.clock import clock
from webapp.cli.demo import demo
from webapp.cli.doctor import doctor
from webapp.cli.init import init
from webapp.cli.person import person
from webapp.cli.publish import publish
from webapp.cli.sen2 import sen2
from webapp.cli.serve import serve
from webapp.cli.statistics import statistics
from webapp.cli.token import token
from webapp.cli.worker import worker
from webapp.logs import configure
from webapp.settings import BadSettings


@click.group()
@click.version_option(package_name="ehcflow")
def cli() -> None:
    """Run EHC assessments from their diagrams."""
    configure(logging.INFO)


COMMANDS = (
    init,
    serve,
    worker,
    check,
    publish,
    token,
    clock,
    demo,
    doctor,
    statistics,
    person,
    agency,
    sen2,
)
for each in COMMANDS:
    cli.add_command(each)


def main() -> None:
    """Run the command line; what is refused is said in one line."""
    try:
        cli()
    except (errors.Refused, BadSettings) as refusal:
        click.echo(f"ehcflow: {refusal}", err=True)
        sys.exit(1)
