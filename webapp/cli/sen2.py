"""The statutory return on the command line."""

import csv
import sys
from pathlib import Path
from typing import Final

import click

from webapp import settings as environment
from webapp.wiring import system_of
from workflows.bootstrap import System
from workflows.queries.return_problem_list import ProblemFilter, all_problems
from workflows.return_desk import check, files
from workflows.returns import headers, sending
from workflows.returns.rules import book
from workflows.store import returns

COLUMNS: Final = ("case", "severity", "rule", "module", "item", "value", "words", "mend")


@click.group()
def sen2() -> None:
    """Make the SEN2 return."""


@sen2.command()
@click.option("--year", type=int, required=True, help="The year in which the census day lies.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    show_default="the present folder",
    help="Where the files are written.",
)
def export(year: int, output: Path) -> None:
    """Write the return of a year as XML and tables, and print its problems.

    Exits with 1 where there is an error that the department would refuse.
    """
    system = system_of(environment.from_environment())
    output.mkdir(parents=True, exist_ok=True)
    check.bring_up_to_date(system, year)
    made = files.make(system, year, output)
    errors = _print_problems(system, year, output / f"sen2-{year}-problems.csv")
    errors += _print_faults(system, year, made)
    click.echo(f"{made.counts['Person']:,} persons: {made.xml} and {made.tables}")
    click.echo(f"{errors:,} errors." if errors else "No errors.")
    sys.exit(1 if errors else 0)


def _print_problems(system: System, year: int, path: Path) -> int:
    errors = 0
    with system.read() as connection, path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for each in all_problems(connection, None, ProblemFilter(year)):
            rule = book.BY_CODE[each.rule]
            click.echo(
                f"{each.reference}: {each.severity} {each.rule} {each.element}: {rule.words}"
            )
            row = (
                each.reference,
                each.severity,
                each.rule,
                each.module,
                each.element,
                each.value,
                rule.words,
                rule.mend,
            )
            writer.writerow([sending.harmless(text) for text in row])
            errors += each.severity == "error"
    return errors


def _print_faults(system: System, year: int, made: files.Made) -> int:
    """Print what is wrong with the header, and what the schema does not accept."""
    with system.read() as connection:
        wrong = headers.faults(returns.header(connection, year))
    for item, messages in wrong.items():
        click.echo(f"header: error {item}: {messages[0]}.")
    for fault in made.faults:
        click.echo(f"schema: {fault}")
    return len(wrong) or len(made.faults)
