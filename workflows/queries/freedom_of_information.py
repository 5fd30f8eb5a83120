"""The counts that people ask for under the Freedom of Information Act 2000, for one year."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from engine.store.tables import instances
from workflows.agencies import choices
from workflows.duties import delays
from workflows.duties.advisers import ADVISERS, ROUND
from workflows.reports import bands
from workflows.reports.table import CountTable, keys_of, table
from workflows.rulebook import load
from workflows.store.tables import case_facts, cases, deadlines, delay_reasons

PLAN: Final = "final_plan"  # the kind of duty
DECISION: Final = "assessment.decision"
ADVICE: Final = "assessment.advice"
SOURCES: Final = (  # SEN2, item 2.2
    ("1", "Young person or parent"),
    ("2", "School or other setting"),
    ("3", "Health"),
    ("4", "Social care"),
    ("5", "Other"),
    ("", "Not recorded"),
)
MONTHS: Final = tuple((number, f"{dt.date(2000, number, 1):%B}") for number in range(1, 13))
DISPUTES: Final = (
    ("mediation_held", "Mediation meetings held"),
    ("mediation_certificate_issued", "Mediation certificates"),
    ("appeal_registered", "Appeals registered"),
)
HELD: Final = (
    ("met", "On time"),
    ("met_late", "Late"),
    ("open", "Still open"),
    ("void", "Fell away"),
)


def freedom_of_information(connection: sa.Connection, year: int) -> tuple[CountTable, ...]:
    """Return the tables of a calendar year, with their true numbers: protect them before they leave.

    Stands on ix_case_facts_code_on and the index of `duty`, `state`, `due` of deadlines.
    """
    days = dt.date(year, 1, 1), dt.date(year, 12, 31)
    areas = (*choices.choices("areas", connection), ("", "No area"))
    return (
        *_requests(connection, days, areas),
        *_decisions(connection, days, areas),
        *_plans(connection, days, areas),
        _advice(connection, days),
        _exceptions(connection, days),
        _reasons(connection, days),
        _disputes(connection, days),
    )


Days = tuple[dt.date, dt.date]
Named = tuple[tuple[str, str], ...]


def _facts(connection: sa.Connection, days: Days, *codes: str) -> list[Any]:
    statement = (
        sa.select(
            case_facts.c.code,
            case_facts.c.on,
            case_facts.c.outcome,
            cases.c.area,
            cases.c.child_date_of_birth,
            instances.c.variables["request_source"].as_string().label("source"),
        )
        .join(cases, cases.c.id == case_facts.c.case_id)
        .outerjoin(instances, instances.c.id == case_facts.c.instance_id)
        .where(case_facts.c.current, case_facts.c.code.in_(codes), case_facts.c.on.between(*days))
    )
    return list(connection.execute(statement))


def _requests(connection: sa.Connection, days: Days, areas: Named) -> Iterator[CountTable]:
    rows = _facts(connection, days, "request_received")
    known = {code for code, _ in SOURCES}
    by_area: Counter[tuple[Any, Any]] = Counter()
    by_age: Counter[tuple[Any, Any]] = Counter()
    by_month: Counter[tuple[Any, Any]] = Counter()
    for row in rows:
        source = row.source if row.source in known else ""
        by_area[row.area, source] += 1
        by_age[bands.of(row.child_date_of_birth, row.on), source] += 1
        by_month[row.on.month, source] += 1
    note = "Requests for an assessment received in the year, by who made them."
    yield table(("requests", "Requests by area", note, "Area"), by_area, areas, SOURCES)
    yield table(
        ("requests_by_age", "Requests by age", f"{note} Age on the day of the request.", "Age"),
        by_age,
        bands.ALL,
        SOURCES,
    )
    yield table(
        ("requests_by_month", "Requests by month", note, "Month"), by_month, MONTHS, SOURCES
    )


def _decisions(connection: sa.Connection, days: Days, areas: Named) -> Iterator[CountTable]:
    decided = case_facts.alias()
    rows = connection.execute(
        sa.select(cases.c.area, decided.c.outcome, decided.c.on, deadlines.c.due)
        .select_from(
            decided.join(cases, cases.c.id == decided.c.case_id).join(
                deadlines,
                (deadlines.c.case_id == decided.c.case_id) & (deadlines.c.duty == DECISION),
            )
        )
        .where(
            decided.c.current,
            decided.c.code == "assessment_decision_notified",
            decided.c.on.between(*days),
        )
    )
    counts = Counter((row.area, (row.outcome, row.on <= row.due)) for row in rows)
    columns = (
        (("assess", True), "To assess, on time"),
        (("assess", False), "To assess, late"),
        (("refuse", True), "Not to assess, on time"),
        (("refuse", False), "Not to assess, late"),
    )
    limit = load.current().newest(DECISION).limit
    note = f"Decisions notified in the year. On time: within {limit.count} {limit.unit} of the request."
    yield table(("decisions", "Decisions whether to assess", note, "Area"), counts, areas, columns)


def _plans(connection: sa.Connection, days: Days, areas: Named) -> Iterator[CountTable]:
    rows = connection.execute(
        sa.select(
            deadlines.c.area,
            deadlines.c.opened,
            deadlines.c.due,
            deadlines.c.met,
            deadlines.c.excused,
        ).where(deadlines.c.duty.in_(_plan_duties()), deadlines.c.met.between(*days))
    ).all()
    columns = (
        (0, "Within the time limit"),
        (1, "Later, within a year"),
        (2, "After more than a year"),
    )
    whole = Counter((row.area, _slot(row)) for row in rows)
    without = Counter((row.area, _slot(row)) for row in rows if not row.excused)
    note = "Final plans sent in the year, by how long they took from the request."
    yield table(("plans", "Plans issued", note, "Area"), whole, areas, columns)
    yield table(
        (
            "plans_without_exceptions",
            "Plans issued, without those excused",
            f"{note} Plans for which a lawful exception was recorded are left out.",
            "Area",
        ),
        without,
        areas,
        columns,
    )


def _slot(row: Any) -> int:  # noqa: ANN401 (a row)
    if row.met <= row.due:
        return 0
    return 1 if row.met <= row.opened + relativedelta(years=1) else 2


def _advice(connection: sa.Connection, days: Days) -> CountTable:
    rows = connection.execute(
        sa.select(deadlines.c.qualifier, deadlines.c.state, sa.func.count().label("times"))
        .where(deadlines.c.duty == ADVICE, deadlines.c.opened.between(*days))
        .group_by(deadlines.c.qualifier, deadlines.c.state)
    )
    counts: Counter[tuple[Any, Any]] = Counter()
    for row in rows:
        counts[ROUND.sub("", row.qualifier), row.state] += row.times
    names = {code: label for code, (label, _) in ADVISERS.items()}
    note = "Advice asked for in the year, and how it stands today."
    words = ("advice", "Advice for assessments", note, "From")
    return table(words, counts, keys_of(counts, names, 0), HELD)


def _exceptions(connection: sa.Connection, days: Days) -> CountTable:
    rows = connection.execute(
        sa.select(deadlines.c.ground, deadlines.c.duty, sa.func.count().label("times"))
        .where(deadlines.c.excused, deadlines.c.due.between(*days))
        .group_by(deadlines.c.ground, deadlines.c.duty)
    )
    counts = {(row.ground, row.duty): row.times for row in rows}
    grounds = {code: ground.title for code, ground in load.current().grounds.items()}
    note = (
        "Time limits that fell due in the year and were excused, by the ground of the regulation."
    )
    words = ("exceptions", "Lawful exceptions", note, "Ground")
    return table(words, counts, keys_of(counts, grounds, 0), keys_of(counts, _titles(), 1))


def _reasons(connection: sa.Connection, days: Days) -> CountTable:
    rows = connection.execute(
        sa.select(delay_reasons.c.reason, delay_reasons.c.duty, sa.func.count().label("times"))
        .join(
            deadlines,
            (deadlines.c.case_id == delay_reasons.c.case_id)
            & (deadlines.c.duty == delay_reasons.c.duty)
            & (deadlines.c.qualifier == delay_reasons.c.qualifier),
        )
        .where(deadlines.c.due.between(*days))
        .group_by(delay_reasons.c.reason, delay_reasons.c.duty)
    )
    counts = {(row.reason, row.duty): row.times for row in rows}
    note = "Reasons that staff gave for limits that fell due in the year and were not kept."
    words = ("reasons", "Reasons for delay", note, "Reason")
    return table(words, counts, keys_of(counts, delays.TITLES, 0), keys_of(counts, _titles(), 1))


def _disputes(connection: sa.Connection, days: Days) -> CountTable:
    rows = _facts(connection, days, *(code for code, _ in DISPUTES))
    counts = Counter(((row.on.month + 2) // 3, row.code) for row in rows)
    quarters = tuple(
        (number, f"{_month(number * 3 - 2)} to {_month(number * 3)}") for number in range(1, 5)
    )
    words = ("disputes", "Mediation and appeals", "By the date of each event.", "Quarter")
    return table(words, counts, quarters, DISPUTES, totalled=False)


def _month(number: int) -> str:
    return MONTHS[number - 1][1]


def _plan_duties() -> tuple[str, ...]:
    return tuple(sorted({each.code for each in load.current().duties if each.kind == PLAN}))


def _titles() -> dict[str, str]:
    return {each.code: each.title for each in load.current().duties}
