"""What became of an email, in words."""

from webapp.presentation import dates
from workflows.calendar import london
from workflows.queries.sent_notices import Email, SentNotice


def of_notice(issued: SentNotice) -> str:
    """Say whether a notice reached its recipient, and what to do where it did not."""
    if issued.email is not None:
        return in_words(issued.email)
    if issued.has_task:
        return f"With the task of {issued.recipient}, who is told in the morning"
    return "No email address: print and post"


def in_words(email: Email) -> str:
    """Say whether an email reached its recipient, and what to do where it did not."""
    on = dates.long_date(london.local_date(email.at))
    match email.status:
        case "delivered":
            return f"Emailed to {email.to} on {on}: delivered"
        case "failed":
            return f"The email to {email.to} failed on {on}: {email.problem} Print and post"
        case "sent":
            return f"Emailed to {email.to} on {on}"
    tried = f", tried {email.attempts} times so far" if email.attempts else ""
    return f"The email to {email.to} waits to be sent{tried}"


def has_failed(email: Email | None) -> bool:
    """Tell whether somebody must do something, since no email will do it."""
    return email is not None and email.status == "failed"
