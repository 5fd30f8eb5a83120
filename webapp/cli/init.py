"""Create or upgrade the database."""

import sys

import click

from webapp import settings as environment
from webapp.settings import Settings
from webapp.wiring import system_of
from workflows import bootstrap
from workflows.agencies.choices import authority_name
from workflows.bootstrap import System
from workflows.demo import cases, duties, offer, organisation, restricted


@click.command()
@click.option("--demo", is_flag=True, help="With demo agencies, people and cases.")
def init(demo: bool) -> None:  # noqa: FBT001 (a command line flag)
    """Create or upgrade the database, and publish the diagrams of this version."""
    settings = environment.from_environment()
    settings.instance.mkdir(parents=True, exist_ok=True)
    bootstrap.migrate(settings.database_url)
    system = system_of(settings)
    with system.read() as connection:
        is_new = not authority_name(connection)
    password = ""
    if demo and is_new:
        password = organisation.new_password()
        organisation.install(system.engine, password)
    bootstrap.publish_diagrams(system)
    bootstrap.keep_tallies(system)
    if demo and is_new:
        _fill(system)
        _keep(settings, password)
    if demo:
        click.echo(_people(settings))


def _fill(system: System) -> None:
    """Live through the demo's months, with progress to see."""
    interactive = sys.stdout.isatty()

    def tell(day: int, days: int) -> None:
        if interactive:
            click.echo(f"\rThe demo county lives through day {day} of {days} ", nl=False)
        elif day % 60 == 0:
            click.echo(f"The demo county lives through day {day} of {days}")

    cases.create(system, tell=tell)
    restricted.restrict_one(system)
    duties.fill(system)
    offer.fill(system)
    click.echo("")


def _keep(settings: Settings, password: str) -> None:
    path = settings.instance / "demo-password"
    path.write_text(password, encoding="utf-8")
    path.chmod(0o600)


def _people(settings: Settings) -> str:
    path = settings.instance / "demo-password"
    if not path.exists():
        return "This database holds no demo."
    names = ", ".join(name for name, _, _ in organisation.PEOPLE)
    password = path.read_text(encoding="utf-8")
    return f"Demo people (each at {organisation.DOMAIN}): {names}\nTheir password: {password}"
