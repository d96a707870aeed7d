"""An object of the student's that the tests may hold: it stays in the student's process, and only plain data comes from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Ask = Callable[["Thing", str], Any]
REFUSED = (
    "eq", "ne", "lt", "le", "gt", "ge", "hash", "bool", "iter", "next", "contains", "getitem", "setitem", "delitem", "call",
    "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "mod", "pow", "and", "or", "xor", "neg", "invert",
    "int", "float", "complex", "index", "enter", "exit", "bytes", "reversed", "abs", "round", "matmul", "await",
)  # fmt: skip
TOLD = {"len": int, "str": str, "repr": str}  # what an object may say of itself, and what that has to be


class Thing:
    """Its attributes are read as plain data and its methods called over there; it is compared with nothing.

    Whatever Python would ask an object in passing (whether it is true, equal, larger) is refused: the answer would be the student's word.
    """

    __slots__ = ("__kind", "__look", "__refuse")

    def __init__(self, kind: str, look: Ask, refuse: Callable[[str], Exception]) -> None:
        object.__setattr__(self, "_Thing__kind", kind)
        object.__setattr__(self, "_Thing__look", look)
        object.__setattr__(self, "_Thing__refuse", refuse)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.__look(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        raise self.__refuse(f"a test sets `{name}` of {self.__kind}")

    def __delattr__(self, name: str) -> None:
        raise self.__refuse(f"a test deletes `{name}` of {self.__kind}")

    def _told(self, name: str) -> Any:
        found = self.__look(self, f"__{name}__")()
        if type(found) is not TOLD[name]:
            raise self.__refuse(f"`{name}` of {self.__kind} gave no {TOLD[name].__name__}")
        return found

    def __format__(self, spec: str) -> str:
        return format(self._told("str"), spec)

    def _refused(self, name: str) -> Any:
        raise self.__refuse(f"a test asks {self.__kind} for `__{name}__`")


def _refusing(name: str) -> Any:
    return lambda self, *_: self._refused(name)


def _telling(name: str) -> Any:
    return lambda self: self._told(name)


for _name in REFUSED:
    setattr(Thing, f"__{_name}__", _refusing(_name))
for _name in TOLD:
    setattr(Thing, f"__{_name}__", _telling(_name))
