"""The tests' side of split grading: a kernel in which names the tests do not define are fetched from the student's process.

Data arrives as a copy, a function as a stand-in that asks the student's process for each call. Nothing of the student's
ever runs here.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import functools
import json
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

from cloudcrib.exercise.shape import STAND_IN
from cloudcrib.grading.inside import crossing, kernel, replies, sources
from cloudcrib.grading.inside.in_place import put
from cloudcrib.grading.inside.kernel import Kernel
from cloudcrib.grading.inside.names import bound, used
from cloudcrib.grading.inside.replies import StudentError, Unfit, clean
from cloudcrib.grading.inside.things import Thing
from cloudcrib.grading.inside.wire import Wire

NOTICED = 1000  # sentences of one cell


class Judge:
    """Fetches from the student's process what the tests ask for."""

    def __init__(self, real: Any, asks: Wire, say: Callable[[str, Any], None], order: dict[str, Any]) -> None:
        self.shell, self.asks, self.say = real.shell, asks, say
        self.theirs, self.imports = frozenset(order.get("theirs", ())), dict(order.get("imports", {}))
        self.allowed, self.learns = frozenset(order.get("allowed", ())), bool(order.get("learn"))
        self.handed: dict[int, str] = {}  # what can be handed back to the student's process, and how it is called there
        self.made: list[Any] = []  # kept alive: an id must not become that of something else
        self.lent: dict[str, Any] = {}
        self.shared: set[str] = set()  # names that a cell of both sides bound last
        self.written: list[str] = []
        self.asking = threading.Lock()
        self.changed: dict[str, None] = {}
        self.unfit: dict[str, None] = {}
        self.learnt: dict[str, None] = {}
        self.shell.events.register("post_run_cell", self.tell)

    def lend(self, source: str, both: bool = False) -> None:
        """Bind what this cell uses and the tests do not define; what an earlier cell was lent is taken back."""
        own, source = self.shell.user_ns, self.shell.transform_cell(source)
        for name, value in self.lent.items():
            if own.get(name) is value:
                del own[name]
        self.lent.clear()
        names = sorted(used(source))
        if wanted := [name for name in names if self._is_theirs(name)]:
            self._bind(wanted, self._names(wanted))
        if self.learns and (common := [name for name in names if name in self.shared and name in own]):
            self._learn(common, self._names(common))
        with contextlib.suppress(SyntaxError, ValueError):
            self.shared = self.shared | bound(ast.parse(source)) if both else self.shared - bound(ast.parse(source))

    def _is_theirs(self, name: str) -> bool:
        if name in self.shared and name in self.allowed:
            return True
        return name not in self.shell.user_ns and (name in self.theirs or not hasattr(builtins, name))

    def _names(self, wanted: list[str]) -> dict[str, Any]:
        imports = {name: self.imports[name] for name in wanted if name in self.imports}
        return self._ask("names", {"wanted": wanted, "imports": imports})

    def _learn(self, common: list[str], found: dict[str, Any]) -> None:
        """What the course's own solution made of names that locked cells have given to both sides."""
        for name in common:
            own, what = self.shell.user_ns[name], found.get(name, {})
            with contextlib.suppress(crossing.NotPlain):
                if what.get("is") == "data" and crossing.dumps(own).decode() != what["value"]:
                    self.learnt[name] = None
                    self.lent[name] = self.shell.user_ns[name] = replies.decoded(name, what["value"])

    def _bind(self, wanted: list[str], found: dict[str, Any]) -> None:
        """Bind what was asked for and nothing else: an answer may name what it likes."""
        for name in wanted:
            what = found.get(name)
            if type(what) is not dict:
                raise self.no(f"`{name}` came back as something that cannot be read.")
            if what.get("is") == "import" and name in self.imports:
                self.lent[name] = self._imported(name)
            elif what.get("is") != "missing":
                self.lent[name] = self._value(what, name, name, f"`{name}` is")
        self.shell.user_ns.update(self.lent)

    def _imported(self, name: str) -> Any:
        """What the course's own solution imports by that name."""
        scope: dict[str, Any] = {}
        try:
            exec(self.imports[name], scope)
            return scope[name]
        except Exception as err:
            raise self.no(f"`{name}` cannot be imported beside the tests ({type(err).__name__}: {err}).") from None

    def _value(self, what: dict[str, Any], name: str, key: str, said: str) -> Any:
        """What stands here for something over there; `key` says how the tests came by it."""
        if what.get("is") == "data":
            return self._decoded(name, what.get("value"))
        if what.get("is") == "function":
            return self._hand_over(self._stand_in(name, key, what), what)
        if what.get("is") == "object" and self._may(f"object {key}"):
            return self._hand_over(Thing(clean(what.get("type"), 100), self._looking(key), self.no), what)
        if what.get("is") in ("object", "other"):
            raise self.no(f"{said} {clean(what.get('type'))}; only plain data can be tested.")
        raise self.no(f"`{name}` came back as something that cannot be read.")

    def _hand_over(self, made: Any, what: dict[str, Any]) -> Any:
        """Remember what this stands for, so that a test may hand it back."""
        if type(what.get("kept")) is not int:
            raise self.no("What came back cannot be read.")
        self.handed[id(made)] = f"#{what['kept']}"
        self.made.append(made)
        return made

    def _may(self, what: str) -> bool:
        """Whether the course's own solution needed this; where it is the one that runs, it is noted."""
        if self.learns:
            self.learnt[what] = None
        return self.learns or what in self.allowed

    def _looking(self, key: str) -> Callable[[Thing, str], Any]:
        def look(thing: Thing, name: str) -> Any:
            answer = self._ask("look", {"kept": int(self.handed[id(thing)][1:]), "name": name})
            self._print(answer)
            if "error" in answer:
                raise replies.error(name, answer["error"])
            return self._value(answer, name, f"{key}.{name}", f"`{name}` is")

        return look

    def no(self, said: str) -> Unfit:
        """The error of a test that asked for what cannot be had, noted so that a person hears of it."""
        self.unfit[said] = None
        return Unfit(said)

    def _decoded(self, name: str, value: Any) -> Any:
        try:
            return replies.decoded(name, value)
        except Unfit as err:
            raise self.no(str(err)) from None

    def _stand_in(self, name: str, key: str, what: dict[str, Any]) -> Callable[..., Any]:
        def ask(*args: Any, **named: Any) -> Any:
            return self.call(function, name, key, args, named)

        async def ask_async(*args: Any, **named: Any) -> Any:
            return self.call(function, name, key, args, named)

        function: Any = ask_async if what.get("async") is True else ask
        function.__name__ = function.__qualname__ = name
        function.__doc__ = what["doc"] if type(what.get("doc")) is str else None
        setattr(function, STAND_IN, what.get("shape"))  # so that what nobody has touched is told from what is wrong
        setattr(function, sources.SOURCE, lambda: self._source(function, name))
        if (signature := replies.signature(what.get("parameters"))) is not None:
            function.__signature__ = signature
        found: Callable[..., Any] = function
        return found

    def _source(self, function: Any, name: str) -> str:
        """The text of the student's function: what its process says, where a cell that was handed in says it too."""
        text = self._ask("source", {"kept": int(self.handed[id(function)][1:])}).get("text")
        if not sources.stands_in(text, name, map(self._as_python, self.written)):
            raise OSError(str(self.no(f"the text of `{name}` does not stand in the notebook as it was handed in")))
        return str(text)

    def _as_python(self, cell: str) -> str:
        """A cell as IPython runs it, which is how a function's text is known; empty where it makes no sense."""
        try:
            return str(self.shell.transform_cell(cell))
        except Exception:
            return ""

    def call(self, function: Any, name: str, key: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Call the student's function over there and return what it gave, by value."""
        encode = functools.partial(crossing.dumps, names=self.handed)
        try:
            order = {"args": encode(list(args)).decode(), "named": encode(named).decode()}
        except crossing.NotPlain as err:
            raise self.no(f"The tests hand `{name}` {err}; only plain data can be handed over.") from None
        answer = self._ask("call", {"name": self.handed[id(function)], **order})
        self._print(answer)
        for argument in replies.rows(answer.get("changed")):
            self._change(name, key, {**dict(enumerate(args)), **named}, *argument)
        if "is" not in answer:
            raise replies.error(name, answer.get("error"))
        if answer["is"] == "function" and not self._may(f"object {key}(…)"):
            answer["is"] = "other"
        return self._value(answer, f"{name}(…)", f"{key}(…)", f"`{name}` returned")

    def _print(self, answer: dict[str, Any]) -> None:
        if type(answer.get("out")) is str and answer["out"]:
            sys.stdout.write(clean(answer["out"], 1_000_000))

    def _change(self, name: str, key: str, given: dict[Any, Any], argument: Any, at: Any, now: Any) -> None:
        """A function changed what it was given: so do the tests' own, where the course's solution did; else it is kept in mind."""
        may = f"argument {at} of {key}"
        told = type(at) in (int, str) and at in given and type(now) is str
        if told and (self.learns or may in self.allowed) and put(given[at], self._decoded(clean(argument, 100), now)):
            self.learnt[may] = None
            return
        said = f"`{name}` changed its argument `{clean(argument, 100)}` in place; the tests see only what it returns."
        self.changed[said] = None

    def tell(self, result: Any) -> None:
        """After a test cell: what could not be had; and where it did not pass, or may not have, what was changed in place."""
        changed, self.changed = self.changed, {}
        if changed and (not result.success or (result.result is not None and not self._full())):
            print(*changed, sep="\n")
        self.say("noticed", {"unfit": list(self.unfit)[:NOTICED], "learnt": list(self.learnt)[:NOTICED]})
        self.unfit.clear()
        self.learnt.clear()

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
            raise self.no("What came back cannot be read.")
        return answer


def _counts_points(kind: type) -> bool:
    """Whether this is a class of tests, by what it can tell: the points there are, and those that are earned."""
    return all(isinstance(getattr(kind, name, None), property) for name in ("earned", "points"))


async def act(judge: Judge, child: Kernel, tag: str, parts: list[bytes]) -> None:
    """A cell of the tests runs with its names lent; everything else as in any kernel."""
    if tag == "prelude":
        await child.run(parts[0].decode())
        for name in judge.theirs:  # what an exercise asks for is never the course's own
            child.real.shell.user_ns.pop(name, None)
    elif tag == "written":
        judge.written = [part.decode() for part in parts]
    elif tag in ("run", "both"):
        source = parts[0].decode()
        try:
            judge.lend(source, both=tag == "both")
        except (Unfit, StudentError) as err:  # a literal: nothing in it can be code
            source = f"raise {'TypeError' if isinstance(err, Unfit) else 'RuntimeError'}({str(err)!r}) from None"
        await child.run(source, *map(int, parts[1:2]))
    else:
        await kernel.act(child, tag, parts)


def prepare(setup: dict[str, Any]) -> Callable[..., None]:
    """Make the tests' kernel; the function returned runs it in a fork."""
    real = kernel.build()
    sources.install()

    def role(ends: list[socket.socket], order: dict[str, Any]) -> None:
        child = Kernel(real, ends[0])
        judge = Judge(real, Wire(ends[1]), child.say, order)
        kernel.live(child, functools.partial(act, judge), order)

    return role
