"""Small diagrams for tests, and a run of one in memory, saved and loaded between all steps."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from engine import changes, errors, ports
from engine.definitions import cache
from engine.definitions.expressions import FunctionSignature, ValueType
from engine.runtime.run import Run, Stored
from engine.store.definitions import Members

SIGNATURES = (FunctionSignature("due", (ValueType.STRING,), ValueType.DATE, ""),)
NOW = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


def diagram(body: str, key: str = "main", messages: Sequence[str] = ()) -> bytes:
    """Return a document with one process; `body` is what is in it."""
    named = "".join(f'<message id="m_{each}" name="{each}"/>' for each in messages)
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="t">'
        f'{named}<process id="{key}" isExecutable="true">{body}</process></definitions>'
    ).encode()


def flows(*ids: str) -> str:
    """Return sequence flows from each to the next."""
    return "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(ids)
    )


def bundle(*documents: bytes, keys: Sequence[str] = ("main",)) -> cache.Bundle:
    files = dict(zip(keys, documents, strict=True))
    return cache.build("test", Members(keys[0], 1, files), SIGNATURES)


class Context:
    """What a domain would bring: dates by code, services that can be told to fail."""

    def __init__(self) -> None:
        self.dates: dict[str, dt.date] = {}
        self.failing: set[str] = set()
        self.called: list[str] = []

    def functions(self) -> dict[str, Any]:
        return {"due": self.dates.get}

    def element_completed(self, change: changes.ElementCompleted) -> tuple[()]:
        del change
        return ()

    def call(self, call: ports.ServiceCall) -> ports.ServiceResult:
        if call.topic in self.failing:
            raise errors.Invalid("The family has no address.")
        self.called.append(call.topic)
        return ports.ServiceResult()

    def dates_moved(self) -> bool:
        return False


class Machine:
    """An instance that is saved and loaded between all steps, as in real life."""

    def __init__(self, parsed: cache.Bundle, **values: Any) -> None:
        self.bundle, self.context, self.now = parsed, Context(), NOW
        self.id, self.subject = uuid4(), uuid4()
        self.told: list[changes.Change] = []
        self.run = Run.start(parsed, (self.id, self.subject), values, self.now, self.context)
        self.save()

    @classmethod
    def resumed(cls, parsed: cache.Bundle, stored: Stored) -> "Machine":
        """Return an instance that was saved before."""
        machine = cls.__new__(cls)
        machine.bundle, machine.context, machine.now = parsed, Context(), NOW
        machine.id, machine.subject, machine.told = stored.instance_id, stored.subject_id, []
        machine.run = Run.load(parsed, stored, NOW, machine.context)
        return machine

    def save(self) -> None:
        """Save the instance and load it again."""
        self.told += self.run.take_changes()
        state, version = self.run.dump()
        done: Any = {key: entry["done"] for key, entry in self.run.marking.items()}
        stored = Stored(self.id, self.subject, state, version, self.run.variables, done)
        self.run = Run.load(self.bundle, stored, self.now, self.context)

    def complete(self, element: str, position: int = 0, **values: Any) -> None:
        self.run.complete_task(self._ids(self.run.waiting.tasks, element)[position], values)
        self.save()

    def fire(self, element: str) -> None:
        self.run.fire_timer(self._ids(self.run.waiting.timers, element)[0])
        self.save()

    def deliver(self, element: str, **payload: Any) -> None:
        self.run.deliver(self._ids(self.run.waiting.messages, element)[0], payload)
        self.save()

    def retry(self) -> None:
        raised = next(e for e in reversed(self.told) if isinstance(e, changes.IncidentRaised))
        self.run.retry(raised.token_id)
        self.save()

    def recompute(self) -> None:
        self.run.recompute_timers("A date moved.")
        self.save()

    @property
    def tasks(self) -> list[str]:
        return sorted(each.element.id for each in self.run.waiting.tasks.values())

    @property
    def messages(self) -> list[str]:
        return sorted(each.element.id for each in self.run.waiting.messages.values())

    @property
    def timers(self) -> list[str]:
        return sorted(each.element.id for each in self.run.waiting.timers.values())

    @property
    def ended(self) -> str | None:
        ends = self.of(changes.InstanceEnded)
        return ends[0].end_element or ends[0].outcome if ends else None

    def of(self, kind: type[Any]) -> list[Any]:
        return [each for each in self.told if isinstance(each, kind)]

    @staticmethod
    def _ids(waiting: Any, element: str) -> list[UUID]:
        return [key for key, each in waiting.items() if each.element.id == element]
