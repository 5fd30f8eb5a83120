"""`python -m bench [name …]`: run the benchmarks, or those named, and print their figures."""

import sys
from typing import Final

from bench import completion, long_case, sweep, task_list
from bench.databases import databases, servers

BENCHMARKS: Final = {
    "completion": completion.run,
    "task_list": task_list.run,
    "sweep": sweep.run,
    "long_case": long_case.run,
}


def main(names: list[str]) -> int:
    """Run what is named, on both databases; return 1 where a figure exceeds its limit."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.stderr.write(f"There is no benchmark {', '.join(unknown)}: {', '.join(BENCHMARKS)}.\n")
        return 2
    exceeded = 0
    with servers() as server:
        for name in names or BENCHMARKS:
            with databases(server) as urls:
                for kind, url in urls.items():
                    sys.stderr.write(f"… {name} on {kind}\n")
                    for figure in BENCHMARKS[name](kind, url):
                        sys.stdout.write(f"{figure}\n")
                        sys.stdout.flush()
                        exceeded += str(figure).endswith("EXCEEDED")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
