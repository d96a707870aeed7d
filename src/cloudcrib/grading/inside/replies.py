"""What came back from a student's process, made sense of by the tests' side: data, errors and signatures, and never anything that runs."""

from __future__ import annotations

import builtins
import inspect
import warnings
from typing import Any

from cloudcrib.grading.inside import crossing

CHANGED = 10  # arguments of one call


class Unfit(Exception):
    """What came from the submission is not plain data; no kind of error that a test may ask for."""


class StudentError(Exception):
    """The student's function raised an error of its own making."""


ERRORS = {
    name: cls
    for name, cls in vars(builtins).items()
    if isinstance(cls, type)
    and issubclass(cls, Exception)
    and cls not in (Exception, StopIteration, StopAsyncIteration)
}


def clean(said: Any, most: int = 2_000) -> str:
    """What a submission says, as text of bounded length without control characters or halves of characters."""
    text = said[:most] if type(said) is str else "something that cannot be read"
    return "".join(
        c if c in "\n\t" or (c >= " " and not "\x7f" <= c <= "\x9f" and not "\ud800" <= c <= "\udfff") else "\ufffd"
        for c in text
    )


def decoded(name: str, value: Any) -> Any:
    try:
        if type(value) is not str:
            raise crossing.Refused("what came back is not plain data")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return crossing.loads(value.encode())
    except (crossing.Refused, UnicodeEncodeError) as err:
        raise Unfit(f"`{name}`: {clean(str(err))}.") from None


def signature(parameters: Any) -> inspect.Signature | None:
    """The student's parameters, so that a test may look at them; None when they do not make sense."""
    try:
        made = [
            inspect.Parameter(str(name), inspect._ParameterKind(kind), default=None if has else inspect.Parameter.empty)
            for name, kind, has in parameters[:100]
        ]
        return inspect.Signature(made)
    except (TypeError, ValueError):
        return None


def error(name: str, error: Any) -> Exception:
    """The nearest built-in error of what the student raised; never one that means something to a test runner."""
    error = error if type(error) is dict else {}
    said, ancestors = clean(error.get("said") if type(error.get("said")) is str else ""), error.get("ancestors")
    for ancestor in ancestors if type(ancestors) is list else ():
        if type(ancestor) is str and ancestor in ERRORS:
            return _made(ERRORS[ancestor], said)
    kind = clean(error.get("type"), 100) if type(error.get("type")) is str else "something"
    return StudentError(f"`{name}` raised {kind}: {said}")


def _made(cls: type[Exception], said: str) -> Exception:
    try:
        return cls(said)
    except TypeError:  # UnicodeDecodeError and its kin want more
        return StudentError(f"{cls.__name__}: {said}")


def rows(changed: Any) -> list[list[Any]]:
    """What is said to have changed, as far as it makes sense."""
    rows = changed[:CHANGED] if type(changed) is list else []
    return [row for row in rows if type(row) is list and len(row) == 3]
