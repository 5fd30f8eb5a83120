"""A file holds one process, which is marked executable and has an id."""

from collections.abc import Iterator

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.checks.problem import Problem


def find(diagram: Diagram) -> Iterator[Problem]:
    """Yield an error where a file has not just one process that can be run."""
    found = reading.processes(diagram)
    if len(found) != 1:
        yield reading.error(
            __name__,
            diagram.root,
            f"The file has {len(found)} processes: versions and cases are kept by process.",
            "Draw one process in each file; a further pool may stand there without its content.",
        )
    for process in found:
        if process.get("isExecutable", "false") != "true":
            yield reading.error(
                __name__,
                process,
                f"Process “{reading.title(process)}” is not marked executable: no case can start.",
                "Mark it as executable in its properties.",
            )
        if not process.get("id"):
            yield reading.error(
                __name__, process, "The process has no id.", "Give it an id, such as annual_review."
            )
