"""Who may do what about reports and the local offer."""

from collections.abc import Mapping
from typing import Final

from workflows.policy.whom import Rule

RULES: Final[Mapping[type, Rule]] = {}
