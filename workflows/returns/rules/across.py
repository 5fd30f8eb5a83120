"""Rules that look across cases: one child, several cases; one number, several children."""

from typing import Final

from workflows.returns.model import ACTIVE_PLAN, PERSON
from workflows.returns.rules.rule import Rule, Severity

SAME_UPN: Final = "1.7a-shared"
TWO_UPNS: Final = "1.7a-two"
SAME_ULN: Final = "1.7b-shared"
DIFFERENT: Final = "1.4-different"
TWO_PLANS: Final = "5.0-twice"
TWO_NAMES: Final = "1.1-different"
RULES: Final = (
    Rule(
        TWO_NAMES,
        Severity.QUERY,
        PERSON,
        "Surname",
        "Two cases of one UPN and date of birth have different names.",
        "If the name has changed, leave it; if they are twins, correct the UPN.",
    ),
    Rule(
        SAME_UPN,
        Severity.ERROR,
        PERSON,
        "UPN",
        "Another child has the same UPN.",
        "Find out whose it is, and correct the other.",
    ),
    Rule(
        TWO_UPNS,
        Severity.QUERY,
        PERSON,
        "UPN",
        "A child of the same name and date of birth has another UPN.",
        "If it is the same child, correct the UPN; they are sent as two persons until then.",
    ),
    Rule(
        SAME_ULN,
        Severity.ERROR,
        PERSON,
        "UniqueLearnerNumber",
        "Another child has the same ULN.",
        "Find out whose it is, and correct the other.",
    ),
    Rule(
        DIFFERENT,
        Severity.QUERY,
        PERSON,
        "Sex",
        "Two cases of this child tell a different sex, ethnicity or postcode.",
        "Correct the case that is wrong; what the newest case says is sent.",
    ),
    Rule(
        TWO_PLANS,
        Severity.ERROR,
        ACTIVE_PLAN,
        "ReviewMeeting",
        "Two cases of this child have a plan in force.",
        "Record on the older case that its plan ceased.",
    ),
)
