"""`python -m bench [--list] [name …]`: run the benchmarks, or those named, and print their figures."""

import sys
from collections.abc import Iterator
from typing import Final

from bench import (
    board,
    check,
    completion,
    forecast,
    long_case,
    moving,
    returns,
    simulation,
    soundness,
    studio,
    sweep,
    task_list,
    waiting,
)
from bench.databases import databases, durability, servers

BENCHMARKS: Final = {
    "completion": completion.run,
    "task_list": task_list.run,
    "sweep": sweep.run,
    "long_case": long_case.run,
    "check": check.run,
    "soundness": soundness.run,
    "moving": moving.run,
    "studio": studio.run,
    "simulation": simulation.run,
    "board": board.run,
    "forecast": forecast.run,
    "returns": returns.run,
    "waiting": waiting.run,
}


def main(arguments: list[str]) -> int:
    """Run what is named, on both databases; return 1 where a figure exceeds its limit."""
    if arguments == ["--list"]:
        print(*BENCHMARKS, sep="\n")
        return 0
    unknown = [name for name in arguments if name not in BENCHMARKS]
    if unknown:
        sys.stderr.write(f"There is no benchmark {', '.join(unknown)}: {', '.join(BENCHMARKS)}.\n")
        return 2
    exceeded = [line for line in _lines(arguments or list(BENCHMARKS)) if line.endswith("EXCEEDED")]
    return 1 if exceeded else 0


def _lines(names: list[str]) -> Iterator[str]:
    """Print and yield each figure as soon as it is known; progress goes to the error stream."""
    with servers() as server:
        with databases(server) as urls:
            for kind, url in urls.items():
                print(f"{kind}: {durability(url)}", flush=True)
        for name in names:
            with databases(server) as urls:
                for kind, url in urls.items():
                    sys.stderr.write(f"… {name} on {kind}\n")
                    for figure in BENCHMARKS[name](kind, url):
                        print(figure, flush=True)
                        yield str(figure)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
