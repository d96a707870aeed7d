"""Tell somebody's work in a generated notebook from what the course put there."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from cloudcrib.course import chapter as chapters
from cloudcrib.course.chapter import Chapter
from cloudcrib.course.course import slug_of
from cloudcrib.course.trouble import AuthoringError, Trouble
from cloudcrib.editions import compose
from cloudcrib.kit import atomic

ANSWERS = "application/vnd.cloudcrib.answers+json"
GIT_SECONDS = 20


@dataclass(frozen=True)
class Work:
    """What somebody wrote into a generated notebook."""

    answers: int = 0
    code: tuple[str, ...] = ()  # cells of the course whose code is not the course's
    added: int = 0  # cells that no build wrote

    def __bool__(self) -> bool:
        return bool(self.answers or self.code or self.added)

    def __str__(self) -> str:
        parts = [
            f"{self.answers} recorded answer{'s' * (self.answers > 1)}" if self.answers else "",
            f"code in {', '.join(self.code)}" if self.code else "",
            f"{self.added} added cell{'s' * (self.added > 1)}" if self.added else "",
        ]
        return "; ".join(filter(None, parts))


def work(root: Path, path: Path, chapter: Chapter | None = None) -> Work:
    """The work in `notebooks/NAME.ipynb`; none where the file is missing or cannot be read."""
    notebook = parsed(path.read_text(encoding="utf-8", errors="replace")) if path.is_file() else None
    if notebook is None:
        return Work()
    given = sources(root, path.stem, chapter)
    slug, added, code = slug_of(path.with_suffix("")), 0, []
    for cell in notebook.cells:
        if not (cell.id + "-").startswith(f"{slug}-"):
            added += bool(cell.source.strip())
        elif cell.cell_type == "code" and cell.id in given and cell.source not in given[cell.id]:
            code.append(cell.id)
    return Work(sum(map(_answers, notebook.cells)), tuple(code), added)


def _answers(cell: Any) -> int:
    count = 0
    for output in cell.get("outputs", []):
        data = output.get("data", {}).get(ANSWERS)
        found = data.get("answers") if isinstance(data, dict) else None
        count += len(found) if isinstance(found, dict) else 0
    return count


def sources(root: Path, name: str, chapter: Chapter | None = None) -> dict[str, set[str]]:
    """What the course may have put into each cell: as committed, as built here last, as the chapter stands now."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for id, source in _built(root, name).items():
        found[id].add(source)
    for notebook in (parsed(committed(root, name) or ""), composed(root, name, chapter)):
        for cell in notebook.cells if notebook else ():
            found[cell.id].add(cell.source)
    return found


def composed(root: Path, name: str, chapter: Chapter | None = None) -> nbformat.NotebookNode | None:
    """The notebook as the chapter stands now, not yet run; none where there is no sound chapter."""
    with suppress(AuthoringError):
        return compose.study(chapter or chapters.read(root / "chapters" / name))
    return None


def committed(root: Path, name: str) -> str | None:
    """The notebook as git's last commit has it; none without git."""
    words = ["git", "show", f"HEAD:./notebooks/{name}.ipynb"]
    with suppress(OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        done = subprocess.run(words, cwd=root, capture_output=True, timeout=GIT_SECONDS, check=False)
        return done.stdout.decode("utf-8") if done.returncode == 0 else None
    return None


def _built(root: Path, name: str) -> dict[str, str]:
    """The sources that a build of this machine put there last."""
    with suppress(OSError, ValueError):
        kept = json.loads(_remembered(root, name).read_text(encoding="utf-8"))
        return kept if isinstance(kept, dict) else {}
    return {}


def remember(root: Path, name: str) -> None:
    """Note what a build has put into a notebook, so that the next one knows it from somebody's work."""
    notebook = parsed((root / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    if notebook is not None:
        text = json.dumps({cell.id: cell.source for cell in notebook.cells})
        atomic.write(_remembered(root, name), text, flush=False)


def _remembered(root: Path, name: str) -> Path:
    return root / ".cache" / "build" / f"{name}.given.json"


def parsed(text: str) -> nbformat.NotebookNode | None:
    """A notebook whose cells have ids; none where the text is no such notebook."""
    with suppress(Exception):  # nbformat raises whatever it stumbles over
        notebook = nbformat.reads(text, as_version=4)
        if all(isinstance(cell.source, str) and cell.id for cell in notebook.cells):
            return notebook
    return None


def refusal(root: Path, chapter: Chapter) -> Trouble | None:
    """Why a build may not replace this chapter's notebook."""
    path = root / "notebooks" / f"{chapter.name}.ipynb"
    found = work(root, path, chapter)
    if not found:
        return None
    sentence = (
        f"Somebody has worked in this notebook ({found}), and building it would lose that. "
        "`crib study` takes the work into study/; `crib build --discard` throws it away."
    )
    return Trouble(sentence, path, 1, found.code[0] if found.code else None)
