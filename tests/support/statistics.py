"""Small files of the shape in which statistics are published, made up for tests."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tests.support.source import ROOT
from workflows.commands.load_statistics import StatisticsFile
from workflows.statistics.measures import KINDS
from workflows.statistics.published_file import PLACE

# The files of the Department; they are no part of the product, and tests that need them are left out
# where they are not.
PUBLISHED: Final = sorted((ROOT.parent / "shared" / "data" / "dfe-ehcp-2025").glob("*.csv"))
ENGLAND: Final = {"geographic_level": "National", "region_code": "", "new_la_code": ""}
NORTH: Final = {
    "geographic_level": "Regional",
    "region_code": "E12000001",
    "region_name": "North East",
}
WOLDS: Final = {
    "geographic_level": "Local authority",
    "region_code": "E12000001",
    "region_name": "North East",
    "new_la_code": "E10000901",
    "la_name": "Wolds",
}
DALES: Final = {**WOLDS, "new_la_code": "E10000902", "la_name": "Dales"}


def line(kind: str, area: Mapping[str, str] = ENGLAND, **cells: str) -> dict[str, str]:
    """Return a line of a file: of 2024, or 2024/25, all figures 50 unless told otherwise."""
    found = next(each for each in KINDS if each.code == kind)
    calendar = found.by == "Calendar year"
    figures = {each.column: "50" for each in found.measures}
    return {
        **dict.fromkeys(PLACE, ""),
        "time_period": "2024" if calendar else "202425",
        "time_identifier": found.by,
        "country_code": "E92000001",
        "breakdown_topic": "All EHC plans",
        "breakdown": "All EHC plans",
        **figures,
        **area,
        **cells,
    }


def text(lines: Iterable[Mapping[str, str]]) -> str:
    """Return the text of a file."""
    rows = list(lines)
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def file(folder: Path, lines: Iterable[Mapping[str, str]], name: str = "f.csv") -> StatisticsFile:
    """Write a file."""
    path = folder / name
    path.write_text(text(lines), encoding="utf-8")
    return StatisticsFile(name, path)
