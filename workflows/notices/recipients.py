"""To whom a step sends its notice: the family, a setting, an adviser, a team."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from engine import ports
from workflows.access.people import FAMILY
from workflows.context import CaseContext
from workflows.store.tables import agencies, parties, teams

TEAM_OF: Final = {"health": "health_hub"}  # where the team's identifier is not the recipient's
UNNAMED: Final = {
    "family": "The parent or young person",
    "setting": "The head teacher or principal",
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody whom a notice is for; email or postal address may be unknown.

    A professional adviser has a task in ehcflow and a digest in the morning, never an email a case.
    """

    kind: str
    name: str
    email: str = ""
    address: str = ""

    @property
    def has_task(self) -> bool:
        """They find the notice with their task, and are told of that once a day."""
        return self.kind == "adviser" and not self.email and not self.address


def recipients(call: ports.ServiceCall, case: CaseContext) -> tuple[Recipient, ...]:
    """Return those whom `recipient` names (`family;setting;health`, `adviser`), in its order."""
    named = (call.properties.get("recipient") or "family").split(";")
    kinds = tuple(dict.fromkeys(each.strip() for each in named))
    item = call.item if isinstance(call.item, dict) else {}
    is_family = item.get("role") == FAMILY
    of_item = {
        kind: _of_item(kind, item)
        for kind in kinds
        if item and kind in {"adviser", "setting"} and not is_family
    }
    found = {**{kind: _unnamed(kind) for kind in kinds}, **of_item}
    asked = [
        _select(kind, "family" if kind == "adviser" else kind, case)
        for kind in kinds
        if kind not in of_item
    ]
    if asked:
        for row in case.work.connection.execute(sa.union_all(*asked)):
            found[row.kind] = Recipient(row.kind, row.name, row.email, row.address)
    return tuple(found.values())


def _of_item(kind: str, item: Mapping[str, object]) -> Recipient:
    name = str(item.get("name") or item.get("label") or "")
    return Recipient(kind, name, str(item.get("email") or ""))


def _unnamed(kind: str) -> Recipient:
    return Recipient(kind, UNNAMED.get(kind, kind.replace("_", " ")))


def _select(named: str, kind: str, case: CaseContext) -> sa.Select[tuple[str, str, str, str]]:
    wanted = sa.literal(named).label("kind")
    if kind == "family":
        first = (
            sa.select(parties.c.id)
            .where(parties.c.case_id == case.case_id)
            .order_by(parties.c.kind, parties.c.name, parties.c.id)
            .limit(1)
        )
        return sa.select(wanted, parties.c.name, parties.c.email, parties.c.address).where(
            parties.c.id == first.scalar_subquery()
        )
    table, identifier = (agencies, case.case.setting_id) if kind == "setting" else (teams, kind)
    identifier = TEAM_OF.get(identifier, identifier)
    return sa.select(wanted, table.c.name, table.c.email, sa.literal("").label("address")).where(
        table.c.id == identifier
    )
