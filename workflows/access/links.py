"""Personal links: one task for somebody who does not sign in.

A link's secret is 256 random bits. It is sent, and kept as its SHA-256 only. Whatever is wrong with a
link, whoever tries it learns no more than that it cannot be used.
"""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors, ports
from engine.changes import Values
from engine.store.database import writing
from engine.store.tables import tasks
from workflows.access import sign_in
from workflows.access.people import CASEWORK, FAMILY, Person
from workflows.store.tables import documents, personal_links

LASTS: Final = dt.timedelta(days=28)
RECEIPT_SHOWN: Final = dt.timedelta(hours=1)
WINDOW: Final = dt.timedelta(minutes=15)
USES_PER_WINDOW: Final = 400  # drafts are saved every few seconds while somebody types
DOCUMENTS_PER_LINK: Final = 20
# Work that others than the authority do, and may do without signing in.
OUTSIDE: Final = frozenset(
    {
        FAMILY,
        "education_setting",
        "educational_psychology",
        "health",
        "social_care",
        "mediation_adviser",
    }
)


class UnusableLink(errors.NotFound):
    """This link cannot be used."""


class TooManyVisits(sign_in.TooManyAttempts):
    """This was tried too often. Try again in 15 minutes."""


@dataclass(frozen=True, slots=True)
class LinkHolder(ports.Actor):
    """Who acts by a link: its `id` is that of the link. The policy knows what is open to them."""

    link_id: UUID
    task_id: UUID
    case_id: UUID

    @property
    def source(self) -> str:
        """Whose answer it is and how it came, for the record."""
        return f"{self.name}, by personal link"


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link to be kept: for which task, for whom, and the secret that opens it."""

    id: UUID
    token: str
    task_id: UUID
    case_id: UUID
    name: str
    email: str
    expires_at: dt.datetime


def new_token() -> str:
    """Return the secret of a link."""
    return secrets.token_urlsafe(32)


def may_send(person: Person, role: str, team_id: str) -> bool:
    """Tell whether somebody may send links to a task: casework, and the team whose task it is."""
    return CASEWORK in person.roles or (bool(team_id) and person.is_in(team_id, role))


def suits(role: str, properties: Mapping[str, Any]) -> bool:
    """Tell whether a task can be done by a link."""
    return role in OUTSIDE or properties.get("on_behalf") == "yes"


def keep(connection: sa.Connection, link: NewLink, *, made_by: str, now: dt.datetime) -> None:
    """Keep a new link, its secret as a hash."""
    connection.execute(
        personal_links.insert(),
        {
            "id": link.id,
            "token_hash": sign_in.digest(link.token),
            "task_id": link.task_id,
            "case_id": link.case_id,
            "name": link.name,
            "email": link.email,
            "made_by": made_by,
            "made_at": now,
            "expires_at": link.expires_at,
            "failures": 0,
            "window_began": now,
            "window_uses": 0,
        },
    )


def open_link(
    engine: sa.Engine, token: str, *, address: str, now: dt.datetime, receipt: bool = False
) -> LinkHolder:
    """Return who comes by a link; with `receipt`, after it was used.

    Raises:
        TooManyVisits: with this link, or with wrong ones from this network address.
        UnusableLink: it is unknown, expired, withdrawn or used, or its task is not open.
    """
    keys = {f"link-address:{address[:80]}": sign_in.FAILURES_PER_ADDRESS}
    with writing(engine) as connection, connection.begin():
        if sign_in.is_blocked(connection, keys, now):
            raise TooManyVisits
        row = _find(connection, personal_links.c.token_hash == sign_in.digest(token))
        is_good = row is not None and _is_good(row, now, receipt=receipt)
        if row is not None and is_good:
            _count_use(connection, row, now)
            return LinkHolder(str(row.id), row.name, row.id, row.task_id, row.case_id)
        sign_in.count_failure(connection, keys, now)
        if row is not None:
            connection.execute(
                personal_links.update()
                .where(personal_links.c.id == row.id)
                .values(failures=personal_links.c.failures + 1)
            )
    raise UnusableLink


def refuse_unusable(connection: sa.Connection, link_id: UUID, now: dt.datetime) -> None:
    """Look once more, within the unit of work that the link is used for.

    Raises:
        UnusableLink: it has expired, or was withdrawn or used meanwhile.
    """
    row = _find(connection, personal_links.c.id == link_id)
    if row is None or not _is_good(row, now, receipt=False):
        raise UnusableLink


def keep_draft(connection: sa.Connection, link_id: UUID, values: Values) -> None:
    """Keep what was typed so far."""
    connection.execute(
        personal_links.update().where(personal_links.c.id == link_id).values(draft=dict(values))
    )


def withdraw(
    connection: sa.Connection, link_id: UUID, task_id: UUID, *, now: dt.datetime
) -> str | None:
    """Withdraw a link of a task; return whose it was, None where there is none to withdraw."""
    links = personal_links
    mine = (links.c.id == link_id, links.c.task_id == task_id)
    name = connection.execute(
        sa.select(links.c.name).where(
            *mine, links.c.revoked_at.is_(None), links.c.used_at.is_(None)
        )
    ).scalar_one_or_none()
    if name is not None:
        connection.execute(
            links.update().where(links.c.id == link_id).values(revoked_at=now, draft=sa.null())
        )
    return name


def count_documents(connection: sa.Connection, holder: LinkHolder) -> int:
    """Count what was uploaded by a link."""
    statement = sa.select(sa.func.count()).where(
        documents.c.case_id == holder.case_id, documents.c.added_by == holder.id
    )
    return connection.execute(statement).scalar_one()


def _find(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Any:  # noqa: ANN401 (a row)
    statement = (
        sa.select(*personal_links.c, tasks.c.status)
        .join(tasks, tasks.c.id == personal_links.c.task_id)
        .where(where)
    )
    return connection.execute(statement).one_or_none()


def _is_good(row: Any, now: dt.datetime, *, receipt: bool) -> bool:  # noqa: ANN401
    if row.revoked_at is not None:
        return False
    if receipt:
        return row.used_at is not None and now < row.used_at + RECEIPT_SHOWN
    return row.used_at is None and now < row.expires_at and row.status == "open"


def _count_use(connection: sa.Connection, row: Any, now: dt.datetime) -> None:  # noqa: ANN401
    over = now >= row.window_began + WINDOW
    if not over and row.window_uses >= USES_PER_WINDOW:
        raise TooManyVisits
    connection.execute(
        personal_links.update()
        .where(personal_links.c.id == row.id)
        .values(
            window_began=now if over else row.window_began,
            window_uses=1 if over else personal_links.c.window_uses + 1,
        )
    )
