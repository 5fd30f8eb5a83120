"""What the outline offers to choose from: duties, facts, services, notices, roles, processes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from workflows.access.people import ADMIN, MANAGER, OWNER, ROLE_NAMES
from workflows.notices import words
from workflows.outline.wording import Titles
from workflows.rulebook.model import Rulebook

Options = tuple[tuple[str, str], ...]
NO_ROLE: Final = frozenset({MANAGER, OWNER, ADMIN})  # they look on: no step waits for them
# What each service does, and the properties that tell it how, each with its question.
SERVICES: Final[Mapping[str, str]] = {
    "issue_notice": "Make and send a notice",
    "check_previous_assessment": "Look for an assessment in the last six months",
    "select_advisers": "List the advisers",
    "select_settings": "List the settings to consult",
    "select_funders": "List who pays for parts of a budget",
    "collect_costs": "Add up the costs of a budget",
    "remind": "Remind somebody",
    "chase": "Chase somebody",
    "escalate": "Tell the manager",
    "schedule_review": "Schedule the next review",
}
NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "issue_notice": ("notice", "recipient", "reasons"),
    "remind": ("to", "about", "qualifier"),
    "chase": ("to", "about", "qualifier"),
    "escalate": ("to", "about", "qualifier"),
    "schedule_review": ("after",),
}


@dataclass(frozen=True, slots=True)
class Lists:
    """The choices, each as value and label."""

    duties: Options = ()
    kinds: Options = ()
    facts: Options = ()
    notices: Options = ()
    roles: Options = ()
    processes: Options = ()
    decisions: Options = ()
    services: Options = field(default=tuple(SERVICES.items()))

    @property
    def titles(self) -> Titles:
        """The same, as names of codes."""
        return Titles(
            duties=dict((*self.duties, *self.kinds)),
            facts=dict(self.facts),
            services=dict(self.services),
            notices=dict(self.notices),
            processes=dict(self.processes),
        )


def lists_of(
    rulebook: Rulebook, processes: Iterable[tuple[str, str]], decisions: Iterable[tuple[str, str]]
) -> Lists:
    """Return the choices: from the rulebook, the notices, and the processes and decisions that are live."""
    duties = {each.code: each.title for each in rulebook.duties}
    kinds = {
        f"kind:{each.kind}": f"{each.kind.replace('_', ' ').capitalize()}, whichever process it is"
        for each in rulebook.duties
        if each.kind
    }
    return Lists(
        duties=tuple((code, f"{title} ({code})") for code, title in duties.items()),
        kinds=tuple(kinds.items()),
        facts=tuple((code, each.title) for code, each in rulebook.facts.items()),
        notices=notices(),
        roles=tuple((code, name) for code, name in ROLE_NAMES.items() if code not in NO_ROLE),
        processes=tuple(processes),
        decisions=tuple(decisions),
    )


def notices() -> Options:
    """Return the notices that can be sent."""
    return tuple((code, each.delivered.title) for code, each in words.kinds().items())
