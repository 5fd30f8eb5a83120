"""Why provision of a plan is not made: what staff may give as the reason. None of them excuses.

Source: Children and Families Act 2014, section 42: the authority must secure the special educational
provision, the health body the health provision.
"""

from typing import Final

REASONS: Final = (
    ("vacancy", "Nobody is in post"),
    ("waiting_list", "The child is on a waiting list"),
    ("not_commissioned", "The service is not commissioned"),
    ("setting_cannot", "The setting cannot make it"),
    ("no_place", "There is no place at the setting that is named"),
    ("funding_dispute", "Agencies disagree about who pays"),
    ("family_declined", "The family does not want it now"),
    ("other", "Another reason"),
)
CODES: Final = frozenset(code for code, _ in REASONS)
TITLES: Final = dict(REASONS)
# Who must secure the provision of a section.
AGENCIES: Final = {
    "f": "Education (the authority)",
    "g": "Health (integrated care board)",
    "h1": "Social care",
    "h2": "Social care",
}
