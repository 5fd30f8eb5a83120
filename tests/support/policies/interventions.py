"""Commands about how managers step in, and who may give them."""

from tests.support.policies.situation import Make

CASES: dict[str, tuple[Make, set[str]]] = {}
FREE: dict[str, tuple[object, set[str]]] = {}
