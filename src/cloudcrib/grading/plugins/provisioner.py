"""The same box for stock `nbgrader autograde`: a kernel provisioner that starts any kernel inside bubblewrap.

Chosen by `"kernel_provisioner": {"provisioner_name": "crib-sandbox"}` in a kernelspec's metadata, or for every kernel by the
environment variable JUPYTER_DEFAULT_PROVISIONER_NAME, which nbgrader_config.py may set.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from cloudcrib.grading.box.bubblewrap import Plan, command
from cloudcrib.grading.inside.limits import Limits

CONNECTION = "/run/kernel"  # where the kernel finds its sockets; without a network there are no ports
_CONFINE = "import os, sys; from {limits} import *; confine(Limits()); os.execvp(sys.argv[1], sys.argv[1:])"


class SandboxProvisioner(LocalProvisioner):
    """Starts a kernel that sees its working folder's files, but no notebook there, and nothing else of the machine."""

    _folder: str = ""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Move the kernel's channels to Unix sockets in a folder that the box shares with us."""
        if not self._folder:
            self._folder = tempfile.mkdtemp(prefix="crib-kernel-")
            os.chmod(self._folder, 0o777)
        manager: Any = self.parent
        manager.transport, manager.ip = "ipc", os.path.join(self._folder, "socket")
        manager.connection_file = os.path.join(self._folder, "connection.json")
        manager.cache_ports = False
        found = await super().pre_launch(**kwargs)
        os.chmod(manager.connection_file, 0o644)
        return found

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel in a box of its own."""
        cwd = os.path.realpath(kwargs.pop("cwd", None) or os.getcwd())
        plan = Plan(
            work=cwd, home=_home(), share={self._folder: self._folder, **self._files(cwd)}, limits=Limits(), uid=_uid()
        )
        argv = [_python(), "-c", _CONFINE.format(limits=Limits.__module__), *cmd]
        with ExitStack() as stack:
            line, fds = command(argv, plan, stack, env={"JUPYTER_RUNTIME_DIR": self._folder})
            return await super().launch_kernel(
                line, **{**kwargs, "pass_fds": fds, "cwd": "/", "env": {"PATH": os.defpath}}
            )

    def _files(self, cwd: str) -> dict[str, str]:
        """Copies of the working folder's files; what the kernel writes is gone with it."""
        copies = os.path.join(self._folder, "files")
        shutil.rmtree(copies, ignore_errors=True)
        os.makedirs(copies)
        for path in Path(cwd).rglob("*"):
            if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb":
                target = Path(copies, path.relative_to(cwd))
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        for folder, _, names in os.walk(copies):
            os.chmod(folder, 0o777)
            for name in names:
                os.chmod(os.path.join(folder, name), 0o666)
        return {cwd: copies}

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the sockets and the copies."""
        await super().cleanup(restart=restart)
        if not restart and self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = ""


def _home() -> str:
    return os.path.expanduser("~") if os.path.expanduser("~") != "/" else "/home/student"


def _python() -> str:
    import sys

    return sys.executable


def _uid() -> int:
    return 65000 + os.getpid() % 500
