"""The plan that was named in the year, or ceased in it: module 4."""

from workflows.duties.facts import Fact
from workflows.returns.census import Census
from workflows.returns.life import Life
from workflows.returns.material import Known, Material, dated
from workflows.returns.model import NAMED_PLAN, PLAN_DETAIL, PRIMARY, Module, Value
from workflows.returns.places import place

TRANSFERRED = frozenset({"plan_transferred", "moved_away"})
TO_ENGLAND = "5"


def named_plan(material: Material, lived: Life, census: Census) -> Module | None:
    """Return the plan, None where it neither began nor ended in the year."""
    if lived.started is None:
        return None
    if not (census.covers(lived.started.on) or _ended(lived, census)):
        return None
    known = material.known(census.last_day)
    values = {
        "StartDate": dated(lived.started, "final_plan_sent"),
        "PlanRes": material.detail("residential"),
        "PlanWBP": material.detail("work_based"),
        **_budget(known),
    }
    if lived.ceased:
        values |= {
            "CeaseDate": dated(lived.ceased, "plan_ceased"),
            "CeaseReason": _reason(material, lived.ceased),
        }
    return Module(NAMED_PLAN, values, (_detail(material),))


def _ended(lived: Life, census: Census) -> bool:
    return lived.ceased is not None and census.covers(lived.ceased.on)


def _detail(material: Material) -> Module:
    named = place(material, "named", PRIMARY)
    known = any(named[each].text for each in ("URN", "UKPRN", "SENSetting"))
    values = named if known else place(material, "placement", PRIMARY)
    return Module(PLAN_DETAIL, values)


def _reason(material: Material, ceased: Fact) -> Value:
    given = material.detail("cease_reason")
    if given.text or ceased.code not in TRANSFERRED:
        return given
    return Value(TO_ENGLAND, f"fact:{ceased.code}")


def _budget(known: Known) -> dict[str, Value]:
    """Return what of a personal budget was taken up.

    Direct payments are for education unless those for health or social care began as well: then they
    are integrated. A budget that was agreed without direct payments is arranged.
    """
    agreed = known.first("budget_decision_notified:agree", "budget_review_notified:agree")
    paid = known.first("direct_payments_started")
    also = known.first("health_payments_started", "social_care_payments_started")
    told = paid or agreed
    if told is None:
        none = "fact:budget_decision_notified"
        return {"PB": Value("0", none), "OA": Value("0", none), "DP": Value("", none)}
    source = f"fact:{told.code}"
    return {
        "PB": Value("1", source),
        "OA": Value("0" if paid else "1", source),
        "DP": Value(("I" if also else "E") if paid else "", source),
    }
