"""The learner's own notebooks in `study/`: made on the first start, brought up to date at each one, out of git's sight."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from cloudcrib.course.course import slug_of
from cloudcrib.editions.guard import parsed
from cloudcrib.kit import atomic
from cloudcrib.quizzes import answers
from cloudcrib.study import serving, takeover
from cloudcrib.study.merge import Merged, merge

NAME, BASE, EARLIER = "study", ".base", ".earlier"
FIRST = "00-start.ipynb"


def folder(root: Path) -> Path:
    """Where the learner's own notebooks stand."""
    return root / NAME


def bring(root: Path) -> list[str]:
    """Make the learner's notebooks, or bring them up to date; what happened, in sentences."""
    return list(_bring(root))


def _bring(root: Path) -> Iterator[str]:
    home = folder(root)
    given = {path.stem: path for path in sorted((root / "notebooks").glob("[0-9]*-*.ipynb"))}
    if not given:
        yield "There are no notebooks yet; `crib build` makes them."
        return
    fresh = not (home / BASE).is_dir()
    (home / BASE).mkdir(parents=True, exist_ok=True)
    address = serving.address(home)
    waiting = []
    yield from _renumbered(home, set(given))
    for name, path in given.items():
        copy = Copy(home, name)
        if address and copy.path.is_file():
            waiting += [name] if path.read_bytes() != copy.base_bytes() else []
            continue
        yield from takeover.answers_beside(root, home, slug_of(Path(name)))
        yield from copy.bring(root, path)
    if fresh:
        yield (
            f"Your own copy of the {len(given)} notebooks is in {NAME}/. Write in it what you like: "
            "updates of the course come in, and your work stays."
        )
    if waiting:
        yield (
            f"JupyterLab is open on your notebooks already ({address}); "
            f"what is new in {', '.join(waiting)} comes in at the next start without it."
        )
    yield from _abandoned(home, set(given))


@dataclass(frozen=True)
class Copy:
    """One notebook of the learner's, and what the course gave for it last."""

    home: Path
    name: str

    @property
    def path(self) -> Path:
        return self.home / f"{self.name}.ipynb"

    @property
    def base(self) -> Path:
        return self.home / BASE / f"{self.name}.ipynb"

    def base_bytes(self) -> bytes:
        """What the course gave last; empty where it gave nothing yet."""
        return self.base.read_bytes() if self.base.is_file() else b""

    def bring(self, root: Path, given: Path) -> Iterator[str]:
        """Bring this one up to date with the notebook in `notebooks/`."""
        content = given.read_bytes()
        if content == self.base_bytes() and self._readable():
            return self._settle()
        found = takeover.look(root, given, content)
        if found.notice:
            yield found.notice
        if found.course is None:
            return
        lost = self.base.is_file() and not self.path.is_file()
        yield from self._repaired()
        if found.work is not None:
            yield from self._take_over(given, content, found)
        if not self.path.is_file():
            if lost:
                yield f"{NAME}/{self.path.name} was gone; here is a new one."
            self._write(settled(_read(found.course)))
        elif found.course != self.base_bytes():
            yield from self._update(_read(found.course))
        atomic.write(self.base, found.course)

    def _settle(self) -> None:
        """After an update of Python, JupyterLab would note the new version in each notebook, and ask to save it."""
        version = f'"version": "{sys.version.split()[0]}"'
        text = _text(self.path)
        if version not in text and (own := parsed(text)) and "version" in own.metadata.get("language_info", {}):
            self._write(settled(own))

    def _readable(self) -> bool:
        return self.path.is_file() and parsed(_text(self.path)) is not None

    def _repaired(self) -> Iterator[str]:
        """A file that is no notebook, half-written perhaps, makes room and is kept."""
        if self.path.is_file() and not self._readable():
            number = next(n for n in range(1, 10**6) if not self._broken(n).exists())
            os.replace(self.path, self._broken(number))
            yield (
                f"{NAME}/{self.path.name} could not be read as a notebook; it was kept as {self._broken(number).name}, "
                "and a new one was made. Your recorded answers come back when you run it."
            )

    def _broken(self, number: int) -> Path:
        return self.home / f"{self.name}.broken-{number}.txt"

    def _take_over(self, given: Path, content: bytes, found: takeover.Found) -> Iterator[str]:
        """Work that was done in `notebooks/` moves here, and the course's own version goes back there."""
        assert found.work is not None and found.course is not None
        if self.path.is_file() and self._worked_in():
            yield (
                f"notebooks/{given.name} holds work of yours ({found.said}), and so does {NAME}/{given.name}. "
                f"Copy over what you want to keep, then put the course's version back: git checkout notebooks/{given.name}"
            )
            return
        kept = self._keep(content, "from-notebooks")
        self._write(settled(merge(_read(found.course), _read(found.course), found.work).notebook))
        atomic.write(self.base, found.course)
        atomic.write(given, found.course)
        yield (
            f"Your work in notebooks/{given.name} ({found.said}) has moved to {NAME}/{given.name}, and the course's "
            f"version is back in its place. The file as it was: {kept.relative_to(self.home.parent).as_posix()}"
        )

    def _worked_in(self) -> bool:
        """Whether the learner's copy differs from what the course gave."""
        own, base = parsed(_text(self.path)), parsed(self.base_bytes().decode("utf-8", "replace"))
        if own is None or base is None:
            return True
        return bool(answers.from_notebook(own)) or [c.source for c in own.cells] != [c.source for c in base.cells]

    def _update(self, course: nbformat.NotebookNode) -> Iterator[str]:
        """Merge what is new into the learner's notebook, after a copy of it was kept."""
        text = _text(self.path)
        own = parsed(text)
        assert own is not None
        base = parsed(self.base_bytes().decode("utf-8", "replace"))
        if record := answers.from_notebook(own):  # a quiz that the course removes leaves its answers
            answers.save(answers.side_file(self.home, slug_of(Path(self.name))), record)
        done = merge(base, course, own)
        self._keep(text.encode(), "")
        self._write(settled(done.notebook))
        yield from _said(self.name, done)

    def _keep(self, content: bytes, why: str) -> Path:
        """Keep a file as it was before we changed it."""
        now = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}"
        path = self.home / EARLIER / ".".join(filter(None, [self.name, why, now, "ipynb"]))
        atomic.write(path, content)
        return path

    def _write(self, notebook: nbformat.NotebookNode) -> None:
        atomic.write(self.path, nbformat.writes(notebook, version=4).rstrip("\n") + "\n")


