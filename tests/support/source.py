"""The project's own files, for tests about the code."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("engine", "workflows", "webapp")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of the project, read once."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Return the path from the root of the project, as people write it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def stem(self) -> str:
        """Return the name of the file without its ending."""
        return self.path.stem

    @property
    def class_name(self) -> str:
        """Return the name of the file as that of a class."""
        return "".join(word.capitalize() for word in self.stem.split("_"))

    def at(self, node: ast.expr | ast.stmt | ast.ExceptHandler) -> str:
        """Return file and line, for messages."""
        return f"{self.name}:{node.lineno}"

    def public_functions(self) -> list[str]:
        """Return the functions at the top that others may call."""
        return [
            node.name
            for node in self.tree.body
            if isinstance(node, Function) and not node.name.startswith("_")
        ]

    def public_classes(self) -> list[str]:
        """Return the classes at the top that others may use."""
        classes = [node for node in self.tree.body if isinstance(node, ast.ClassDef)]
        return [node.name for node in classes if not node.name.startswith("_")]


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Return the Python files below these folders of the project; the rooms if none is named."""
    found = tuple(
        Module(path, text := path.read_text(), ast.parse(text, filename=str(path)))
        for folder in folders or ROOMS
        for path in sorted((ROOT / folder).rglob("*.py"))
    )
    assert found, f"No Python file below {folders}: has the folder another name now?"
    return found


def in_folder(*folders: str) -> tuple[Module, ...]:
    """Return the modules of these folders that hold something: no `__init__`."""
    return tuple(module for module in modules(*folders) if module.stem != "__init__")
