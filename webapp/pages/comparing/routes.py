"""Compare two versions, or a draft with a version: on both diagrams, and in plain words."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import flask

from engine.definitions import xml
from engine.queries import definition_list
from webapp.auth import guard
from webapp.presentation import differences
from workflows.access.people import MANAGER, OWNER
from workflows.comparison import decision_tables
from workflows.comparison.compare import compare
from workflows.comparison.decision_tables import Table
from workflows.store import drafts

blueprint: Final = flask.Blueprint("comparing", __name__)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what it is called, where its file is, and what it holds."""

    title: str
    address: str
    data: bytes

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its decision tables; none where it is a diagram."""
        root = xml.parse(self.data, name=self.title)
        return decision_tables.read(root) if xml.kind_of(root) == "dmn" else ()


@blueprint.get("/diagrams/<key>/compare")
@guard.requires(OWNER, MANAGER)
def versions(key: str) -> str:
    """Compare two versions (`from`, `to`); the live one with the one before, where none is said."""
    numbers = _numbers(key)
    newest = numbers[0]
    chosen = _chosen("from", max(newest - 1, 1)), _chosen("to", newest)
    before, after = (_version(key, number) for number in chosen)
    return _page(
        (before, after),
        heading=_name(key),
        address=f"/diagrams/{key}/compare",
        back=(f"/diagrams/{key}", "Back to the versions"),
        choose={"numbers": numbers, "from": chosen[0], "to": chosen[1]},
    )


@blueprint.get("/drafts/<uuid:draft_id>/compare")
@guard.requires(OWNER)
def draft(draft_id: UUID) -> str:
    """Compare a draft with a version (`from`); with the live one, where none is said."""
    with guard.system().read() as connection:
        found = drafts.load(connection, draft_id)
        numbers = [each.version for each in definition_list.versions(connection, found.key)]
    if not found.key or not numbers:
        return flask.render_template("comparing/nothing.html", draft=found)
    chosen = _chosen("from", numbers[0])
    after = Side("This draft", f"/drafts/{draft_id}/file", found.xml)
    return _page(
        (_version(found.key, chosen), after),
        heading=found.name,
        address=f"/drafts/{draft_id}/compare",
        back=(f"/drafts/{draft_id}", "Back to the draft"),
        choose={"numbers": numbers, "from": chosen},
        draft=found,
    )


def _page(
    sides: tuple[Side, Side],
    *,
    heading: str,
    address: str,
    back: tuple[str, str],
    choose: dict[str, object],
    draft: drafts.Draft | None = None,
) -> str:
    before, after = sides
    comparison = compare(before.data, after.data)
    return flask.render_template(
        "comparing/compare.html",
        before=before,
        after=after,
        heading=heading,
        address=address,
        back=back,
        choose=choose,
        draft=draft,
        comparison=comparison,
        groups=differences.groups(comparison),
        marks=differences.marks(comparison),
        summary=differences.summary(comparison),
    )


def _numbers(key: str) -> list[int]:
    with guard.system().read() as connection:
        found = [each.version for each in definition_list.versions(connection, key)]
    if not found:
        flask.abort(404)
    return found


def _name(key: str) -> str:
    with guard.system().read() as connection:
        return definition_list.versions(connection, key)[0].name


def _version(key: str, number: int) -> Side:
    with guard.system().read() as connection:
        data = definition_list.xml_of(connection, key, number)
    kind = xml.kind_of(xml.parse(data, name=key))
    return Side(f"Version {number}", f"/diagrams/{key}/{number}.{kind}", data)


def _chosen(name: str, otherwise: int) -> int:
    text = flask.request.args.get(name, "")
    return (
        int(text) if text.isascii() and text.isdecimal() and len(text) < len("10000") else otherwise
    )
