"""What a manager does with a timer: the forms, and the commands that they become."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from engine.commands.cancel_timer import CancelTimer
from engine.commands.fire_timer import FireTimer
from engine.commands.reschedule_timer import RescheduleTimer
from engine.definitions import forms
from engine.definitions.forms import FieldType, FormDefinition, FormField
from webapp.forms import read
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.queries.engine_timer_list import EngineTimer

REASON: Final = FormField("reason", "Reason", FieldType.TEXTAREA, required=True, maximum=500)
DUE: Final = FormField(
    "due",
    "New date",
    FieldType.DATE,
    required=True,
    hint="The timer fires at the beginning of that day. Statutory time limits do not move.",
)


@dataclass(frozen=True, slots=True)
class Action:
    """An action: its address, its words, its form, and the command it becomes."""

    slug: str
    title: str
    lead: str
    button: str
    done: str
    form: FormDefinition
    make: Callable[[EngineTimer, Mapping[str, Any]], object]

    def command(self, timer: EngineTimer, given: MultiDict[str, str], here: System) -> object:
        """Return the command for what was posted.

        Raises:
            errors.Invalid: an answer is missing or wrong.
        """
        accepted = forms.validate(
            self.form,
            read.posted(self.form, given),
            variables={},
            today=london.local_date(here.now()),
        )
        return self.make(timer, accepted)


def _reschedule(timer: EngineTimer, given: Mapping[str, Any]) -> RescheduleTimer:
    day = dt.date.fromisoformat(given["due"])
    return RescheduleTimer(timer.id, london.start_of_day(day), given["reason"])


CHANGE_DATE: Final = Action(
    "change-date",
    "Change the date",
    "The timer fires on another day. It is a working date: no time limit of the law moves with it.",
    "Change the date",
    "The date is changed.",
    FormDefinition((DUE, REASON)),
    _reschedule,
)
FIRE: Final = Action(
    "fire",
    "Fire now",
    "The timer does now what it would have done on its day.",
    "Fire the timer now",
    "The timer has fired.",
    FormDefinition((REASON,)),
    lambda timer, given: FireTimer(timer.id, by_hand=True, reason=given["reason"]),
)
CANCEL: Final = Action(
    "cancel",
    "Cancel the timer",
    "The timer fires no more. One that would fire again and again has no further round. What it "
    "stands beside goes on.",
    "Cancel the timer",
    "The timer is cancelled.",
    FormDefinition((REASON,)),
    lambda timer, given: CancelTimer(timer.id, given["reason"]),
)
ALL: Final = (CHANGE_DATE, FIRE, CANCEL)
