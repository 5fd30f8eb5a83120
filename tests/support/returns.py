"""A case of the return, filled so that nothing is wrong with it; a test changes what matters."""

import datetime as dt
from typing import Any
from uuid import UUID

from workflows.duties.facts import Fact, LawfulException
from workflows.returns import census
from workflows.returns.material import Material
from workflows.returns.model import Module

CENSUS = census.of(2026)
DETAILS = {
    "child_sex": "F",
    "ethnicity": "WBRI",
    "upn": "H801200001001",
    "postcode": "WO1 1AB",
    "placement_urn": "990001",
    "placement_entry": "2023-09-01",
    "sen_type": "ASD",
}
FACTS = (
    ("request_received", "2025-02-03", "", ""),
    ("assessment_decision_notified", "2025-03-10", "", "assess"),
    ("plan_decision_notified", "2025-05-20", "", "yes"),
    ("draft_plan_served", "2025-05-26", "", ""),
    ("final_plan_sent", "2025-06-20", "", ""),
)


def facts(*rows: tuple[str, str, str, str]) -> tuple[Fact, ...]:
    return tuple(
        Fact(code, dt.date.fromisoformat(on), about, outcome) for code, on, about, outcome in rows
    )


def case(*more: tuple[str, str, str, str], **changed: Any) -> Material:
    """Return a case with a plan issued in time in 2025; `more` facts, and fields that differ."""
    details = {**DETAILS, **changed.pop("details", {})}
    rows = changed.pop("only", FACTS)
    exceptions = tuple(
        LawfulException(duty, "exceptional_circumstances", CENSUS.first_day, CENSUS.last_day)
        for duty in changed.pop("excepted", ())
    )
    values: dict[str, Any] = {
        "case_id": UUID(int=1),
        "reference": "EHC-2025-00001",
        "seq": 7,
        "process_key": "ehc_assessment",
        "first_name": "Ada",
        "last_name": "Example",
        "born": dt.date(2017, 3, 4),
        "details": {key: value for key, value in details.items() if value},
        "area": "north",
        "team_id": "sen_north",
        "opened_at": dt.datetime(2025, 2, 3, 9, tzinfo=dt.UTC),
        "facts": facts(*rows, *more),
        "exceptions": exceptions,
        "request_source": "1",
    }
    return Material(**{**values, **changed})


def texts(module: Module | None) -> dict[str, str]:
    """Return the items of a module that are sent."""
    assert module is not None
    return {name: each.text for name, each in module.values.items() if each.text}
