"""Build the three editions of each chapter: only what changed, several chapters at once, all of a chapter or nothing."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import nbformat

from cloudcrib.course import chapter as chapters
from cloudcrib.course.chapter import Chapter
from cloudcrib.course.course import Course
from cloudcrib.course.trouble import AuthoringError, Trouble
from cloudcrib.editions import compose, guard, imports, warm
from cloudcrib.kit import atomic

PACKAGE = imports.PACKAGE
RUNS = (
    "cloudcrib.editions.compose",
    "cloudcrib.editions.execute",
)  # what writes the cells and what keeps their outputs
SHARED_WITH_OUTPUT = (
    "matplotlib",
    "pandas",
    "moto",
    "boto3",
    "ipywidgets",
    "anywidget",
    "nbclient",
    "ipykernel",
    "numpy",
    "pillow",
    "ipython",
)
Editions = dict[str, bytes]  # path below the course's root → content


@dataclass(frozen=True)
class Built:
    """What became of one chapter: the files written, or the trouble that stopped it."""

    name: str
    written: tuple[str, ...] = ()
    trouble: Trouble | None = None


def build(
    root: Path,
    folders: Sequence[Path],
    tell: Callable[[Built], None] = lambda done: None,
    jobs: int | None = None,
    discard: bool = False,
) -> list[Built]:
    """Build these chapters in parallel; `tell` hears of each as it is done."""
    jobs = min(jobs or os.cpu_count() or 1, len(folders) or 1)
    if jobs == 1:
        return [_told(tell, build_one(root, folder, discard)) for folder in folders]
    warm.share()
    with ProcessPoolExecutor(jobs) as pool:
        waiting = {pool.submit(build_one, root, folder, discard) for folder in folders}
        done = [_told(tell, future.result()) for future in as_completed(waiting)]
    return sorted(done, key=lambda built: built.name)


def _told(tell: Callable[[Built], None], done: Built) -> Built:
    tell(done)
    return done


def build_one(root: Path, folder: Path, discard: bool = False) -> Built:
    """Build one chapter and put its editions in place, all of them or none; somebody's work there is in the way."""
    try:
        chapter = chapters.read(folder)
        if not discard and (trouble := guard.refusal(root, chapter)):
            return Built(folder.name, trouble=trouble)
        editions = editions_of(root, chapter)
    except AuthoringError as err:
        return Built(folder.name, trouble=err.trouble)
    written = tuple(_put(root, editions))
    guard.remember(root, folder.name)
    return Built(folder.name, written)


def editions_of(root: Path, chapter: Chapter, cache: bool = True) -> Editions:
    """The content of every generated file of a chapter."""
    name = chapter.name
    notebook = {f"notebooks/{name}.ipynb": _study(root, chapter, cache)}
    if not Course.of(chapter.folder).handed_out(name):
        return notebook
    instructor = {
        f"{name}.ipynb": _bytes(compose.source(chapter)),
        "questions.json": compose.questions(chapter).encode(),
    }
    student = _kept(root, name, "release", _digest(instructor), lambda: _release(name, instructor), cache)
    return {
        **notebook,
        **{f"source/{name}/{file}": content for file, content in instructor.items()},
        **{f"release/{name}/{file}": content for file, content in student.items()},
    }


def _release(name: str, files: dict[str, bytes]) -> dict[str, bytes]:
    from cloudcrib.editions.release import release

    return release(name, files)


def _study(root: Path, chapter: Chapter, cache: bool) -> bytes:
    """The self-study notebook; prose that changes runs nothing, since outputs hang on code, questions and facts alone."""
    from cloudcrib.editions.execute import execute

    fresh = compose.study(chapter)
    digest = _digest({**_package(chapter, fresh), **_inputs(chapter, fresh)})
    kept = _kept(
        root, chapter.name, "outputs", digest, lambda: {"run": _bytes(execute(chapter, compose.study(chapter)))}, cache
    )
    ran = {cell.id: cell for cell in nbformat.reads(kept["run"].decode(), as_version=4).cells}
    for cell in (c for c in fresh.cells if c.cell_type == "code"):
        cell.outputs, cell.execution_count = ran[cell.id].outputs, ran[cell.id].execution_count
    return _bytes(fresh)


def _inputs(chapter: Chapter, notebook: nbformat.NotebookNode) -> dict[str, bytes]:
    code = json.dumps([(c.id, c.source) for c in notebook.cells if c.cell_type == "code"])
    tests = json.dumps([(e.tests.source, e.answer.source) for e in chapter.exercises])
    names = ("questions.toml", "facts.toml", "variants.py")
    files = {name: (chapter.folder / name).read_bytes() for name in names if (chapter.folder / name).is_file()}
    return {"code": code.encode(), "tests": tests.encode(), **files}


def _package(chapter: Chapter, notebook: nbformat.NotebookNode) -> dict[str, bytes]:
    """What else decides outputs: those of our modules that the chapter's code imports, and the versions of what draws and prints."""
    variants = chapter.folder / "variants.py"
    sources = [c.source for c in notebook.cells if c.cell_type == "code"]
    sources += [chapter.expand(part.source) for e in chapter.exercises for part in (e.answer, e.tests)]
    sources += [variants.read_text(encoding="utf-8")] if variants.is_file() else []
    used = {str(path.relative_to(PACKAGE)): path.read_bytes() for path in imports.files(sources, RUNS)}
    versions = {name: metadata.version(name) for name in SHARED_WITH_OUTPUT}
    return {**used, "versions": json.dumps(versions).encode()}


def _digest(parts: dict[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name, content in sorted(parts.items()):
        whole.update(f"{name}:{len(content)}:".encode() + content)
    return whole.hexdigest()


def _kept(
    root: Path, name: str, what: str, digest: str, make: Callable[[], dict[str, bytes]], cache: bool
) -> dict[str, bytes]:
    """What was made from the same inputs before, or what is made now."""
    path = root / ".cache" / "build" / f"{name}.{what}.json"
    if cache and path.is_file():
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            if kept["digest"] == digest:
                return {file: text.encode() for file, text in kept["files"].items()}
        except (ValueError, KeyError):
            pass  # a broken cache is no cache
    files = make()
    if cache:
        text = json.dumps({"digest": digest, "files": {file: content.decode() for file, content in files.items()}})
        atomic.write(path, text, flush=False)
    return files


def _bytes(notebook: nbformat.NotebookNode) -> bytes:
    return (nbformat.writes(notebook, version=4).rstrip("\n") + "\n").encode()


def _put(root: Path, editions: Editions) -> Iterable[str]:
    """Write what differs; everything was made before the first file is touched."""
    for name, content in editions.items():
        path = root / name
        if not path.is_file() or path.read_bytes() != content:
            atomic.write(path, content)
            yield name


def leftovers(root: Path) -> list[Path]:
    """Generated files whose chapter is gone, or is not handed out."""
    course = Course(root)
    names = {folder.name for folder in course.written}
    notebooks = [p for p in (root / "notebooks").glob("[0-9]*.ipynb") if p.stem not in names]
    return notebooks + [
        p
        for kind in ("source", "release")
        for p in (root / kind).glob("[0-9]*-*")
        if p.name not in names or not course.handed_out(p.name)
    ]
