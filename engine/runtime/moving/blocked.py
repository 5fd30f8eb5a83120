"""Why an instance cannot be moved."""

from engine import errors


class Blocked(errors.Conflict):
    """The case cannot be moved to the new version. It stays where it is."""
