"""What JSON-able values may look like: read from typed Python, and held against a value."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

WORDS = {str: "string", int: "number", float: "number", bool: "boolean", types.NoneType: "null"}


@dataclass(frozen=True)
class Shape:
    """One of several shapes, if any stand in `of`; else what `name` says: a base type, a literal, a list, an object …"""

    name: str
    of: tuple[Shape, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(str, self.of))})" if self.of else self.name


Fields = Mapping[str, tuple[bool, Shape]]  # whether it must be there, and its shape


@dataclass(frozen=True)
class Table:
    """All that a module declares: objects by their fields, and other types by name."""

    objects: Mapping[str, Fields]
    types: Mapping[str, Shape]


def union(shapes: list[Shape]) -> Shape:
    """One of these shapes, in whatever order they were written."""
    flat = {each for shape in shapes for each in (shape.of if shape.name == "any" else (shape,))}
    return next(iter(flat)) if len(flat) == 1 else Shape("any", tuple(sorted(flat, key=str)))


def literal(text: str) -> Shape:
    return Shape(f'"{text}"')


def table(module: types.ModuleType) -> Table:
    """What a module of TypedDicts and aliases declares in public."""
    names = {name: value for name, value in vars(module).items() if not name.startswith("_")}
    objects = {name: _fields(value) for name, value in names.items() if is_typeddict(value)}
    others = {n: v for n, v in names.items() if get_origin(v) is not None or v in tuple(WORDS)}
    return Table(objects, {name: shape_of(value) for name, value in others.items()})


def _fields(typed: type) -> Fields:
    hints = get_type_hints(typed, include_extras=True)
    return {name: (get_origin(hint) is not NotRequired, shape_of(hint)) for name, hint in hints.items()}


def shape_of(hint: Any) -> Shape:
    """The shape that a type of Python says."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint in WORDS:
        return Shape(WORDS[hint])
    if is_typeddict(hint):
        return Shape(hint.__name__)
    if origin is NotRequired:
        return shape_of(inner[0])
    if origin is Literal:
        return union([literal(each) for each in inner])
    if origin in (Union, types.UnionType):
        return union([shape_of(each) for each in inner])
    if origin is dict and inner[0] is str:
        return Shape("record", (shape_of(inner[1]),))
    if origin in (list, tuple):
        return Shape(origin.__name__, tuple(shape_of(each) for each in inner))
    raise TypeError(f"No JSON is written as {hint}.")


def faults(known: Table, shape: Shape, value: object, where: str = "it") -> Iterator[str]:
    """What keeps a value from being of a shape, in sentences."""
    if shape.name in known.objects:
        yield from _faults_of_object(known, known.objects[shape.name], value, where)
    elif shape.name == "any":
        told = [list(faults(known, each, value, where)) for each in shape.of]
        if all(told):
            meant = isinstance(value, dict) and any(each.name in known.objects for each in shape.of)
            yield from min(told, key=len) if meant else [f"{where} is none of {shape}: {value!r}"]
    elif shape.name in ("list", "tuple"):
        yield from _faults_of_list(known, shape, value, where)
    elif shape.name == "record" and isinstance(value, dict):
        for name, each in value.items():
            yield from faults(known, shape.of[0], each, f"{where}.{name}")
    elif _base(value) != shape.name and (not isinstance(value, str) or literal(value) != shape):
        yield f"{where} is not {shape}: {value!r}"


def _base(value: object) -> str | None:
    return WORDS.get(type(value))


def _faults_of_object(known: Table, fields: Fields, value: object, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is not an object: {value!r}"
        return
    for name, (needed, shape) in fields.items():
        if name in value:
            yield from faults(known, shape, value[name], f"{where}.{name}")
        elif needed:
            yield f"{where}.{name} is missing"
    yield from (f"{where}.{name} is not declared" for name in value.keys() - fields.keys())


def _faults_of_list(known: Table, shape: Shape, value: object, where: str) -> Iterator[str]:
    if not isinstance(value, list) and not (shape.name == "tuple" and isinstance(value, tuple)):
        yield f"{where} is not {shape}: {value!r}"
    elif shape.name == "tuple" and len(value) != len(shape.of):
        yield f"{where} has not {len(shape.of)} parts: {value!r}"
    else:
        for place, each in enumerate(value):
            yield from faults(known, shape.of[place if shape.name == "tuple" else 0], each, f"{where}[{place}]")
