"""Which time limits the timers of a diagram watch: what reminds before them, what escalates after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from workflows.lawful import flow, named, records, ways as paths
from workflows.lawful.owed import Studied, Ways
from workflows.lawful.steps import Frame, Step
from workflows.rulebook.model import Duty, Rulebook, Unit

# Whom the law binds as the authority: the others are bodies that it asks, or the family.
AUTHORITY: Final = frozenset({"sen_casework", "decision_panel", "personal_budgets", "social_care"})
REMINDING: Final = frozenset({"remind", "chase"})
ESCALATING: Final = frozenset({"escalate"})


@dataclass(frozen=True, slots=True)
class Watch:
    """A timer that asks for the limits of duties.

    Attributes:
        step: The timer event.
        duties: Codes of the duties.
        reminds, escalates: What it does, by its date and by what follows it.
    """

    step: Step
    duties: tuple[str, ...]
    reminds: bool
    escalates: bool


def watches(frames: Iterable[Frame], rulebook: Rulebook) -> tuple[Watch, ...]:
    """Return the timers of some processes that watch a limit."""
    return tuple(
        found
        for frame in frames
        for inner in frame.every_frame()
        for step in inner.steps.values()
        if (found := _watch(step, inner, rulebook)) is not None
    )


def watching(studied: Studied, duty: Duty, rulebook: Rulebook) -> tuple[Watch, ...]:
    """Return the timers that watch a duty, in whichever process it is owed."""
    found = watches(_frames(studied, _where(duty) & set(studied.known)), rulebook)
    return tuple(each for each in found if duty.code in each.duties)


def _where(duty: Duty) -> set[str]:
    return {*duty.processes, *duty.opened_in, *duty.met_in}


def binds_authority(duty: Duty) -> bool:
    """Tell whether it is the authority that the law gives the limit."""
    return duty.statutory and not duty.right and duty.actor in AUTHORITY


def unwatched(studied: Studied, ways: Ways) -> Iterator[tuple[Duty, bool, bool]]:
    """Yield each limit of the authority that is not watched: the duty, if reminded, if escalated.

    Looked at are the process, those it calls, and all in which the duty is owed. A limit of no days
    leaves no time for a reminder, and one that is met before a case can stand still is never owed.
    """
    for duty in ways.duties:
        where = _where(duty)
        if not binds_authority(duty) or not duty.opened_in or not where <= set(studied.known):
            continue
        if not _can_be_outstanding(studied, ways, duty):
            continue
        found = watching(studied, duty, ways.rulebook)
        reminded = any(each.reminds for each in found) or _is_at_once(duty)
        escalated = any(each.escalates for each in found)
        if not (reminded and escalated):
            yield duty, reminded, escalated


def where_due(studied: Studied, ways: Ways, duty: Duty) -> tuple[str, int]:
    """Return the element of the file at which a missing timer is best told, with its line.

    That is the first task that names the duty, else what opens it, else the process.
    """
    tasks = [
        step.id
        for frame in studied.own.values()
        for step in frame.every_step()
        if step.waits
        and duty.code in named.duties_in(step.properties.get("duty", ""), ways.rulebook)
    ]
    openers = [ways.graph.places[each.place].step for each in ways.openings(duty)]
    return studied.place_of(*tasks, *(step.id for step in openers if step))


def _can_be_outstanding(studied: Studied, ways: Ways, duty: Duty) -> bool:
    """Tell whether a case can stand still while the duty is owed, in some process that meets it."""
    if ways.key in duty.met_in:
        return _stands_owed(ways, duty)
    return any(
        _stands_owed(Ways(flow.draw(studied.known[key], studied.known), ways.rulebook), duty)
        for key in duty.met_in
    )


def _stands_owed(ways: Ways, duty: Duty) -> bool:
    if ways.key in duty.opened_in:
        sources = [each.place for each in ways.owed_from(duty)]
        owing = paths.reached(ways.graph, sources, stops=ways.stops(duty))
        return any(ways.graph.places[each].holds for each in owing)
    at_once = paths.reached(
        ways.graph, [ways.graph.start], stops=lambda place, _: ways.graph.places[place].holds
    )
    return any(each not in at_once for each in ways.places_with(*duty.met_by))


def _is_at_once(duty: Duty) -> bool:
    return not duty.limit.count and duty.limit.unit != Unit.DATE and duty.or_later is None


def _frames(studied: Studied, keys: Iterable[str]) -> list[Frame]:
    """Return some processes and all that they call, directly or by others."""
    found = sorted(keys)
    for key in found:  # grows while it is walked
        found += [
            step.called
            for step in studied.known[key].every_step()
            if step.called in studied.known and step.called not in found
        ]
    return [studied.known[key] for key in found]


def _watch(step: Step, frame: Frame, rulebook: Rulebook) -> Watch | None:
    if step.timer is None:
        return None
    text = step.timer[1]
    duties = named.duties_in(f"{step.properties.get('duty', '')} {text}", rulebook)
    if not duties:
        return None
    followers = list(_followers(step, frame))
    early = "before(" in text or "halfway(" in text
    return Watch(
        step,
        duties,
        reminds=early and any(_reminds(each, duties, rulebook) for each in followers),
        escalates="after(" in text and any(each.topic in ESCALATING for each in followers),
    )


def _reminds(step: Step, duties: tuple[str, ...], rulebook: Rulebook) -> bool:
    """Tell whether a step reminds: by word, or as the task by which the duty is met."""
    if step.topic in REMINDING | ESCALATING:
        return True
    told = {each.code for each in records.read(step.properties.get("records", ""))}
    return step.waits and any(
        trigger.code in told for code in duties for trigger in rulebook.newest(code).met_by
    )


def _followers(step: Step, frame: Frame) -> Iterator[Step]:
    """Yield the steps after a timer, up to where a case can stand."""
    seen, waiting = {step.id}, [step.id]
    while waiting:
        source = waiting.pop()
        for each in frame.flows:
            if each.source == source and each.target not in seen:
                seen.add(each.target)
                follower = frame.steps[each.target]
                yield follower
                if not follower.waits:
                    waiting.append(each.target)
