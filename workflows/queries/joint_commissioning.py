"""Need and provision for joint commissioning: by type, area, age and agency; what is unmet; trends.

Source: Children and Families Act 2014, section 26; SEND Code of Practice, chapter 3.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from workflows.agencies import choices
from workflows.plan import questions
from workflows.reports import bands, unmet
from workflows.reports.table import CountTable, table
from workflows.store.plan_tables import plan_versions
from workflows.store.report_tables import plan_items, unmet_provision
from workflows.store.tables import cases

QUARTERS: Final = 8
IN_FORCE: Final = ("issued", "adopted")  # outcomes of a case whose plan is in force
NEEDS: Final = (*questions.AREAS, ("", "Health or social care need"))
KINDS: Final = (*questions.PROVISION_KINDS, ("", "Kind not said"))
AGENCIES: Final = tuple((name, name) for name in dict.fromkeys(unmet.AGENCIES.values()))


@dataclass(frozen=True, slots=True)
class Trend:
    """Children whose plan was first issued in each quarter, by broad area of need."""

    quarters: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """Provision of an agency that is not made: how many, and the longest and the middle wait in days."""

    agency: str
    open: int
    children: int
    longest: int
    median: int


@dataclass(frozen=True, slots=True)
class JointCommissioning:
    """The report.

    Attributes:
        children: How many have a plan in force that was issued here.
        tables: Counts with their true numbers: protect them before they leave the authority.
        unmet: What is not made today, by agency.
    """

    children: int
    tables: tuple[CountTable, ...]
    trend: Trend
    unmet: tuple[Unmet, ...]


def joint_commissioning(
    connection: sa.Connection, today: dt.date, area: str = ""
) -> JointCommissioning:
    """Return the report as things stand today, for all areas or for one.

    Work grows with the plans in force. Stands on the primary key of plan items.
    """
    areas = choices.choices("areas", connection)
    chosen = cases.c.area == area if area else sa.true()
    here = sa.and_(cases.c.outcome.in_(IN_FORCE), chosen)
    children = connection.execute(
        sa.select(sa.func.count(sa.distinct(plan_items.c.case_id)))
        .join(cases, cases.c.id == plan_items.c.case_id)
        .where(here)
    ).scalar_one()
    age = bands.band(cases.c.child_date_of_birth, today)
    needs = _children(connection, here, plan_items.c.part == "need", age)
    kinds = _children(connection, here, plan_items.c.part == "provision", age)
    tables = (
        table(
            ("need_by_age", "Children by need and age", _EACH, "Broad area of need"),
            _sum(needs, "kind", "age"), NEEDS, bands.ALL, totalled=False,
        ),
        table(
            ("need_by_area", "Children by need and area", _EACH, "Broad area of need"),
            _sum(needs, "kind", "area"), NEEDS, areas, totalled=False,
        ),
        table(
            ("provision_by_age", "Children by provision and age", _EACH, "Kind of provision"),
            _sum(kinds, "kind", "age"), KINDS, bands.ALL, totalled=False,
        ),
        table(
            ("provision_by_area", "Children by provision and area", _EACH, "Kind of provision"),
            _sum(kinds, "kind", "area"), KINDS, areas, totalled=False,
        ),
        _by_agency(connection, here),
        *_unmet_tables(connection, chosen),
    )  # fmt: skip
    return JointCommissioning(
        children, tables, _trend(connection, chosen, today), _unmet(connection, chosen, today)
    )


_EACH: Final = "Children with a plan in force; one with several is counted under each."


def _children(
    connection: sa.Connection,
    here: sa.ColumnElement[bool],
    part: sa.ColumnElement[bool],
    age: sa.ColumnElement[str],
) -> list[Any]:
    """Count children, not rows of their plans, by kind, age and area."""
    statement = (
        sa.select(
            plan_items.c.kind,
            age.label("age"),
            cases.c.area,
            sa.func.count(sa.distinct(cases.c.id)).label("children"),
        )
        .join(cases, cases.c.id == plan_items.c.case_id)
        .where(here, part)
        .group_by(plan_items.c.kind, sa.text("age"), cases.c.area)
    )
    return list(connection.execute(statement))


def _sum(rows: list[Any], *names: str) -> Mapping[tuple[Any, Any], int]:
    counts: Counter[tuple[Any, Any]] = Counter()
    for row in rows:
        first, second = (getattr(row, name) for name in names)
        counts[first, second] += row.children
    return counts


def _by_agency(connection: sa.Connection, here: sa.ColumnElement[bool]) -> CountTable:
    rows = connection.execute(
        sa.select(plan_items.c.section, plan_items.c.kind, sa.func.count().label("times"))
        .join(cases, cases.c.id == plan_items.c.case_id)
        .where(here, plan_items.c.part == "provision")
        .group_by(plan_items.c.section, plan_items.c.kind)
    )
    counts: Counter[tuple[Any, Any]] = Counter()
    for row in rows:
        counts[row.kind, unmet.AGENCIES[row.section]] += row.times
    note = "Every provision of the plans in force, by who must secure it."
    words = ("provision_by_agency", "Provision by agency", note, "Kind of provision")
    return table(words, counts, KINDS, AGENCIES)


def _unmet_tables(
    connection: sa.Connection, chosen: sa.ColumnElement[bool]
) -> tuple[CountTable, ...]:
    rows = connection.execute(
        sa.select(
            unmet_provision.c.section,
            unmet_provision.c.kind,
            unmet_provision.c.reason,
            sa.func.count().label("times"),
        )
        .join(cases, cases.c.id == unmet_provision.c.case_id)
        .where(unmet_provision.c.made_again.is_(None), chosen)
        .group_by(unmet_provision.c.section, unmet_provision.c.kind, unmet_provision.c.reason)
    )
    kinds: Counter[tuple[Any, Any]] = Counter()
    reasons: Counter[tuple[Any, Any]] = Counter()
    for row in rows:
        kinds[row.kind, unmet.AGENCIES[row.section]] += row.times
        reasons[row.reason, unmet.AGENCIES[row.section]] += row.times
    note = "Provision of plans that is not made today."
    return (
        table(
            ("unmet_by_kind", "Provision not made, by kind", note, "Kind of provision"),
            kinds, KINDS, AGENCIES,
        ),
        table(
            ("unmet_by_reason", "Provision not made, by reason", note, "Reason"),
            reasons, unmet.REASONS, AGENCIES,
        ),
    )  # fmt: skip


def _unmet(
    connection: sa.Connection, chosen: sa.ColumnElement[bool], today: dt.date
) -> tuple[Unmet, ...]:
    """Return what is not made; stands on the index of `made_again`, `since`."""
    rows = connection.execute(
        sa.select(unmet_provision.c.section, unmet_provision.c.case_id, unmet_provision.c.since)
        .join(cases, cases.c.id == unmet_provision.c.case_id)
        .where(unmet_provision.c.made_again.is_(None), chosen)
        .order_by(unmet_provision.c.since, unmet_provision.c.id)
    ).all()
    found: dict[str, list[Any]] = {name: [] for name, _ in AGENCIES}
    for row in rows:
        found[unmet.AGENCIES[row.section]].append(row)
    return tuple(
        Unmet(
            agency,
            len(each),
            len({row.case_id for row in each}),
            (today - each[0].since).days,
            (today - each[len(each) // 2].since).days,
        )
        for agency, each in found.items()
        if each
    )


def _trend(connection: sa.Connection, chosen: sa.ColumnElement[bool], today: dt.date) -> Trend:
    quarters = _quarters(today)
    first = (
        sa.select(plan_versions.c.case_id, sa.func.min(plan_versions.c.frozen_at).label("at"))
        .where(plan_versions.c.final)
        .group_by(plan_versions.c.case_id)
        .subquery()
    )
    begins = dt.datetime.combine(quarters[0], dt.time(), tzinfo=dt.UTC)
    rows = connection.execute(
        sa.select(first.c.case_id, first.c.at, plan_items.c.kind)
        .distinct()
        .select_from(
            first.join(plan_items, plan_items.c.case_id == first.c.case_id).join(
                cases, cases.c.id == first.c.case_id
            )
        )
        .where(first.c.at >= begins, plan_items.c.part == "need", plan_items.c.kind != "", chosen)
    )
    counts = Counter((row.kind, _quarter(row.at.date())) for row in rows)
    return Trend(
        tuple(f"{day:%b} {day.year}" for day in quarters),
        tuple(
            (title, tuple(counts[kind, day] for day in quarters)) for kind, title in questions.AREAS
        ),
    )


def _quarters(today: dt.date) -> list[dt.date]:
    found, day = [], _quarter(today)
    for _ in range(QUARTERS):
        found.append(day)
        day = _quarter(day - dt.timedelta(days=1))
    return found[::-1]


def _quarter(day: dt.date) -> dt.date:
    """Return the first day of a quarter."""
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
