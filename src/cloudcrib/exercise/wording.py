"""Sentences about a learner's function: how it was called, what it returned, and what stopped it, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from types import TracebackType
from typing import Any

from cloudcrib.exercise import plain_data

LISTED = 8  # arguments that a sentence names before it says "…"
REFUSED = re.compile(r"An error occurred \(([^)]+)\) when calling the (\w+) operation(?: \(.*?\))?: (.*)", re.DOTALL)
UNKNOWN = re.compile(r'Unknown parameter in (.+?): "(.+?)", must be one of: (.+)')
MISSING = re.compile(r'Missing required parameter in (.+?): "(.+?)"')
UNFIT = re.compile(
    r"Invalid type for parameter (.+?), value: (.*), type: <class '(.+?)'>, valid types: (.+)", re.DOTALL
)
KINDS = {"str": "text", "int": "a whole number", "float": "a number", "bool": "True or False", "list": "a list"}
KINDS |= {"tuple": "a tuple", "dict": "a dictionary", "NoneType": "nothing"}


def call(f: Any, args: tuple[Any, ...], named: dict[str, Any]) -> str:
    """A call as a learner would write it."""
    name = getattr(f, "__name__", "the function")
    return f"{name}({', '.join([*map(plain_data.shown, args), *(f'{k}={plain_data.shown(v)}' for k, v in named.items())])})"


def returned(found: Any, mark: str = "") -> str:
    """What came back, with a mark around the value where code can be shown as code."""
    if found is None:
        return "nothing"
    return f"{mark}{plain_data.shown(found)}{mark}{' (text)' if type(found) is str else ''}"


def lead(name: str) -> str:
    """How a sentence about a value begins: a call returned it, a variable is it, and of anything else it is said."""
    if re.fullmatch(r"(\S+|the function)\(.*\)", name, re.DOTALL):
        return f"`{name}` returned"
    return f"`{name}` is" if re.fullmatch(r"\w+", name) else f"{name[:1].upper()}{name[1:]}:"


def error(err: BaseException) -> str:
    """An error as Python names it."""
    return f"{type(err).__name__}: {err}" if str(err) else type(err).__name__


def stopped(what: str, err: BaseException) -> str:
    """What an error says that ended a call: for AWS's own errors in plain words, else as Python names it."""
    plain = aws(err)
    return f"{what} stopped: {plain}" if plain else f"{what} raised {error(err)}."


def aws(err: BaseException) -> str:
    """What AWS, or the library that talks to it, had against a call; nothing where it was something else."""
    text = str(err)
    if found := REFUSED.search(text):
        code, operation, said = found.groups()
        return f"AWS refused `{operation}`. {said.strip().rstrip('.')} (`{code}`)."
    if "Parameter validation failed" not in text:
        return ""
    called = _operation(err.__traceback__)
    who = f"the AWS call `{called}`" if called else "an AWS call"
    said = text.partition("Parameter validation failed")[2].lstrip(":\n")
    faults = "; it ".join(_faults(text)) or f"is not well formed: {' '.join(said.split()).rstrip('.')}"
    return f"{who} {faults}{'' if faults.endswith('?') else '.'}"


def _faults(text: str) -> Iterator[str]:
    unknown = {name: (place, known.strip().split(", ")) for place, name, known in UNKNOWN.findall(text)}
    meant = {name: _near(name, known) for name, (_, known) in unknown.items()}
    for name, (place, known) in unknown.items():
        takes = ", ".join(f"`{each}`" for each in known[:LISTED]) + (", …" if len(known) > LISTED else "")
        instead = f"did you mean `{meant[name]}`?" if meant[name] else f"it takes {takes}"
        yield f"does not know the argument `{name}`{_inside(place)}: {instead}"
    for place, name in MISSING.findall(text):
        if name not in meant.values():
            yield f"lacks the argument `{name}`{_inside(place)}"
    for line in text.splitlines():
        if unfit := UNFIT.search(line):
            name, value, kind, kinds = unfit.groups()
            wanted = " or ".join(dict.fromkeys(KINDS.get(each, each) for each in re.findall(r"<class '(.+?)'>", kinds)))
            yield f"got `{value}` as `{name}`, which is {KINDS.get(kind, kind)}, and takes {wanted}"


def _near(name: str, known: list[str]) -> str:
    """The argument that somebody meant, whatever the case of its letters."""
    lower = {each.lower(): each for each in known}
    return next((lower[each] for each in get_close_matches(name.lower(), lower, n=1, cutoff=0.7)), "")


def _inside(place: str) -> str:
    return "" if place == "input" else f" in `{place}`"


def _operation(at: TracebackType | None) -> str:
    """Which method of a client was called, as a learner writes it; nothing where only the error came over."""
    from botocore import xform_name

    while at is not None:
        if at.tb_frame.f_code.co_name == "_make_api_call":
            return str(xform_name(at.tb_frame.f_locals.get("operation_name", "")))
        at = at.tb_next
    return ""
