"""Send what waits for webhooks: checked, signed, logged, and in the order of each case."""

import datetime as dt
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors, ports
from engine.changes import Values
from engine.store import database
from workflows.store import webhooks
from workflows.webhooks import addresses, posting, signing
from workflows.webhooks.posting import Answer

QUIET_FOR: Final = dt.timedelta(seconds=60)  # a receiver that failed is left alone
AGENT: Final = "ehcflow-webhooks/1"


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to send one delivery: what came of it."""

    webhook_id: UUID
    delivery: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Ways:
    """How deliveries leave.

    Attributes:
        site: The address of our pages and API, which a delivery names.
        allowed: Hosts ("name:port") that may stand inside; for tests alone.
        resolver: What asks for the addresses of a name.
        trusted: Certificates; None: those of the machine.
    """

    site: str
    allowed: frozenset[str] = frozenset()
    resolver: addresses.Resolver = addresses.resolve
    trusted: ssl.SSLContext | None = field(default=None)


class SwitchedOff(errors.Conflict):
    """This webhook is switched off."""


class WebhookSender:
    """Sends deliveries to their receivers."""

    def __init__(
        self,
        engine: sa.Engine,
        now: Callable[[], dt.datetime],
        ways: Ways,
        attempted: Callable[[Attempt], None],
    ) -> None:
        """Take where webhooks are kept, the clock, and what keeps the log."""
        self._engine = engine
        self._now = now
        self._ways = ways
        self._attempted = attempted
        self._quiet: dict[UUID, dt.datetime] = {}

    def send(self, key: str, payload: Values) -> str:
        """Send a delivery; return the status that the receiver answered.

        Raises:
            ports.HeldBack: another about the same case goes first, or the receiver has just failed.
            OSError: it was not taken now.
            errors.Refused: it can never be sent: the webhook is off, or its address inside.
        """
        webhook_id = UUID(str(payload["webhook"]))
        with database.reading(self._engine) as connection:
            row = webhooks.find(connection, webhook_id)
            if row is None or row.state != webhooks.ON:
                raise SwitchedOff
            until = self._quiet.get(webhook_id)
            if until is not None and self._now() < until:
                raise ports.HeldBack("The receiver failed a moment ago.")
            if webhooks.has_earlier(connection, key):
                raise ports.HeldBack("Another delivery about this case goes first.")
        answer, final = self._try(row, key, payload)
        self._attempted(Attempt(webhook_id, key, answer))
        if answer.is_taken:
            self._quiet.pop(webhook_id, None)
            return str(answer.status)
        if final is not None:
            raise final
        self._quiet[webhook_id] = self._now() + QUIET_FOR
        raise OSError(answer.problem)

    def _try(
        self,
        row: Any,  # noqa: ANN401 (a row)
        key: str,
        payload: Values,
    ) -> tuple[Answer, errors.Refused | None]:
        """Send, and return what came of it; and the refusal where it can never be sent."""
        ways = self._ways
        try:
            target = addresses.parse(row.address, ways.allowed)
            target = addresses.checked(target, ways.resolver, ways.allowed)
        except errors.Refused as refusal:
            return Answer(None, refusal.message, 0), refusal
        except OSError:
            return Answer(None, "The name of the receiver leads nowhere now.", 0), None
        body = json.dumps(_told(payload, ways.site), separators=(",", ":")).encode()
        now = self._now()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            **signing.headers(key, int(now.timestamp()), body, _keys(row, now)),
        }
        return posting.post(target, body, headers, ways.trusted), None


def _told(payload: Values, site: str) -> dict[str, Any]:
    """Return the body: event, time, identifiers, and the address at which to ask for the rest."""
    data = payload["data"]
    told: dict[str, Any] = dict(data) if isinstance(data, dict) else {}
    if "url" in told:
        told["url"] = f"{site}{told['url']}"
    return {"type": payload["event"], "timestamp": payload["at"], "data": told}


def _keys(row: Any, now: dt.datetime) -> list[str]:  # noqa: ANN401 (a row)
    until = row.secret_before_until
    overlap = row.secret_before and until is not None and now < until
    return [row.secret, row.secret_before] if overlap else [row.secret]
