"""CEL, the language of conditions, assignments, collections, timer dates and decision tables.

An expression is compiled twice: once against declared, nullable types, so that a mistake is found
with its column when the diagram is checked; once untyped, to run. A date is a timestamp to the
checker and its ISO text (which sorts alike) when it runs. Source: cel.dev, language definition.
"""

import datetime as dt
import difflib
import itertools
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from cel_expr_python import cel

from engine import errors
from engine.changes import JsonValue

LENGTH_LIMIT: Final = 2_000  # characters
NESTING_LIMIT: Final = 30  # open brackets
LIST_LIMIT: Final = 1_000  # items of any list that an expression sees
LOOP_LIMIT: Final = 2  # comprehensions (map, filter, exists, all) in one expression

Functions = Mapping[str, Callable[..., object]]
_functions: ContextVar[Functions] = ContextVar("functions")


class ValueType(StrEnum):
    """The types of variables, parameters and results."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    LIST = "list"
    MAP = "map"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class FunctionSignature:
    """A function that expressions may call; its implementation comes with the evaluation."""

    name: str
    parameters: tuple[ValueType, ...]
    result: ValueType
    doc: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may name.

    Attributes:
        variables: Name to type; all may be unset (null).
        functions: What it may call.
        enumerations: Variable to the only values it can have.
    """

    variables: Mapping[str, ValueType] = field(default_factory=dict)
    functions: tuple[FunctionSignature, ...] = ()
    enumerations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class BadExpression(errors.Invalid):
    """The expression cannot be understood.

    Attributes:
        text: The expression.
        problem: What is wrong with it.
        line, column: Where, from 1; 0 where the whole of it is meant.
    """

    def __init__(self, text: str, problem: str, *, line: int = 1, column: int = 0) -> None:
        """Say where and what."""
        self.text, self.problem, self.line, self.column = text, problem, line, column
        where = f" (column {column})" if column else ""
        super().__init__(f"In the expression “{text[:200]}”{where}: {problem}")


class ExpressionFailed(errors.Invalid):
    """The expression is well-formed but has no value for these variables."""


