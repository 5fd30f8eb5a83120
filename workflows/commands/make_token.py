"""Make an API token for oneself."""

import datetime as dt
import secrets
from dataclasses import dataclass, field
from typing import Final

from engine import errors
from engine.unit_of_work import Work
from workflows.access import sign_in
from workflows.calendar import london
from workflows.store import administered, tokens
from workflows.store.administered import Entry

NAME_LIMIT: Final = 120


@dataclass(frozen=True, slots=True)
class MakeToken:
    """Make a token called `name` with a `scope` ("read" or "write"), good until the end of a day."""

    name: str
    scope: str
    last_day: dt.date
    secret: str = field(default_factory=lambda: f"ehc_{secrets.token_urlsafe(32)}", repr=False)


def make_token(command: MakeToken, work: Work) -> None:
    """Keep the token; its secret is shown once, by whoever gave the command.

    Raises:
        errors.Invalid: naming each field that is wrong.
    """
    today = london.local_date(work.now)
    wrong: dict[str, tuple[str, ...]] = {}
    if not 0 < len(command.name.strip()) <= NAME_LIMIT:
        wrong["name"] = ("Enter what the token is for",)
    if command.scope not in tokens.SCOPES:
        wrong["scope"] = ("Select what the token may do",)
    if not today < command.last_day <= today + sign_in.TOKEN_LASTS:
        wrong["last_day"] = ("The last day must be after today, and within a year",)
    if wrong:
        raise errors.Invalid("Check what you entered.", errors=wrong)
    hashed = sign_in.digest(command.secret)
    tokens.add(
        work.connection,
        {
            "token_hash": hashed,
            "person_id": work.actor.id,
            "name": command.name.strip(),
            "created_at": work.now,
            "expires_at": london.end_of_day(command.last_day),
            "scope": command.scope,
        },
    )
    words = {
        "Scope": tokens.SCOPES[command.scope],
        "Last day": f"{command.last_day.day} {command.last_day:%B %Y}",
    }
    changes = administered.differences({}, words)
    administered.enter(
        work, Entry("token", hashed[: tokens.ID_LENGTH], command.name, "added", changes)
    )
