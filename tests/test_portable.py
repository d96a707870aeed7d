"""The study half asks for nothing that Windows lacks."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from shared import GOLDEN, REPOSITORY

SOURCE = REPOSITORY / "src" / "cloudcrib"
STUDY = [p for p in sorted(SOURCE.rglob("*.py")) if p.relative_to(SOURCE).parts[0] != "grading"]
POSIX = ("fcntl", "resource", "pwd", "grp", "termios", "pty", "tty")
HIDDEN = f"import sys; sys.modules.update(dict.fromkeys({POSIX!r})); "
CHECKS = {
    "import": "import cloudcrib; [getattr(cloudcrib, name) for name in cloudcrib.__all__]",
    "answer": "from cloudcrib import answer; answer('vpc-usable-28', 'eleven')\n"
    "from cloudcrib.quizzes import answers; from pathlib import Path\n"
    "assert answers.peek(Path('.vpc.answers.json'))['vpc-usable-28'].choice == ['eleven']",
    "check": "from cloudcrib import check\ndef usable(prefix): return 2 ** (32 - prefix) - 5\n"
    "check('vpc-usable')\nfrom cloudcrib.study.store import Store\nassert [a.verdict for a in Store().attempts()] == ['CORRECT']",
    "hint": "from cloudcrib import hint, solution; hint('vpc-usable'); solution('vpc-usable')",
    "progress": "from cloudcrib.cli.app import app; app(['progress'])",
    "help": "from cloudcrib.cli.app import app; app(['study', '--help'])",
    "cards": "from cloudcrib.cli.app import app; app(['cards'])",
    "copies": "from pathlib import Path; from cloudcrib.study.copies import bring; assert bring(Path.cwd())",
}


@pytest.mark.parametrize("what", CHECKS)
def test_the_study_half_runs_without_what_only_posix_has(what: str, course: Path, tmp_path: Path) -> None:
    (course / "notebooks").mkdir()
    (course / "notebooks" / "14-vpc.ipynb").write_bytes((GOLDEN / "notebooks" / "14-vpc.ipynb").read_bytes())
    code = HIDDEN + "\n" + CHECKS[what]
    environment = {**os.environ, "CLOUDCRIB_DATA": str(tmp_path / "data"), "JUPYTER_RUNTIME_DIR": str(tmp_path)}

    words = [sys.executable, "-c", code]
    done = subprocess.run(words, cwd=course, env=environment, capture_output=True, text=True, timeout=120)

    assert done.returncode == 0, done.stderr


def texts(tree: ast.AST) -> list[ast.Call]:
    """Calls that read or write text."""
    named = ("read_text", "write_text", "open")
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in named
    ]


@pytest.mark.parametrize("path", STUDY, ids=[p.relative_to(SOURCE).as_posix() for p in STUDY])
def test_text_is_always_utf_8(path: Path) -> None:
    calls = texts(ast.parse(path.read_text(encoding="utf-8")))

    silent = [
        c.lineno
        for c in calls
        if getattr(c.func, "attr", "") in ("read_text", "write_text")
        and not any(k.arg == "encoding" for k in c.keywords)
    ]
    assert silent == []
