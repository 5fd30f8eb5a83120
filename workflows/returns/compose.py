"""Compose a case's record of the return from its facts and details: pure, and the same every time.

What is in scope: everything that was open or happened in the calendar year, and plans in force on the
census day. What was decided before the year is told as historical, so that what follows from it has
its place. Facts after the year do not count for requests, assessments and named plans.
"""

from workflows.returns import active_plan, named_plan
from workflows.returns.census import Census
from workflows.returns.formats import postcode_in
from workflows.returns.life import Life, Outcome, Step, life
from workflows.returns.material import Known, Material, dated, flag
from workflows.returns.model import ASSESSMENT, PERSON, REQUEST, Module, Value

ENDING = frozenset({Outcome.AWAITED, Outcome.WITHDRAWN, Outcome.HISTORICAL})
FINAL_PLAN = "final_plan"


def record(material: Material, census: Census) -> Module | None:
    """Return what a case sends, None where it is out of scope."""
    request = _request(material, census)
    return person(material).with_parts(request) if request else None


def person(material: Material) -> Module:
    """Return the person of a case."""
    values = {
        "Surname": Value(material.last_name.strip(), "case"),
        "Forename": Value(material.first_name.strip(), "case"),
        "PersonBirthDate": Value(material.born.isoformat(), "case"),
        "Sex": material.detail("child_sex"),
        "Ethnicity": material.detail("ethnicity"),
        "PostCode": _postcode(material),
        "UPN": material.detail("upn"),
        "UniqueLearnerNumber": material.detail("uln"),
        "UPNunknown": material.detail("upn_unknown"),
    }
    return Module(PERSON, values)


def _postcode(material: Material) -> Value:
    """Return the postcode; that of an address that must not be told is withheld, and said to be."""
    if material.withheld:
        return Value("", "withheld")
    given = material.detail("postcode")
    if given.text:
        return given
    found = next(filter(None, (postcode_in(each) for each in material.addresses)), "")
    return Value(found, "party" if found else "detail:postcode")


def _request(material: Material, census: Census) -> Module | None:
    lived = life(material, census.last_day)
    if lived.request is None:
        lived = life(material, census.day)  # a plan that was taken over since the year ended
        if not lived.is_active:
            return None
    plan = named_plan.named_plan(material, lived, census)
    active = active_plan.active_plan(material, census)
    assessment = _assessment(material, lived, census, plan)
    if not (_in_scope(lived.request, census) or assessment or active):
        return None
    parts = tuple(each for each in (assessment, active) if each)
    return Module(REQUEST, _request_values(material, lived, census), parts)


def _in_scope(step: Step | None, census: Census) -> bool:
    """Tell whether a step was open at the year's end, or ended in the year."""
    if step is None or step.outcome is Outcome.HISTORICAL:
        return False
    return step.outcome is Outcome.AWAITED or census.covers(step.on)


def _request_values(material: Material, lived: Life, census: Census) -> dict[str, Value]:
    step = lived.request or Step(Outcome.HISTORICAL)
    historical = not _in_scope(step, census)
    outcome = Outcome.HISTORICAL if historical else step.outcome
    source = f"fact:{step.by.code}" if step.by else "counted"
    values = {
        "ReceivedDate": dated(lived.received, "request_received"),
        "RequestSource": _source(material),
        "RYA": _or_no(material.detail("rya")),
        "RequestOutcomeDate": _decided(step) if not historical else Value("", "counted"),
        "RequestOutcome": Value(outcome.value, source),
    }
    known = material.known(census.last_day)
    if outcome not in ENDING:
        values |= {
            "RequestMediation": flag(
                known.about("mediation_held", "refusal_to_assess"), "mediation_held"
            ),
            "RequestTribunal": flag(
                known.about("appeal_registered", "refusal_to_assess"), "appeal_registered"
            ),
        }
    if _moved_before_the_end(lived, known):
        values["Exported"] = material.detail("exported_la")
    return values


def _moved_before_the_end(lived: Life, known: Known) -> bool:
    return lived.started is None and known.first("moved_away") is not None


def _source(material: Material) -> Value:
    given = material.detail("request_source")
    if given.text:
        return given
    found = material.request_source
    return Value(found, "form:request_source" if found else "detail:request_source")


def _or_no(value: Value) -> Value:
    return value if value.text else Value("0", value.source)


def _decided(step: Step) -> Value:
    if step.by:
        return Value(step.by.on.isoformat(), f"fact:{step.by.code}")
    return Value("", "fact:assessment_decision_notified")


def _assessment(
    material: Material, lived: Life, census: Census, plan: Module | None
) -> Module | None:
    step = lived.assessment
    if step is None or not (_in_scope(step, census) or plan):
        return None
    outcome = step.outcome if _in_scope(step, census) else Outcome.HISTORICAL
    known = material.known(census.last_day)
    values = {
        "AssessmentOutcome": Value(outcome.value, f"fact:{step.by.code}" if step.by else "counted")
    }
    if outcome not in ENDING:
        values |= {
            "AssessmentOutcomeDate": Value(
                step.on.isoformat() if step.on else "",
                f"fact:{step.by.code if step.by else 'final_plan_sent'}",
            ),
            **_disputes(known),
            "Week20": _week20(material),
        }
    return Module(ASSESSMENT, values, (plan,) if plan else ())


def _disputes(known: Known) -> dict[str, Value]:
    other = ("plan", "review", "health_or_social_care")
    return {
        "AssessmentMediation": flag(known.about("mediation_held", "no_plan"), "mediation_held"),
        "AssessmentTribunal": flag(
            known.about("appeal_registered", "no_plan"), "appeal_registered"
        ),
        "OtherMediation": flag(known.about("mediation_held", *other), "mediation_held"),
        "OtherTribunal": flag(known.about("appeal_registered", *other), "appeal_registered"),
    }


def claimed(material: Material) -> bool:
    """Tell whether an exception to the time for the final plan is on record."""
    return any(each.duty.endswith(f".{FINAL_PLAN}") for each in material.exceptions)


def _week20(material: Material) -> Value:
    given = material.detail("week20")
    return given if given.text else Value("1" if claimed(material) else "0", "exception")
