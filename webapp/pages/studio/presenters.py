"""The studio's lists as JSON, with limits in words."""

import calendar
from typing import Any

from workflows.queries.studio_lists import Named, ServiceTopic, StudioLists
from workflows.rulebook.model import Limit, Unit


def lists(found: StudioLists) -> dict[str, Any]:
    """Return the lists; each entry has at least `code` and `name`."""
    return {
        "roles": [
            {"code": each.code, "name": each.name, "teams": list(each.teams)}
            for each in found.roles
        ],
        "duties": [
            {
                "code": each.code,
                "name": each.title,
                "limit": limit_in_words(each.limit),
                "kind": each.kind,
                "per_qualifier": each.per_qualifier,
                "processes": list(each.processes),
                "source": each.source,
            }
            for each in found.duties
        ],
        "facts": [
            {"code": each.code, "name": each.title, "qualified_by": each.qualified_by}
            for each in found.facts
        ],
        "notices": _named(found.notices),
        "topics": [_topic(each) for each in found.topics],
        "processes": _named(found.processes),
        "decisions": _named(found.decisions),
        **_names(found),
    }


def limit_in_words(limit: Limit) -> str:
    """Return a limit as people say it: "6 weeks", "by 15 February"."""
    if limit.unit == Unit.DATE:
        return f"by {limit.day} {calendar.month_name[limit.month]}"
    unit = limit.unit.value.replace("_", " ")
    words = f"{limit.count} {unit if limit.count != 1 else unit.removesuffix('s')}"
    return f"{words} before" if limit.before else words


def _topic(topic: ServiceTopic) -> dict[str, Any]:
    settings = [
        {"name": one.name, "label": one.label, "kind": one.kind, "required": one.required}
        for one in topic.settings
    ]
    return {"code": topic.code, "name": topic.title, "settings": settings}


def _named(found: tuple[Named, ...]) -> list[dict[str, str]]:
    return [{"code": each.code, "name": each.name} for each in found]


def _names(found: StudioLists) -> dict[str, Any]:
    scope = found.scope
    return {
        "functions": [
            {
                "code": each.name,
                "name": f"{each.name}({', '.join(kind.value for kind in each.parameters)})",
                "doc": each.doc,
                "type": each.result.value,
            }
            for each in scope.functions
        ],
        "variables": [
            {
                "code": name,
                "name": name,
                "type": kind.value,
                "values": list(scope.enumerations.get(name, ())),
            }
            for name, kind in sorted(scope.variables.items())
        ],
    }
