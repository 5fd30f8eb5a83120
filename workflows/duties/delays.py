"""Why something was late: what people may give as the reason. None of them excuses; grounds of law do."""

from typing import Final

REASONS: Final = (
    ("psychology_advice_late", "Educational psychology advice was late"),
    ("health_advice_late", "Health advice was late"),
    ("social_care_advice_late", "Social care advice was late"),
    ("setting_late", "The school or other setting was late"),
    ("family_asked_for_time", "The parent or young person asked for more time"),
    ("panel_availability", "The panel could not meet in time"),
    ("placement_consultation", "Consultation about a place took longer"),
    ("drafting_capacity", "Nobody was free to draft the plan"),
    ("authority_error", "An error or missing data at the authority"),
    ("lawful_exception", "A lawful exception applied"),
    ("other", "Another reason"),
)
CODES: Final = frozenset(code for code, _ in REASONS)
TITLES: Final = dict(REASONS)
