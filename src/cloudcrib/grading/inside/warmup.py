"""What libraries put off until they are first used, done before the forks: fonts found, services loaded, backends imported."""

from __future__ import annotations

import contextlib
import functools
import importlib
import io
import re
from collections.abc import Iterable
from typing import Any

SERVICE = "aws:"  # what follows is a service of AWS, not a module
PATTERNS = 8192  # `re` keeps 512 compiled patterns and forgets the oldest; libraries alone have more


def warm(modules: Iterable[str], services: Iterable[str]) -> None:
    """Import what the notebooks will import; one that fails here fails in the notebook, with its message."""
    vars(re)["_MAXCACHE"] = PATTERNS
    with _as_in_a_cell():
        for name in modules:
            with contextlib.suppress(Exception):
                importlib.import_module(name)
                if name in _REHEARSALS:
                    _REHEARSALS[name]()
    if services:
        with contextlib.suppress(Exception):
            _account(services)


def _as_in_a_cell() -> contextlib.AbstractContextManager[Any]:
    """Libraries ask when imported whether a notebook does it: pandas shows wide tables otherwise in a terminal."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return shell.builtin_trap if shell is not None else contextlib.nullcontext()


def _figure() -> None:
    """Draw once, apart from pyplot's state."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(1, 1))
    axes = figure.subplots()
    axes.plot([0, 1])
    axes.set_title("x")
    FigureCanvasAgg(figure)
    figure.savefig(io.BytesIO(), format="png")


def _table() -> None:
    import pandas as pd

    table = pd.DataFrame({"a": ["x", "y"], "b": [1, 2]})
    table.groupby("a")["b"].sum().to_dict()
    table._repr_html_()


def _account(services: Iterable[str]) -> None:
    """Make a client of each service against moto once, then forget the session and what it built."""
    import boto3
    import moto
    from moto.moto_api._internal.models import moto_api_backend

    _remember_service_files()
    with moto.mock_aws():
        for service in services:
            with contextlib.suppress(Exception):
                _ask(boto3.client(service, "us-east-1"))  # type: ignore[call-overload]
        boto3.client("sts", "us-east-1").get_caller_identity()
    moto_api_backend.reset()
    boto3.DEFAULT_SESSION = None


def _ask(client: Any) -> None:
    """Put one question that needs no answer, so that moto loads what answers it."""
    for name in client.meta.service_model.operation_names:
        shape = client.meta.service_model.operation_model(name).input_shape
        if name.startswith(("List", "Describe")) and not (shape and shape.required_members):
            client._make_api_call(name, {})
            return


def _remember_service_files() -> None:
    """Read each description of a service once: they do not change, and a new session would parse megabytes again."""
    from botocore.loaders import JSONFileLoader, Loader

    read = functools.cache(functools.partial(JSONFileLoader.load_file, JSONFileLoader()))
    JSONFileLoader.load_file = lambda self, file_path: read(file_path)
    listing, known = Loader.list_available_services, dict[tuple[str, ...], list[str]]()

    def listed(self: Loader, type_name: str) -> list[str]:
        key = (type_name, *self._potential_locations())
        if key not in known:
            known[key] = listing(self, type_name)
        return list(known[key])

    Loader.list_available_services = listed


_REHEARSALS = {"matplotlib.pyplot": _figure, "pandas": _table}
