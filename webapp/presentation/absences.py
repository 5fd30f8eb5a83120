"""Who is away until when, in words, wherever people are named or chosen."""

from collections.abc import Iterable, Mapping

import flask

from webapp.auth import guard
from workflows.calendar import london
from workflows.queries import absence_list


def away(person_id: str) -> str:
    """Return “away until 3 December 2026, deputy Tom”, "" for who is not; read once a request."""
    if not person_id:
        return ""
    return _away_now().get(person_id, "")


def options(people: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return people as the items of a select, with who of them is away."""
    return [{"value": value, "text": named(value, text)} for value, text in people]


def named(person_id: str, name: str) -> str:
    """Return a name, with until when they are away."""
    words = away(person_id)
    return f"{name} ({words})" if words else name


def _away_now() -> Mapping[str, str]:
    known: Mapping[str, str] | None = flask.g.get("away_now")
    if known is None:
        here = guard.system()
        with here.read() as connection:
            known = absence_list.away_now(connection, london.local_date(here.now()))
        flask.g.away_now = known
    return known
