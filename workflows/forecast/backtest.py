"""Hold forecasts of some weeks before against what came: only what was known then counts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workflows.duties import deadlines as derivation
from workflows.forecast import forecast as forecasts, gather
from workflows.forecast.forecast import Knowledge
from workflows.forecast.prepare import Prepared
from workflows.forecast.situation import Limit, Situation
from workflows.queries.forecast_inputs import Running
from workflows.queries.past_cases import PastCase

BANDS: Final = 5  # fifths of the chance to be late
_WEEK: Final = dt.timedelta(days=7)
LOOKED_BACK: Final = (6 * _WEEK, 12 * _WEEK, 18 * _WEEK, 26 * _WEEK)


@dataclass(frozen=True, slots=True)
class Tested:
    """What was said of a case, and what came.

    Attributes:
        finished: None where it was not by the day of the test.
    """

    chance_late: float
    p50: dt.date
    p80: dt.date
    due: dt.date
    finished: dt.date | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How forecasts turned out together.

    Attributes:
        p50, p80: Of how many one knows whether that day was kept, and how many kept it.
        bands: For each fifth of the chance to be late: how many, and how many were late.
    """

    cases: int
    p50: tuple[int, int]
    p80: tuple[int, int]
    bands: tuple[tuple[int, int], ...]


def calibrate(tested: Sequence[Tested], today: dt.date) -> Calibration:
    """Count how forecasts turned out by a day.

    What was said is tested once the day that it names has passed, whether the case has finished or
    not. To look at finished cases alone would leave out the slow ones, and flatter the forecast.
    """
    counted = [[0, 0] for _ in range(BANDS)]
    for each in tested:
        if each.due < today:
            band = counted[min(BANDS - 1, int(each.chance_late * BANDS))]
            band[0] += 1
            band[1] += each.finished is None or each.finished > each.due
    named = [each for each in tested if min(each.due, each.p50) < today]
    return Calibration(
        len(named),
        _kept([(each.p50, each.finished) for each in tested], today),
        _kept([(each.p80, each.finished) for each in tested], today),
        tuple((many, late) for many, late in counted),
    )


def said_then(
    case: PastCase, knowledge: Knowledge, places: Mapping[object, int], day: dt.date
) -> Tested | None:
    """Return what would have been said of a case on a day, and what came; None where nothing could.

    A lawful exception that was on record then lifts the limit: nothing is said of it.
    """
    for running in case.running:
        prepared = knowledge.prepared.get(running.bundle_id)
        situation = prepared and _then(case, running, prepared, (knowledge, places), day)
        found = situation and forecasts.forecast(situation, knowledge)
        if situation and found:
            due = situation.limit.due
            return Tested(found.chance_late, found.p50, found.p80, due, case.finished)
    return None


def _then(
    case: PastCase,
    running: Running,
    prepared: Prepared,
    known: tuple[Knowledge, Mapping[object, int]],
    day: dt.date,
) -> Situation | None:
    """Return where a case was on a day."""
    law, places = known[0].law, known[1]
    owed = [
        each
        for each in derivation.derive(
            law.rulebook, case.facts, case.exceptions, lambda: law.calendar
        )
        if (each.duty.code, each.qualifier) == (case.duty, case.qualifier)
        and each.state == derivation.Status.OPEN
    ]
    tasks = [each for each in case.steps if each.instance_id == running.id and each.ended is None]
    if not owed or not tasks or owed[0].excused or not prepared.can_meet(owed[0].duty.met_by):
        return None
    return Situation(
        case.case_id,
        running.bundle_id,
        day,
        Limit(owed[0].duty, case.qualifier, owed[0].due),
        tuple(gather.open_task(each, places) for each in tasks),
        variables=_known_then(case, running, prepared),
        facts=case.facts,
    )


def _known_then(case: PastCase, running: Running, prepared: Prepared) -> dict[str, object]:
    """Return what conditions look at: given at the start, or answered by then."""
    start = {each.id for each in prepared.graph.bundle.start_form.fields}
    values: dict[str, object] = {
        name: value for name, value in (running.variables or {}).items() if name in start
    }
    for each in case.steps:
        if each.instance_id == running.id and each.completed and isinstance(each.values, Mapping):
            values |= each.values
    return gather.known_variables(values, prepared)


def _kept(said: Sequence[tuple[dt.date, dt.date | None]], today: dt.date) -> tuple[int, int]:
    known = [(on, finished) for on, finished in said if on < today]
    return len(known), sum(finished is not None and finished <= on for on, finished in known)
