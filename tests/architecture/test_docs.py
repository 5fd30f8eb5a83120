"""What the documents say is there: links, settings, functions, refusals, topics, places in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.definitions import decisions, forms
from tests.support.source import ROOT, modules
from workflows import bootstrap
from workflows.context import SIGNATURES
from workflows.documents.store import DocumentStore
from workflows.rulebook import load

DOCUMENTS = (*ROOT.glob("*.md"), *(ROOT / "bpmn").rglob("*.md"), *(ROOT / "docs").rglob("*.md"))
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
SETTING = re.compile(r"\bEHCFLOW_[A-Z][A-Z_]*[A-Z]\b")
TERM = re.compile(r"`([^`]+)`")
PLACE = re.compile(r"`((?:engine|workflows|webapp|bpmn|docs|tests)/[^`\s]*)`")
SENTENCE = 20  # characters: shorter texts in the code are names, not answers


def prose(path: Path) -> str:
    """Return a document without its blocks of code."""
    return FENCE.sub("", path.read_text())


def anchors(path: Path) -> set[str]:
    """Return what a link may point to in a document, as the sites that show Markdown name it."""
    titles = (
        re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", each) for each in HEADING.findall(prose(path))
    )
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in titles}


def dialect() -> str:
    return " ".join((ROOT / "docs" / "diagrams.md").read_text().split())


def broken(path: Path) -> Iterator[str]:
    for link in LINK.findall(prose(path)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_document_leads_somewhere(path: Path) -> None:
    assert list(broken(path)) == []


def test_every_setting_is_described_for_operators_and_the_other_way_round() -> None:
    used = {name for module in modules() for name in SETTING.findall(module.text)}
    described = set(SETTING.findall((ROOT / "docs" / "operating.md").read_text()))

    assert used == described


def test_every_function_of_expressions_is_described_with_its_parameters() -> None:
    described = dict(re.findall(r"\| `(\w+)\(([^)`]*)\)` \|", dialect()))

    counted = {name: len(re.findall(r"\w+", text)) for name, text in described.items()}

    assert counted == {each.name: len(each.parameters) for each in SIGNATURES}


def test_every_refused_construct_is_listed_with_the_words_of_its_refusal() -> None:
    (module,) = (each for each in modules("engine") if each.stem == "unsupported")
    listed = " ".join((ROOT / "docs" / "rules" / "runs_as_drawn.md").read_text().split())
    answers = {
        text.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Return | ast.Dict)
        for text in ast.walk(node)
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    }
    sentences = {each for each in answers if len(each) > SENTENCE and each.endswith(".")}
    constructs = {
        str(key.value)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }

    assert len(sentences) > len(constructs) > 0
    assert [each for each in sentences if each not in listed] == []
    assert [each for each in constructs if f"`{each}`" not in listed] == []


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(list(forms.FieldType), id="field types"),
        pytest.param(list(decisions.HitPolicy), id="hit policies"),
        pytest.param(list(bootstrap.topics(DocumentStore("memory://"))), id="topics"),
    ],
)
def test_what_a_diagram_may_name_is_described(names: list[str]) -> None:
    described = set(TERM.findall(dialect()))

    assert [str(each) for each in names if str(each) not in described] == []


def test_every_fact_that_a_diagram_records_stands_on_the_page_of_the_processes() -> None:
    page = (ROOT / "bpmn" / "README.md").read_text()
    recorded = {
        word
        for path in (ROOT / "bpmn").rglob("*.bpmn")
        for value in re.findall(r'name="records" value="([^"]+)"', path.read_text())
        for word in re.findall(r"[a-z_0-9]+", value)
        if word in load.current().facts
    }

    assert recorded, "No diagram records a fact."
    assert [each for each in sorted(recorded) if f"`{each}`" not in page] == []


def test_every_place_in_the_code_that_a_document_names_is_there() -> None:
    gone = {
        (path.name, place)
        for path in DOCUMENTS
        for place in PLACE.findall(prose(path))
        if not any(ROOT.glob(place))
    }

    assert gone == set()
