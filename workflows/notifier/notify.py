"""Send emails by GOV.UK Notify, and ask it whether they arrived.

One template of the authority's service is used, with ((subject)) and ((text)).
Source: https://docs.notifications.service.gov.uk/python.html
"""

from collections.abc import Mapping
from typing import Any, Final

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from engine.changes import Values
from engine.ports import Delivery, Fate
from workflows.notifier import mail

TIMEOUT: Final = 20  # seconds
BAD_REQUEST: Final = 400
NOT_FOUND: Final = 404
FAILED: Final[Mapping[str, str]] = {
    "permanent-failure": "The email address does not exist.",
    "temporary-failure": "The mailbox could not be reached for three days. It may be full.",
    "technical-failure": "GOV.UK Notify could not send it.",
    "virus-scan-failed": "GOV.UK Notify found a virus.",
}


class NotifySender:
    """Sends by GOV.UK Notify, with one template."""

    def __init__(self, key: str, template: str, url: str) -> None:
        """Keep the API key, the identifier of the template and, for tests, another address."""
        self._key = key
        self._template = template
        self._url = url

    def send(self, key: str, payload: Values) -> str:
        """Send an email, unless Notify has one with this key already; return Notify's reference.

        Raises:
            OSError: Notify cannot be reached, does not take it now, or does not know our key.
            mail.BadAddress: it is for nobody, or Notify refuses the address.
        """
        to = mail.address_of(payload)
        try:
            known = self._client().get_all_notifications(reference=key)["notifications"]
            if known:
                return str(known[0]["id"])
            sent = self._client().send_email_notification(
                email_address=to,
                template_id=self._template,
                personalisation={
                    "subject": mail.subject_of(payload),
                    "text": str(payload.get("text", "")),
                },
                reference=key,
            )
        except APIError as error:
            said = _said(error)
            if error.status_code == BAD_REQUEST and "email_address" in said:
                raise mail.BadAddress(f"GOV.UK Notify refused the address: {said}") from error
            raise OSError(f"GOV.UK Notify: {said}") from error
        return str(sent["id"])

    def delivery(self, reference: str) -> Delivery:
        """Tell what became of an email.

        Raises:
            OSError: Notify cannot be asked now.
        """
        try:
            found = self._client().get_notification_by_id(reference)
        except APIError as error:
            if error.status_code == NOT_FOUND:  # it keeps them for seven days
                return Delivery(Fate.UNKNOWN, "GOV.UK Notify no longer knows of it.")
            raise OSError(f"GOV.UK Notify: {_said(error)}") from error
        status = str(found["status"])
        if status == "delivered":
            return Delivery(Fate.DELIVERED)
        if status in FAILED:
            return Delivery(Fate.FAILED, FAILED[status])
        return Delivery(Fate.UNDER_WAY)

    def _client(self) -> Any:  # noqa: ANN401 (it brings no types; and it is not for two threads)
        where = {"base_url": self._url} if self._url else {}
        client: Any = NotificationsAPIClient
        return client(self._key, timeout=TIMEOUT, **where)


def _said(error: APIError) -> str:
    """Return what Notify answered, in words."""
    found = error.message
    if isinstance(found, list):
        found = "; ".join(str(each.get("message", "")) for each in found)
    return str(found)[:300]
