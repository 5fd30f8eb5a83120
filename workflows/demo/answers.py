"""What the demo's people answer, and how long they take: by element of the diagrams."""

import datetime as dt
import random
from collections.abc import Callable, Mapping
from typing import Final

from engine.changes import JsonValue

Answers = Callable[[random.Random, dt.date, Mapping[str, JsonValue]], dict[str, JsonValue]]

# Days that a step takes here: the least and the most.
PACE: Final[Mapping[str, tuple[int, int]]] = {
    "register_request": (0, 3),
    "give_views": (4, 18),
    "give_setting_information": (3, 16),
    "collate_evidence": (1, 6),
    "decide_to_assess": (2, 8),
    "choose_advisers": (0, 3),
    "give_advice": (18, 48),
    "check_advice": (0, 5),
    "hold_meeting": (2, 8),
    "decide_on_plan": (1, 7),
    "draft_plan": (4, 14),
    "agree_health_provision": (1, 6),
    "comment_on_draft": (5, 14),
    "choose_settings": (0, 3),
    "respond_to_consultation": (5, 19),
    "decide_placement": (2, 7),
    "finalise_plan": (1, 5),
}
USUAL: Final = (2, 12)
NEEDS: Final = (
    "speech, language and communication",
    "social, emotional and mental health",
    "autism",
    "moderate learning difficulties",
    "a hearing impairment",
    "physical disability",
)


def pace(element: str, chance: random.Random, role: str) -> int:
    """Return the days that a step takes; educational psychology has a queue."""
    least, most = PACE.get(element, USUAL)
    if element == "give_advice" and role == "educational_psychology":
        most += 45
    return chance.randint(least, most)


def answer(
    element: str, chance: random.Random, today: dt.date, variables: Mapping[str, JsonValue]
) -> dict[str, JsonValue]:
    """Return the answers of a task's form."""
    return ANSWERS[element](chance, today, variables)


def _register(chance: random.Random, *_: object) -> dict[str, JsonValue]:
    return {
        "how_it_came": chance.choice(["letter", "email", "form", "telephone"]),
        "six_months_checked": "no",
        "registration_notes": "Acknowledged by telephone as well.",
    }


def _decide(chance: random.Random, *_: object) -> dict[str, JsonValue]:
    refused = chance.random() < 0.25  # noqa: PLR2004 (England: 25 % of requests in 2024)
    return {
        "decision_to_assess": "refuse" if refused else "assess",
        "decision_reasons": "The setting’s records do not show that more than SEN support is needed."
        if refused
        else "Progress stayed behind in spite of purposeful SEN support over three terms.",
        "legal_test_applied": "no" if refused else "yes",
        "panel_members": "M Doyle (chair), SENCO representative, educational psychologist",
    }


def _plan(chance: random.Random, *_: object) -> dict[str, JsonValue]:
    needed = chance.random() > 0.08  # noqa: PLR2004 (England: 6 % of assessments end without a plan)
    return {
        "plan_necessary": "yes" if needed else "no",
        "plan_reasons": "The provision needed goes beyond what settings can make."
        if needed
        else "The provision needed can be made from the setting’s own resources.",
        "plan_panel_members": "M Doyle (chair)",
    }


def _advice(chance: random.Random, today: dt.date, _: object) -> dict[str, JsonValue]:
    need = chance.choice(NEEDS)
    return {
        "advice_needs": f"The main need is {need}. Attention and working memory are also affected.",
        "advice_provision": "A programme of 30 minutes, three times a week, in a group of two, "
        "delivered by a trained teaching assistant and reviewed each half term.",
        "advice_outcomes": "By the end of the key stage, follows a three-step instruction in class.",
        "advice_received_on": today.isoformat(),
    }


def _sections(chance: random.Random, *_: object) -> dict[str, JsonValue]:
    need = chance.choice(NEEDS)
    return {
        "section_a": "Likes drawing, the sea and being outdoors; wants to have more friends.",
        "section_b": f"The main need is {need}.",
        "section_c": "None identified beyond section G.",
        "section_d": "None identified.",
        "section_e": "By the end of Year 6, reads a paragraph aloud and tells what it said.",
        "section_f": "Three sessions of 30 minutes a week in a group of two with a trained teaching "
        "assistant; a specialist teacher plans and reviews it for two hours each half term.",
        "section_g": "Six sessions of speech and language therapy of 45 minutes each term.",
        "section_k": "All advice received is attached.",
    }


def _place(chance: random.Random, *_: object) -> dict[str, JsonValue]:
    return {
        "section_i": chance.choice(
            ["A mainstream primary school", "A mainstream secondary school"]
        ),
        "placement_reasons": "The setting consulted can meet the needs with the provision in F.",
    }


ANSWERS: Final[Mapping[str, Answers]] = {
    "register_request": _register,
    "give_views": lambda *_: {
        "family_views": "School mornings are hard. At home he is kind and funny.",
        "child_views": "Told with pictures: likes art, does not like the noise at lunch.",
    },
    "give_setting_information": lambda *_: {
        "sen_support": "Three cycles of assess, plan, do, review; small-group reading each day.",
        "attainment": "Working about two years below age in reading and writing.",
    },
    "collate_evidence": lambda *_: {
        "evidence_summary": "Views of the family, record of SEN support, attainment over three terms.",
        "support_given": "The family was supported by SENDIASS at the first meeting.",
    },
    "decide_to_assess": _decide,
    "choose_advisers": lambda *_: {},
    "give_advice": _advice,
    "check_advice": lambda *_: {"advice_accepted": "yes"},
    "hold_meeting": lambda *_: {
        "meeting_held": "yes",
        "meeting_notes": "Outcomes were agreed with the family.",
        "advice_summary": "All advisers agree on the main needs.",
    },
    "decide_on_plan": _plan,
    "draft_plan": _sections,
    "agree_health_provision": lambda *_: {"health_agrees": "yes"},
    "comment_on_draft": lambda _, today, __: {
        "draft_comments": "Please say in section F who will deliver the sessions.",
        "meeting_wanted": "no",
        "budget_wanted": "no",
        "comments_received_on": today.isoformat(),
    },
    "choose_settings": lambda chance, *_: {
        "settings_to_consult": [chance.choice(["st-aidans", "beck-lane", "wold-academy"])]
    },
    "respond_to_consultation": lambda _, today, __: {
        "can_meet_needs": "yes",
        "response_reasons": "With the provision in section F.",
        "responded_on": today.isoformat(),
    },
    "decide_placement": _place,
    "finalise_plan": lambda *arguments: {
        **_sections(*arguments),
        "changes_made": "Section F names who delivers the sessions.",
    },
}
