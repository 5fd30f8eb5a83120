"""Who may do what about agencies, people, routing and the calendar."""

from collections.abc import Mapping
from typing import Final

from workflows.policy.whom import Rule

RULES: Final[Mapping[type, Rule]] = {}
