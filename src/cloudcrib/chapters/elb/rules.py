"""Listener rules of an Application Load Balancer: the first rule whose conditions all hold decides.

Modelled are one host and one path pattern a rule. Not modelled are several values in a condition (one of them must fit),
regular expressions, headers, methods, query strings, source addresses, and transforms.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A listener rule: a priority, up to two conditions, and the target group it forwards to."""

    priority: int
    to: str
    host: str | None = None
    path: str | None = None


def matches(pattern: str, text: str, ignore_case: bool = False) -> bool:
    """`*` stands for any run of characters, `?` for exactly one."""
    wild = {"*": ".*", "?": "."}
    expression = "".join(wild.get(letter) or re.escape(letter) for letter in pattern)
    return re.fullmatch(expression, text, re.IGNORECASE | re.DOTALL if ignore_case else re.DOTALL) is not None


def conditions_hold(rule: Rule, host: str, path: str) -> dict[str, bool]:
    """What each condition of a rule says to a request; hosts are compared without case, paths with it."""
    said = {}
    if rule.host is not None:
        said["host"] = matches(rule.host, host, ignore_case=True)
    if rule.path is not None:
        said["path"] = matches(rule.path, path.partition("?")[0])
    return said


def in_order(rules: Iterable[Rule]) -> list[Rule]:
    """Rules are read from the lowest priority number up."""
    return sorted(rules, key=lambda rule: rule.priority)


def route(rules: Iterable[Rule], host: str, path: str, default: str = "default") -> str:
    """The target group of the first rule whose conditions all hold, else the default rule's."""
    for rule in in_order(rules):
        if all(conditions_hold(rule, host, path).values()):
            return rule.to
    return default


def trace(rules: Iterable[Rule], host: str, path: str) -> list[tuple[Rule, str]]:
    """How each rule fared: a condition failed, it decided, or it was never reached."""
    steps: list[tuple[Rule, str]] = []
    decided = False
    for rule in in_order(rules):
        failed = [name for name, holds in conditions_hold(rule, host, path).items() if not holds]
        said = "not reached" if decided else " and ".join(failed) + " differs" if failed else "decides"
        decided = decided or not failed
        steps.append((rule, said))
    return steps
