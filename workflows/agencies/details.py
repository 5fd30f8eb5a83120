"""What is kept of an agency and a team, checked once at the door."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from engine import errors
from workflows.notifier.mail import ADDRESS

KINDS: Final = {
    "authority": "Local authority",
    "setting": "Education setting",
    "psychology": "Educational psychology service",
    "health": "Health",
    "social_care": "Social care",
    "mediation": "Mediation",
    "other": "Other",
}
PHASES: Final = {
    "early_years": "Early years",
    "primary": "Primary",
    "secondary": "Secondary",
    "all_through": "All-through",
    "special": "Special",
    "alternative": "Alternative provision",
    "post_16": "Post-16",
}
NAME_LIMIT: Final = 200
CODE: Final = re.compile(r"[a-z][a-z0-9_-]{1,35}")
_URN: Final = re.compile(r"[0-9]{6}")
_UKPRN: Final = re.compile(r"1[0-9]{7}")


@dataclass(frozen=True, slots=True)
class AgencyDetails:
    """An agency as it is entered; `phase` and `area` are for education settings."""

    kind: str
    name: str
    email: str
    urn: str = ""
    ukprn: str = ""
    phase: str = ""
    area: str = ""
    address: str = ""
    phone: str = ""

    @classmethod
    def of_row(cls, row: Any) -> "AgencyDetails":  # noqa: ANN401 (a row)
        """Return what is kept of an agency."""
        kept = {name: str(row.details.get(name) or "") for name in KEPT}
        return cls(row.kind, row.name, row.email, **kept)

    def kept(self) -> dict[str, str]:
        """Return what goes into the row's details: no empty ones."""
        found = {name: str(getattr(self, name)).strip() for name in KEPT}
        return {name: value for name, value in found.items() if value}

    def words(self) -> dict[str, str]:
        """Return it in words, for the history."""
        return {
            "Kind": KINDS.get(self.kind, self.kind),
            "Name": self.name,
            "Email": self.email,
            "URN": self.urn,
            "UKPRN": self.ukprn,
            "Phase": PHASES.get(self.phase, self.phase),
            "Area": self.area,
            "Address": self.address,
            "Telephone": self.phone,
        }

    def refuse_wrong(self, areas: Collection[str]) -> None:
        """Refuse what cannot be right; `areas`: codes that are open.

        Raises:
            errors.Invalid: naming each field.
        """
        tests = (
            ("kind", self.kind in KINDS, "Select a kind"),
            ("name", is_name(self.name), f"Enter a name of at most {NAME_LIMIT} characters"),
            ("email", is_email(self.email), "Enter an email address, like name@example.org"),
            ("urn", not self.urn or bool(_URN.fullmatch(self.urn)), "A URN has 6 digits"),
            (
                "ukprn",
                not self.ukprn or bool(_UKPRN.fullmatch(self.ukprn)),
                "A UKPRN has 8 digits and begins with 1",
            ),
            ("phase", self.phase in {"", *PHASES}, "Select a phase"),
            ("area", self.area in {"", *areas}, "Select an area that is open"),
        )
        wrong = {name: (words,) for name, right, words in tests if not right}
        if wrong:
            raise errors.Invalid("Check what you entered.", errors=wrong)


KEPT: Final = ("urn", "ukprn", "phase", "area", "address", "phone")


def is_name(text: str) -> bool:
    """Tell whether a text can be a name."""
    return 0 < len(text.strip()) <= NAME_LIMIT


def is_email(text: str) -> bool:
    """Tell whether a text can be an email address."""
    return len(text) <= NAME_LIMIT and bool(ADDRESS.match(text.strip()))


def refuse_wrong_team(code: str, name: str, email: str) -> None:
    """Refuse what cannot be a team.

    Raises:
        errors.Invalid: naming each field.
    """
    tests = (
        (
            "code",
            bool(CODE.fullmatch(code)),
            "A code has 2 to 36 small letters, digits, hyphens or underscores, and begins with a letter",
        ),
        ("name", is_name(name), f"Enter a name of at most {NAME_LIMIT} characters"),
        ("email", is_email(email), "Enter an email address, like name@example.org"),
    )
    wrong = {field: (words,) for field, right, words in tests if not right}
    if wrong:
        raise errors.Invalid("Check what you entered.", errors=wrong)
