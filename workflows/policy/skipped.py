"""Refuse to put a process past a step that the law asks for, and that is not done."""

from typing import Any, Final
from uuid import UUID

from engine.definitions.elements import Element, Text
from engine.definitions.expressions import ExpressionFailed
from engine.definitions.following import passed
from engine.runtime.tokens import CannotMove
from engine.unit_of_work import Work
from workflows.duties.deadlines import Status

_DONE_BY: Final = frozenset(
    {"userTask", "serviceTask", "sendTask", "receiveTask", "intermediateCatchEvent", "endEvent"}
)


def refuse_skipped(instance_id: UUID, start: str, goal: str, work: Work) -> None:
    """Refuse a move over a step that records what is not on record, or meets a limit that is open.

    What lies on one of several ways only is not asked about: the diagram itself lets it be left out.

    Raises:
        CannotMove: naming the step, and what does move it.
    """
    row = work.instance(instance_id)
    bundle = work.bundles.get(row.bundle_id)
    if start not in bundle.elements or goal not in bundle.elements:
        return
    over = passed(bundle.flows, bundle.elements, start, goal)
    owed = next((each for each in over if _is_owed(bundle.elements[each], row, work)), None)
    if owed is None:
        return
    sentence = (
        f"“{bundle.elements[owed].name}” is a step that the law asks for, and it is not done. "
        "Do it; or, if it was done elsewhere, enter its date on the case, and then move."
    )
    raise CannotMove(sentence, errors={"to": (sentence,)})


def _is_owed(element: Element, row: Any, work: Work) -> bool:  # noqa: ANN401 (a row)
    if element.type not in _DONE_BY:
        return False
    context: Any = work.context(row.subject_id)
    records = element.properties.get("records")
    if records is not None:
        codes = {each.strip().partition(":")[0] for each in records.literal.split(";")}
        if codes - {fact.code for fact in context.facts}:
            return True
    duty = element.properties.get("duty")
    if duty is None or element.timer is not None:
        return False
    code = _said(duty, row.variables, context)
    return any(each.duty.code == code and each.state == Status.OPEN for each in context.deadlines())


def _said(text: Text, variables: dict[str, Any], context: Any) -> str:  # noqa: ANN401
    try:
        return text.said(lambda each: each.evaluate(variables, context.functions()))
    except ExpressionFailed:
        return ""
