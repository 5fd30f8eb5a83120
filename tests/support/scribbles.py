"""Diagrams by chance: properly nested blocks, and flows drawn wherever they fall."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tests.support.drawing import draw, node


@dataclass(frozen=True)
class Block:
    """A block of a diagram: a task, or others in a row, side by side or round.

    Attributes:
        kind: "task", "row", "loop", or how it splits: "xor", "and", "or".
        parts: What is in it.
        join: How it joins, where that is not how it splits.
    """

    kind: str
    parts: tuple["Block", ...] = ()
    join: str = ""

    @property
    def blocks(self) -> Iterator["Block"]:
        """This block and all in it."""
        yield self
        for part in self.parts:
            yield from part.blocks


@dataclass
class Scribe:
    """Writes blocks as chains of nodes.

    Attributes:
        chains: What `tests.support.drawing.draw` takes.
        names: The name of what each block ends with, in the order of `Block.blocks` backwards.
    """

    chains: list[str] = field(default_factory=list)
    joins: list[tuple[Block, str]] = field(default_factory=list)
    number: int = 0

    def write(self, block: Block) -> str:
        """Return a diagram of a block between a start and an end."""
        first, last = self._write(block)
        self.chains.append(f"start:s > {first}")
        self.chains.append(f"{last} > end:e")
        return draw("; ".join(self.chains))

    def _name(self, kind: str) -> str:
        self.number += 1
        name = f"{kind}{self.number}"
        self.chains.append(f"{kind}:{name}")
        return name

    def _write(self, block: Block) -> tuple[str, str]:
        if block.kind == "task":
            name = self._name("task")
            return name, name
        if block.kind == "row":
            ends = [self._write(part) for part in block.parts]
            for (_, before), (after, _) in itertools.pairwise(ends):
                self.chains.append(f"{before} > {after}")
            return ends[0][0], ends[-1][1]
        if block.kind == "loop":
            merge, choice = self._name("xor"), self._name("xor")
            first, last = self._write(block.parts[0])
            self.chains.append(f"{merge} > {first}; {last} > {choice}; {choice} > {merge}")
            return merge, choice
        split, join = self._name(block.kind), self._name(block.join or block.kind)
        self.joins.append((block, join))
        for part in block.parts:
            first, last = self._write(part)
            self.chains.append(f"{split} > {first}; {last} > {join}")
        return split, join


def nested(chance: random.Random, size: int) -> Block:
    """Return blocks in blocks, of about that many tasks."""
    if size < 2:
        return Block("task")
    kind = chance.choice(["row", "row", "xor", "and", "or", "loop"])
    if kind == "loop":
        return Block("loop", (nested(chance, size - 1),))
    cut = chance.randint(1, size - 1)
    return Block(kind, (nested(chance, cut), nested(chance, size - cut)))


def spoilt(block: Block, victim: Block, join: str) -> Block:
    """Return blocks with one of them joined in another way."""
    if block is victim:
        return replace(block, join=join)
    return replace(block, parts=tuple(spoilt(part, victim, join) for part in block.parts))


def scribbled(chance: random.Random, size: int) -> str:
    """Return a process whose flows lead from node to node by chance, mostly onwards."""
    kinds = chance.choices(["task", "xor", "and", "or", "end"], [2, 4, 4, 2, 1], k=size)
    parts = [node("start", "s"), node("end", "e")]
    flows = {("s", "n0")}
    ways_back = chance.random() < 0.5
    for at, kind in enumerate(kinds):
        final = kind == "end" and chance.random() < 0.7
        parts.append(node(kind, f"n{at}", **({"definition": "terminate"} if final else {})))
        sources = [] if kind == "end" else [f"n{at}"] * chance.choice([1, 1, 2, 2, 3])
        if kind == "task" and chance.random() < 0.3:
            parts.append(node("on", f"b{at}", attachedToRef=f"n{at}", definition="timer"))
            sources.append(f"b{at}")
        for source in sources:
            onwards = chance.randint(at + 1, min(at + 6, size))
            back = ways_back and chance.random() < 0.2
            target = chance.randint(0, at) if back else onwards
            flows.add((source, "e" if target == size else f"n{target}"))
    return draw("; ".join(f"{source} > {target}" for source, target in sorted(flows)), *parts)
