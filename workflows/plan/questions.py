"""What is asked for a row of each section, as a form: its questions are the row's fields."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from engine.definitions.forms import FieldType, FormDefinition, FormField
from workflows.duties.advisers import ADVISERS
from workflows.plan import sections
from workflows.plan.model import Plan, Row

# Can be left open while the plan is written, not when it is issued.
EXPECTED: Final[Mapping[str, str]] = {"expected": "yes"}
SHORT: Final = 80  # characters of a row where it is a choice of another
HEADINGS: Final = (
    ("history", "History"),
    ("childs_views", "The child’s or young person’s views"),
    ("parents_views", "The parents’ views"),
    ("aspirations", "Aspirations"),
    ("communication", "How to communicate with the child or young person"),
)
AREAS: Final = (  # Code of Practice 6.28-6.35
    ("communication", "Communication and interaction"),
    ("cognition", "Cognition and learning"),
    ("social", "Social, emotional and mental health"),
    ("sensory", "Sensory and/or physical"),
)
ADULTHOOD: Final = (  # Code of Practice 8.10
    ("no", "It does not"),
    ("employment", "Higher education or employment"),
    ("independence", "Independent living"),
    ("community", "Participating in society"),
    ("health", "Being as healthy as possible in adult life"),
)
HELD: Final = (  # Code of Practice 9.101
    ("direct_payment", "Direct payments"),
    ("arranged", "An arrangement by the authority, school or college"),
    ("third_party", "Third party arrangements"),
    ("mix", "A combination of these"),
)
PROVISION_KINDS: Final = (
    ("teaching", "Teaching by a specialist"),
    ("assistant", "Support by a teaching assistant or mentor"),
    ("speech_language", "Speech and language therapy"),
    ("occupational", "Occupational therapy"),
    ("physiotherapy", "Physiotherapy"),
    ("mental_health", "Mental health support"),
    ("nursing", "Nursing or medical care"),
    ("equipment", "Equipment or changes to the building"),
    ("short_breaks", "Short breaks or care at home"),
    ("transport", "Travel and getting about"),
    ("other", "Other"),
)
ADVICE: Final = (*((code, label) for code, (label, _) in ADVISERS.items()), ("other", "Other"))


def form(code: str, plan: Plan, shown: Collection[str] = sections.KINDS) -> FormDefinition:
    """Return the questions for a row of a section; rows of `plan` are choices of some.

    Rows of sections that are not among those `shown` are named by their label alone.
    """
    return FormDefinition(_FORMS[code](plan, shown))


def is_expected(question: FormField) -> bool:
    """Tell whether the plan cannot well be issued while a question is open."""
    return question.required or question.properties == EXPECTED


def title_of(row: Row) -> str:
    """Return the first words of a row, to tell it from others."""
    whole = row.text("text") or row.text("what") or row.text("type") or row.text("who")
    words = " ".join(whole.split())
    return words if len(words) <= SHORT else f"{words[: SHORT - 1].rstrip()}…"


def _choices(
    plan: Plan, shown: Collection[str], codes: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    labels = plan.labels()
    return tuple(
        (row.id, f"{labels[row.id]}: {title_of(row)}" if code in shown else labels[row.id])
        for code, row in plan.rows(*codes)
    )


def _long(name: str, label: str, hint: str = "", *, required: bool = False) -> FormField:
    return FormField(name, label, FieldType.TEXTAREA, hint, required=required, maximum=5000)


def _line(
    name: str, label: str, hint: str = "", *, required: bool = False, expected: bool = False
) -> FormField:
    return FormField(
        name,
        label,
        FieldType.STRING,
        hint,
        required=required,
        maximum=200,
        properties=EXPECTED if expected else {},
    )


def _views(plan: Plan, shown: Collection[str]) -> tuple[FormField, ...]:
    del plan, shown
    return (
        FormField("kind", "What it is about", FieldType.ENUM, required=True, options=HEADINGS),
        _long("text", "Text", "As it was said, where that is possible", required=True),
    )


def _educational_needs(plan: Plan, shown: Collection[str]) -> tuple[FormField, ...]:
    return (
        FormField("area", "Broad area of need", FieldType.ENUM, required=True, options=AREAS),
        *_needs(plan, shown),
    )


def _needs(plan: Plan, shown: Collection[str]) -> tuple[FormField, ...]:
    del plan, shown
    return (
        _long("text", "The need", "What is hard for the child, and how it shows", required=True),
    )


def _outcomes(plan: Plan, shown: Collection[str]) -> tuple[FormField, ...]:
    return (
        _long("text", "The outcome", "What the child will be able to do", required=True),
        FormField(
            "by",
            "By when",
            FieldType.DATE,
            "Often the end of a phase or key stage",
            properties=EXPECTED,
        ),
        FormField(
            "needs",
            "For which needs",
            FieldType.CHECKBOXES,
            options=_choices(plan, shown, sections.NEEDS),
            properties=EXPECTED,
        ),
        _long("steps", "Steps towards it", "Shorter targets on the way"),
        FormField(
            "adulthood",
            "Does it prepare for adulthood?",
            FieldType.ENUM,
            "At least one outcome does so from Year 9 on",
            options=ADULTHOOD,
        ),
    )


def _provision(plan: Plan, shown: Collection[str]) -> tuple[FormField, ...]:
    return (
        _long(
            "what",
            "What is provided",
            "Specific, so that anyone can tell when it is missing",
            required=True,
        ),
        FormField(
            "kind",
            "Kind of provision",
            FieldType.ENUM,
            "Lets commissioners see how much of each is needed",
            options=PROVISION_KINDS,
        ),
        _line("who", "Who provides it", "With their training or qualification", expected=True),
        _line(
            "how_often", "How often", "For example: three times a week in term time", expected=True
        ),
        _line("how_long", "How long each time", "For example: 30 minutes", expected=True),
        _line("how_many", "How many", "Size of the group or ratio, for example: one adult to two"),
        _for_outcomes(plan, shown),
        _line("reviewed", "When it is reviewed", "For example: each half term"),
    )


def _for_outcomes(plan: Plan, shown: Collection[str]) -> FormField:
    return FormField(
        "outcomes",
        "For which outcomes",
        FieldType.CHECKBOXES,
        options=_choices(plan, shown, ("e",)),
        properties=EXPECTED,
    )


def _setting(plan: Plan, shown: Collection[str]) -> tuple[FormField, ...]:
    del plan, shown
    return (
        _line("name", "Name of the setting", "Leave empty where the type alone is named"),
        _line("type", "Type of setting", "For example: mainstream primary school", required=True),
    )


def _budget(plan: Plan, shown: Collection[str]) -> tuple[FormField, ...]:
    return (
        _long("text", "Needs and outcomes to be met by it", required=True),
        _for_outcomes(plan, shown),
        _line("amount", "Amount", "For example: £2,400 a year"),
        FormField("held", "How it is held", FieldType.ENUM, options=HELD),
    )


def _advice(plan: Plan, shown: Collection[str]) -> tuple[FormField, ...]:
    del plan, shown
    return (
        _line("who", "Who gave it", required=True),
        _line("role", "In which role"),
        FormField("on", "Date of the advice", FieldType.DATE),
        FormField("source", "Which advice of the assessment it is", FieldType.ENUM, options=ADVICE),
    )


_FORMS: Final[Mapping[str, Callable[[Plan, Collection[str]], tuple[FormField, ...]]]] = {
    "a": _views,
    "b": _educational_needs,
    "c": _needs,
    "d": _needs,
    "e": _outcomes,
    **dict.fromkeys(sections.PROVISION, _provision),
    "i": _setting,
    "j": _budget,
    "k": _advice,
}
