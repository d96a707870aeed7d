"""How long `crib build` takes after a one-chapter edit: prose only, a question, everything from scratch; in one run, with ratios."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
CRIB = Path(sys.executable).parent / "crib"


def build(root: Path) -> float:
    start = time.perf_counter()
    subprocess.run([CRIB, "build"], cwd=root, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def touch(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(REPOSITORY / "chapters", root / "chapters")
        chapter = root / "chapters" / "14-vpc"
        times = {"from scratch, all chapters": build(root), "nothing changed": build(root)}
        touch(chapter / "chapter.md", "## Summary", "One more sentence.\n\n## Summary")
        times["one sentence changed"] = build(root)
        touch(chapter / "questions.toml", "hint = [", "hint = [ ")
        times["one question changed"] = build(root)
    least = times["nothing changed"]
    for what, seconds in times.items():
        print(f"{what:28} {seconds:6.1f} s  {seconds / least:5.1f} × nothing changed")
    print("aim after a one-chapter edit: 5 s")


if __name__ == "__main__":
    main()
