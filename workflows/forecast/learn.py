"""Learn from what people did: recent weeks count more, and what is still open counts as well."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workflows.calendar import london
from workflows.forecast import curves
from workflows.forecast.curves import Curve, Seen
from workflows.forecast.days import Days
from workflows.forecast.lessons import Lessons
from workflows.forecast.queue import QUEUED, Throughput
from workflows.queries.observed_steps import Observed
from workflows.simulation.guesses import GUESSED, USUAL

HALF_LIFE: Final = dt.timedelta(days=13 * 7)  # what is that old counts half
LOOK_BACK: Final = dt.timedelta(days=2 * 365)
SHORTEST: Final = 0.25  # working days: begun and done within a day
_WEEK: Final = dt.timedelta(days=7)
_TAKEN_SHARE: Final = 0.5  # of what was done, so much was taken first: then takings are recorded
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Questions:
    """Element and field of the questions that decide which way a case takes."""

    fields: Collection[_Key]

    def of(self, element: str) -> list[str]:
        """Return the fields that are asked at an element."""
        return [name for known, name in self.fields if known == element]


def learn(
    observed: Sequence[Observed], questions: Questions, days: Days, now: dt.datetime
) -> Lessons:
    """Return what is learned from tasks as they were known at a moment."""
    opening: dict[_Key, list[Seen]] = defaultdict(list)
    taking: dict[_Key, list[Seen]] = defaultdict(list)
    for each in observed:
        key = (each.element, each.role)
        opening[key].append(_seen(each, each.opened, days, now))
        if each.taken is not None:
            taking[key].append(_seen(each, each.taken, days, now))
    return Lessons(
        {key: _curve(key, seen) for key, seen in opening.items()},
        {key: _curve(key, seen) for key, seen in taking.items()},
        _answers(observed, questions, now),
        _items(observed),
        _queues(observed, now),
    )


def weight(ended: dt.datetime | None, now: dt.datetime) -> float:
    """Return how much an observation counts: 1 now, half after `HALF_LIFE`."""
    return 1.0 if ended is None else math.pow(0.5, (now - ended) / HALF_LIFE)


def _seen(each: Observed, begin: dt.datetime, days: Days, now: dt.datetime) -> Seen:
    end = each.ended or now
    took = days.between(london.local_date(begin), london.local_date(end))
    return Seen(max(SHORTEST, float(took)), weight(each.ended, now), each.completed)


def _curve(key: _Key, seen: Sequence[Seen]) -> Curve:
    return curves.learned(seen, GUESSED.get(key[0], USUAL))


def _answers(
    observed: Sequence[Observed], questions: Questions, now: dt.datetime
) -> dict[_Key, Mapping[str, float]]:
    asked = {element: questions.of(element) for element, _ in questions.fields}
    found: dict[_Key, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for each in observed:
        for name in asked.get(each.element, ()) if each.completed else ():
            value = (each.values or {}).get(name)
            if value is not None:
                text = str(value).lower() if isinstance(value, bool) else str(value)
                found[each.element, name][text] += weight(each.ended, now)
    return {key: {value: round(n, 3) for value, n in each.items()} for key, each in found.items()}


def _items(observed: Sequence[Observed]) -> dict[str, Mapping[str, float]]:
    """Return how many of each role are asked side by side: those of one label count once a case."""
    cases: dict[str, set[object]] = defaultdict(set)
    asked: dict[_Key, set[object]] = defaultdict(set)
    for each in observed:
        if each.label:
            cases[each.element].add(each.instance_id)
            asked[each.element, each.role].add((each.instance_id, each.label))
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for (element, role), pairs in sorted(asked.items()):
        found[element][role] = round(len(pairs) / len(cases[element]), 3)
    return dict(found)


def _queues(observed: Sequence[Observed], now: dt.datetime) -> dict[_Key, Throughput]:
    by_queue: dict[_Key, list[Observed]] = defaultdict(list)
    for each in observed:
        if each.role in QUEUED:
            by_queue[each.role, ""].append(each)
            by_queue[each.role, each.team].append(each)
    first = min((each.opened for each in observed), default=now)
    return {key: _throughput(each, first, now) for key, each in by_queue.items()}


def _throughput(work: Sequence[Observed], first: dt.datetime, now: dt.datetime) -> Throughput:
    done = [each for each in work if each.completed]
    weighed = sum(weight(each.ended, now) for each in done)
    takings = sum(weight(each.ended, now) for each in done if each.taken is not None)
    taken = weighed > 0 and takings / weighed >= _TAKEN_SHARE
    if taken:
        weighed = sum(weight(each.taken, now) for each in work if each.taken is not None)
    waiting = sum(each.ended is None and not (taken and each.taken) for each in work)
    return Throughput(
        round(weighed / _weeks(first, now), 4), round(weighed, 2), bool(taken), waiting
    )


def _weeks(first: dt.datetime, now: dt.datetime) -> float:
    """Return the weeks looked at, each weighing as what was done in it."""
    weeks = max(1, round((now - first) / _WEEK))
    return sum(math.pow(0.5, (week + 0.5) * _WEEK / HALF_LIFE) for week in range(weeks))
