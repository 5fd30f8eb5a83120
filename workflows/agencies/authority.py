"""What is kept of the authority itself: notices must say whom a family can turn to."""

from collections.abc import Mapping
from typing import Final

CONTACT_LIMIT: Final = 300
# Source: SEND Regulations 2014, regs 5, 10, 13, 14 and 34 (what notices must contain).
CONTACTS: Final = {
    "mediation_adviser": "Mediation adviser",
    "mediation_contact": "Whom to tell that mediation is wanted",
    "disagreement_resolution": "Disagreement resolution",
    "information_and_advice": "Information, advice and support",
    "local_offer": "Local offer",
}


def words(name: str, contacts: Mapping[str, str]) -> dict[str, str]:
    """Return name and contacts in words, for the history."""
    return {"Name": name, **{label: contacts.get(key, "") for key, label in CONTACTS.items()}}
