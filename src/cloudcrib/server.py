"""The Jupyter server extension that comes with the package: notebooks of the course stay readable when they are opened again.

Any Jupyter server whose environment has the package loads it, since `etc/jupyter/jupyter_server_config.d/cloudcrib.json` says so.
It looks at notebooks on their way between file and browser, touches outputs and language notes of ours alone, and writes no file.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from cloudcrib.kit.views import of_the_course, strip

INSTALLED = "_cloudcrib_reads"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "cloudcrib.server"}]


def _load_jupyter_server_extension(app: Any) -> None:
    install(app)


async def _start_jupyter_server_extension(app: Any) -> None:
    """Once more when all extensions are there: jupytext's puts another manager in place."""
    install(app)


def install(app: Any) -> None:
    """Look at what this server's manager of files reads and saves; where that cannot be, it works on as it is."""
    manager = app.contents_manager
    try:
        if INSTALLED not in vars(manager):
            log = app.log
            manager.register_pre_save_hook(_saving(log))
            manager.get = _reading(manager.get, log)
            vars(manager)[INSTALLED] = True
    except Exception:
        app.log.warning("cloudcrib: saved notebooks cannot be kept readable here.", exc_info=True)


def _saving(log: Any) -> Callable[..., None]:
    """What is saved of a notebook can be read without a widget."""

    def cloudcrib_saving(model: object, **_: Any) -> None:
        _safely(strip, model, log)

    return cloudcrib_saving


def _read(notebook: dict[str, Any]) -> None:
    """What was saved elsewhere can be read as well; and opening a notebook is no change that has to be saved."""
    strip(notebook)
    if of_the_course(notebook):
        _settle(notebook)


def _settle(notebook: dict[str, Any]) -> None:
    """Say of the language what its kernel here will say, which JupyterLab would else add, and ask to save."""
    metadata = notebook.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    if isinstance(spec, dict) and spec.get("name") == "python3":
        metadata["language_info"] = _language()  # type: ignore[index]


def _language() -> dict[str, Any]:
    from ipykernel.ipkernel import IPythonKernel

    return dict(IPythonKernel.language_info)


def _reading(get: Callable[..., Any], log: Any) -> Callable[..., Any]:
    """A manager's `get` that hands on notebooks as they can be read."""

    async def later(found: Awaitable[object]) -> object:
        return handed_on(await found)

    def handed_on(model: object) -> object:
        _safely(_read, model, log)
        return model

    @functools.wraps(get)
    def reading(*args: Any, **named: Any) -> Any:
        found = get(*args, **named)
        return later(found) if inspect.isawaitable(found) else handed_on(found)

    return reading


def _safely(change: Callable[[dict[str, Any]], None], model: object, log: Any) -> None:
    """Change a model that is a notebook; whatever goes wrong is logged, and the notebook travels on."""
    try:
        if isinstance(model, dict) and model.get("type") == "notebook" and isinstance(model.get("content"), dict):
            change(model["content"])
    except Exception:
        log.warning("cloudcrib: a notebook is passed on as it is.", exc_info=True)
