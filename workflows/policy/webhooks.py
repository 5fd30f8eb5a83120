"""Who may do what about tokens of the API and webhooks."""

from collections.abc import Mapping
from typing import Final

from workflows.policy.whom import Rule

RULES: Final[Mapping[type, Rule]] = {}
