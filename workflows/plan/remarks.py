"""What may be said in a comment on a plan."""

import re
from typing import Final

from engine import errors

LIMIT: Final = 5000  # characters
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def accepted(text: str) -> str:
    """Return a comment as it is kept.

    Raises:
        errors.Invalid: nothing was said, too much, or with characters that cannot be kept.
    """
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise _refusal("Enter your comment")
    if len(said) > LIMIT:
        raise _refusal(f"Your comment must be {LIMIT:,} characters or fewer")
    if _UNPRINTABLE.search(said):
        raise _refusal("Your comment has characters that cannot be kept")
    return said


def _refusal(message: str) -> errors.Invalid:
    return errors.Invalid(f"{message}.", errors={"text": (message,)})
