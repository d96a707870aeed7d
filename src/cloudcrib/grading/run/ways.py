"""How the practice account is reached: a folder of sockets for each side, shared with the account and seen by no other box."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from cloudcrib.grading.run.job import ACCOUNT, STUDENT, TESTS

INSIDE = "/run/account"  # where a box sees its folder, and the account all of them


@dataclass(frozen=True)
class Ways:
    """The folders with the sockets, which stand in one that is the grader's alone."""

    outside: str
    sandboxed: bool

    def make(self) -> None:
        """Folders in which the account, whoever it runs as, can open its sockets."""
        for folder in (self.outside, *(os.path.join(self.outside, side) for side in (STUDENT, TESTS))):
            os.mkdir(folder)
            os.chmod(folder, 0o777)

    def read(self, side: str) -> Mapping[str, str]:
        """What a side's box is shown: its own folder and no other; path inside, path outside."""
        return {} if side == ACCOUNT else {f"{INSIDE}/{side}": os.path.join(self.outside, side)}

    def share(self, side: str) -> Mapping[str, str]:
        """What a side's box may write to: the account's alone, to every folder."""
        return {INSIDE: self.outside} if side == ACCOUNT else {}

    def socket(self, side: str) -> str:
        """Where a side finds the account, as its own box sees it."""
        return f"{INSIDE if self.sandboxed else self.outside}/{side}/socket"
