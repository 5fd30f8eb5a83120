"""What the sections of a plan are, and whose they are: SEND Regulations 2014, reg 12(1)."""

from dataclasses import dataclass
from typing import Final

from workflows.access.people import CASEWORK, SEES_ALL

HEALTH: Final = "health"
SOCIAL_CARE: Final = "social_care"


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A section.

    Attributes:
        code: "a" to "k"; "h1" and "h2" are two.
        title: As the regulation names it, without the letter.
        row: What one of its rows is ("a need").
        help: What belongs in it.
        needed: No plan is complete without it.
        agency: The role that writes it beside SEN casework, or "".
        linked_by: The field of its rows that names rows of other sections, or "".
    """

    code: str
    title: str
    row: str
    help: str
    needed: bool = False
    agency: str = ""
    linked_by: str = ""

    @property
    def letter(self) -> str:
        """The letter that people call it by."""
        return self.code.upper()

    @property
    def variable(self) -> str:
        """The form variable that takes its text."""
        return f"section_{self.code}"

    @property
    def heading(self) -> str:
        """The letter with the title."""
        return f"{self.letter}. {self.title}"


ALL: Final = (
    SectionKind(
        "a",
        "Views, interests and aspirations",
        "text",
        "In the family’s and the child’s own words: history, views, hopes, and how to communicate.",
        needed=True,
    ),
    SectionKind(
        "b",
        "Special educational needs",
        "need",
        "Every special educational need, each by itself, under its broad area of need.",
        needed=True,
    ),
    SectionKind(
        "c",
        "Health needs",
        "need",
        "Health needs that relate to the special educational needs.",
        agency=HEALTH,
    ),
    SectionKind(
        "d",
        "Social care needs",
        "need",
        "Social care needs that relate to the special educational needs or to a disability.",
        agency=SOCIAL_CARE,
    ),
    SectionKind(
        "e",
        "Outcomes",
        "outcome",
        "What the child will be able to do, and by when. An outcome is no provision.",
        needed=True,
        linked_by="needs",
    ),
    SectionKind(
        "f",
        "Special educational provision",
        "provision",
        "Specific and quantified for each need: what, who, how often, how long, how many.",
        needed=True,
        linked_by="outcomes",
    ),
    SectionKind(
        "g",
        "Health provision",
        "provision",
        "Health provision reasonably required, agreed by the integrated care board.",
        agency=HEALTH,
        linked_by="outcomes",
    ),
    SectionKind(
        "h1",
        "Social care provision under section 2 of the Chronically Sick and Disabled Persons Act 1970",
        "provision",
        "What must be made for a child under 18 under the Act of 1970.",
        agency=SOCIAL_CARE,
        linked_by="outcomes",
    ),
    SectionKind(
        "h2",
        "Other social care provision",
        "provision",
        "Other social care provision reasonably required.",
        agency=SOCIAL_CARE,
        linked_by="outcomes",
    ),
    SectionKind(
        "i",
        "Name and type of setting",
        "setting",
        "The setting and its type, or the type only. It stays blank in a draft.",
    ),
    SectionKind(
        "j",
        "Personal budget",
        "budget",
        "The needs and outcomes to be met by direct payments, and how the budget is held.",
        linked_by="outcomes",
    ),
    SectionKind(
        "k",
        "Advice and information",
        "advice",
        "Every advice and information gathered in the assessment; they are the plan’s appendices.",
    ),
)
KINDS: Final = {each.code: each for each in ALL}
NEEDS: Final = ("b", "c", "d")
PROVISION: Final = ("f", "g", "h1", "h2")


def editable(roles: frozenset[str]) -> frozenset[str]:
    """Return the sections that somebody with these roles in a case writes.

    SEN casework writes all of them, health C and G, social care D, H1 and H2.
    """
    if CASEWORK in roles:
        return frozenset(KINDS)
    return frozenset(each.code for each in ALL if each.agency and each.agency in roles)


def readable(roles: frozenset[str]) -> frozenset[str]:
    """Return the sections of the working plan that somebody with these roles in a case reads.

    What has not been served yet is for casework, the panel and managers, and for each agency as far
    as it writes it.
    """
    if roles & SEES_ALL:
        return frozenset(KINDS)
    return editable(roles)