_CHECKED: Final[dict[ValueType, cel.Type]] = {
    ValueType.STRING: cel.Type("google.protobuf.StringValue"),
    ValueType.INTEGER: cel.Type("google.protobuf.Int64Value"),
    ValueType.NUMBER: cel.Type("google.protobuf.DoubleValue"),
    ValueType.BOOLEAN: cel.Type("google.protobuf.BoolValue"),
    ValueType.DATE: cel.Type.TIMESTAMP,
    ValueType.LIST: cel.Type.LIST,
    ValueType.MAP: cel.Type.DYN,
    ValueType.ANY: cel.Type.DYN,
}
_PASSED: Final[dict[ValueType, tuple[cel.Type, ...]]] = {
    ValueType.STRING: (cel.Type.STRING, cel.Type.NULL),
    ValueType.INTEGER: (cel.Type.INT, cel.Type.NULL),
    ValueType.NUMBER: (cel.Type.DOUBLE, cel.Type.NULL),
    ValueType.BOOLEAN: (cel.Type.BOOL, cel.Type.NULL),
    ValueType.DATE: (cel.Type.STRING, cel.Type.NULL),
}
_RESULTS: Final[dict[ValueType, frozenset[str]]] = {
    ValueType.BOOLEAN: frozenset({"BOOL", "google.protobuf.BoolValue", "DYN"}),
    ValueType.DATE: frozenset({"TIMESTAMP", "DYN", "NULL"}),
    ValueType.STRING: frozenset({"STRING", "google.protobuf.StringValue", "DYN"}),
    ValueType.LIST: frozenset({"LIST", "DYN"}),
}
_ERROR = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")
_UNKNOWN_NAME = re.compile(r"undeclared reference to '([^']+)'")
_NO_OVERLOAD = re.compile(r"found no matching overload for '([^']+)' applied to '\((.*)\)'")
_COMPARISON = re.compile(r"""\b([A-Za-z_]\w*)\s*(?:==|!=)\s*(?:"([^"]*)"|'([^']*)')""")
_CLOCKWORK = re.compile(r"\b(timestamp|duration)\s*\(|\.get[A-Z]\w*\s*\(")
_WORD: Final = re.compile(r"[A-Za-z_]\w*")
_LOOP = re.compile(r"\.(map|filter|exists|exists_one|all)\s*\(")


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression.

    Attributes:
        names: The variables that it may look at, with their types.
    """

    text: str
    is_date: bool
    names: Mapping[str, ValueType]
    _program: cel.Expression

    def evaluate(self, values: Mapping[str, JsonValue], functions: Functions) -> Any:  # noqa: ANN401
        """Return the value: JSON, or `datetime.date` where it is a date.

        Args:
            values: Variables; dates as `YYYY-MM-DD`. What is missing counts as unset.
            functions: Implementation of every function of the scope, by name.

        Raises:
            ExpressionFailed: it has no value, in plain words why.
        """
        activation = {name: _enter(values.get(name), kind) for name, kind in self.names.items()}
        token = _functions.set(functions)
        try:
            result = self._program.eval(data=activation)
        finally:
            _functions.reset(token)
        if result.type() == cel.Type.ERROR:
            raise ExpressionFailed(
                f"The expression “{self.text}” has no value here: {_plain(result.plain_value())}."
            )
        value = _leave(result)
        return dt.date.fromisoformat(value) if self.is_date and value is not None else value


def strip_wrapper(text: str) -> str:
    """Return the expression inside `${…}`, or the text as it is."""
    stripped = text.strip()
    if stripped.startswith("${") and stripped.endswith("}"):
        return stripped[2:-1].strip()
    return stripped


def is_wrapped(text: str | None) -> bool:
    """Tell whether a value is an expression, written `${…}`."""
    return text is not None and text.strip().startswith("${") and text.strip().endswith("}")


def compile_expression(
    text: str, scope: Scope, *, expects: ValueType = ValueType.ANY
) -> Expression:
    """Compile and type-check an expression.

    Args:
        text: CEL, without the `${…}` around it.
        scope: What it may name.
        expects: The type that its value must have.

    Raises:
        BadExpression: with the column of the first mistake.
    """
    _refuse_large(text)
    typed, untyped = _environments(_key_of(scope), scope.functions)
    try:
        checked = typed.compile(text)
        program = untyped.compile(text)
    except RuntimeError as error:
        raise _explain(text, str(error), scope) from error
    found = checked.return_type().name()
    _refuse_result(text, found, expects)
    _refuse_impossible_value(text, scope)
    is_date = found == "TIMESTAMP" or expects == ValueType.DATE
    words = set(_WORD.findall(text))
    names = {name: kind for name, kind in scope.variables.items() if name in words}
    return Expression(text, is_date, names, program)


def _refuse_large(text: str) -> None:
    if not text.strip():
        raise BadExpression(text, "it is empty.")
    if len(text) > LENGTH_LIMIT:
        raise BadExpression(text, f"it is longer than {LENGTH_LIMIT} characters.")
    depth = deepest = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    if deepest > NESTING_LIMIT:
        raise BadExpression(text, f"brackets are nested more than {NESTING_LIMIT} deep.")
    if len(_LOOP.findall(text)) > LOOP_LIMIT:
        raise BadExpression(
            text, f"at most {LOOP_LIMIT} of map, filter, exists and all fit in one."
        )
    if clockwork := _CLOCKWORK.search(text):
        raise BadExpression(
            text,
            f"“{clockwork[0]}” is not offered; dates are moved by before(…), after(…) and the like.",
            column=clockwork.start() + 1,
        )
    if "\x00" in text:
        raise BadExpression(text, "it has a character that cannot be read.")


def _key_of(scope: Scope) -> tuple[tuple[str, ValueType], ...]:
    return tuple(sorted(scope.variables.items()))


@lru_cache(maxsize=256)
def _environments(
    variables: tuple[tuple[str, ValueType], ...], functions: tuple[FunctionSignature, ...]
) -> tuple[cel.Env, cel.Env]:
    typed = cel.NewEnv(
        variables={name: _CHECKED[kind] for name, kind in variables},
        functions=[_declare(each) for each in functions],
    )
    untyped = cel.NewEnv(
        variables={name: cel.Type.DYN for name, _ in variables},
        functions=[_implement(each) for each in functions],
    )
    return typed, untyped


def _declare(signature: FunctionSignature) -> cel.FunctionDecl:
    overload = cel.Overload(
        id=f"{signature.name}_checked",
        return_type=_CHECKED[signature.result],
        parameters=[_CHECKED[each] for each in signature.parameters],
        impl=lambda *_: None,
    )
    return cel.FunctionDecl(signature.name, [overload])


def _implement(signature: FunctionSignature) -> cel.FunctionDecl:
    def call(*arguments: Any) -> object:  # noqa: ANN401
        given = (
            dt.date.fromisoformat(value) if kind == ValueType.DATE and value else value
            for kind, value in zip(signature.parameters, arguments, strict=True)
        )
        value = _functions.get()[signature.name](*given)
        return value.isoformat() if isinstance(value, dt.date) else value

    shapes = itertools.product(*(_PASSED[each] for each in signature.parameters))
    overloads = [
        cel.Overload(
            id=f"{signature.name}_{number}",
            return_type=cel.Type.DYN,
            parameters=list(shape),
            impl=call,
        )
        for number, shape in enumerate(shapes)
    ]
    return cel.FunctionDecl(signature.name, overloads)


def _explain(text: str, message: str, scope: Scope) -> BadExpression:
    found = _ERROR.search(message)
    if not found:
        return BadExpression(text, message.splitlines()[0])
    line, column, problem = int(found[1]), int(found[2]), found[3]
    if unknown := _UNKNOWN_NAME.search(problem):
        problem = _unknown_name(unknown[1], scope)
    elif overload := _NO_OVERLOAD.search(problem):
        kinds = overload[2].replace("wrapper(", "").replace(")", "")
        kinds = kinds.replace("google.protobuf.Timestamp", "date").replace(", ", " and ")
        operation = overload[1].strip("_").replace("_", " ")
        problem = f"“{operation}” does not work on {kinds}."
    return BadExpression(text, problem, line=line, column=column)


def _unknown_name(name: str, scope: Scope) -> str:
    known = [*scope.variables, *(each.name for each in scope.functions)]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return f"nothing here is called “{name}”.{hint}"


def _refuse_result(text: str, found: str, expects: ValueType) -> None:
    allowed = _RESULTS.get(expects)
    if allowed is not None and found.split("<", maxsplit=1)[0] not in allowed:
        raise BadExpression(text, f"its value is {found.lower()}, wanted is {expects.value}.")


def _refuse_impossible_value(text: str, scope: Scope) -> None:
    for found in _COMPARISON.finditer(text):
        values = scope.enumerations.get(found[1])
        literal = found[2] if found[2] is not None else found[3]
        if values and literal not in values and literal:
            near = difflib.get_close_matches(literal, values, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else f" It can be: {', '.join(values)}."
            raise BadExpression(
                text, f"“{found[1]}” is never “{literal}”.{hint}", column=found.start() + 1
            )


def _enter(value: JsonValue, kind: ValueType) -> object:
    """Turn a stored value into CEL's; an unset switch is off, an unset list empty."""
    if value is None:
        return {ValueType.BOOLEAN: False, ValueType.LIST: []}.get(kind)
    if isinstance(value, list) and len(value) > LIST_LIMIT:
        raise ExpressionFailed(f"A list of {len(value)} items is longer than {LIST_LIMIT}.")
    return value


def _leave(value: cel.Value) -> Any:  # noqa: ANN401
    """Return a value as JSON.

    Mend of cel-expr-python 0.1.3: `plain_value()` of a null, or of a list or map with one, takes a
    reference to None that it does not own; after some thousand the interpreter dies. So nulls are
    told by their type. `test_nulls_do_not_wear_out_the_interpreter` tells when it can go.
    """
    kind = value.type()
    if kind == cel.Type.NULL:
        return None
    if kind.name().startswith("LIST"):
        return [_leave(each) for each in value.value()]
    if kind.name().startswith("MAP"):
        return {str(name): _leave(each) for name, each in value.value().items()}
    return value.plain_value()


def _plain(value: object) -> str:
    text = str(value).split(": ", 1)[-1]
    return text.replace("null_type", "something that is not set").strip("'\" ")
