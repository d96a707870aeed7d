"""The student's side: a kernel that, when the tests of split grading ask, tells what a name is and calls a function."""

from __future__ import annotations

import builtins
import contextlib
import inspect
import io
import json
import signal
import socket
import types
from collections.abc import Callable
from typing import Any

from cloudcrib.exercise.shape import shape
from cloudcrib.grading.inside import crossing, kernel
from cloudcrib.grading.inside.kernel import Kernel


async def act(child: Kernel, tag: str, parts: list[bytes]) -> None:
    """The requests of a kernel whose names and functions the tests may use."""
    if tag == "names":
        child.say("names", {name: describe(child.real.shell.user_ns, name) for name in json.loads(parts[0])})
    elif tag == "call":
        child.say("answer", await call(child.real.shell.user_ns, json.loads(parts[0])))
    else:
        await kernel.act(child, tag, parts)


def describe(names: dict[str, Any], name: str) -> dict[str, Any]:
    """What a name of the notebook is: missing, data, a function, or something that cannot cross."""
    if name not in names:
        return {"is": "missing"}
    value = names[name]
    with contextlib.suppress(Exception):
        return {"is": "data", "value": crossing.dumps(value).decode()}
    try:
        if callable(value) and not inspect.ismodule(value):
            return {"is": "function", **_signature(value)}
        return {"is": "other", "type": _reason(value)}
    except Exception:
        return {"is": "other", "type": "an object that cannot be looked at"}


def _signature(value: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"doc": value.__doc__ if type(value.__doc__) is str else None}
    said["async"] = inspect.iscoroutinefunction(value)
    if type(value) is types.FunctionType:
        said["shape"] = shape(value.__code__)
    with contextlib.suppress(Exception):
        parameters = inspect.signature(value).parameters.values()
        said["parameters"] = [[p.name, int(p.kind), p.default is not p.empty] for p in parameters]
    return said


def _reason(value: Any) -> str:
    try:
        crossing.dumps(value)
    except crossing.NotPlain as err:
        return str(err)
    except Exception as err:
        return f"data that cannot be read ({type(err).__name__})"
    return f"a {type(value).__name__}"


async def call(names: dict[str, Any], order: dict[str, Any]) -> dict[str, Any]:
    """Call the student's function with the tests' arguments; what it printed comes back too."""
    out, err = io.StringIO(), io.StringIO()
    answer: dict[str, Any]
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            function = names[order["name"]]
            args = crossing.loads(order["args"].encode(), names.__getitem__)
            named = crossing.loads(order["named"].encode(), names.__getitem__)
            before = _states(function, args, named)
            result = function(*args, **named)
            if inspect.isawaitable(result):
                result = await result
            answer = {"value": crossing.dumps(result).decode(), "changed": _changed(before)}
    except crossing.NotPlain as problem:
        answer = {"unfit": str(problem)}
    except BaseException as problem:
        answer = {"error": _error(problem)}
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return {**answer, "out": out.getvalue()[:1_000_000]}


States = list[tuple[str, Any, bytes | None]]
FIXED = (type(None), bool, int, float, complex, str, bytes)


def _states(function: Any, args: list[Any], named: dict[str, Any]) -> States:
    """What may change in a call, by the parameter's name, as it is before."""
    given = {str(at + 1): value for at, value in enumerate(args)} | named
    with contextlib.suppress(Exception):
        given = dict(inspect.signature(function).bind(*args, **named).arguments)
    return [(name, value, _state(value)) for name, value in given.items() if type(value) not in FIXED]


def _changed(before: States) -> list[str]:
    """Parameters whose value is no longer what it was."""
    return [name for name, value, state in before if state is not None and _state(value) != state]


def _state(value: Any) -> bytes | None:
    with contextlib.suppress(Exception):
        return crossing.dumps(value)
    return None


def _error(problem: BaseException) -> dict[str, Any]:
    """An exception as data: its built-in ancestors by name, and what it says."""
    try:
        said = str(problem)
    except Exception:
        said = ""
    ancestors = [cls.__name__ for cls in type(problem).__mro__ if getattr(builtins, cls.__name__, None) is cls]
    return {"type": type(problem).__name__, "ancestors": ancestors, "said": said[:10_000]}


def prepare(setup: dict[str, Any]) -> Callable[..., None]:
    """Make the student's kernel; the function returned runs it in a fork."""
    real = kernel.build()

    def role(ends: list[socket.socket], order: dict[str, Any]) -> None:
        kernel.live(Kernel(real, ends[0]), act, order)

    return role
