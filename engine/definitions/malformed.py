"""A diagram that cannot be run: raised by whatever reads one."""

from engine import errors


class MalformedDiagram(errors.Invalid):
    """The diagram cannot be run as it is drawn."""
