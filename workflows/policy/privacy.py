"""Who may do what about access: restricted cases, retention, subject access."""

from collections.abc import Mapping
from typing import Final

from workflows.policy.whom import Rule

RULES: Final[Mapping[type, Rule]] = {}
