"""What an attack brought about: in points, in what was read, in what happened to others."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cohort import course
from cohort.assignment import TOKEN, WRONG, answered
from cohort.attacks import SECRETS, Attack, hand_in

ACCOMPLICE = "zz-accomplice"  # wrong answers, graded after the attack
SNOOP = """
import glob, os
for folder in ('/tmp', '/var/tmp', '/dev/shm', os.path.expanduser('~')):
    if os.path.exists(os.path.join(folder, 'left-by-a-student')): print('FOUND file in', folder)
for pid in [p for p in os.listdir('/proc') if p.isdigit() and int(p) != os.getpid()]:
    try: line = open(f'/proc/{pid}/cmdline').read()
    except OSError: continue
    if 'left-by-a-student' in line: print('FOUND process', pid)
print('FOUND segment' if ' 4096' in open('/proc/sysvipc/shm').read() else 'no segment')
import ctypes
print('FOUND key' if ctypes.CDLL(None).syscall(250, 10, -4, b'user', b'left', 0) >= 0 else 'no key')
"""
TRACES = ("wrote", "rewrote", "killed", "connected", "reached", "unshared", "FOUND", "took")


@dataclass(frozen=True)
class Effect:
    """What came of one attack."""

    points: float | None  # the attacker's; None without a grade
    victim: float | None  # an honest classmate's, 15 when all is well
    accomplice: float | None  # of whoever is graded next with wrong answers
    leaked: tuple[str, ...]
    traces: tuple[str, ...]
    later: bool  # whether those after it were graded


def prepare(root: Path, attack: Attack) -> Path:
    """A course with a victim, the attack, an accomplice and somebody honest who comes last."""
    course.lay_out(root, timeout=5)
    (root / "home").mkdir()
    (root / "home" / "secret.txt").write_text(TOKEN, encoding="utf-8")
    hand_in(root, attack, "attacker")
    course.hand_in(root, ACCOMPLICE, answered(WRONG, first=SNOOP))
    course.hand_in_right(root, "zzz-last")
    return root


def effect(root: Path) -> Effect:
    """Look at a graded course."""
    scores = course.scores(root)
    said = {who: course.printed(root, who) for who in ("attacker", ACCOMPLICE)}
    lines = [line for text in said.values() for line in text.splitlines()]
    there = {who: (root / "autograded" / who / "five" / "five.ipynb").exists() for who in scores}
    return Effect(
        *(scores.get(who) if there.get(who) else None for who in ("attacker", "victim", ACCOMPLICE)),
        leaked=tuple(secret for secret in SECRETS if secret in said["attacker"]),
        traces=tuple(dict.fromkeys(line.split(" (")[0][:60] for line in lines if line.startswith(TRACES))),
        later=there.get("zzz-last", False),
    )  # fmt: skip


def under_stock(attack: Attack, seconds: float = 90) -> Effect:
    """The attack against plain `nbgrader autograde`, with this machine kept out of its reach."""
    with tempfile.TemporaryDirectory() as place:
        root = prepare(Path(place) / "course", attack)
        line = [
            "bwrap", "--die-with-parent", "--unshare-pid", "--unshare-ipc", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
            "--tmpfs", "/tmp", "--tmpfs", "/var/tmp", "--bind", place, place, "--setenv", "HOME", str(root / "home"),
            "--setenv", "GRADER_TOKEN", TOKEN, "--chdir", str(root), sys.executable, "-m", "nbgrader", "autograde", "five",
        ]  # fmt: skip
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(line, capture_output=True, timeout=seconds, check=False, env={**os.environ, "IPYTHONDIR": str(root / "home/.ipython")})
        return effect(root)
