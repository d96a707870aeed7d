"""The widget that ships is made from `front/src`, and by what is pinned."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from fake import BUNDLE, FRONT
from shared import edit

HEADER = re.compile(
    r"(?P<says>// Generated from front/src .*)\n// Sources: (?P<sources>\w+)\n// Below: (?P<below>\w+)\n"
)
PACKAGES = json.loads((FRONT / "package.json").read_text(encoding="utf-8"))
LOCK = json.loads((FRONT / "package-lock.json").read_text(encoding="utf-8"))
SOURCES = sorted((FRONT / "src").rglob("*.js"))


def stale(bundle: Path, sources: Path) -> str:
    """What must be done for the bundle to be what the sources make, as far as that can be told without node."""
    text = bundle.read_text(encoding="utf-8")
    header = HEADER.match(text)
    if not header:
        return f"{bundle.name} does not say what it was made from. Run `make front`."
    if header["sources"] != _hash_of(sources):
        return "front/src has changed since the widget was made. Run `make front`."
    if header["below"] != sha256(text[header.end() :].encode()).hexdigest():
        return f"{bundle.name} was changed by hand. Edit front/src, and run `make front`."
    return ""


def _hash_of(sources: Path) -> str:
    """As build.mjs works it out."""
    names = sorted(path.relative_to(sources).as_posix() for path in sources.rglob("*.js"))
    texts = ((name, (sources / name).read_text(encoding="utf-8")) for name in names)
    return sha256("".join(f"{name}\0{text}\0" for name, text in texts).encode()).hexdigest()


def test_the_widget_is_made_from_the_sources_beside_it() -> None:
    assert stale(BUNDLE, FRONT / "src") == ""


@pytest.mark.skipif(not shutil.which("node"), reason="no node on this machine; the hashes were compared all the same")
@pytest.mark.skipif(not (FRONT / "node_modules").is_dir(), reason="front/node_modules is not there: run `make front`")
def test_the_widget_is_what_a_rebuild_makes() -> None:
    done = subprocess.run(["node", "build.mjs", "--check"], cwd=FRONT, capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("src/said.js", "Nothing recorded yet.", "Nothing yet.", "front/src has changed"),
        ("quiz.js", "Nothing recorded yet.", "Nothing yet.", "changed by hand"),
        ("quiz.js", "// Generated", "// Made", "does not say what it was made from"),
    ],
)
def test_a_change_to_the_sources_or_to_the_widget_alone_is_found_without_node(
    tmp_path: Path, name: str, old: str, new: str, says: str
) -> None:
    shutil.copytree(FRONT / "src", tmp_path / "src")
    shutil.copy(BUNDLE, tmp_path)

    edit(tmp_path / name, old, new)

    assert says in stale(tmp_path / BUNDLE.name, tmp_path / "src")


def test_a_source_that_comes_or_goes_is_found_without_node(tmp_path: Path) -> None:
    shutil.copytree(FRONT / "src", tmp_path / "src")

    (tmp_path / "src" / "said.js").rename(tmp_path / "src" / "spoken.js")

    assert "front/src has changed" in stale(BUNDLE, tmp_path / "src")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_each_source_is_small_and_its_types_are_checked(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    assert lines[0] == "// @ts-check"
    assert len(lines) < 250


def test_what_builds_and_checks_the_widget_is_pinned_and_locked() -> None:
    pinned = PACKAGES["devDependencies"]

    assert pinned == {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in pinned}


def test_the_lock_file_names_no_registry() -> None:
    assert [name for name, each in LOCK["packages"].items() if "resolved" in each] == []
