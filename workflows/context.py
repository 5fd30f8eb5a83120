"""One case within one unit of work: its facts, and what diagrams may ask of them.

Facts recorded by a step are seen by the very next expression; they are written with everything else
at the end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol
from uuid import UUID, uuid4

import sqlalchemy as sa

from engine import changes as engine_changes, errors, ports
from engine.definitions import periods
from engine.definitions.expressions import FunctionSignature, ValueType
from workflows import changes
from workflows.access import restricted
from workflows.calendar import london, school_leaving
from workflows.calendar.working_days import WorkingCalendar
from workflows.duties import deadlines as derivation, refusals
from workflows.duties.facts import Fact, LawfulException
from workflows.store.board_tables import case_tallies
from workflows.store.tables import case_facts, cases, closures, installation, lawful_exceptions

if TYPE_CHECKING:
    from engine.unit_of_work import Work
    from workflows.rulebook.model import Rulebook

_S, _D, _I = ValueType.STRING, ValueType.DATE, ValueType.INTEGER
SIGNATURES: Final = (
    FunctionSignature("due", (_S,), _D, "Last legal day of a duty while it is open; else null"),
    FunctionSignature("due_for", (_S, _S), _D, "The same, for one adviser or setting"),
    FunctionSignature("due_of", (_S,), _D, "The same, for whichever duty of a kind is open"),
    FunctionSignature("duty_of", (_S,), _S, "The code of that duty"),
    FunctionSignature("halfway", (_S, _S), _D, "Half of the time from opening to the last day"),
    FunctionSignature("before", (_D, _S), _D, "A date that much earlier: before(d, 'P2W')"),
    FunctionSignature("after", (_D, _S), _D, "A date that much later"),
    FunctionSignature("working_days_after", (_D, _I), _D, "A number of working days later"),
    FunctionSignature("today", (), _D, "The date in London"),
    FunctionSignature("school_leaving_date", (), _D, "Day on which compulsory school age ends"),
    FunctionSignature("fact", (_S,), _D, "The date of a fact; null while it is not recorded"),
    FunctionSignature("fact_outcome", (_S,), _S, "The outcome of a fact"),
)


class Unit(Protocol):
    """What a case is read in: a unit of work, or `Reading`."""

    @property
    def connection(self) -> sa.Connection:
        """The transaction."""
        ...

    @property
    def now(self) -> dt.datetime:
        """The moment, aware UTC."""
        ...

    @property
    def changes(self) -> Sequence[engine_changes.Change]:
        """What was decided so far."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A look at a case that changes nothing."""

    connection: sa.Connection
    now: dt.datetime
    changes: Sequence[engine_changes.Change] = ()


@dataclass(frozen=True, slots=True)
class _Entered:
    """An entry of the ledger. `instance_id`: the process that made it, None where a person did."""

    id: UUID
    instance_id: UUID | None
    fact: Fact


class CaseContext:
    """A case, as the steps of its processes see it."""

    def __init__(
        self, work: Unit, case_id: UUID, rulebook: Rulebook, topics: Mapping[str, Topic]
    ) -> None:
        """Read nothing yet."""
        self.work = work
        self.case_id = case_id
        self.rulebook = rulebook
        self._topics = topics
        self._facts: list[_Entered] | None = None
        self._exceptions: list[LawfulException] | None = None
        self._calendar: WorkingCalendar | None = None
        self._case: Any = None
        self._authority: Mapping[str, str] | None = None
        self._open_deadlines: dict[tuple[str, str], derivation.Deadline | None] = {}
        self._moved = False
        self.outcome = ""

    @classmethod
    def imagined(
        cls,
        work: Unit,
        case: Any,  # noqa: ANN401 (what stands for a row)
        law: tuple[Rulebook, WorkingCalendar],
        topics: Mapping[str, Topic],
    ) -> CaseContext:
        """Return a case that is in no database: it begins without facts, and keeps them in memory.

        Args:
            work: The moment; its connection is not asked for anything but by topics.
            case: What stands for the row of the case; it has an `id`.
            law: The rulebook, and the working days.
            topics: What service tasks call.
        """
        rulebook, calendar = law
        made = cls(work, case.id, rulebook, topics)
        made._case, made._facts, made._exceptions = case, [], []
        made._calendar, made._authority = calendar, {}
        return made

    # What the engine asks

    def functions(self) -> Mapping[str, Callable[..., object]]:
        """Return what expressions may call, for this case."""
        return {
            "due": lambda duty: self._due(duty, ""),
            "due_for": self._due,
            "due_of": lambda kind: (found := self._open_of(kind)) and found.due,
            "duty_of": lambda kind: found.duty.code if (found := self._open_of(kind)) else "",
            "halfway": self._halfway,
            "before": lambda day, period: self._shift(day, period, -1),
            "after": lambda day, period: self._shift(day, period, 1),
            "working_days_after": lambda day, count: (
                day and self.calendar.add_working_days(day, int(count))
            ),
            "today": lambda: self.today,
            "school_leaving_date": lambda: school_leaving.date_for(self.case.child_date_of_birth),
            "fact": lambda code: self._fact(code, lambda each: each.on),
            "fact_outcome": lambda code: self._fact(code, lambda each: each.outcome),
        }

    def element_completed(
        self, change: engine_changes.ElementCompleted
    ) -> Sequence[engine_changes.Change]:
        """Enter the facts that an element records (`records`, `date_field`, `qualifier`)."""
        properties = change.properties
        if change.element_type == "endEvent" and properties.get("outcome"):
            self.outcome = properties["outcome"]
        recorded = []
        for text in filter(None, (properties.get("records") or "").split(";")):
            code, _, outcome = text.strip().partition(":")
            fact = Fact(code, self._date_of(change), properties.get("qualifier", ""), outcome)
            if fact in self.facts:  # another process of the case has told of it already
                continue
            try:
                recorded.append(
                    self.enter(fact, source=change.element_id, instance_id=change.instance_id)
                )
            except errors.Invalid as refusal:
                field = properties.get("date_field", "")
                raise errors.Invalid(
                    refusal.message, errors={field: (refusal.message,)} if field else {}
                ) from refusal
        return recorded

    def call(self, call: ports.ServiceCall) -> ports.ServiceResult:
        """Carry out a service task by its topic."""
        topic = self._topics.get(call.topic)
        if topic is None:
            raise errors.Invalid(f"There is no service “{call.topic}”.")
        return topic(call, self)

    def calendar_changed(self) -> None:
        """Take note that working days are others than when dates were last derived."""
        self._moved = True
        self._open_deadlines.clear()

    def dates_moved(self) -> bool:
        """Tell whether facts were entered in this unit."""
        return self._moved

    def dates_settled(self) -> None:
        """Take note that timers have been asked again."""
        self._moved = False

    # What the domain asks

    @property
    def today(self) -> dt.date:
        """The date in London."""
        return london.local_date(self.work.now)

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days, with the authority's closures."""
        if self._calendar is None:
            days = self.work.connection.execute(sa.select(closures.c.day)).scalars()
            self._calendar = WorkingCalendar(frozenset(days))
        return self._calendar

    @property
    def case(self) -> Any:  # noqa: ANN401 (a row)
        """The row of the case, whether it is `restricted`, and what it counts on the board."""
        if self._case is None:
            self._case = self.work.connection.execute(
                sa.select(
                    *cases.c,
                    restricted.is_restricted(cases.c.id).label("restricted"),
                    case_tallies.c.version.label("counted_by"),
                    case_tallies.c.counts.label("counts"),
                )
                .select_from(cases.outerjoin(case_tallies))
                .where(cases.c.id == self.case_id)
            ).one()
        return self._case

    @property
    def authority(self) -> Mapping[str, str]:
        """Name, address and contacts of the authority; empty before it is set up."""
        if self._authority is None:
            row = self.work.connection.execute(
                sa.select(installation.c.authority_name, installation.c.authority)
            ).one_or_none()
            self._authority = {"authority": row.authority_name, **row.authority} if row else {}
        return self._authority

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The current facts."""
        return tuple(each.fact for each in self._ledger())

    @property
    def exceptions(self) -> list[LawfulException]:
        """The exceptions on record."""
        if self._exceptions is None:
            rows = self.work.connection.execute(
                sa.select(
                    lawful_exceptions.c.duty,
                    lawful_exceptions.c.ground,
                    lawful_exceptions.c.from_date,
                    lawful_exceptions.c.to_date,
                    lawful_exceptions.c.qualifier,
                ).where(lawful_exceptions.c.case_id == self.case_id)
            )
            self._exceptions = [LawfulException(*row) for row in rows]
        return self._exceptions

    def claim(self, exception: LawfulException) -> changes.ExceptionRecorded:
        """Let a lawful exception count from now on: it lifts the duty to keep the limit.

        Raises:
            refusals.UnlawfulException: the regulation has no such ground, or its dates do not bear it
                out.
        """
        refusals.refuse_unlawful(exception, self.rulebook, self.facts, self.today)
        self.exceptions.append(exception)
        self._moved = True
        return changes.ExceptionRecorded(
            None,
            self.case_id,
            uuid4(),
            exception.duty,
            exception.qualifier,
            exception.ground,
            exception.from_date,
            exception.to_date,
            exception.told_family_on,
            exception.reason[:2000],
        )

    def enter(
        self, fact: Fact, *, source: str, reason: str = "", instance_id: UUID | None = None
    ) -> changes.FactRecorded:
        """Enter a fact in the ledger.

        A person's entry corrects the last one of its kind and qualifier. That of a process corrects
        what the same process, or a person, entered; beside that of another process it stands as a
        further event: a plan is issued again after an appeal.

        Raises:
            errors.Invalid: the rulebook does not know it, or its date does not fit.
        """
        ledger = self._ledger()
        before = self._corrected(fact, instance_id, by_person=bool(reason))
        others = [each.fact for each in ledger if each is not before]
        refusals.refuse_out_of_order(fact, others, self.rulebook, self.today)
        if reason and before and not fact.outcome:
            fact = replace(fact, outcome=before.fact.outcome)
        if before:
            ledger.remove(before)
        fact_id = uuid4()
        ledger.append(_Entered(fact_id, instance_id, fact))
        self._moved = True
        self._open_deadlines.clear()
        return changes.FactRecorded(
            instance_id=instance_id,
            case_id=self.case_id,
            fact_id=fact_id,
            code=fact.code,
            on=fact.on,
            qualifier=fact.qualifier,
            outcome=fact.outcome,
            reason=reason,
            source=source,
            replaces=before.id if before else None,
        )

    def _corrected(
        self, fact: Fact, instance_id: UUID | None, *, by_person: bool
    ) -> _Entered | None:
        """Return the entry that a fact corrects, None where it is a further event."""
        alike = [
            each
            for each in self._ledger()
            if (each.fact.code, each.fact.qualifier) == (fact.code, fact.qualifier)
            and (by_person or each.instance_id in {None, instance_id})
        ]
        return max(alike, key=lambda each: each.fact.on, default=None)

    def deadlines(self) -> tuple[derivation.Deadline, ...]:
        """Derive the deadlines of the case."""
        return derivation.derive(self.rulebook, self.facts, self.exceptions, lambda: self.calendar)

    def _ledger(self) -> list[_Entered]:
        if self._facts is None:
            rows = self.work.connection.execute(
                sa.select(
                    case_facts.c.id,
                    case_facts.c.instance_id,
                    case_facts.c.code,
                    case_facts.c.on,
                    case_facts.c.qualifier,
                    case_facts.c.outcome,
                ).where(case_facts.c.case_id == self.case_id, case_facts.c.current)
            )
            self._facts = [_Entered(row.id, row.instance_id, Fact(*row[2:])) for row in rows]
        return self._facts

    def _due(self, duty: str, qualifier: str) -> dt.date | None:
        found = self._open(duty, qualifier)
        return found.due if found else None

    def _open(self, duty: str, qualifier: str) -> derivation.Deadline | None:
        key = (duty, qualifier or "")
        if key not in self._open_deadlines:
            found = derivation.due(self.rulebook, self.facts, *key, lambda: self.calendar)
            is_open = found is not None and found.state == derivation.Status.OPEN
            self._open_deadlines[key] = found if is_open else None
        return self._open_deadlines[key]

    def _open_of(self, kind: str) -> derivation.Deadline | None:
        """Return the first that is due of the open duties of a kind."""
        found = [
            each
            for each in derivation.derive(
                self.rulebook, self.facts, calendar=lambda: self.calendar, kind=kind
            )
            if each.state == derivation.Status.OPEN
        ]
        return min(found, key=lambda each: each.due, default=None)

    def _halfway(self, duty: str, qualifier: str) -> dt.date | None:
        found = self._open(duty, qualifier)
        return found.opened + (found.due - found.opened) / 2 if found else None

    @staticmethod
    def _shift(day: dt.date | None, period: str, sign: int) -> dt.date | None:
        return day + sign * periods.duration(period) if day else None

    def _fact(self, code: str, part: Callable[[Fact], object]) -> object:
        alike = [each for each in self.facts if each.code == code]
        last = max(alike, key=lambda each: each.on, default=None)
        return part(last) if last else None

    def _date_of(self, change: engine_changes.ElementCompleted) -> dt.date:
        given = change.properties.get("on") or change.values.get(
            change.properties.get("date_field", "")
        )
        return dt.date.fromisoformat(given) if isinstance(given, str) else self.today


Topic = Callable[[ports.ServiceCall, CaseContext], ports.ServiceResult]


def case_of(work: Work, case_id: UUID) -> CaseContext:
    """Return a case within a unit of work."""
    context = work.context(case_id)
    if not isinstance(context, CaseContext):
        raise TypeError("a case has a case context")
    return context
