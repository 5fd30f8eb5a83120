"""Change the routing table: which team gets which tasks."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors, reasons
from engine.commands.publish_definitions import PublishDefinitions, publish_definitions
from engine.store import definitions
from engine.unit_of_work import Work
from workflows.access.people import FAMILY, ROLE_NAMES
from workflows.agencies import routing, routing_rules
from workflows.agencies.details import PHASES
from workflows.agencies.routing_rules import RoutingRule
from workflows.store import administered, approvals, drafts, organisation
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class ChangeRouting:
    """Let the table have `rules`, in this order; `seen`: the live version that was looked at.

    Where the authority wants a second person, it becomes the draft `draft_id` instead.
    """

    rules: tuple[RoutingRule, ...]
    reason: str
    seen: int
    draft_id: UUID = field(default_factory=uuid4)


class RoutingChanged(errors.Conflict):
    """Somebody has published another routing table meanwhile. Look at it, and try again."""


def change_routing(command: ChangeRouting, work: Work) -> None:
    """Publish the table, by the same checks as any other; tasks that are open stay where they are.

    Raises:
        routing_rules.NoRoutingTable: none is live.
        RoutingChanged: it is not the one that was looked at.
        errors.Invalid: a rule names what does not exist, or leads nowhere; or nothing differs.
    """
    reasons.given(command.reason)
    live = definitions.live_versions(work.connection).get(routing.KEY)
    if live is None:
        raise routing_rules.NoRoutingTable
    if live.version != command.seen:
        raise RoutingChanged
    _refuse_wrong(command.rules, work)
    before = routing_rules.read(live.xml)
    if before == command.rules:
        raise errors.Invalid("Nothing differs from the live table.")
    written = routing_rules.write(live.xml, command.rules)
    changes = administered.differences(_words(before), _words(command.rules))
    kind = "changed"
    if approvals.needs_second_person(work.connection):
        _draft(command.draft_id, written, live.version, work)
        kind = "drafted"
    else:
        publish_definitions(PublishDefinitions({"routing.dmn": written}, command.reason), work)
    administered.enter(
        work, Entry("routing", routing.KEY, "Routing table", kind, changes, command.reason)
    )


def _draft(draft_id: UUID, data: bytes, based_on: int, work: Work) -> None:
    kind, key, name = drafts.described(data)
    drafts.add(
        work.connection,
        drafts.Draft(
            id=draft_id,
            kind=kind,
            key=key,
            name=name,
            xml=data,
            revision=1,
            based_on=based_on,
            status=drafts.OPEN,
            created_at=work.now,
            created_by=work.actor.id,
            saved_at=work.now,
            saved_by=work.actor.id,
            published_version=None,
        ),
    )


def _words(rules: tuple[RoutingRule, ...]) -> dict[str, str]:
    found = {}
    for number, rule in enumerate(rules, start=1):
        tests = [f"{name} {value}" for name, value in rule.tests().items() if value]
        found[f"Rule {number}"] = f"{', '.join(tests) or 'anything'}: {rule.team}"
    return found


def _refuse_wrong(rules: tuple[RoutingRule, ...], work: Work) -> None:
    if not 0 < len(rules) <= routing_rules.RULES_LIMIT:
        raise errors.Invalid(f"A table has 1 to {routing_rules.RULES_LIMIT} rules.")
    known = {
        "role": set(ROLE_NAMES) - {FAMILY},
        "area": set(organisation.open_areas(work.connection)),
        "phase": set(PHASES),
        "setting": organisation.open_settings(work.connection),
    }
    teams = {*organisation.open_teams(work.connection), routing_rules.SETTING}
    wrong: dict[str, tuple[str, ...]] = {}
    for number, rule in enumerate(rules, start=1):
        for name, value in rule.tests().items():
            unknown = [v.strip() for v in value.split(",") if v.strip() not in {"", *known[name]}]
            if unknown:
                words = f"Rule {number}: there is no {name} “{', '.join(unknown)}”"
                wrong[f"{name}-{number}"] = (words,)
        if rule.team not in teams:
            wrong[f"team-{number}"] = (f"Rule {number}: there is no open team “{rule.team}”",)
    if wrong:
        raise errors.Invalid("Check the rules.", errors=wrong)
