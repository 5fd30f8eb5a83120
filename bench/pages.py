"""Pages of the web, timed as a browser asks for them."""

from typing import Final

from bench.measure import Paced, paced
from tests.support.pages import Visitor

YARDSTICK: Final = "/account"  # no more work in a large county than in a small one
ROUNDS: Final = 15
_CAME: Final = 200


def page_time(visitor: Visitor, address: str) -> Paced:
    """Return what a page takes, in turns with one that takes the same at any size."""
    return paced(lambda: _get(visitor, address), lambda: _get(visitor, YARDSTICK), ROUNDS)


def _get(visitor: Visitor, address: str) -> None:
    if visitor.client.get(address).status_code != _CAME:
        raise AssertionError(address)
