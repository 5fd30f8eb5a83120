"""Which files call which: a diagram with those that it would be live with."""

from collections.abc import Iterable, Mapping

from lxml import etree

from engine.checks import reading
from engine.checks.diagram import Diagram
from engine.definitions import parser, xml
from engine.store.definitions import Members


def key_of(root: etree._Element) -> str:
    """Return the key of a file: the id of its first process or decision, "" where it has none."""
    tag = f"{{{xml.DMN}}}decision" if xml.kind_of(root) == "dmn" else f"{reading.B}process"
    first = root.find(tag)
    return "" if first is None else first.get("id") or ""


def live(diagram: Diagram) -> dict[str, etree._Element]:
    """Return every file by its key as it would be once this one is live."""
    return {**diagram.others, key_of(diagram.root): diagram.root}


def called(root: etree._Element) -> tuple[str, ...]:
    """Return the keys of processes and decisions that a file calls, in order of their names."""
    found: set[str] = set()
    for process in root.findall(f"{reading.B}process"):
        found.update(*parser.called_keys(process))
    return tuple(sorted(found))


def reached(key: str, files: Mapping[str, etree._Element]) -> list[str]:
    """Return a file's key with those of all that it calls, and what these call."""
    found, ahead = [], [key]
    while ahead:
        each = ahead.pop()
        if each in files and each not in found:
            found.append(each)
            ahead += called(files[each])
    return found


def callers(key: str, files: Mapping[str, etree._Element]) -> list[str]:
    """Return the keys of all files that call a file, be it through others."""
    return [each for each in sorted(files) if each != key and key in reached(each, files)]


def processes(keys: Iterable[str], files: Mapping[str, etree._Element]) -> list[etree._Element]:
    """Return the processes of files."""
    return [process for each in keys for process in files[each].findall(f"{reading.B}process")]


def bundle(diagram: Diagram) -> Members | None:
    """Return the process with what it calls as the engine would run it; None where it cannot."""
    files = live(diagram)
    key = key_of(diagram.root)
    try:
        members = {each: etree.tostring(files[each]) for each in reached(key, files)}
    except KeyError:
        return None
    return Members(key, 1, members) if members else None
