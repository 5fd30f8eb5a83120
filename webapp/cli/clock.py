"""Move the clock of a demo."""

import click

from webapp import settings as environment
from webapp.presentation import dates
from webapp.wiring import system_of
from workflows.demo import clock as demo_clock


@click.group()
def clock() -> None:
    """Move the clock of a demo or training database."""


@clock.command()
@click.argument("period")
def advance(period: str) -> None:
    """Let PERIOD (such as P6W) pass; timers fire at their dates."""
    system = system_of(environment.from_environment())
    fired = demo_clock.advance(system, period)
    click.echo(f"It is {dates.moment(system.now())}. {fired} timers fired.")


@clock.command()
def reset() -> None:
    """Let the clock be the wall's again."""
    system = system_of(environment.from_environment())
    demo_clock.reset(system)
    click.echo(f"It is {dates.moment(system.now())}.")
