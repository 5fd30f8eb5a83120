"""One case of a demo as a pattern: its rows, with all that differs from copy to copy cut out."""

import datetime as dt
import json
import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final
from uuid import UUID, uuid5

import sqlalchemy as sa

from engine.runtime import state as token_state
from engine.store.tables import history, instances, message_waits, subjects, timers
from engine.unit_of_work import FIRST_HASH, chained
from workflows.demo.growing import dates, derived
from workflows.demo.growing.shifts import Shifts
from workflows.demo.growing.wording import Getter, Slots, Words
from workflows.store import search
from workflows.store.plan_tables import plan_versions
from workflows.store.tables import cases, deadlines, parties

Rows = Mapping[sa.Table, Sequence[Mapping[str, Any]]]
SENT: Final = {"status": "sent", "next_attempt_at": None, "ask_at": None}  # nothing is sent again
_BITS: Final = 128
_HISTORY: Final = tuple(history.c.keys())  # the last of them is the hash
_SEQ: Final = _HISTORY.index("seq")


@dataclass(frozen=True, slots=True)
class Child:
    """Whose a copy is."""

    first_name: str
    last_name: str
    born: dt.date
    parent: str
    email: str
    address: str


@dataclass(slots=True)
class Pattern:
    """A case, cut.

    Attributes:
        shifts: By how many days its dates may be moved, and the deadlines that follow.
        slots: What differs.
        rows: By table, where the values of each row stand in the pool.
    """

    case_id: UUID
    shifts: Shifts
    slots: Slots
    horizon: dt.date
    rows: dict[sa.Table, list[Getter]] = field(default_factory=dict)
    _derived: list[tuple[tuple[int, int], int, str]] = field(default_factory=list)
    _moved: dict[int, list[tuple[int, Any]]] = field(default_factory=dict)

    def copy(
        self, days: int, child: Child, reference: str, chance: random.Random
    ) -> dict[sa.Table, list[tuple[Any, ...]]]:
        """Return the rows of a copy, the values of each in the order of the table's columns.

        Args:
            days: By how many its dates are moved; one of `shifts`.
            child: Whose it is.
            reference: The number of the case.
            chance: What its identifiers are drawn from.
        """
        pool = self.slots.pool.copy()
        for place, value in self._dates(days):
            pool[place] = value
        self._name(pool, child, reference)
        self._identify(pool, chance)
        for place, how, parts in self.slots.steps:
            pool[place] = how(parts(pool))
        made = {table: [row(pool) for row in rows] for table, rows in self.rows.items()}
        case_id = pool[self.slots.ids[self.case_id.hex][0]]
        made[deadlines] = [(case_id, *rest) for rest in self.shifts.deadlines(days)]
        made[history] = _chain(made[history])
        _set_head(made, case_id)
        return made

    def _dates(self, days: int) -> list[tuple[int, Any]]:
        """Return the places of all dates with what stands there; kept, since few shifts are used."""
        if days not in self._moved:
            found: list[tuple[int, Any]] = [
                (place, dates.moved_text(text, days, self.horizon))
                for text, place in self.slots.moments.items()
            ]
            for value, place in self.slots.days.items():
                move = dates.moved_moment if isinstance(value, dt.datetime) else dates.moved
                found.append((place, move(value, days, self.horizon)))
            self._moved[days] = found
        return self._moved[days]

    def _name(self, pool: list[Any], child: Child, reference: str) -> None:
        name = f"{child.first_name} {child.last_name}"
        said = {
            "first_name": child.first_name,
            "last_name": child.last_name,
            "born": child.born.isoformat(),
            "reference": reference,
            "parent": child.parent,
            "email": child.email,
            "address": child.address,
            "address_json": json.dumps(child.address)[1:-1],
            "born_on": child.born,
            "search_text": search.fold(f"{name} {reference}"),
        }
        for word, place in self.slots.words.items():
            pool[place] = said[word]

    def _identify(self, pool: list[Any], chance: random.Random) -> None:
        for dashed, plain in self.slots.ids.values():
            text = f"{chance.getrandbits(_BITS):032x}"
            text = f"{text[:12]}4{text[13:16]}a{text[17:]}"
            pool[dashed], pool[plain] = _dashed(text), text
        for (dashed, plain), source, text in self._derived:
            made = uuid5(UUID(pool[source]), text)
            pool[dashed], pool[plain] = str(made), made.hex

    # How a pattern is cut

    @classmethod
    def cut(
        cls, case_id: UUID, rows: Rows, shifts: Shifts, kept: frozenset[str], now: dt.date
    ) -> "Pattern":
        """Cut a case.

        Args:
            case_id: Whose rows they are.
            rows: All of them, by table.
            shifts: By how many days dates may be moved.
            kept: Identifiers that every copy shares: of people.
            now: The date of today.
        """
        sealed = {row["sha256"]: row["document"] for row in rows[plan_versions]}
        slots = Slots(kept, _words(rows), sealed)
        pattern = cls(case_id, shifts, slots, now + dates.HORIZON)
        pattern.slots.identifier(case_id.hex)
        for table, of_table in rows.items():
            if table is not deadlines:
                pattern.rows[table] = [pattern._row(table, row) for row in of_table]
        pattern._derive(rows)
        return pattern

    def _row(self, table: sa.Table, row: Mapping[str, Any]) -> Getter:
        given = {**row, **(SENT if table.name == "outbox" else {})}
        places = [self._value(table, column, given[column.name]) for column in table.c]
        getter: Getter = itemgetter(*places)
        return getter

    def _value(self, table: sa.Table, column: sa.Column[Any], value: Any) -> int:  # noqa: ANN401
        """Return the place of a column's value in the pool."""
        fixed = _FIXED.get((table, column.name))
        if fixed is not None:
            return self.slots.word(fixed)
        if (table, column.name) == (parties, "person_id"):
            return self.slots.constant("")  # no copy is the demo parent's
        if isinstance(column.type, sa.JSON) and value is not None:
            return self.slots.text(json.dumps(value))
        return self._plain(value)

    def _plain(self, value: Any) -> int:  # noqa: ANN401
        if isinstance(value, UUID):
            return self.slots.identifier(value.hex)[0]
        if isinstance(value, dt.date):
            return self.slots.day(value)
        if isinstance(value, bytes):
            return self._state(value)
        return self.slots.text(value) if isinstance(value, str) else self.slots.constant(value)

    def _state(self, value: bytes) -> int:
        document_of = token_state.unpack(value, token_state.VERSION)
        text = self.slots.text(json.dumps(document_of, separators=(",", ":")))
        return self.slots.made(_compressed, text)

    def _derive(self, rows: Rows) -> None:
        """Find which identifiers follow from others, and let them follow in each copy."""
        for each in (*derived.of_plan(self.case_id), *_of_waits(rows)):
            places = self.slots.ids.get(each.identifier)
            if places is not None:
                source = self.slots.ids[each.source][0]
                self._derived.append((places, source, each.text))


