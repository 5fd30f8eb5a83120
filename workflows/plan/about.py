"""What a case says that its plan is checked against, and what it can fill in."""

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from engine.changes import JsonValue
from workflows.duties.advisers import ADVISERS
from workflows.duties.facts import Fact
from workflows.plan.golden_thread import About, missing_advice, year_of
from workflows.plan.model import Plan, Row


def about(details: Mapping[str, object], facts: Iterable[Fact]) -> About:
    """Return what the details of a case and its current facts say."""
    received = [each.qualifier for each in facts if each.code == "advice_received"]
    return About(tuple(sorted(filter(None, received))), year_of(details.get("year_group")))


def advice_rows(plan: Plan, case_id: UUID, facts: Iterable[Fact]) -> tuple[Row, ...]:
    """Return a row of section K for each advice that was received and is not listed yet."""
    received = {each.qualifier: each for each in facts if each.code == "advice_received"}
    missing = missing_advice(plan, About(tuple(received)))
    return tuple(
        _proposed(
            case_id,
            f"advice {code}",
            {"who": _adviser(code), "on": received[code].on.isoformat(), "source": _source(code)},
        )
        for code in sorted(missing, key=lambda each: (received[each].on, each))
    )


def budget_rows(plan: Plan, case_id: UUID, variables: Mapping[str, object]) -> tuple[Row, ...]:
    """Return a row of section J from a personal budget's variables, where J has none yet.

    They are `agreed_provision`, `budget_amount` and `how_held` of the process that set it up.
    """
    amount = variables.get("budget_amount")
    if amount in (None, "") or not plan.of("j").is_empty:
        return ()
    held = variables.get("how_held")
    values: dict[str, JsonValue] = {
        "text": str(variables.get("agreed_provision") or "The personal budget of this case."),
        "amount": f"£{amount:,.2f}" if isinstance(amount, int | float) else str(amount)[:200],
    }
    if held in {"direct_payment", "arranged", "third_party", "mix"}:
        values["held"] = str(held)
    return (_proposed(case_id, "budget", values),)


def _proposed(case_id: UUID, what: str, values: Mapping[str, JsonValue]) -> Row:
    """Return a row whose id is the same each time, so that it is never entered twice."""
    return Row(str(uuid5(case_id, what)), values)


def _adviser(code: str) -> str:
    return ADVISERS[code][0] if code in ADVISERS else code.replace("_", " ").capitalize()


def _source(code: str) -> str:
    return code if code in ADVISERS else "other"
