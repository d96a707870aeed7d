"""The student's side: a kernel that, when the tests of split grading ask, tells what a name is and calls a function."""

from __future__ import annotations

import builtins
import contextlib
import functools
import inspect
import io
import json
import signal
import socket
import types
from collections.abc import Callable, Iterator
from typing import Any

from cloudcrib.exercise.shape import shape
from cloudcrib.grading.inside import crossing, kernel
from cloudcrib.grading.inside.in_place import changeable
from cloudcrib.grading.inside.kernel import Kernel
from cloudcrib.grading.inside.sources import text_of

PRINTED = 1_000_000  # characters of what a call printed


class Notebook:
    """What a notebook has defined, and the objects that the tests hold by number."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names
        self.kept: list[Any] = []

    def describe(self, name: str, statement: str = "") -> dict[str, Any]:
        """What a name is: missing, data, what the course imports by that name, a function, or an object."""
        if name not in self.names:
            return {"is": "missing"}
        return self.what(self.names[name], statement, name)

    def what(self, value: Any, statement: str = "", name: str = "") -> dict[str, Any]:
        with contextlib.suppress(Exception):
            return {"is": "data", "value": crossing.dumps(value).decode()}
        if statement and _is_imported(value, name, statement):
            return {"is": "import"}
        try:
            if callable(value) and not inspect.ismodule(value):
                return {"is": "function", "kept": self._keep(value), **_signature(value)}
            return {"is": "object", "kept": self._keep(value), "type": _reason(value)}
        except Exception:
            return {"is": "other", "type": "an object that cannot be looked at"}

    def _keep(self, value: Any) -> int:
        self.kept.append(value)
        return len(self.kept) - 1

    def found(self, name: str) -> Any:
        """What the tests hand back: by name, or by the number under which it is kept."""
        return self.kept[int(name[1:])] if name.startswith("#") else self.names[name]

    def look(self, order: dict[str, Any]) -> dict[str, Any]:
        """An attribute of an object that the tests hold."""
        answer: dict[str, Any] = {}
        with _heeding(answer):
            answer |= self.what(getattr(self.kept[order["kept"]], order["name"]))
        return answer

    async def call(self, order: dict[str, Any]) -> dict[str, Any]:
        """Call the student's function with the tests' arguments; what it printed comes back too."""
        answer: dict[str, Any] = {}
        with _heeding(answer):
            function = self.found(order["name"])
            args = crossing.loads(order["args"].encode(), self.found)
            named = crossing.loads(order["named"].encode(), self.found)
            before = _states(function, args, named)
            result = function(*args, **named)
            if inspect.isawaitable(result):
                result = await result
            answer |= {"changed": _changed(before), **self.what(result)}
        return answer


@contextlib.contextmanager
def _heeding(answer: dict[str, Any]) -> Iterator[None]:
    """While student code answers the tests: it can be interrupted, and what it prints or raises becomes part of the answer."""
    out, err = io.StringIO(), io.StringIO()
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            yield
    except BaseException as problem:
        answer.clear()
        answer["error"] = _error(problem)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    answer["out"] = out.getvalue()[:PRINTED]


async def act(notebook: Notebook, child: Kernel, tag: str, parts: list[bytes]) -> None:
    """The requests of a kernel whose names and functions the tests may use."""
    if tag == "names":
        order = json.loads(parts[0])
        imports = order["imports"]
        child.say("names", {name: notebook.describe(name, imports.get(name, "")) for name in order["wanted"]})
    elif tag == "call":
        child.say("answer", await notebook.call(json.loads(parts[0])))
    elif tag == "look":
        child.say("answer", notebook.look(json.loads(parts[0])))
    elif tag == "source":
        child.say("answer", {"text": text_of(notebook.kept[json.loads(parts[0])["kept"]])})
    else:
        await kernel.act(child, tag, parts)


def _is_imported(value: Any, name: str, statement: str) -> bool:
    """Whether this is what the course's own import statement gives under that name."""
    scope: dict[str, Any] = {}
    with contextlib.suppress(Exception):
        exec(statement, scope)
    return name in scope and scope[name] is value


def _signature(value: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"doc": value.__doc__ if type(value.__doc__) is str else None}
    said["type"] = f"a {type(value).__name__}"
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


States = list[tuple[str, int | str, Any, bytes | None]]
FIXED = (type(None), bool, int, float, complex, str, bytes)


def _states(function: Any, args: list[Any], named: dict[str, Any]) -> States:
    """What may change in a call: the parameter's name, where it was given, and what it is before."""
    given: list[tuple[int | str, Any]] = [*enumerate(args), *named.items()]
    called = {id(value): str(at + 1) if isinstance(at, int) else at for at, value in given}
    with contextlib.suppress(Exception):
        bound = inspect.signature(function).bind(*args, **named).arguments
        called |= {id(value): name for name, value in bound.items()}
    return [(called[id(value)], at, value, _state(value)) for at, value in given if type(value) not in FIXED]


def _changed(before: States) -> list[Any]:
    """Arguments whose value is no longer what it was: the parameter, where it was given, and what a container has become."""
    found: list[Any] = []
    for name, at, value, state in before:
        if state is not None and (now := _state(value)) != state:
            found.append([name, at, now.decode() if now and changeable(value) else None])
    return found


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
        kernel.live(Kernel(real, ends[0]), functools.partial(act, Notebook(real.shell.user_ns)), order)

    return role