_FIXED: Final = {
    (cases, "child_first_name"): "first_name",
    (cases, "child_last_name"): "last_name",
    (cases, "child_date_of_birth"): "born_on",
    (cases, "reference"): "reference",
    (cases, "search_text"): "search_text",
}


def _words(rows: Rows) -> Words:
    (case,) = rows[cases]
    parent = next(iter(rows[parties]), {"name": "", "email": "", "address": ""})
    return Words(
        case["child_first_name"],
        case["child_last_name"],
        case["child_date_of_birth"].isoformat(),
        case["reference"],
        parent["name"],
        parent["email"],
        parent["address"],
    )


def _of_waits(rows: Rows) -> Iterator[derived.Derived]:
    waiting: dict[UUID, set[str]] = {}
    for row in (*rows[timers], *rows[message_waits]):
        waiting.setdefault(row["instance_id"], set()).add(row["element_id"])
    for row in rows[instances]:
        if row["ended_at"] is None:
            state = token_state.unpack(row["state"], row["state_version"])
            yield from derived.of_waits(state, frozenset(waiting.get(row["id"], ())))


def _compressed(text: str) -> bytes:
    return zlib.compress(text.encode(), level=1)


def _dashed(text: str) -> str:
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _chain(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the entries of a history with their hashes, each over the one before."""
    last, chain = FIRST_HASH, []
    for values in rows:
        entry = dict(zip(_HISTORY, values, strict=True))
        last = chained(last, {**entry, "body": json.loads(entry["body"])})
        chain.append((*values[:-1], last))
    return chain


def _set_head(made: dict[sa.Table, list[tuple[Any, ...]]], case_id: str) -> None:
    """Let the row of the subject name the end of its history."""
    entries = made[history]
    made[subjects] = [(case_id, entries[-1][_SEQ], entries[-1][-1])] if entries else made[subjects]
