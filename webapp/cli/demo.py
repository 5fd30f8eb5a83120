"""Let a demo grow."""

import sys
import time

import click

from webapp import settings as environment
from webapp.wiring import system_of
from workflows.demo import grow as growing


@click.group()
def demo() -> None:
    """Change a demo or training database."""


@demo.command()
@click.argument("cases", type=click.IntRange(1, 200_000))
@click.option("--seed", default=1, show_default=True, help="The same again adds the same mix.")
def grow(cases: int, seed: int) -> None:
    """Add CASES to the demo: copies of its own under other identifiers, names and dates.

    Their mix follows the published statistics, where they are loaded.
    """
    system = system_of(environment.from_environment())
    began = time.monotonic()
    every = 1 if sys.stdout.isatty() else max(1, cases // 10)

    def tell(done: int, total: int) -> None:
        if done == total or done % every < growing.BATCH:
            click.echo(f"{done:,} of {total:,} cases ({time.monotonic() - began:,.0f} s)")

    growing.grow(system, cases, seed=seed, tell=tell)
    click.echo("The demo has grown. “ehcflow doctor” proves that all agrees.")
