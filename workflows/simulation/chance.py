"""Chances that depend on nothing but the seed and what they are for.

Two runs of one seed give the same case the same durations and answers, so that what differs between
them comes from what was changed, and not from luck.
"""

import hashlib
import math
from collections.abc import Mapping
from statistics import NormalDist
from typing import Final

from workflows.simulation.setup import Spread

_NORMAL: Final = NormalDist()
_P80: Final = _NORMAL.inv_cdf(0.8)
_SCALE: Final = 2**64


def uniform(*what: object) -> float:
    """Return a number between 0 and 1, both left out, that is always the same for the same thing."""
    text = "\x1f".join(map(str, what)).encode()
    drawn = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")
    return (drawn + 0.5) / (_SCALE + 1)


def days(spread: Spread, *what: object) -> float:
    """Return working days of the lognormal distribution with this median and P80."""
    if spread.median <= 0 or spread.p80 <= spread.median:
        return spread.median
    sigma = math.log(spread.p80 / spread.median) / _P80
    return spread.median * math.exp(sigma * _NORMAL.inv_cdf(uniform(*what)))


def pick(shares: Mapping[str, float], *what: object) -> str:
    """Return one of the values, each as often as its share says."""
    left = uniform(*what) * sum(shares.values())
    for value, share in shares.items():
        left -= share
        if left < 0:
            return value
    return [value for value, share in shares.items() if share > 0][-1]
