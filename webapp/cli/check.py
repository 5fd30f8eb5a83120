"""Check diagrams and decision tables."""

import json
import sys
from pathlib import Path

import click

from engine.checks.problem import Severity
from webapp.cli.diagram_files import diagram_files, problem_line
from workflows import bootstrap, diagram_check


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
def check(files: tuple[Path, ...], shape: str) -> None:
    """Print the problems of FILES, or of all in a folder; exit with 1 when there are errors.

    They are checked together, as one publication. What they call and is not among them is taken
    from the diagrams that come with ehcflow.
    """
    named = {str(path): path.read_bytes() for path in diagram_files(files)}
    found = [
        (name, each)
        for name, problems in diagram_check.check_together(named, bootstrap.delivered()).items()
        for each in problems
    ]
    if shape == "json":
        click.echo(
            json.dumps([{"file": name, **diagram_check.as_json(each)} for name, each in found])
        )
    else:
        for name, each in found:
            click.echo(problem_line(name, each))
    sys.exit(1 if any(each.severity == Severity.ERROR for _, each in found) else 0)
