"""The studio against the plain viewer of bpmn-js: the same diagram of 200 elements, in a real browser.

The studio draws the same, and brings palette, panel, check and all that it takes to edit. After it is
open, frames are counted while the canvas is moved.
"""

import itertools
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from bench.measure import Count, Figure, seconds
from tests.support import county as counties
from tests.support.browser import CHROMIUM_ARGUMENTS, chromium_path
from tests.support.county import PASSWORD, County
from tests.support.pages import settings_for
from webapp.app import create_app
from workflows.commands.create_diagram_draft import CreateDiagramDraft
from workflows.commands.discard_diagram_draft import DiscardDiagramDraft

ELEMENTS: Final = 200
ROUNDS: Final = 5
MOST_SECONDS: Final = 2.0
MOST_FRAME: Final = 50  # milliseconds
A_ROW: Final = 20
BEGIN: Final = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="large_file" '
    'targetNamespace="https://ehcflow.example/bpmn">'
    '<bpmn:process id="large" name="Large" isExecutable="true">'
)
FRAMES: Final = """async () => {
  const svg = document.querySelector(".djs-container > svg");
  const times = [];
  let last = performance.now();
  for (let step = 0; step < 40; step += 1) {
    svg.dispatchEvent(new WheelEvent("wheel", {
      deltaX: step % 2 ? 12 : -9, deltaY: 7, bubbles: true, cancelable: true }));
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
}"""


def run(name: str, url: str) -> Iterator[Figure | Count]:
    """Open the diagram in the studio and in the viewer, in turns."""
    if name != "SQLite":
        return  # What the browser does is the same on both.
    with TemporaryDirectory() as folder:
        county = County(counties.settle(url, Path(folder)))
        with _served(county, Path(folder)) as address, _page(address) as page:
            studio, viewer = f"{address}/drafts/{_draft(county)}", _viewer(county, address)
            pairs = [
                (_opened(page, studio, "studio"), _opened(page, viewer, "diagram"))
                for _ in range(ROUNDS + 1)
            ][1:]
            _opened(page, studio, "studio")
            frames = page.evaluate(FRAMES)
        county.system.engine.dispose()
    ours, reference = (statistics.median(each) for each in zip(*pairs, strict=True))
    yield Figure(f"studio opens {ELEMENTS} elements, against the plain viewer", ours, reference)
    yield Count("studio opens them in", round(ours, 2), "s", MOST_SECONDS)
    yield Count(
        "median frame while the canvas is moved", round(statistics.median(frames)), "ms", MOST_FRAME
    )


def diagram() -> bytes:
    """Return a chain of 200 steps, drawn in rows."""
    ids = ["begin", *(f"step_{number}" for number in range(ELEMENTS - 2)), "end"]
    tags = {"begin": "startEvent", "end": "endEvent"}
    nodes = "".join(
        f'<bpmn:{tags.get(each, "userTask")} id="{each}" name="{each}"/>' for each in ids
    )
    pairs = list(itertools.pairwise(ids))
    flows = "".join(
        f'<bpmn:sequenceFlow id="{one}_to_{two}" sourceRef="{one}" targetRef="{two}"/>'
        for one, two in pairs
    )
    place = {each: (150 * (at % A_ROW), 120 * (at // A_ROW)) for at, each in enumerate(ids)}
    shapes = "".join(
        f'<bpmndi:BPMNShape id="{each}_di" bpmnElement="{each}">'
        f'<dc:Bounds x="{x}" y="{y}" width="{36 if each in tags else 100}" '
        f'height="{36 if each in tags else 80}"/></bpmndi:BPMNShape>'
        for each, (x, y) in place.items()
    )
    edges = "".join(
        f'<bpmndi:BPMNEdge id="{one}_{two}_di" bpmnElement="{one}_to_{two}">'
        f'<di:waypoint x="{place[one][0] + 50}" y="{place[one][1] + 40}"/>'
        f'<di:waypoint x="{place[two][0] + 50}" y="{place[two][1] + 40}"/></bpmndi:BPMNEdge>'
        for one, two in pairs
    )
    return (
        f'{BEGIN}{nodes}{flows}</bpmn:process><bpmndi:BPMNDiagram id="picture">'
        f'<bpmndi:BPMNPlane id="plane" bpmnElement="large">{shapes}{edges}</bpmndi:BPMNPlane>'
        "</bpmndi:BPMNDiagram></bpmn:definitions>"
    ).encode()


def _draft(county: County) -> str:
    command = CreateDiagramDraft(diagram())
    county.system.execute(command, county.person("owner"))
    return str(command.draft_id)


def _viewer(county: County, address: str) -> str:
    """Return the page of a draft that is discarded: it is shown in the plain viewer."""
    command = CreateDiagramDraft(diagram())
    county.system.execute(command, county.person("owner"))
    county.system.execute(DiscardDiagramDraft(command.draft_id, 1), county.person("owner"))
    return f"{address}/drafts/{command.draft_id}"


def _opened(page: Page, address: str, what: str) -> float:
    """Return the seconds until a page stands ready."""

    def job() -> None:
        page.goto(address)
        page.locator(f"[data-{what}-ready]").wait_for()

    return seconds(job)


@contextmanager
def _served(county: County, folder: Path) -> Iterator[str]:
    app = create_app(settings_for(folder), county.system)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@contextmanager
def _page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), headless=True, args=CHROMIUM_ARGUMENTS
        )
        page = chromium.new_page(viewport={"width": 1400, "height": 900})
        page.goto(f"{address}/sign-in")
        page.get_by_label("Email address").fill("owner@demo.test")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/tasks")
        yield page
        chromium.close()
