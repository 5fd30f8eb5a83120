"""Tokens as a thousand draws at once: when each gets somewhere, and on what its time was spent."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workflows.forecast.chance import DRAWS
from workflows.forecast.days import Numbers

Chosen = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Token:
    """When each draw gets to a place (infinite where it never does), and the number of its trail."""

    at: Numbers
    trail: int


@dataclass(frozen=True, slots=True)
class _Spent:
    before: int
    key: str
    amount: Numbers


@dataclass(frozen=True, slots=True)
class _Met:
    before: tuple[int, ...]
    which: NDArray[np.intp]


@dataclass(slots=True)
class Trails:
    """How tokens came to where they are, from the last step back to the first."""

    _steps: list[_Spent | _Met | None] = field(default_factory=lambda: [None])

    def begin(self, at: float) -> Token:
        """Return a token that stands somewhere now, in every draw."""
        return Token(np.full(DRAWS, float(at)), 0)

    def spend(self, token: Token, until: Numbers, key: str) -> Token:
        """Return a token that has waited until a moment."""
        amount = np.zeros(DRAWS)
        np.subtract(until, token.at, out=amount, where=np.isfinite(until))
        self._steps.append(_Spent(token.trail, key, amount))
        return Token(until, len(self._steps) - 1)

    def first(self, tokens: Sequence[Token]) -> Token:
        """Return the one that comes first in each draw."""
        if len(tokens) == 1:
            return tokens[0]
        return self._met(tokens, np.argmin([each.at for each in tokens], axis=0))

    def last(self, tokens: Sequence[Token]) -> Token:
        """Return the one that comes last in each draw, those left out that never come."""
        if len(tokens) == 1:
            return tokens[0]
        at = np.array([each.at for each in tokens])
        return self._met(tokens, np.argmax(np.where(np.isfinite(at), at, -np.inf), axis=0))

    def spent(self, token: Token) -> dict[str, float]:
        """Return the days spent on each thing, over all draws in which the token comes."""
        masks: dict[int, Chosen] = {token.trail: np.isfinite(token.at)}
        found: dict[str, float] = {}
        for number in range(token.trail, 0, -1):
            mask = masks.pop(number, None)
            if mask is None:
                continue
            step = self._steps[number]
            if isinstance(step, _Spent):
                days = float(step.amount[mask].sum())
                found[step.key] = found.get(step.key, 0.0) + days
                _add(masks, step.before, mask)
            elif step is not None:
                for place, before in enumerate(step.before):
                    _add(masks, before, mask & (step.which == place))
        return found

    def _met(self, tokens: Sequence[Token], which: NDArray[np.intp]) -> Token:
        at = np.array([each.at for each in tokens])[which, np.arange(DRAWS)]
        self._steps.append(_Met(tuple(each.trail for each in tokens), which))
        return Token(at, len(self._steps) - 1)


def only(token: Token, where: Chosen) -> Token:
    """Return a token that comes in some draws alone."""
    return Token(np.where(where, token.at, np.inf), token.trail)


def comes(token: Token) -> bool:
    """Tell whether a token comes in any draw."""
    return bool(token.at.min() < np.inf)


def _add(masks: dict[int, Chosen], number: int, mask: Chosen) -> None:
    if number and mask.any():
        masks[number] = masks[number] | mask if number in masks else mask
