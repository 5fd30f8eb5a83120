"""The schema of BPMN 2.0, as the engine's library brings it."""

import functools
from collections.abc import Iterator
from importlib import resources

from lxml import etree


@functools.cache
def _schema() -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    with resources.as_file(resources.files("SpiffWorkflow.bpmn.parser") / "schema") as folder:
        path = folder / "BPMN20.xsd"  # includes its neighbours by their file names
        return etree.XMLSchema(etree.parse(str(path), parser))  # noqa: TID251 (a file of the library)


def faults(root: etree._Element) -> Iterator[tuple[int, str]]:
    """Yield what the schema refuses in a BPMN document: line and words."""
    schema = _schema()
    schema.validate(root)
    for each in schema.error_log:
        yield each.line, each.message
