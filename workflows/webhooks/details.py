"""What is entered of a webhook, checked once at the door."""

from dataclasses import dataclass
from typing import Final

from engine import errors
from workflows.webhooks import addresses, events

NAME_LIMIT: Final = 100


@dataclass(frozen=True, slots=True)
class WebhookDetails:
    """What a webhook is called, where it is sent, and of what. `agency_id`: "" for all cases."""

    name: str
    address: str
    events: tuple[str, ...]
    agency_id: str = ""

    def words(self) -> dict[str, str]:
        """Return it in words, for the history."""
        return {
            "Name": self.name,
            "Address": self.address,
            "Events": ", ".join(sorted(self.events)),
            "Agency": self.agency_id,
        }

    def refuse_wrong(self, allowed: frozenset[str]) -> None:
        """Refuse what cannot be right; `allowed` as of `addresses.parse`.

        Raises:
            errors.Invalid: naming each field.
        """
        wrong: dict[str, tuple[str, ...]] = {}
        if not 0 < len(self.name.strip()) <= NAME_LIMIT:
            wrong["name"] = ("Enter a name",)
        try:
            addresses.parse(self.address.strip(), allowed)
        except errors.Invalid as refusal:
            wrong["address"] = (refusal.message.rstrip("."),)
        if not self.events or not set(self.events) <= events.known().keys():
            wrong["events"] = ("Select at least one event",)
        if wrong:
            raise errors.Invalid("Check what you entered.", errors=wrong)
