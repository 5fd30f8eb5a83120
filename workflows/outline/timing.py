"""When a timer fires, as choices that need no expression, and back from the expression."""

import re
from dataclasses import dataclass
from typing import Final

from engine.definitions import periods
from workflows.outline.drawing import CannotEdit

CHOICES: Final = {
    "on": "On the due date of a duty",
    "before": "Before the due date of a duty",
    "after": "After the due date of a duty",
    "duration": "Some time after the step opens",
    "expression": "Written as an expression",
}
UNITS: Final = {"D": "days", "W": "weeks", "M": "months"}
_DUE: Final = r"due(?P<how>_of|_for)?\(\s*'(?P<duty>[^']+)'\s*(?:,\s*(?P<qualifier>[^()]+?)\s*)?\)"
_ON: Final = re.compile(rf"^\$\{{\s*{_DUE}\s*\}}$")
_SHIFT: Final = re.compile(
    rf"^\$\{{\s*(?P<choice>before|after)\(\s*{_DUE}\s*,\s*'P(?P<number>\d+)(?P<unit>[DWM])'\s*\)\s*\}}$"
)
_DURATION: Final = re.compile(r"^P(?P<number>\d+)(?P<unit>[DWM])$")
_CODE: Final = re.compile(r"[a-z0-9_.]+")


@dataclass(frozen=True, slots=True)
class Timing:
    """When a timer fires.

    Attributes:
        choice: A key of CHOICES.
        duty: Code of a duty, or "kind:" with the kind of several.
        qualifier: An expression that says which adviser or setting the duty is about, or "".
        number, unit: How long before, after, or from now; a key of UNITS.
        kind, text: The element and what stands in it, where the choice is "expression".
    """

    choice: str
    duty: str = ""
    qualifier: str = ""
    number: int = 0
    unit: str = "W"
    kind: str = "timeDate"
    text: str = ""

    def written(self) -> tuple[str, str]:
        """Return the element that it stands in, and its text.

        Raises:
            CannotEdit: something is missing.
        """
        if self.choice == "expression":
            return self._as_expression()
        if self.choice == "duration":
            self._refuse_no_number()
            return "timeDuration", f"P{self.number}{self.unit}"
        due = self._due()
        if self.choice == "on":
            return "timeDate", f"${{{due}}}"
        self._refuse_no_number()
        return "timeDate", f"${{{self.choice}({due}, 'P{self.number}{self.unit}')}}"

    def _as_expression(self) -> tuple[str, str]:
        if not self.text.strip():
            raise CannotEdit(
                "Enter the expression", errors={"timer_text": ("Enter the expression",)}
            )
        if "${" not in self.text:
            try:
                periods.refuse(self.kind, self.text.strip().split("/"))
            except periods.BadPeriod as refusal:
                raise CannotEdit(
                    refusal.message, errors={"timer_text": (refusal.message,)}
                ) from refusal
        return self.kind, self.text.strip()

    def _due(self) -> str:
        plain = self.duty.removeprefix("kind:")
        if not _CODE.fullmatch(plain):
            raise CannotEdit("Select a duty", errors={"timer_duty": ("Select a duty",)})
        if self.duty.startswith("kind:"):
            return f"due_of('{plain}')"
        return f"due_for('{plain}', {self.qualifier})" if self.qualifier else f"due('{plain}')"

    def _refuse_no_number(self) -> None:
        if self.number < 1:
            raise CannotEdit("Enter how long", errors={"timer_number": ("Enter how long",)})


def read(kind: str, text: str) -> Timing:
    """Return what a timer's definition says, as a choice where it is one."""
    plain = text.strip()
    if kind == "timeDuration" and (found := _DURATION.match(plain)):
        return Timing(
            "duration", number=int(found["number"]), unit=found["unit"], kind=kind, text=plain
        )
    found = (_SHIFT.match(plain) or _ON.match(plain)) if kind == "timeDate" else None
    if found is None:
        return Timing("expression", kind=kind, text=plain)
    groups = found.groupdict()
    named = f"kind:{found['duty']}" if found["how"] == "_of" else found["duty"]
    return Timing(
        groups.get("choice") or "on",
        duty=named,
        qualifier=found["qualifier"] or "",
        number=int(groups.get("number") or 0),
        unit=groups.get("unit") or "W",
        kind=kind,
        text=plain,
    )


def in_words(timing: Timing, titles: dict[str, str]) -> str:
    """Return it as a phrase: "2 weeks before the due date of “Decide whether to assess”"."""
    due = f"the due date of “{titles.get(timing.duty, timing.duty)}”"
    how_long = (
        f"{timing.number} {UNITS[timing.unit][:-1] if timing.number == 1 else UNITS[timing.unit]}"
    )
    if timing.choice == "on":
        return f"On {due}"
    if timing.choice in {"before", "after"}:
        return f"{how_long} {timing.choice} {due}"
    if timing.choice == "duration":
        return f"{how_long} after the step opens"
    kind = {"timeCycle": "Again and again: ", "timeDuration": "After: "}.get(timing.kind, "")
    return f"{kind}{timing.text}"
