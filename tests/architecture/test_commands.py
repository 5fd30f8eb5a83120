"""A command is frozen data with a handler of the same name, and somebody runs it."""

import ast

import pytest

from tests.support.source import Module, in_folder, modules

COMMANDS = in_folder("engine/commands", "workflows/commands")


def class_of(module: Module) -> ast.ClassDef:
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef) and node.name == module.class_name:
            return node
    pytest.fail(
        f"{module.name} has no class {module.class_name}: file, class and function share one name."
    )


@pytest.mark.parametrize("module", COMMANDS, ids=lambda module: module.stem)
def test_a_command_is_frozen_data(module: Module) -> None:
    decorators = [ast.unparse(each) for each in class_of(module).decorator_list]

    assert "dataclass(frozen=True, slots=True)" in decorators, (
        f"{module.name}: whoever holds a command must be sure that nobody changes it."
    )


@pytest.mark.parametrize("module", COMMANDS, ids=lambda module: module.stem)
def test_a_command_is_in_the_table_of_handlers(module: Module) -> None:
    handled = any(
        isinstance(node, ast.Dict) and any(refers(each, module.stem) for each in node.values)
        for other in modules("engine", "workflows")
        if other.path != module.path
        for node in ast.walk(other.tree)
    )

    assert handled, f"Nothing runs {module.name}: write it into the table of handlers."


def refers(node: ast.expr, function: str) -> bool:
    """Tell whether an expression names the function, as `function` or `module.function`."""
    return ast.unparse(node).split(".")[-1] == function
