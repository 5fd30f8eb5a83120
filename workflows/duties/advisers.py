"""Whose advice an assessment seeks: SEND Regulations 2014, reg 6(1)."""

import re
from typing import Final

# Code of the adviser to its label and the role that answers.
ADVISERS: Final = {
    "family": ("Parent or young person", "childs_parent_or_young_person"),
    "education": ("Education", "education_setting"),
    "health": ("Health", "health"),
    "psychology": ("Educational psychology", "educational_psychology"),
    "social_care": ("Social care", "social_care"),
    "preparation_for_adulthood": ("Preparation for adulthood", "education_setting"),
    "sensory": ("Hearing, vision or multi-sensory", "educational_psychology"),
}
ALWAYS: Final = ("family", "education", "health", "psychology", "social_care")
# What a code ends with in the second and later assessments of a case: `psychology_2`.
ROUND: Final = re.compile(r"_(\d+)$")
