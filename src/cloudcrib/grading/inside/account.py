"""The practice account outside the student's box: moto as a server on two Unix sockets, one of which cannot reset it."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from cloudcrib.grading.inside.wire import Closed, Wire

_BLOCKED = "403 Forbidden"


class Guard:
    """The account as a student's process may use it: AWS's calls always, emptying it only while no test runs."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app, self.tested = app, False

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        motos_own = "moto-api" in path or "moto" in environ.get("HTTP_HOST", "")
        if motos_own and (self.tested or path != "/moto-api/reset"):
            start_response(_BLOCKED, [("Content-Type", "text/plain")])
            return [b"While the tests run, the account is emptied and inspected by them alone."]
        if motos_own:  # without its body, which could be held back until a test runs
            environ = {**environ, "wsgi.input": io.BytesIO(), "CONTENT_LENGTH": "0"}
        made: Iterable[bytes] = self.app(environ, start_response)
        return made


def read_yaml_as_data() -> None:
    """moto reads CloudFormation templates with PyYAML's Loader, whose tags may call any function; here they are data."""
    import yaml

    class Loader(yaml.SafeLoader):
        """Plain YAML; moto adds CloudFormation's own tags."""

    yaml.Loader = yaml.loader.Loader = Loader
    yaml.FullLoader = yaml.loader.FullLoader = Loader
    yaml.UnsafeLoader = yaml.loader.UnsafeLoader = Loader


def stay_inside(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook: the account calls nobody (SNS would, and reach the port of the tests) and starts no program."""
    if event == "socket.connect" and not isinstance(args[1], str | bytes):
        raise PermissionError("The practice account calls nobody.")
    if event in ("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn", "os.fork"):
        raise PermissionError("The practice account starts no program.")


def prepare(setup: dict[str, Any]) -> Callable[..., None]:
    """Import moto's server; the function returned serves an empty account in a fork."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

    def role(ends: list[socket.socket], order: dict[str, Any]) -> None:
        read_yaml_as_data()
        sys.addaudithook(stay_inside)
        app = DomainDispatcherApplication(create_backend_app)
        guard = Guard(app)
        served = {order["guarded"]: guard, order["open"]: app}
        for path, way in served.items():
            threading.Thread(target=_serve, args=(way, path), daemon=True).start()
        for path in served:
            _wait_for(path)
        wire = Wire(ends[0])
        wire.say("ready", {})
        with contextlib.suppress(Closed):
            while True:
                guard.tested = wire.receive()[0] == "tested"
                wire.say("ready", {})

    return role


def _serve(app: Callable[..., Any], path: str) -> None:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log(self, type: str, message: str, *args: Any) -> None:
            """An account keeps no log."""

    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    server = make_server(f"unix://{path}", 0, app, threaded=True, request_handler=Quiet)
    os.chmod(path, 0o666)
    server.serve_forever()


def _wait_for(path: str) -> None:
    for _ in range(1000):
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                return probe.connect(path)
            except OSError:
                time.sleep(0.005)
