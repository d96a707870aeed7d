"""Kernels for the builder, forked from a warm interpreter: real ones, which only need not import the libraries again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from cloudcrib.editions import warm


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel as a fork."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Hand the words that follow `python -m ipykernel_launcher` to a fork."""
        folder = Path(kwargs.get("cwd") or os.getcwd())
        environment = {**os.environ, **(kwargs.get("env") or {})}
        child = warm.Child("cloudcrib.editions.forked:kernel", [cmd[3:]], folder, environment)
        vars(self)["process"], self.pid, self.pgid = child, child.pid, child.pid
        return self.connection_info


class ForkedKernels(AsyncKernelManager):
    """Jupyter's manager of one kernel, which starts it as a fork."""

    async def _async_pre_start_kernel(self, **kw: Any) -> Any:
        if self.provisioner is None:
            self.provisioner = ForkedProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**kw)
