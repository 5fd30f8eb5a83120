"""What the fields of notices are called, and the sections of a plan."""

from typing import Final

SECTIONS: Final = {
    "section_a": "A. Views, interests and aspirations",
    "section_b": "B. Special educational needs",
    "section_c": "C. Health needs",
    "section_d": "D. Social care needs",
    "section_e": "E. Outcomes",
    "section_f": "F. Special educational provision",
    "section_g": "G. Health provision",
    "section_h1": "H1. Social care provision under section 2 of the Chronically Sick and Disabled "
    "Persons Act 1970",
    "section_h2": "H2. Other social care provision",
    "section_i": "I. Name and type of setting",
    "section_j": "J. Personal budget",
    "section_k": "K. Advice and information",
}
LABELS: Final = {
    "child": "the name of the child",
    "reference": "the case reference",
    "authority": "the name of the authority",
    "final_due": "the last day for the final plan",
    "decision_due": "the last day for the decision",
    "reasons": "the reasons for the decision",
    "received_on": "the date of the request",
    "mediation_adviser": "the mediation adviser’s contact details",
    "mediation_contact": "the authority’s contact for mediation",
    "disagreement_resolution": "the disagreement resolution service",
    "information_and_advice": "the information and advice service",
    "local_offer": "the address of the local offer",
    "representations_until": "the last day for representations",
    "adviser": "whose advice it asks for",
    "setting_name": "the name of the setting",
    "ended_on": "the date",
    "ordered_on": "the date of the order or agreement",
    "review_starts_on": "the day on which the transfer review begins",
    "review_due": "the day by which the plan is reviewed",
    "new_assessment": "whether a new assessment is proposed",
    "amendments_until": "the last day for representations on the amendments",
    "budget_amount": "the amount of the budget",
    "payment_conditions": "the conditions of the payment",
    "payment_schedule": "the dates of the payments",
    "recipient": "the name of the recipient",
    **{name: f"section {title}" for name, title in SECTIONS.items()},
}
# Names that a notice can do without: what to leave out where they are not known, and what to say.
ASIDES: Final = {
    "decision_due": (" by {decision_due} at the latest", ""),
    "local_offer": ("{local_offer}", "our website"),
}
