"""Chances that are the same at every look: they depend on the case and on what they are for alone."""

import hashlib
from functools import cache
from typing import Final

import numpy as np

from workflows.forecast.days import Numbers

DRAWS: Final = 1_000
_ROWS: Final = 499


@cache
def _table() -> Numbers:
    """Return rows of numbers between 0 and 1, each spread evenly, in an order of its own, twice."""
    even = (np.arange(DRAWS) + 0.5) / DRAWS
    generator = np.random.default_rng(20140901)
    rows = np.stack([generator.permutation(even) for _ in range(_ROWS)])
    return np.concatenate((rows, rows), axis=1)


def uniform(*what: object) -> Numbers:
    """Return a number between 0 and 1 for each draw, the same for the same thing."""
    text = "\x1f".join(map(str, what)).encode()
    drawn = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")
    row, turned = drawn % _ROWS, (drawn // _ROWS) % DRAWS
    return _table()[row, turned : turned + DRAWS]
