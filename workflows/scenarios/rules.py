"""Read what the law says of dates, as tables of facts and deadlines, and hold the rulebook to it."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workflows.duties import deadlines
from workflows.duties.facts import Fact, LawfulException
from workflows.rulebook.model import Rulebook
from workflows.scenarios.model import ScenarioError

FACT: Final = re.compile(
    r"(?P<code>\w+)(?::(?P<outcome>\w+))?(?: about (?P<about>[\w-]+))? on (?P<on>\d{4}-\d\d-\d\d)"
)
KEYS: Final = frozenset({"duty", "about", "says", "given", "excused", "today", "then"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold of one duty on a day, where these facts are given.

    Attributes:
        says: In words.
        then: "not opened", or how it stands with its last day ("late, due 2026-05-25").
    """

    says: str
    duty: str
    about: str
    facts: tuple[Fact, ...]
    exceptions: tuple[LawfulException, ...]
    today: dt.date
    then: str

    def stands(self, rulebook: Rulebook) -> str:
        """Return how the duty stands, in the words of `then`."""
        found = [
            each
            for each in deadlines.derive(rulebook, self.facts, self.exceptions)
            if (each.duty.code, each.qualifier) == (self.duty, self.about)
        ]
        if not found:
            return "not opened"
        (deadline,) = found
        status = deadlines.status(
            deadline.state,
            due=deadline.due,
            excused=deadline.excused,
            today=self.today,
            right=deadline.duty.right,
        )
        return f"{status}, due {deadline.due}"


def read(path: Path) -> tuple[Rule, ...]:
    """Return the rules of a file.

    Raises:
        ScenarioError: naming the file, the rule and what is wrong with it.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path.name}: {error}") from error
    return tuple(
        _rule(f"{path.name}, rule {number}", entry)
        for number, entry in enumerate(document.get("rules", ()), 1)
    )


def _rule(where: str, entry: Mapping[str, Any]) -> Rule:
    if unknown := entry.keys() - KEYS:
        raise ScenarioError(f"{where}: there is no key “{min(unknown)}”.")
    if missing := KEYS - {"about", "excused"} - entry.keys():
        raise ScenarioError(f"{where}: “{min(missing)}” is missing. Add it.")
    about = entry.get("about", "")
    excused = entry.get("excused")
    exceptions = (
        [LawfulException(entry["duty"], excused["ground"], excused["from"], excused["to"], about)]
        if excused
        else []
    )
    return Rule(
        entry["says"],
        entry["duty"],
        about,
        tuple(_fact(where, text) for text in entry["given"]),
        tuple(exceptions),
        entry["today"],
        entry["then"],
    )


def _fact(where: str, text: str) -> Fact:
    found = FACT.fullmatch(text)
    if found is None:
        raise ScenarioError(
            f"{where}: “{text}” is no fact. Write “code:outcome about x on 2026-01-05”."
        )
    on = dt.date.fromisoformat(found["on"])
    return Fact(found["code"], on, found["about"] or "", found["outcome"] or "")
