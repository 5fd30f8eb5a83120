"""Who may do what about statistics of others."""

from collections.abc import Mapping
from typing import Final

from workflows.policy.whom import Rule

RULES: Final[Mapping[type, Rule]] = {}
