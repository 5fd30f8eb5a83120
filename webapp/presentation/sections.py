"""The sections of several pages each: what managers and administrators move around in."""

from typing import Final

from workflows.access.people import ADMIN, COMMISSIONING, MANAGER, Person

Pages = tuple[tuple[str, str, frozenset[str]], ...]
_MANAGERS: Final = frozenset({MANAGER})
_ADMINISTRATORS: Final = frozenset({ADMIN})
# Name, address, and for whom.
MANAGING: Final[Pages] = (
    ("Board", "/board", _MANAGERS),
    ("Forecast", "/forecast", _MANAGERS),
    ("Where work waits", "/where-work-waits", _MANAGERS),
    ("Step in", "/step-in", _MANAGERS),
    ("Engine timers", "/engine-timers", _MANAGERS),
    ("Incidents", "/incidents", _MANAGERS),
    ("Comparators", "/comparators", _MANAGERS),
    ("Returns", "/returns", _MANAGERS),
    ("Reports", "/reports", _MANAGERS | {COMMISSIONING}),
    ("Record of access", "/access-record", _MANAGERS),
)
ADMINISTERING: Final[Pages] = (
    ("Agencies and teams", "/administration/agencies", _ADMINISTRATORS),
    ("People", "/administration/people", _ADMINISTRATORS),
    ("Routing", "/administration/routing", _ADMINISTRATORS),
    ("Working calendar", "/administration/calendar", _ADMINISTRATORS),
    ("Retention", "/administration/retention", _ADMINISTRATORS),
    ("API tokens", "/administration/tokens", _ADMINISTRATORS),
    ("Webhooks", "/administration/webhooks", _ADMINISTRATORS),
    ("History", "/administration/history", _ADMINISTRATORS),
)


def entrances(person: Person, path: str) -> list[tuple[str, str]]:
    """Return where somebody enters each section: its name, and the page they are on, or its first."""
    found = []
    for text, section in (("Managing", MANAGING), ("Administration", ADMINISTERING)):
        own = pages(section, person, path)
        if own:
            href = next((each["href"] for each in own if each["now"]), own[0]["href"])
            found.append((text, str(href)))
    return found


def pages(section: Pages, person: Person | None, path: str) -> list[dict[str, object]]:
    """Return the pages of a section that somebody may open; the one at a path is marked as now."""
    roles = person.roles if person else frozenset()
    return [
        {"text": text, "href": href, "now": path == href or path.startswith(f"{href}/")}
        for text, href, whom in section
        if roles & whom
    ]
