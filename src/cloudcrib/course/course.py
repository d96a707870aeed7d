"""A course on disk: where it is, which folders are its chapters, and what an id looks like."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeGuard

from cloudcrib.course.trouble import toml

ROOT = "CLOUDCRIB_ROOT"  # names the course where the working directory does not
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_RULE = "lower-case words joined by '-'"
_CHAPTER = re.compile(rf"(?P<number>\d\d)-(?P<slug>{ID.pattern})")


def is_id(text: object) -> TypeGuard[str]:
    """Whether this is lower-case words joined by `-`, as every id, slug and option id is."""
    return isinstance(text, str) and ID.fullmatch(text) is not None


def slug_of(folder: Path) -> str:
    """`vpc` for `chapters/14-vpc`; the name itself of a folder that is no chapter's."""
    found = _CHAPTER.fullmatch(folder.name)
    return found["slug"] if found else folder.name


def is_chapter(name: str) -> bool:
    """Whether a folder of this name is a chapter: two digits and a slug, `14-vpc`."""
    return _CHAPTER.fullmatch(name) is not None


@dataclass(frozen=True)
class Course:
    """The folder above `chapters/`, in which the editions stand as well."""

    root: Path

    @classmethod
    def here(cls) -> Course | None:
        """The course of the working directory: the nearest above that has a `chapters/course.toml`; CLOUDCRIB_ROOT comes first."""
        if named := os.environ.get(ROOT):
            return cls(Path(named))
        at = Path.cwd()
        return next((cls(p) for p in (at, *at.parents) if (p / "chapters" / "course.toml").is_file()), None)

    @classmethod
    def of(cls, folder: Path) -> Course:
        """The course that a chapter's folder belongs to."""
        return cls(folder.parent.parent)

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """What `chapters/course.toml` says; nothing where there is none."""
        path = self.root / "chapters" / "course.toml"
        return toml(path)[0] if path.is_file() else {}

    @property
    def folders(self) -> list[Path]:
        """The chapters in reading order: every `NN-slug` folder, begun or finished."""
        return [f for f in sorted((self.root / "chapters").glob("*")) if is_chapter(f.name) and f.is_dir()]

    @property
    def written(self) -> list[Path]:
        """The chapters that have a text."""
        return [folder for folder in self.folders if (folder / "chapter.md").is_file()]

    def handed_out(self, name: str) -> bool:
        """Whether a chapter has an edition for students, besides the one for those who study alone."""
        return slug_of(Path(name)) not in self.settings.get("study_only", ())

    def owner(self, id: str) -> Path | None:
        """The chapter that an id belongs to: it starts with that chapter's slug."""
        fitting = [f for f in self.folders if f"{id}-".startswith(f"{slug_of(f)}-")]
        return max(fitting, key=lambda folder: len(slug_of(folder)), default=None)
