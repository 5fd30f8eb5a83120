"""Write changes as JSON, and read them again, by the name of their class."""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from engine import changes
from engine.changes import Change, JsonValue

_classes: dict[str, type[Change]] = {
    each.__name__: each
    for each in vars(changes).values()
    if isinstance(each, type) and issubclass(each, Change)
}


def register(*classes: type[Change]) -> None:
    """Let changes of the domain be written and read too."""
    _classes.update({each.__name__: each for each in classes})


def encode(change: Change) -> dict[str, JsonValue]:
    """Return the fields of a change as JSON; what is empty is left out."""
    fields = {each.name: getattr(change, each.name) for each in dataclasses.fields(change)}
    return {
        name: _encode(value)
        for name, value in fields.items()
        if name != "instance_id" and value not in (None, "", {}, ())
    }


def decode(kind: str, instance_id: UUID | None, body: Mapping[str, Any]) -> Change:
    """Return the change of a class's name and its fields as JSON."""
    cls = _classes[kind]
    values: dict[str, Any] = {"instance_id": instance_id}
    for name, (annotation, default) in _shape(cls).items():  # type: ignore[arg-type]
        if name in body:
            values[name] = _decode(annotation, body[name])
        elif name != "instance_id" and default is _MISSING:
            values[name] = _empty(annotation)
    return cls(**values)


_MISSING = dataclasses.MISSING


@lru_cache
def _shape(cls: type) -> dict[str, tuple[Any, Any]]:
    hints = typing.get_type_hints(cls)
    return {
        each.name: (
            hints[each.name],
            each.default if each.default_factory is _MISSING else each.default_factory,
        )
        for each in dataclasses.fields(cls)
    }


def _encode(value: Any) -> JsonValue:  # noqa: ANN401
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _encode(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_encode(each) for each in value]
    return typing.cast("JsonValue", value)


def _decode(annotation: Any, value: Any) -> Any:  # noqa: ANN401
    options = (
        typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    )
    for kind, read in (
        (UUID, UUID),
        (dt.datetime, dt.datetime.fromisoformat),
        (dt.date, dt.date.fromisoformat),
    ):
        if kind in options and isinstance(value, str):
            return read(value)
    return tuple(value) if typing.get_origin(annotation) is tuple else value


def _empty(annotation: Any) -> Any:  # noqa: ANN401
    if annotation is str:
        return ""
    if annotation is bool:
        return False
    if annotation is int:
        return 0
    return {} if typing.get_origin(annotation) is Mapping or annotation is changes.Values else None


def encode_all(recorded: Iterable[Change]) -> list[JsonValue]:
    """Return changes as a JSON list."""
    return [
        [type(each).__name__, str(each.instance_id) if each.instance_id else None, encode(each)]
        for each in recorded
    ]


def decode_all(rows: Iterable[Any]) -> tuple[Change, ...]:
    """Return the changes of a JSON list."""
    return tuple(
        decode(kind, UUID(instance) if instance else None, body) for kind, instance, body in rows
    )