def settled(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with what JupyterLab notes about the kernel's language: else opening it is a change to be saved."""
    from ipykernel.ipkernel import IPythonKernel

    if notebook.metadata.get("kernelspec", {}).get("name") == "python3":
        notebook.metadata.language_info = nbformat.from_dict(IPythonKernel.language_info)
    return notebook


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _read(content: bytes) -> nbformat.NotebookNode:
    return nbformat.reads(content.decode("utf-8"), as_version=4)


def _said(name: str, done: Merged) -> Iterator[str]:
    counts = {"new": done.new, "changed": done.changed, "gone": done.gone}
    parts = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    if parts:
        yield f"{name}: the course's cells have changed ({parts}); what you wrote has stayed."
    if done.both:
        yield f"{name}: you and the course have both changed {', '.join(done.both)}. Yours is kept, and the course's stands with it."
    if done.kept:
        yield f"{name}: the course no longer has {', '.join(done.kept)}; it stays in your copy, since you wrote in it."


def _renumbered(home: Path, given: set[str]) -> Iterator[str]:
    """A chapter that got another number keeps the learner's work: its slug is the same."""
    known = {path.stem for path in (home / BASE).glob("*.ipynb")}
    for old in sorted(known - given):
        new = next((n for n in given - known if slug_of(Path(n)) == slug_of(Path(old))), None)
        if new and not Copy(home, new).path.exists():
            os.replace(Copy(home, old).base, Copy(home, new).base)
            if Copy(home, old).path.is_file():
                os.replace(Copy(home, old).path, Copy(home, new).path)
            yield f"{old} is called {new} now; your copy has followed."


def _abandoned(home: Path, given: set[str]) -> Iterator[str]:
    """A chapter that is gone goes from the copy too, unless somebody worked in it."""
    for base in sorted((home / BASE).glob("*.ipynb")):
        copy = Copy(home, base.stem)
        if base.stem in given:
            continue
        if copy.path.is_file() and copy._worked_in():
            yield f"The course no longer has {base.stem}; your copy stays in {NAME}/."
        else:
            copy.path.unlink(missing_ok=True)
        base.unlink()
