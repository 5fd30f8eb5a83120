"""Which steps send a notice, and whether it tells the family of its right of appeal."""

from collections.abc import Iterator
from typing import Final

from workflows.lawful import ways as paths
from workflows.lawful.conditions import Known
from workflows.lawful.flow import Place
from workflows.lawful.owed import Ways
from workflows.lawful.steps import Step
from workflows.lawful.ways import Stops, Way
from workflows.notices import words
from workflows.rulebook.model import Rulebook, Trigger

ANY: Final = "any"
TOPIC: Final = "issue_notice"
# How a case ends, by the property `outcome`, where a decision has given a right of appeal.
APPEALABLE_ENDS: Final = frozenset({"issued", "refused", "no_plan", "ceased"})


def sent_by(step: Step | None) -> str:
    """Return the kind of notice that a step sends, "" for none."""
    if step is None or step.topic != TOPIC:
        return ""
    return step.properties.get("notice", "")


def tells_of_appeal(step: Step | None) -> bool:
    """Tell whether a step sends the family a notice with its right of appeal."""
    kind = words.kinds().get(sent_by(step))
    if step is None or kind is None or "appeal" not in kind.delivered.parts:
        return False
    recipient = step.properties.get("recipient", "")
    return "${" in recipient or "family" in {each.strip() for each in recipient.split(";")}


def appealable(place: Place, rulebook: Rulebook) -> tuple[Trigger, ...]:
    """Return the facts told at a place that give the family a right of appeal."""
    return tuple(
        Trigger(each.code, "" if outcome == ANY else outcome)
        for each in place.recorded
        if each.code in rulebook.facts
        for outcome in rulebook.facts[each.code].right_of_appeal
        if each.may_be(Trigger(each.code, "" if outcome == ANY else outcome), {})
    )


def telling(ways: Ways) -> Stops:
    """Return what tells whether a place sends such a notice, or may do so."""

    def tells(number: int, _: Known) -> bool:
        place = ways.graph.places[number]
        return place.opaque or (place.done and tells_of_appeal(place.step))

    return tells


def untold(ways: Ways) -> Iterator[tuple[int, Way]]:
    """Yield where a decision is recorded whose notice is missing, with a way without it to an end."""
    tells = telling(ways)
    for number in sorted(ways.reached):
        if tells(number, {}) or not appealable(ways.graph.places[number], ways.rulebook):
            continue
        rest = paths.clear_way(ways.graph, number, {}, tells)
        if rest is not None:
            yield number, paths.way_to(number, ways.reached) + rest
