"""Whether a JupyterLab has the learner's notebooks open already."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

SECONDS = 0.5


def address(home: Path) -> str:
    """The address of a running server from which these notebooks can be open; empty where there is none."""
    from jupyter_core.paths import jupyter_runtime_dir

    for path in sorted(Path(jupyter_runtime_dir()).glob("jpserver-*.json")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            told = json.loads(path.read_text(encoding="utf-8"))
            served = Path(told["root_dir"]).resolve()
            if home.resolve().is_relative_to(served) and _answers(told["url"]):
                return str(told["url"])
    return ""


def _answers(url: str) -> bool:
    """Whether somebody listens there: a server that was killed leaves its file behind."""
    where = urlsplit(url)
    with suppress(OSError), socket.create_connection((where.hostname or "localhost", where.port or 80), SECONDS):
        return True
    return False
