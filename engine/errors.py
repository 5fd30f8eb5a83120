"""The five ways in which a request is refused; each specific refusal is defined where it is raised."""

from collections.abc import Mapping
from typing import Final

NO_ERRORS: Final[Mapping[str, tuple[str, ...]]] = {}


class Refused(Exception):
    """The request cannot be carried out, and nothing was changed.

    Attributes:
        message: A sentence that a user can read: what was wrong, where, and what to do.
        errors: Field or element id to the messages about it; empty when no field is to blame.
        details: Further facts for the reader of the answer (who was first, and when).
    """

    def __init__(
        self,
        message: str = "",
        *,
        errors: Mapping[str, tuple[str, ...]] = NO_ERRORS,
        details: Mapping[str, str] | None = None,
    ) -> None:
        self.message = message or (self.__doc__ or "").strip().splitlines()[0]
        self.errors = errors
        self.details = dict(details or {})
        super().__init__(self.message)


class NotFound(Refused):
    """There is no such thing, or it is not yours to see."""


class Forbidden(Refused):
    """You may see this, but not do that with it."""


class Conflict(Refused):
    """Someone or something was quicker: the thing is no longer in the state that you saw."""


class Invalid(Refused):
    """What was sent is not acceptable."""
