"""What is done with statistics of others."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.choose_comparators import ChooseComparators, choose_comparators
from workflows.commands.load_statistics import LoadStatistics, load_statistics

HANDLERS: Final[Mapping[type, Handler]] = {
    LoadStatistics: load_statistics,
    ChooseComparators: choose_comparators,
}
