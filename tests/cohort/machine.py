"""What this machine has of what some tests need."""

from __future__ import annotations

import os
import random
import shutil
import socket

import pytest

needs_bubblewrap = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")


def free_port() -> int:
    """A port for a server that is started a moment later; not one of those that the system hands to every kernel's sockets meanwhile."""
    for port in random.Random(os.urandom(8)).sample(range(20_000, 30_000), 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")
