"""Who may do what about statistics of others."""

from collections.abc import Mapping
from typing import Final

from workflows.access.people import MANAGER
from workflows.commands.choose_comparators import ChooseComparators
from workflows.commands.load_statistics import LoadStatistics
from workflows.policy.whom import Rule, only

RULES: Final[Mapping[type, Rule]] = {
    LoadStatistics: only(MANAGER, words="Only a manager loads published statistics."),
    ChooseComparators: only(MANAGER, words="Only a manager chooses comparators."),
}
