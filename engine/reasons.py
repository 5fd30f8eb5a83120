"""Why something is done, as somebody typed it."""

from typing import Final

from engine import errors

MOST: Final = 500  # characters that a history keeps


def given(text: str, *, most: int = MOST) -> str:
    """Return a reason without spaces around it.

    Raises:
        errors.Invalid: there is none, or it has more characters than are kept.
    """
    reason = text.strip()
    if not reason:
        raise errors.Invalid("Give a reason.", errors={"reason": ("Enter a reason",)})
    if len(reason) > most:
        words = f"A reason has at most {most:,} characters"
        raise errors.Invalid("The reason is too long.", errors={"reason": (words,)})
    return reason
