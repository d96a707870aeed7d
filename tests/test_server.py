"""The server extension: notebooks of ours are readable on their way in and out, all else and every error passes."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.filemanager import AsyncFileContentsManager, FileContentsManager
from nbformat.v4 import new_code_cell, new_notebook, new_output
from shared import run_apart

from cloudcrib import server
from cloudcrib.kit.views import VIEW, ours
from cloudcrib.quizzes.answers import MIME, Answer, from_notebook, to_data

SPEC = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
RECORD = {"demo-a": Answer(["x"], "2026-11-24T10:00:00Z")}
QUIZ = [
    new_output("display_data", {VIEW: ours("1"), "text/markdown": "Which?"}),
    new_output("display_data", {MIME: to_data(RECORD), "text/markdown": "*Recorded:* x"}),
]


def notebook(*outputs: Any, tags: tuple[str, ...] = ("crib-quiz",)) -> Any:
    cell = new_code_cell(
        "quiz('demo-a')", outputs=copy.deepcopy(list(outputs)), metadata={"tags": list(tags)}, execution_count=1
    )
    return new_notebook(cells=[cell], metadata=dict(SPEC))


def write(path: Path, made: Any) -> bytes:
    nbformat.write(made, path)
    return path.read_bytes()


@pytest.fixture(params=[FileContentsManager, AsyncFileContentsManager], ids=["plain", "async"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """As much of a Jupyter server as the extension looks at, with a real manager of files."""
    made = request.param(root_dir=str(tmp_path))
    running = SimpleNamespace(contents_manager=made, log=logging.getLogger("jupyter"))
    server._load_jupyter_server_extension(running)
    run_apart(server._start_jupyter_server_extension(running))
    return running


def done(found: Any) -> Any:
    async def waited() -> Any:
        return await found

    return run_apart(waited()) if asyncio.iscoroutine(found) else found


def read(app: Any, name: str) -> Any:
    return done(app.contents_manager.get(name))["content"]


def shown(made: Any) -> list[list[str]]:
    return [sorted(output["data"]) for output in made["cells"][0]["outputs"]]


def test_what_is_read_can_be_read_without_a_widget_and_the_file_stays_as_it_is(app: Any, tmp_path: Path) -> None:
    before = write(tmp_path / "a.ipynb", notebook(*QUIZ))

    found = read(app, "a.ipynb")

    assert shown(found) == [["text/markdown"], [MIME, "text/markdown"]]
    assert (tmp_path / "a.ipynb").read_bytes() == before


def test_what_is_saved_can_be_read_anywhere_and_keeps_its_answers(app: Any, tmp_path: Path) -> None:
    done(app.contents_manager.save({"type": "notebook", "content": notebook(*QUIZ)}, "a.ipynb"))

    on_disk = json.loads((tmp_path / "a.ipynb").read_text())
    assert shown(on_disk) == [["text/markdown"], [MIME, "text/markdown"]]
    assert from_notebook(on_disk) == RECORD


def test_the_language_is_said_as_the_kernel_will_say_it(app: Any, tmp_path: Path) -> None:
    """JupyterLab would write it into the notebook, and ask on closing whether to save that."""
    write(tmp_path / "a.ipynb", notebook())

    assert read(app, "a.ipynb")["metadata"]["language_info"] == IPythonKernel.language_info


@pytest.mark.parametrize("name", ["get", "save"])
def test_somebody_elses_notebook_is_not_touched(app: Any, tmp_path: Path, name: str) -> None:
    other = notebook(new_output("display_data", {VIEW: {"model_id": "1"}, "text/html": "<p>"}), tags=())
    if name == "save":
        done(app.contents_manager.save({"type": "notebook", "content": other}, "a.ipynb"))
        found = json.loads((tmp_path / "a.ipynb").read_text())
    else:
        write(tmp_path / "a.ipynb", other)
        found = read(app, "a.ipynb")

    assert shown(found) == [[VIEW, "text/html"]]
    assert "language_info" not in found["metadata"]


def test_other_files_and_folders_pass(app: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")

    assert done(app.contents_manager.get("a.txt"))["content"] == "text"
    assert [each["name"] for each in done(app.contents_manager.get(""))["content"]] == ["a.txt"]
    assert done(app.contents_manager.get("a.txt", content=False))["content"] is None


def test_a_download_is_the_file_itself(app: Any, tmp_path: Path) -> None:
    before = write(tmp_path / "a.ipynb", notebook(*QUIZ))

    assert done(app.contents_manager.get("a.ipynb", type="file"))["content"].encode() == before


def test_an_error_of_ours_is_logged_and_the_notebook_comes_as_it_is(
    app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path / "a.ipynb", notebook(*QUIZ))

    def broken(notebook: Any) -> bool:
        raise RuntimeError("no")

    monkeypatch.setattr(server, "strip", broken)

    assert shown(read(app, "a.ipynb"))[0] == [VIEW, "text/markdown"]
    assert "passed on as it is" in caplog.text


def test_a_manager_of_another_kind_works_on_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    server.install(SimpleNamespace(contents_manager=SimpleNamespace(get=len), log=logging.getLogger("jupyter")))

    assert "cannot be kept readable" in caplog.text


def test_it_is_installed_once(app: Any) -> None:
    get = app.contents_manager.get

    server.install(app)

    assert app.contents_manager.get is get
