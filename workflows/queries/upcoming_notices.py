"""The notices that the completion of a task may send, to whom, before it happens."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine import errors, ports
from engine.changes import JsonValue, Values
from engine.definitions.cache import Bundle
from engine.definitions.elements import Element
from engine.definitions.following import Step
from workflows.context import CaseContext, Reading, Topic
from workflows.notices import compose, words as wording
from workflows.notices.content import Content
from workflows.notices.recipients import Recipient, recipients
from workflows.notices.templates import LiveTemplates
from workflows.notices.values import values as values_of
from workflows.queries.task_page import TaskPage
from workflows.rulebook.model import Rulebook

ISSUES: Final = "issue_notice"
CHOOSES: Final = frozenset({"select_advisers", "select_settings"})  # these only look and choose
MOST: Final = 50  # letters of one step that are listed


@dataclass(frozen=True, slots=True)
class Makers:
    """What notices are made with: the law, the topics and the live templates."""

    rulebook: Rulebook
    topics: Mapping[str, Topic]
    templates: LiveTemplates


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice that may be sent: by which step, the how manieth of its letters, to whom."""

    element_id: str
    number: int
    step: str
    title: str
    recipient: Recipient
    content: Content


def upcoming_notices(
    connection: sa.Connection,
    page: TaskPage,
    answers: Values,
    bundle: Bundle,
    makers: Makers,
    *,
    now: dt.datetime,
) -> tuple[Letter, ...]:
    """Return the letters that may go out without any further step of a person.

    Args:
        connection: Where to read.
        page: The task, which the person may complete.
        answers: What its form holds so far.
        bundle: Of the task's instance.
        makers: What notices are made with.
        now: The moment.
    """
    case = CaseContext(Reading(connection, now), page.item.case_id, makers.rulebook, makers.topics)
    known = {**page.variables, **{name: each for name, each in answers.items() if each is not None}}
    ahead = _Ahead(page, bundle, makers, case, known)
    return tuple(letter for step in bundle.following(page.element.id) for letter in ahead.at(step))


class _Ahead:
    """Looks along the ways that a task may set going, with what is known now."""

    def __init__(
        self, page: TaskPage, bundle: Bundle, makers: Makers, case: CaseContext, known: Values
    ) -> None:
        self._page = page
        self._bundle = bundle
        self._makers = makers
        self._case = case
        self._known = dict(known)
        self._counts: dict[str, int] = {}
        self._own = _item_variables(page.element, bundle)

    def at(self, step: Step) -> Iterator[Letter]:
        """Yield the letters of a step; a step that chooses recipients is asked whom."""
        element = self._bundle.elements[step.element_id]
        if element.topic in CHOOSES:
            self._known |= self._chosen(self._call(element, None, self._known))
        if element.topic == ISSUES:
            for item, names in self._items(step):
                seen = {**self._known, **dict.fromkeys(names, item)}
                yield from self._letters(self._call(element, item, seen))

    def _chosen(self, call: ports.ServiceCall) -> Values:
        """Return what a step would choose; nothing where it cannot yet."""
        try:
            return self._makers.topics[call.topic](call, self._case).values
        except errors.Refused:
            return {}

    def _letters(self, call: ports.ServiceCall) -> Iterator[Letter]:
        code = call.properties.get("notice", "")
        kind = wording.kinds().get(code)
        if kind is None:
            return
        words = self._makers.templates.form(self._case.work.connection, code).words
        known = values_of(call, self._case)
        for each in recipients(call, self._case):
            told = compose.Particulars(known, (each.name, each.address), self._case.today)
            try:
                content = compose.compose(code, told, words=words, preview=True)
            except compose.NoticeIncomplete:  # its template must be mended: the step will say so
                continue
            number = self._counts.get(call.element_id, 0)
            self._counts[call.element_id] = number + 1
            yield Letter(call.element_id, number, call.name, content.title, each, content)

    def _items(self, step: Step) -> list[tuple[JsonValue, tuple[str, ...]]]:
        """Return the items that a step runs for, and the variables that hold each.

        They are those of the multi-instance entered last; else the item that the task itself is about,
        until its multi-instance is left.
        """
        for element_id in reversed((*step.within, step.element_id)):
            element = self._bundle.elements.get(element_id)
            if element is not None and element.collection is not None:
                found = self._evaluate(element.collection, self._known)
                items = found if isinstance(found, list) else []
                return [(item, (element.item_variable,)) for item in items[:MOST]]
        own = self._page.instance_item
        if own is None or any(each in self._own for each in step.outside):
            return [(None, ())]
        return [(own, tuple(self._own.values()))]

    def _call(self, element: Element, item: JsonValue, seen: Values) -> ports.ServiceCall:
        return ports.ServiceCall(
            instance_id=self._page.item.instance_id,
            subject_id=self._page.item.case_id,
            topic=element.topic,
            element_id=element.id,
            process_key=element.process_key,
            name=element.name,
            properties={
                name: text.said(lambda expression: self._evaluate(expression, seen))
                for name, text in element.properties.items()
            },
            variables=seen,
            item=item,
        )

    def _evaluate(self, expression: Any, seen: Values) -> Any:  # noqa: ANN401
        """Return a value as far as it is known; what cannot be told yet is None."""
        try:
            return expression.evaluate(dict(seen), self._case.functions())
        except (errors.Refused, ValueError):
            return None


def _item_variables(element: Element, bundle: Bundle) -> dict[str, str]:
    """Return the multi-instances that an element is in, with the variable of their items."""
    found = {}
    for each in bundle.elements.values():
        start = bundle.elements.get(bundle.flows.entered.get(each.id, ""))
        is_in = start is not None and start.process_key == element.process_key
        if each.collection is not None and (each.id == element.id or is_in):
            found[each.id] = each.item_variable
    return found
