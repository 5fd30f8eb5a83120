"""What the studio offers in its lists: agencies, duties, facts, notices, services, processes, names."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from lxml import etree

from engine.definitions.expressions import Scope
from engine.queries import definition_list
from workflows.access.people import ADMIN, MANAGER, OWNER, ROLE_NAMES
from workflows.notices import words
from workflows.queries.draft_scope import draft_scope
from workflows.rulebook.model import Duty, FactKind, Rulebook
from workflows.store.tables import memberships, teams


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a step can be for, with the names of the teams that do it."""

    code: str
    name: str
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A property of a service. `kind`: text, notice, duty, qualifier, recipients or choice."""

    name: str
    label: str
    kind: str = "text"
    required: bool = False


@dataclass(frozen=True, slots=True)
class ServiceTopic:
    """A service that a service task can call, and what it must be told."""

    code: str
    title: str
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a key and a name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class StudioLists:
    """All the lists."""

    roles: tuple[Role, ...]
    duties: tuple[Duty, ...]
    facts: tuple[FactKind, ...]
    notices: tuple[Named, ...]
    topics: tuple[ServiceTopic, ...]
    processes: tuple[Named, ...]
    decisions: tuple[Named, ...]
    scope: Scope


_ABOUT_WHOM: Final = Setting("qualifier", "Which adviser or setting it is about", "expression")
_REMINDER: Final = (
    Setting("to", "Who is told", required=True),
    Setting("about", "What about", required=True),
    Setting("duty", "Duty", "duty"),
    _ABOUT_WHOM,
)
TOPICS: Final = (
    ServiceTopic(
        "issue_notice",
        "Send a notice",
        (
            Setting("notice", "Notice", "notice", required=True),
            Setting("recipient", "Recipients", "recipients", required=True),
            Setting("reasons", "Reasons printed in it", "expression"),
        ),
    ),
    ServiceTopic("remind", "Send a reminder", _REMINDER),
    ServiceTopic("chase", "Chase what is late", _REMINDER),
    ServiceTopic("escalate", "Tell the manager", _REMINDER),
    ServiceTopic("select_advisers", "List whose advice is sought"),
    ServiceTopic("select_settings", "Look up the settings to consult"),
    ServiceTopic("select_funders", "List who pays for a personal budget"),
    ServiceTopic("collect_costs", "Add up the costs of a personal budget"),
    ServiceTopic("check_previous_assessment", "Look for an earlier assessment"),
    ServiceTopic(
        "schedule_review",
        "Find the last day of the next review",
        (Setting("after", "After a review (write “review”), or after the plan (leave it empty)"),),
    ),
)


def studio_lists(
    connection: sa.Connection, rulebook: Rulebook, root: etree._Element
) -> StudioLists:
    """Return the lists for a document as it is drawn."""
    versions = definition_list.versions(connection)
    decisions = {each.key: each.name for each in versions if each.kind == "dmn"}
    duties = {each.code: rulebook.newest(each.code) for each in rulebook.duties}
    return StudioLists(
        roles=_roles(connection),
        duties=tuple(duties.values()),
        facts=tuple(rulebook.facts.values()),
        notices=tuple(
            Named(code, kind.delivered.title) for code, kind in sorted(words.kinds().items())
        ),
        topics=TOPICS,
        processes=tuple(
            Named(each.key, each.name) for each in definition_list.processes(connection)
        ),
        decisions=tuple(Named(key, name) for key, name in sorted(decisions.items())),
        scope=draft_scope(connection, root),
    )


def _roles(connection: sa.Connection) -> tuple[Role, ...]:
    """Return the roles; read by the primary key of memberships and that of teams."""
    statement = (
        sa.select(memberships.c.role, teams.c.name)
        .distinct()
        .join(teams, teams.c.id == memberships.c.team_id)
        .order_by(memberships.c.role, teams.c.name)
    )
    rows = connection.execute(statement).all()
    return tuple(
        Role(code, name, tuple(row.name for row in rows if row.role == code))
        for code, name in ROLE_NAMES.items()
        if code not in {MANAGER, OWNER, ADMIN}
    )
