"""Details that the demo's return needs: entered on three days, mostly, so that there is some to mend."""

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from engine.store.database import writing
from workflows.access.people import Person
from workflows.bootstrap import System
from workflows.commands.correct_details import CorrectDetails
from workflows.commands.save_return_header import SaveReturnHeader
from workflows.return_desk.desk import ReturnDesk
from workflows.returns import census, formats
from workflows.store.tables import cases

ON: Final = (21, 14, 7, 1)  # days before the last, on which details are entered and checked
LACKING: Final = 0.12  # the share of cases of which something is not known yet
HEADER: Final = {"LEA": "999", "DMO": "Y", "DCO": "Y", "DSCO": "R"}
SCHOOL_AGE: Final = 5
REASON: Final = "From the school census and the family’s letter"
NEEDS: Final = ("ASD", "SLCN", "SEMH", "MLD", "SPLD", "HI", "PD")
ETHNICITIES: Final = (
    "WBRI",
    "WBRI",
    "WBRI",
    "WBRI",
    "WOTH",
    "APKN",
    "BAFR",
    "MWBC",
    "CHNE",
    "REFU",
)
LEFT_OUT: Final = ("ethnicity", "upn", "child_sex", "sen_type", "placement_entry")


class Details:
    """Who enters the details of the demo's children, and the worker that looks at them at night."""

    def __init__(self, system: System, casework: Person, manager: Person) -> None:
        """Keep who enters them."""
        self._system, self._casework, self._manager = system, casework, manager
        self._desk = ReturnDesk(system)

    def live(self, left: int) -> None:
        """Enter what has come to hand, with so many days left; the return is looked at after."""
        if left not in ON:
            return
        year = census.current(self._system.clock.now().date()).year
        if left == ON[0]:
            self._system.execute(SaveReturnHeader(year, HEADER), self._manager)
        share = (ON.index(left) + 1) / len(ON)
        for row in self._lacking():
            if random.Random(row.id.int).random() <= share:  # noqa: S311 (the same every time)
                values = details_for(row.id.int, row.child_date_of_birth, row.process_key)
                self._system.execute(CorrectDetails(row.id, values, REASON), self._casework)
        self._desk.look()
        self._desk.wait()

    def _lacking(self) -> list[Any]:
        statement = sa.select(
            cases.c.id, cases.c.child_date_of_birth, cases.c.process_key, cases.c.details
        ).order_by(cases.c.reference)
        with self._system.read() as connection:
            rows = connection.execute(statement).all()
        return [row for row in rows if not row.details.get("postcode")]


def details_for(seed: int, born: dt.date, process_key: str) -> Mapping[str, str]:
    """Return the details of a child, the same for the same seed; a few of them lack something."""
    chance = random.Random(seed)  # noqa: S311 (the same details every time)
    number = f"999{chance.randint(1000, 9999)}{born.year % 100:02d}{chance.randint(1, 999):03d}"
    values = {
        "child_sex": chance.choice(("M", "M", "M", "F")),
        "ethnicity": chance.choice(ETHNICITIES),
        "postcode": f"WO{chance.randint(1, 9)} {chance.randint(1, 9)}{chance.choice('ABDEFGH')}B",
        "upn": formats.check_letter(number) + number,
        "sen_type": chance.choice(NEEDS),
        "placement_entry": dt.date(max(born.year + SCHOOL_AGE, 2021), 9, 1).isoformat(),
    }
    if process_key == "statement_transfer":
        values["transfer_la"] = "815"
    if chance.random() < LACKING:
        values[chance.choice(LEFT_OUT)] = ""
    return values


def tell_copies_apart(system: System) -> None:
    """Give each case that shares its UPN with an earlier one a UPN and a postcode of its own."""
    seen: set[str] = set()
    changed: list[dict[str, Any]] = []
    with writing(system.engine) as connection, connection.begin():
        statement = sa.select(
            cases.c.id, cases.c.details, cases.c.child_date_of_birth, cases.c.process_key
        ).order_by(cases.c.reference)
        for row in connection.execute(statement):
            upn = row.details.get("upn", "")
            if upn in seen:
                own = details_for(row.id.int, row.child_date_of_birth, row.process_key)
                number = _unused(row.id.int, own["upn"] or upn, seen)
                kept = {**row.details, "upn": number, "postcode": own["postcode"]}
                changed.append({"case": row.id, "kept": kept})
                upn = number
            if upn:
                seen.add(upn)
        if changed:
            connection.execute(
                cases.update()
                .where(cases.c.id == sa.bindparam("case"))
                .values(details=sa.bindparam("kept")),
                changed,
            )


def _unused(seed: int, upn: str, seen: set[str]) -> str:
    """Return a UPN that no other case has: this one, or one counted on from it."""
    number = upn[1:]
    while upn in seen:
        seed += 7_919  # a prime, so that all numbers are come by
        number = f"{number[:3]}{seed % 1_000_000_000:09d}"
        upn = formats.check_letter(number) + number
    return upn
