"""How long something takes, as a curve: what was seen here, held together with a guess.

What is still open counts too: that it has taken so long already (product-limit estimate of Kaplan and
Meier, 1958). Without it, a backlog would look like quick work.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np

from workflows.forecast.days import Numbers
from workflows.simulation.setup import Spread

GUESS_WEIGHS: Final = 5.0  # as much as so many recent observations
POINTS: Final = 41
_GUESSED: Final = 19
_LONGER: Final = 2.0  # the longest that is thought of, against the longest seen
_NORMAL: Final = NormalDist()
_P80: Final = _NORMAL.inv_cdf(0.8)
_LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation: working days, how much it weighs, and whether it was over by then."""

    days: float
    weight: float
    over: bool = True


@dataclass(frozen=True, slots=True)
class Curve:
    """Working days against the share of cases that are over by then; both rise.

    Attributes:
        observed: How many were seen to the end.
        weight: How much they weigh together, recent ones one each.
    """

    days: tuple[float, ...]
    shares: tuple[float, ...]
    observed: int = 0
    weight: float = 0.0

    def at(self, share: float) -> float:
        """Return the days by which a share of cases is over."""
        return float(np.interp(share, self.shares, self.days))

    def draw(self, chances: Numbers) -> Numbers:
        """Return days for each chance between 0 and 1."""
        return np.interp(chances, self.shares, self.days)

    def draw_rest(self, spent: float, chances: Numbers) -> Numbers:
        """Return the days that remain after some were spent.

        What has taken longer than anything before is taken to need as long again as if it began now.
        """
        if spent <= 0:
            return self.draw(chances)
        over = float(np.interp(spent, self.days, self.shares, left=0.0, right=1.0))
        if over >= 1.0 - _LEAST:
            return self.draw(chances)
        return np.maximum(self.draw(over + chances * (1.0 - over)) - spent, 0.0)


def learned(seen: Sequence[Seen], guess: Spread) -> Curve:
    """Return the curve of what was seen; the fewer and older, the more the guess counts."""
    days = np.array([each.days for each in seen] + list(_guessed(guess)))
    weights = np.array(
        [each.weight for each in seen] + [GUESS_WEIGHS / _GUESSED] * len(_guessed(guess))
    )
    over = np.array([each.over for each in seen] + [True] * len(_guessed(guess)))
    values, shares = _product_limit(days, weights, over)
    ended = [each for each in seen if each.over]
    return _thinned(values, shares, len(ended), sum(each.weight for each in ended))


@lru_cache(maxsize=256)
def guessed(guess: Spread) -> Curve:
    """Return the curve of a guess alone."""
    return learned((), guess)


def _guessed(guess: Spread) -> tuple[float, ...]:
    """Return days at even shares of the lognormal distribution with this median and P80."""
    if guess.median <= 0 or guess.p80 <= guess.median:
        return (max(guess.median, 0.0),) * _GUESSED
    sigma = math.log(guess.p80 / guess.median) / _P80
    return tuple(
        guess.median * math.exp(sigma * _NORMAL.inv_cdf((number + 0.5) / _GUESSED))
        for number in range(_GUESSED)
    )


def _product_limit(
    days: Numbers, weights: Numbers, over: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> tuple[Numbers, Numbers]:
    """Return each number of days at which something was over, and the share over halfway through it."""
    values, places = np.unique(days, return_inverse=True)
    ended = np.bincount(places, weights=weights * over, minlength=len(values))
    every = np.bincount(places, weights=weights, minlength=len(values))
    at_risk = np.maximum(every[::-1].cumsum()[::-1], _LEAST)
    left = np.cumprod(1.0 - np.minimum(ended / at_risk, 1.0))
    shares = 1.0 - left
    halfway = (shares + np.concatenate(([0.0], shares[:-1]))) / 2
    known = ended > 0
    if left[-1] > _LEAST:  # the longest is still open: nobody knows how long it will take
        values = np.append(values, values[-1] * _LONGER)
        return values[np.append(known, True)], np.append(halfway, 1.0)[np.append(known, True)]
    return values[known], halfway[known]


def _thinned(values: Numbers, shares: Numbers, observed: int, weight: float) -> Curve:
    """Return the curve at few points, so that it is small to keep."""
    if len(values) == 1:
        values, shares = np.repeat(values, 2), np.array([0.0, 1.0])
    if len(values) > POINTS:
        wanted = np.linspace(shares[0], shares[-1], POINTS)
        values, shares = np.interp(wanted, shares, values), wanted
    return Curve(
        tuple(round(float(each), 3) for each in values),
        tuple(round(float(each), 5) for each in shares),
        observed,
        round(weight, 2),
    )
