"""The plans of the demo's children, as rows: half written while they are drafted, whole when served."""

import datetime as dt
import random
from typing import Any, Final
from uuid import UUID

from workflows.access.people import Person
from workflows.bootstrap import System
from workflows.commands.save_plan import SavePlan
from workflows.plan import document
from workflows.plan.model import Content, Plan
from workflows.queries.plan_page import plan_page

TASKS: Final = frozenset({"draft_plan", "finalise_plan"})
PICTURES: Final = (
    ("cognition", "Reads single words, and tires after ten minutes of reading.", "reading"),
    ("communication", "Understands one instruction at a time; begins few talks.", "talking"),
    ("social", "Leaves the room when it is loud, and finds it hard to come back.", "calm"),
    ("sensory", "Hears little in a noisy room, with both hearing aids in.", "hearing"),
)
OUTCOMES: Final = {
    "reading": "Reads a page aloud to a friend and tells what it said.",
    "talking": "Follows three instructions in class and asks when one is not clear.",
    "calm": "Asks for a break before leaving, and is back within five minutes.",
    "hearing": "Takes part in a talk of four people in a classroom.",
}
KINDS: Final = {
    "reading": "teaching",
    "talking": "speech_language",
    "calm": "assistant",
    "hearing": "equipment",
}
PROVISION: Final = {
    "reading": (
        "A phonics programme with books of the child’s own choice.",
        "A specialist teacher",
    ),
    "talking": (
        "A language programme with pictures and role play.",
        "A trained teaching assistant",
    ),
    "calm": ("A plan for breaks, made with the child and kept on the desk.", "A learning mentor"),
    "hearing": (
        "A radio aid, checked each morning, and a seat by the teacher.",
        "A teacher of the deaf",
    ),
}


def write(system: System, author: Person, case_id: UUID, *, complete: bool) -> None:
    """Write the plan of a case, whole or with provision that says too little yet.

    Section I stays as the panel decided it, and section K lists the advice that came.
    """
    with system.read() as connection:
        page = plan_page(connection, author, case_id)
    chance = random.Random(case_id.int)  # noqa: S311 (the same plan every time)
    opened: dt.date = page.case.opened_at.date()
    plan = document.check(_document(chance, opened, complete=complete), opened)
    plan = plan.with_content("i", page.whole.of("i"))
    listed = (*page.whole.of("k").rows, *page.proposed.get("k", ()))
    plan = plan.with_content("k", Content(listed))
    _save(system, author, case_id, plan, page.kept.revision)


def _save(system: System, author: Person, case_id: UUID, plan: Plan, revision: int) -> None:
    system.execute(SavePlan(case_id, document.dump(plan), revision), author)


def _document(chance: random.Random, opened: dt.date, *, complete: bool) -> dict[str, Any]:
    chosen = chance.sample(PICTURES, 2)
    needs = [{"id": f"need-{key}", "area": area, "text": need} for area, need, key in chosen]
    outcomes = [
        {
            "id": f"outcome-{key}",
            "text": OUTCOMES[key],
            "by": dt.date(opened.year + 3, 7, 31).isoformat(),
            "needs": [f"need-{key}"],
            "adulthood": "community",
        }
        for *_, key in chosen
    ]
    views = [
        {"id": "child", "kind": "childs_views", "text": "I like the sea, drawing and my dog."},
        {
            "id": "parents",
            "kind": "parents_views",
            "text": "School mornings are hard for all of us.",
        },
        {
            "id": "hopes",
            "kind": "aspirations",
            "text": "To have a friend, and to work with animals.",
        },
    ]
    return {
        "schema": 1,
        "sections": {
            "a": {"rows": views},
            "b": {"rows": needs},
            "e": {"rows": outcomes},
            "f": {"rows": [_provision(key, complete=complete) for *_, key in chosen]},
        },
    }


def _provision(key: str, *, complete: bool) -> dict[str, Any]:
    what, who = PROVISION[key]
    row = {
        "id": f"provision-{key}",
        "what": what,
        "kind": KINDS[key],
        "who": who,
        "outcomes": [f"outcome-{key}"],
    }
    if not complete:
        return {**row, "how_often": "Regularly"}
    return {
        **row,
        "how_often": "Three times a week in term time",
        "how_long": "30 minutes",
        "how_many": "One adult to two children",
        "reviewed": "Each half term",
    }
