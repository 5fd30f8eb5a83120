"""Tell whose advice is sought: SEND Regulations 2014, reg 6(1), less what exists and suffices."""

from engine import ports
from engine.changes import JsonValue
from workflows.context import CaseContext
from workflows.duties.advisers import ADVISERS, ALWAYS, ROUND


def select_advisers(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Return `advisers`: those always asked and those chosen besides, without those who need not be.

    Reg 6(4): advice is not sought again where it exists and its author, the authority and the family
    are all satisfied that it suffices; the form records these three agreements (`existing_advice`).
    Where a case is assessed again, each body has a time limit of its own for that: `psychology_2`.
    """
    again = _round(case)
    chosen = _list(call.variables.get("further_advisers"))
    existing = _list(call.variables.get("existing_advice"))
    wanted: list[JsonValue] = [
        {"code": f"{code}{again}", "label": label, "role": role}
        for code, (label, role) in ADVISERS.items()
        if (code in ALWAYS or code in chosen) and (code not in existing or code == "family")
    ]
    return ports.ServiceResult({"advisers": wanted})


def _round(case: CaseContext) -> str:
    """Return what tells the advice of a further assessment from that of the first ("_2")."""
    asked = [each.qualifier for each in case.facts if each.code == "advice_requested"]
    rounds = [int(found[1]) if (found := ROUND.search(code)) else 1 for code in asked]
    return f"_{max(rounds) + 1}" if rounds else ""


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []
