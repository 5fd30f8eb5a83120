"""What a condition comes to while only some variables are known: yes, no, or that one cannot tell.

It reads as much of CEL as conditions on flows and facts use: choices compared with words, joined by
and, or, not, and `a ? b : c`. Whatever it does not understand is unknown, so that a way counts as
open unless it is certain that it is closed. Source: cel.dev, language definition, grammar.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

Value = str | bool | None
Known = Mapping[str, Value]
ALTERNATIVES_LIMIT: Final = 64  # beyond that many, what could tell them apart is forgotten

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<sign>\|\||&&|==|!=|[-+*/%?:!()\[\],.<>{}]=?)"""
    r"""|(?P<word>[A-Za-z_]\w*)|(?P<number>\d[\w.]*))"""
)
_LITERALS: Final[Mapping[str, Value]] = {"true": True, "false": False, "null": None}


class Unknown:
    """Stands for a value that is not known."""


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression.

    Attributes:
        kind: "value", "name", "choice" (`a ? b : c`), "or", "and", "not", "equal", "unequal",
            "sum", "text" (`string(a)`) or "other".
    """

    kind: str
    parts: tuple["Node", ...] = ()
    value: Value = None


OTHER: Final = Node("other")


def parse(text: str) -> Node:
    """Return an expression's tree; `OTHER` where it is not understood."""
    stripped = text.strip()
    if stripped.startswith("${") and stripped.endswith("}"):
        stripped = stripped[2:-1]
    try:
        return _Reader(_tokens(stripped)).whole()
    except (_NotUnderstoodError, RecursionError):
        return OTHER


def value_of(node: Node, known: Known) -> Value | Unknown:
    """Return what an expression comes to."""
    if node.kind == "value":
        return node.value
    if node.kind == "name":
        return known.get(str(node.value), UNKNOWN)
    if node.kind == "choice":
        truth = value_of(node.parts[0], known)
        return value_of(node.parts[1 if truth else 2], known) if _is(truth) else UNKNOWN
    values = [value_of(part, known) for part in node.parts]
    return _JOINED[node.kind](values) if node.kind in _JOINED else UNKNOWN


def assume(node: Node, known: Known, *, holds: bool) -> list[dict[str, Value]]:
    """Return what is then known if a condition holds, or does not: one entry for each way it can."""
    found = _assume(node, dict(known), holds=holds)
    return found if len(found) <= ALTERNATIVES_LIMIT else [dict(known)]


def names_in(node: Node) -> frozenset[str]:
    """Return the variables that an expression looks at."""
    inner = frozenset[str]().union(*(names_in(each) for each in node.parts))
    return inner | {str(node.value)} if node.kind == "name" else inner


def _assume(node: Node, known: dict[str, Value], *, holds: bool) -> list[dict[str, Value]]:
    if node.kind == "not":
        return _assume(node.parts[0], known, holds=not holds)
    if node.kind == ("and" if holds else "or"):
        return _assume_all(node.parts, known, holds=holds)
    if node.kind in {"and", "or"}:
        return [found for each in node.parts for found in _assume(each, known, holds=holds)]
    return _assume_one(node, known, holds=holds)


def _assume_one(node: Node, known: dict[str, Value], *, holds: bool) -> list[dict[str, Value]]:
    truth = value_of(node, known)
    if _is(truth):
        return [known] if truth == holds else []
    if node.kind in {"equal", "unequal"} and (node.kind == "equal") == holds:
        return [_learnt(node, known)]
    return [known]


def _assume_all(
    parts: Iterable[Node], known: dict[str, Value], *, holds: bool
) -> list[dict[str, Value]]:
    found = [known]
    for part in parts:
        found = [then for each in found for then in _assume(part, each, holds=holds)]
        if len(found) > ALTERNATIVES_LIMIT:
            return [known]
    return found


def _learnt(node: Node, known: dict[str, Value]) -> dict[str, Value]:
    """Return what is known once two sides are equal: the value of the one that was not."""
    sides = [part.parts[0] if part.kind == "text" else part for part in node.parts]
    for one, other in (sides, sides[::-1]):
        value = value_of(other, known)
        if one.kind == "name" and not isinstance(value, Unknown):
            return {**known, str(one.value): value}
    return known


def _is(truth: Value | Unknown) -> bool:
    return isinstance(truth, bool)


def _sum(values: list[Value | Unknown]) -> Value | Unknown:
    texts = [each for each in values if isinstance(each, str)]
    return "".join(texts) if len(texts) == len(values) else UNKNOWN


def _equal(values: list[Value | Unknown]) -> Value | Unknown:
    return UNKNOWN if any(isinstance(each, Unknown) for each in values) else values[0] == values[1]


def _not(values: list[Value | Unknown]) -> Value | Unknown:
    return not values[0] if _is(values[0]) else UNKNOWN


def _any(values: list[Value | Unknown]) -> Value | Unknown:
    if any(each is True for each in values):
        return True
    return UNKNOWN if any(not _is(each) for each in values) else False


_JOINED: Final[Mapping[str, Callable[[list[Value | Unknown]], Value | Unknown]]] = {
    "text": lambda values: values[0],
    "sum": _sum,
    "equal": _equal,
    "unequal": lambda values: _not([_equal(values)]),
    "not": _not,
    "or": _any,
    "and": lambda values: _not([_any([_not([each]) for each in values])]),
}


class _NotUnderstoodError(Exception):
    """The expression uses what is not read here."""


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _NotUnderstoodError
        found.append(match[0].strip())
        at = match.end()
    return found


class _Reader:
    """Reads tokens by recursive descent, from the loosest binding to the tightest."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def ended(self) -> bool:
        return self._at == len(self._tokens)

    def whole(self) -> Node:
        node = self.choice()
        return node if self.ended else OTHER

    def choice(self) -> Node:
        condition = self._any()
        if not self._take("?"):
            return condition
        first = self.choice()
        self._need(":")
        return Node("choice", (condition, first, self.choice()))

    def _any(self) -> Node:
        parts = [self._all()]
        while self._take("||"):
            parts.append(self._all())
        return Node("or", tuple(parts)) if len(parts) > 1 else parts[0]

    def _all(self) -> Node:
        parts = [self._comparison()]
        while self._take("&&"):
            parts.append(self._comparison())
        return Node("and", tuple(parts)) if len(parts) > 1 else parts[0]

    def _comparison(self) -> Node:
        one = self._sum()
        for sign, kind in (("==", "equal"), ("!=", "unequal")):
            if self._take(sign):
                return Node(kind, (one, self._sum()))
        if self._peek() in {"<", "<=", ">", ">=", "in"}:
            self._at += 1
            self._sum()
            return OTHER
        return one

    def _sum(self) -> Node:
        parts = [self._single()]
        while self._peek() in {"+", "-", "*", "/", "%"}:
            sign = self._next()
            parts.append(self._single() if sign == "+" else self._passed_over())
        return Node("sum", tuple(parts)) if len(parts) > 1 else parts[0]

    def _passed_over(self) -> Node:
        self._single()
        return OTHER

    def _single(self) -> Node:
        if self._take("!"):
            return Node("not", (self._single(),))
        return self._after(self._plain())

    def _plain(self) -> Node:
        if self._take("("):
            inner = self.choice()
            self._need(")")
            return inner
        if self._take("["):
            self._arguments("]")
            return OTHER
        word = self._next()
        if word[0] in "\"'":
            return Node("value", value=word[1:-1])
        if word in _LITERALS:
            return Node("value", value=_LITERALS[word])
        return self._named(word)

    def _named(self, word: str) -> Node:
        if word[0].isdigit():
            return OTHER
        if not re.fullmatch(r"[A-Za-z_]\w*", word):
            raise _NotUnderstoodError
        return self._called(word)

    def _called(self, name: str) -> Node:
        if not self._take("("):
            return Node("name", value=name)
        given = self._arguments(")")
        return Node("text", (given[0],)) if name == "string" and len(given) == 1 else OTHER

    def _after(self, node: Node) -> Node:
        """Read members and indexes, of whose value nothing is known."""
        while self._peek() in {".", "["}:
            if self._next() == "[":
                self._arguments("]")
            else:
                self._next()
                if self._take("("):
                    self._arguments(")")
            node = OTHER
        return node

    def _arguments(self, end: str) -> list[Node]:
        found: list[Node] = []
        while not self._take(end):
            if found:
                self._need(",")
            found.append(self.choice())
        return found

    def _peek(self) -> str:
        return "" if self.ended else self._tokens[self._at]

    def _next(self) -> str:
        if self.ended:
            raise _NotUnderstoodError
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, token: str) -> bool:
        if self._peek() != token:
            return False
        self._at += 1
        return True

    def _need(self, token: str) -> None:
        if not self._take(token):
            raise _NotUnderstoodError
