"""The refusal that all rules share."""

from engine import errors


class NotAllowed(errors.Forbidden):
    """Your role does not allow that."""
