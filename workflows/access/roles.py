"""Which roles there are for whom: in teams of which agencies, or across the authority."""

from collections.abc import Iterable, Mapping
from typing import Final

from engine import errors
from workflows.access.people import (
    ADMIN,
    CASEWORK,
    COMMISSIONING,
    FAMILY,
    MANAGER,
    OWNER,
    PANEL,
    ROLE_NAMES,
)

ACROSS: Final = (MANAGER, OWNER, ADMIN, FAMILY)
# In teams of which kinds of agency a role's work is done.
IN_TEAMS: Final = {
    CASEWORK: ("authority",),
    PANEL: ("authority",),
    "personal_budgets": ("authority",),
    COMMISSIONING: ("authority", "health"),
    "education_setting": ("setting",),
    "educational_psychology": ("psychology", "authority"),
    "health": ("health",),
    "social_care": ("social_care", "authority"),
    "mediation_adviser": ("mediation",),
}
Teams = Mapping[str, tuple[str, str, bool]]  # id to name, kind of agency, whether it is open
Held = tuple[str, str]


def choices(teams: Teams) -> tuple[tuple[str, str], ...]:
    """Return every role that can be given: "role@team" or "role", and its words."""
    across = [(role, f"{ROLE_NAMES[role]}, across the authority") for role in ACROSS]
    in_teams = [
        (f"{role}@{team_id}", f"{name}: {ROLE_NAMES[role]}")
        for team_id, (name, kind, is_open) in sorted(teams.items(), key=lambda each: each[1])
        for role, kinds in IN_TEAMS.items()
        if is_open and (kind in kinds or kind == "other")
    ]
    return (*across, *in_teams)


def parse(chosen: Iterable[str]) -> tuple[Held, ...]:
    """Return team and role of each "role@team" or "role"."""
    parts = (each.partition("@") for each in chosen if each)
    return tuple((team, role) for role, _, team in parts)


def words(held: Held, teams: Teams) -> str:
    """Return a role in words."""
    team_id, role = held
    where = teams[team_id][0] if team_id in teams else team_id
    return f"{ROLE_NAMES.get(role, role)}, {where if team_id else 'across the authority'}"


def refuse_wrong(given: Iterable[Held], teams: Teams, field: str = "roles") -> None:
    """Refuse roles that nobody can have.

    Raises:
        errors.Invalid: naming each.
    """
    wrong = tuple(said for held in given if (said := problem(held, teams)))
    if wrong:
        raise errors.Invalid(" ".join(wrong), errors={field: wrong})


def problem(held: Held, teams: Teams) -> str:
    """Return what is wrong with giving a role, "" where nothing is."""
    team_id, role = held
    if role not in ROLE_NAMES:
        return f"There is no role “{role}”."
    if (role in ACROSS) != (not team_id):
        where = "across the authority, without a team" if role in ACROSS else "in a team"
        return f"{ROLE_NAMES[role]} is a role {where}."
    return _problem_in_team(team_id, role, teams) if team_id else ""


def _problem_in_team(team_id: str, role: str, teams: Teams) -> str:
    if team_id not in teams or not teams[team_id][2]:
        return f"There is no open team “{team_id}”."
    name, kind, _ = teams[team_id]
    if kind != "other" and kind not in IN_TEAMS[role]:
        return f"{ROLE_NAMES[role]} is no role in {name}."
    return ""
