"""Load files that the Department for Education published: all of them, or none."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from engine.unit_of_work import Work
from workflows.calendar import london
from workflows.statistics import published_file
from workflows.statistics.published_file import PublishedFile, Row
from workflows.store import comparators

BATCH: Final = 200  # rows of a file, each with up to a dozen figures


@dataclass(frozen=True, slots=True)
class StatisticsFile:
    """A file on this machine, with the name that its sender gave it."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class LoadStatistics:
    """Load `files`. A year that was loaded before is replaced."""

    files: tuple[StatisticsFile, ...]


@dataclass(slots=True)
class _Year:
    load: dict[str, Any]
    counted: dict[str, int] = field(
        default_factory=lambda: {"areas": 0, "figures": 0, "missing": 0}
    )


def load_statistics(command: LoadStatistics, work: Work) -> None:
    """Read each file row by row, and keep the figures that are needed here.

    Raises:
        published_file.UnacceptableStatistics: a file is none of those published, or some of its
            cells are wrong: by file, line and column. Nothing is kept then.
    """
    if not command.files:
        raise published_file.refuse(["Choose at least one file"])
    before: dict[tuple[str, int], str] = {}
    for each in command.files:
        with each.path.open("rb") as stream:
            _load(stream, each.name, work, before)


def _load(
    stream: io.BufferedReader, name: str, work: Work, before: dict[tuple[str, int], str]
) -> None:
    checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    source = PublishedFile(stream, name, london.local_date(work.now))
    years: dict[int, _Year] = {}
    for rows in _batches(iter(source)):
        for row in rows:
            if row.period.year not in years:
                _refuse_twice(source, row, before)
                years[row.period.year] = _begin(source, row, checksum, work)
        _keep(rows, years, work)
    for year in years.values():
        load_id: UUID = year.load["id"]
        comparators.end_year(work.connection, load_id, year.counted)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _refuse_twice(source: PublishedFile, row: Row, before: dict[tuple[str, int], str]) -> None:
    key = (source.kind.code, row.period.year)
    if key in before:
        what = f"“{source.kind.title}” of {row.period.words}"
        message = f"{source.name}: {what} is in {before[key]} as well. Choose one of them"
        raise published_file.refuse([message])
    before[key] = source.name


def _begin(source: PublishedFile, row: Row, checksum: str, work: Work) -> _Year:
    year = _Year(
        {
            "id": uuid4(),
            "kind": source.kind.code,
            "year": row.period.year,
            "period": row.period.words,
            "file_name": source.name[:200],
            "sha256": checksum,
            "loaded_at": work.now,
            "loaded_by": work.actor.id,
            "areas": 0,
            "figures": 0,
            "missing": 0,
        }
    )
    measures = [each.code for each in source.kind.measures]
    comparators.begin_year(work.connection, year.load, measures)
    return year


def _keep(rows: list[Row], years: dict[int, _Year], work: Work) -> None:
    areas = {
        row.area.code: {
            "code": row.area.code,
            "kind": row.area.kind.value,
            "name": row.area.name,
            "region": row.area.region,
        }
        for row in sorted(rows, key=lambda each: each.period.year)
    }
    comparators.add_areas(work.connection, list(areas.values()))
    figures = []
    for row in rows:
        counted = years[row.period.year].counted
        counted["areas"] += 1
        for measure, each in row.values.items():
            counted["missing" if each.value is None else "figures"] += 1
            figures.append(
                {
                    "measure": measure,
                    "area": row.area.code,
                    "year": row.period.year,
                    "value": each.value,
                    "mark": each.mark,
                }
            )
    comparators.add_figures(work.connection, figures)
