"""Builds values from a parsed message, and counts what it builds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cloudcrib.grading.inside.crossing.plainness import DEPTH, Refused

NODES = 2_000_000
COSTS = {
    "ts": 10, "tds": 10, "ip": 5, "n": 5, "q": 5, "re": 1_000, "nd": 20, "no": 20,
    "df": 500, "sr": 300, "ix": 200, "ri": 50, "mi": 500,
}  # fmt: skip
Reader = Callable[["Decoder", list[Any], int], Any]


class Decoder:
    """Builds what the readers know how to build, and nothing else; `functions` gives those that the tests handed over."""

    def __init__(self, readers: Mapping[str, Reader], functions: Callable[[str], Any] | None) -> None:
        self.readers, self.functions, self.left = readers, functions, NODES

    def decode(self, value: Any, depth: int) -> Any:
        self.left -= 1
        if depth > 2 * DEPTH or self.left < 0:
            raise Refused("what came back is too large or too deep")
        if value is None or type(value) in (bool, int, float, str):
            return value
        if type(value) is not list or not value or type(value[0]) is not str or value[0] not in self.readers:
            raise Refused("what came back is not plain data")
        self.left -= COSTS.get(value[0], 0)
        return self.readers[value[0]](self, value[1:], depth + 1)

    def all(self, values: Any, depth: int) -> list[Any]:
        if type(values) is not list:
            raise Refused("what came back is not plain data")
        return [self.decode(value, depth) for value in values]
