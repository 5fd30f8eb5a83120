"""The exploration of control flow: the assessment, 200 elements, and the reference models of BPMN.

The reference is what must be done in any case: to read the files, and for ours to parse them as the
engine does.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

from bench.measure import Count, Figure, seconds
from engine.checks.diagram import Diagram
from engine.checks.soundness import analysis
from engine.definitions import xml
from tests.support import drawing, scribbles
from tests.support.source import ROOT
from workflows import diagram_check

KEY: Final = "ehc_assessment"
DIAGRAMS: Final = ROOT / "bpmn"
MIWG: Final = ROOT.parent / "shared" / "data" / "bpmn-miwg"
ELEMENTS: Final = 200
MOST: Final = 1.0  # seconds, for the assessment
MOST_LARGE: Final = (
    5.0  # seconds, for a diagram of 200 elements, and for the worst of the reference models
)


def run(name: str, url: str) -> Iterator[Figure | Count]:
    """Explore each once; what is found is kept between rules, so the second time would cost nothing."""
    del url
    files = {path.stem: path.read_bytes() for path in DIAGRAMS.rglob("*.bpmn")}
    others = {key: xml.parse(data) for key, data in files.items() if key != KEY}
    yield from _compared(
        f"soundness of the assessment, {name}",
        Diagram(KEY, xml.parse(files[KEY]), others),
        lambda: diagram_check.check(files[KEY], KEY),
        MOST,
    )
    for drawn, body in _large().items():
        root = drawing.document(body)
        data = etree.tostring(root)
        yield from _compared(
            f"soundness of {ELEMENTS} elements, {drawn}, {name}",
            Diagram(drawn, root),
            lambda data=data: xml.parse(data),
            MOST_LARGE,
        )
    yield from _models(name)


def _compared(
    name: str, diagram: Diagram, reference: Callable[[], object], most: float
) -> Iterator[Figure | Count]:
    ours = seconds(lambda: analysis.analyse(diagram))
    yield Figure(name, ours, seconds(reference))
    yield Count(name, round(ours, 3), "s", most)


def _large() -> Mapping[str, str]:
    chance = random.Random(1)  # noqa: S311 (the same diagrams each time)
    return {
        "in blocks": scribbles.Scribe().write(scribbles.nested(chance, ELEMENTS // 2)),
        "at random": scribbles.scribbled(chance, ELEMENTS),
    }


def _models(name: str) -> Iterator[Figure | Count]:
    files = {path.name: path.read_bytes() for path in sorted(MIWG.glob("*.bpmn"))}
    roots = {model: xml.parse(data) for model, data in files.items()}
    times = {
        model: seconds(lambda model=model, root=root: analysis.analyse(Diagram(model, root)))
        for model, root in roots.items()
    }
    if times:
        reading = seconds(lambda: [xml.parse(data) for data in files.values()])
        what = f"soundness of the {len(files)} reference models, {name}"
        yield Figure(what, sum(times.values()), reading)
        yield Count(f"{what}, the longest", round(max(times.values()), 3), "s", MOST_LARGE)
