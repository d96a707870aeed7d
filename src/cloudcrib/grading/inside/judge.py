"""The tests' side of split grading: a kernel in which names the tests do not define are fetched from the student's process.

Data arrives as a copy, a function as a stand-in that asks the student's process for each call. Nothing of the student's
ever runs here.
"""

from __future__ import annotations

import builtins
import functools
import inspect
import json
import socket
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any

from cloudcrib.exercise.shape import STAND_IN
from cloudcrib.grading.inside import crossing, kernel
from cloudcrib.grading.inside.kernel import Kernel
from cloudcrib.grading.inside.names import used
from cloudcrib.grading.inside.wire import Wire


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


class Judge:
    """Fetches from the student's process what the tests ask for."""

    def __init__(self, real: Any, asks: Wire, theirs: frozenset[str]) -> None:
        self.shell, self.asks, self.theirs = real.shell, asks, theirs
        self.functions: dict[int, str] = {}
        self.made: list[Callable[..., Any]] = []  # kept alive: an id must not become that of something else
        self.lent: dict[str, Any] = {}
        self.asking = threading.Lock()
        self.changed: dict[str, None] = {}
        self.shell.events.register("post_run_cell", self.tell)

    def lend(self, source: str) -> None:
        """Bind what this cell uses and the tests do not define; what an earlier cell was lent is taken back."""
        own = self.shell.user_ns
        for name, value in self.lent.items():
            if own.get(name) is value:
                del own[name]
        self.lent.clear()
        wanted = sorted(name for name in used(self.shell.transform_cell(source)) if self._is_theirs(name))
        if wanted:
            self._bind(wanted, self._ask("names", wanted))

    def _is_theirs(self, name: str) -> bool:
        return name not in self.shell.user_ns and (name in self.theirs or not hasattr(builtins, name))

    def _bind(self, wanted: list[str], found: dict[str, Any]) -> None:
        """Bind what was asked for and nothing else: an answer may name what it likes."""
        for name in wanted:
            what = found.get(name)
            if type(what) is not dict:
                raise Unfit(f"`{name}` came back as something that cannot be read.")
            if what.get("is") == "data":
                self.lent[name] = _decoded(name, what.get("value"))
            elif what.get("is") == "function":
                self.lent[name] = self._stand_in(name, what)
                self.functions[id(self.lent[name])] = name
                self.made.append(self.lent[name])
            elif what.get("is") == "other":
                raise Unfit(f"`{name}` is {clean(what.get('type'))}; only plain data can be tested.")
        self.shell.user_ns.update(self.lent)

    def _stand_in(self, name: str, what: dict[str, Any]) -> Callable[..., Any]:
        def ask(*args: Any, **named: Any) -> Any:
            return self.call(name, args, named)

        async def ask_async(*args: Any, **named: Any) -> Any:
            return self.call(name, args, named)

        function: Any = ask_async if what.get("async") is True else ask
        function.__name__ = function.__qualname__ = name
        function.__doc__ = what["doc"] if type(what.get("doc")) is str else None
        setattr(function, STAND_IN, what.get("shape"))  # so that what nobody has touched is told from what is wrong
        if (signature := _signature(what.get("parameters"))) is not None:
            function.__signature__ = signature
        found: Callable[..., Any] = function
        return found

    def call(self, name: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Call the student's function over there and return what it gave, by value."""
        encode = functools.partial(crossing.dumps, names=self.functions)
        try:
            order = {"name": name, "args": encode(list(args)).decode(), "named": encode(named).decode()}
        except crossing.NotPlain as err:
            raise Unfit(f"The tests hand `{name}` {err}; only plain data can be handed over.") from None
        answer = self._ask("call", order)
        if type(answer.get("out")) is str and answer["out"]:
            sys.stdout.write(clean(answer["out"], 1_000_000))
        if "value" in answer:
            self._notice(name, answer.get("changed"))
            return _decoded(f"{name}(…)", answer["value"])
        if "unfit" in answer:
            raise Unfit(f"`{name}` returned {clean(answer['unfit'])}; only plain data can be tested.")
        raise _error(name, answer.get("error"))

    def _notice(self, name: str, changed: Any) -> None:
        """Keep in mind that a function changed what it was given: the tests cannot see that."""
        for argument in changed[:10] if type(changed) is list else ():
            self.changed[
                f"`{name}` changed its argument `{clean(argument, 100)}` in place; the tests see only what it returns."
            ] = None

    def tell(self, result: Any) -> None:
        """After a test cell that did not pass, or may not have: say what was changed in place."""
        changed, self.changed = self.changed, {}
        if changed and (not result.success or (result.result is not None and not self._full())):
            print(*changed, sep="\n")

    def _full(self) -> bool:
        """Whether every exercise tested so far has all its points."""
        found = [value for value in self.shell.user_ns.values() if _counts_points(type(value))]
        return bool(found) and all(tests.earned == tests.points for tests in found)

    def _ask(self, tag: str, order: Any) -> dict[str, Any]:
        with self.asking:
            self.asks.say(tag, order)
            tag, parts = self.asks.receive()
        if tag == "gone":
            raise StudentError(parts[0].decode())
        try:
            answer = json.loads(parts[0])
        except (ValueError, RecursionError, MemoryError):
            answer = None
        if type(answer) is not dict:
            raise Unfit("What came back cannot be read.")
        return answer


def _counts_points(kind: type) -> bool:
    """Whether this is a class of tests, by what it can tell: the points there are, and those that are earned."""
    return all(isinstance(getattr(kind, name, None), property) for name in ("earned", "points"))


def clean(said: Any, most: int = 2_000) -> str:
    """What a submission says, as text of bounded length without control characters or halves of characters."""
    text = said[:most] if type(said) is str else "something that cannot be read"
    return "".join(
        c if c in "\n\t" or (c >= " " and not "\x7f" <= c <= "\x9f" and not "\ud800" <= c <= "\udfff") else "\ufffd"
        for c in text
    )


def _decoded(name: str, value: Any) -> Any:
    try:
        if type(value) is not str:
            raise crossing.Refused("what came back is not plain data")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return crossing.loads(value.encode())
    except (crossing.Refused, UnicodeEncodeError) as err:
        raise Unfit(f"`{name}`: {clean(str(err))}.") from None


def _signature(parameters: Any) -> inspect.Signature | None:
    """The student's parameters, so that a test may look at them; None when they do not make sense."""
    try:
        made = [
            inspect.Parameter(str(name), inspect._ParameterKind(kind), default=None if has else inspect.Parameter.empty)
            for name, kind, has in parameters[:100]
        ]
        return inspect.Signature(made)
    except (TypeError, ValueError):
        return None


def _error(name: str, error: Any) -> Exception:
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


async def act(judge: Judge, child: Kernel, tag: str, parts: list[bytes]) -> None:
    """A cell of the tests runs with its names lent; everything else as in any kernel."""
    if tag == "prelude":
        await child.run(parts[0].decode())
        for name in judge.theirs:  # what an exercise asks for is never the course's own
            child.real.shell.user_ns.pop(name, None)
    elif tag == "run":
        source = parts[0].decode()
        try:
            judge.lend(source)
        except (Unfit, StudentError) as err:  # a literal: nothing in it can be code
            source = f"raise {'TypeError' if isinstance(err, Unfit) else 'RuntimeError'}({str(err)!r}) from None"
        await child.run(source, *map(int, parts[1:2]))
    else:
        await kernel.act(child, tag, parts)


def prepare(setup: dict[str, Any]) -> Callable[..., None]:
    """Make the tests' kernel; the function returned runs it in a fork."""
    real = kernel.build()

    def role(ends: list[socket.socket], order: dict[str, Any]) -> None:
        judge = Judge(real, Wire(ends[1]), frozenset(order.get("theirs", ())))
        kernel.live(Kernel(real, ends[0]), functools.partial(act, judge), order)

    return role
