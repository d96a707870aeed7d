"""The chapters' models under the names by which notebooks know them: `cloudcrib.model.vpc_path` is `chapters/vpc/path`.

A released notebook may be older than the package that grades it, so these names stay.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

SUBJECTS = {
    "databases": ("relational", "dynamodb", "reads"),
    "ec2": ("instance", "credits", "groups", "placement", "purchase", "spot"),
    "elb": ("shares", "health", "requests", "rules"),
    "iam": ("", "arn", "billing", "directory", "evaluate", "match", "matrix", "session"),
    "route53": ("records", "geo", "ttl", "world", "zone"),
    "s3": ("objects", "access", "cost", "replication", "speed", "versions"),
    "start": ("guessing",),
    "vpc": ("addresses", "cost", "lab", "path"),
}  # per chapter: what its bare name stands for, then what follows `_`


class _Named(ModuleType):
    """A module that imports the one it stands for when something is first asked of it."""

    def __init__(self, name: str, home: str) -> None:
        super().__init__(name)
        self.__dict__["_home"] = home

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self._home), name)


def _names() -> dict[str, str]:
    bare = {slug: f"{slug}.{first}" for slug, (first, *_) in SUBJECTS.items() if first}
    return bare | {f"{slug}_{part}": f"{slug}.{part}" for slug, (_, *parts) in SUBJECTS.items() for part in parts}


for _name, _home in _names().items():
    globals()[_name] = sys.modules[f"{__name__}.{_name}"] = _Named(f"{__name__}.{_name}", f"cloudcrib.chapters.{_home}")
