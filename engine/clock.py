"""The only source of now: the wall clock, moved where a demo or a test moves it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> dt.datetime:
        """Return the present moment, aware, in UTC."""
        ...


@dataclass(slots=True)
class MovableClock:
    """The wall clock plus an offset (demo, training), or one frozen moment (tests).

    Attributes:
        offset: What is added to the wall clock.
        frozen: The moment at which time stands still, aware; None while it runs.
    """

    offset: dt.timedelta = field(default_factory=dt.timedelta)
    frozen: dt.datetime | None = None

    def now(self) -> dt.datetime:
        """Return the present moment, aware, in UTC."""
        if self.frozen is not None:
            return self.frozen
        return dt.datetime.now(dt.UTC) + self.offset

    def move_to(self, moment: dt.datetime) -> None:
        """Let now be `moment` (aware); a frozen clock stays frozen there, a running one runs on."""
        if moment.tzinfo is None:
            msg = "a moment needs its time zone"
            raise ValueError(msg)
        if self.frozen is not None:
            self.frozen = moment.astimezone(dt.UTC)
            return
        self.offset = moment - dt.datetime.now(dt.UTC)

    @contextmanager
    def frozen_at(self, moment: dt.datetime) -> Iterator[None]:
        """Let time stand still at `moment` (aware) within the block."""
        before = self.frozen
        self.frozen = moment.astimezone(dt.UTC)
        try:
            yield
        finally:
            self.frozen = before
