"""Every list is tested against its reality."""

import re

from tests.support.source import ROOT, in_folder, modules
from workflows import bootstrap
from workflows.documents.store import DocumentStore

# As other programs and people's notes have them.
CLI_COMMANDS = {
    "serve", "worker", "init", "check", "publish", "token", "clock", "doctor",
}  # fmt: skip
SETTING = re.compile(r"\bEHCFLOW_[A-Z][A-Z_]*[A-Z]\b")
TOPIC = re.compile(r'camunda:topic="([^"]+)"')
PROCESS = re.compile(r'<(?:bpmn2?:)?process [^>]*?\bid="([^"]+)"')
# Limits of the law in weeks; shorter spans are reminders, which a process owner may choose.
STATUTORY = re.compile(r"\bP(6|12|14|15|16|20|52)W\b")


def diagrams() -> dict[str, str]:
    found = {
        path.relative_to(ROOT).as_posix(): path.read_text()
        for path in sorted((ROOT / "bpmn").rglob("*.bpmn"))
    }
    assert found, "No diagram was found below bpmn/."
    return found


def test_each_command_of_the_command_line_has_its_file() -> None:
    files = {module.stem for module in in_folder("webapp/cli")}

    assert CLI_COMMANDS - files == set()


def test_every_setting_is_in_the_readme_and_the_other_way_round() -> None:
    used = {name for module in modules() for name in SETTING.findall(module.text)}
    explained = set(SETTING.findall((ROOT / "README.md").read_text()))

    assert used, "No setting was found."
    assert used == explained


def test_every_topic_of_a_diagram_has_its_handler_and_the_other_way_round() -> None:
    asked = {topic for text in diagrams().values() for topic in TOPIC.findall(text)}
    offered = set(bootstrap.topics(DocumentStore("memory://")))

    assert asked == offered


def test_a_diagram_bears_the_name_of_its_process() -> None:
    wrong = {
        name: ids
        for name, text in diagrams().items()
        if (ids := PROCESS.findall(text)) != [name.rpartition("/")[2].removesuffix(".bpmn")]
    }

    assert not wrong, f"Process id and file name are one: {wrong}"


def test_no_diagram_has_a_limit_of_the_law_in_it() -> None:
    wrong = [name for name, text in diagrams().items() if STATUTORY.search(text)]

    assert not wrong, f"Ask the rulebook with due(…): {wrong}"


def test_every_template_is_shown_somewhere() -> None:
    folder = ROOT / "webapp" / "templates"
    templates = {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.html")
    }
    mentions = "\n".join([*templates.values(), *(module.text for module in modules("webapp"))])
    unused = [name for name in templates if f'"{name}"' not in mentions]

    assert templates, "No template was found."
    assert not unused, f"Delete what nothing shows: {unused}"
