"""Commands about statistics of others, and who may give them."""

from tests.support.policies.situation import Make
from workflows.commands.choose_comparators import ChooseComparators
from workflows.commands.load_statistics import LoadStatistics

CASES: dict[str, tuple[Make, set[str]]] = {}
FREE: dict[str, tuple[object, set[str]]] = {
    "load statistics": (LoadStatistics(()), {"manager"}),
    "choose comparators": (ChooseComparators("", ()), {"manager"}),
}
