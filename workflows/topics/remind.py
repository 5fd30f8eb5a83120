"""Remind whoever must act, chase an answer, or tell the manager.

Each is on record, and in the next digest of those whom it is for.
"""

from engine import ports
from workflows import changes
from workflows.context import CaseContext
from workflows.digests import recipients


def remind(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Remind the role `to` about `about`."""
    return _record("remind", call, case)


def chase(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Chase an answer that is not back."""
    return _record("chase", call, case)


def escalate(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Tell the manager that a limit has been reached."""
    return _record("escalate", call, case)


def _record(how: str, call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    properties = call.properties
    found = recipients.reached(how, call, case)
    return ports.ServiceResult(
        changes=(
            changes.ReminderSent(
                None,
                case.case_id,
                how,
                properties.get("to", ""),
                (properties.get("about") or call.name)[:200],
                properties.get("qualifier", ""),
                found.about,
                found.recipients,
            ),
        )
    )
