"""Check diagrams and decision tables."""

import json
import sys
from pathlib import Path

import click

from webapp.cli.diagram_files import diagram_files
from workflows import diagram_check


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
def check(files: tuple[Path, ...], shape: str) -> None:
    """Print the problems of FILES, or of all in a folder; exit with 1 when there are errors."""
    found = [
        (path, each)
        for path in diagram_files(files)
        for each in diagram_check.check(path.read_bytes(), path.name)
    ]
    if shape == "json":
        click.echo(
            json.dumps([{"file": str(path), **diagram_check.as_json(each)} for path, each in found])
        )
    else:
        for path, each in found:
            click.echo(
                f"{path}:{each.line}: {each.severity} {each.rule} {each.element or '-'} {each.message}"
            )
    sys.exit(1 if found else 0)
