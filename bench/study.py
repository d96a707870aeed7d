"""How long `crib study` takes until JupyterLab answers, and what that is as processor time; how long `Run All` computes.

    python bench/study.py            the server, then the notebook with the most figures
    python bench/study.py 14-vpc     another notebook

Processor seconds are of the process itself, so that they say the same on a busy machine as on an idle one.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PORT = 18_765
TOKEN = "bench"
RUN = """
import json, sys, time
from IPython.core.interactiveshell import InteractiveShell
from ipykernel import displayhook, zmqshell
shell = InteractiveShell.instance()
took = []
for name, source in json.load(open(sys.argv[1])):
    start = time.process_time()
    shell.run_cell(source)
    took.append((time.process_time() - start, name))
json.dump(took, open(sys.argv[2], "w"))
"""


@contextmanager
def learner() -> Iterator[tuple[Path, dict[str, str]]]:
    """A course that nobody has studied yet, and a home folder without settings."""
    with tempfile.TemporaryDirectory() as folder:
        course, home = Path(folder) / "course", Path(folder) / "home"
        home.mkdir()
        for name in ("chapters", "notebooks"):
            shutil.copytree(ROOT / name, course / name)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "CLOUDCRIB"))}
        yield course, {**kept, "HOME": str(home), "CLOUDCRIB_DATA": str(home / "data"), "CLOUDCRIB_ROOT": str(course)}


def server(course: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds, and processor seconds, from the command to JupyterLab's first page."""
    crib = Path(sys.executable).parent / "crib"
    words = [crib, "study", "--no-browser", f"--ServerApp.port={PORT}", f"--IdentityProvider.token={TOKEN}"]
    start = time.monotonic()
    with (course / "log").open("wb") as log:
        process = subprocess.Popen(words, cwd=course, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"http://localhost:{PORT}/lab?token={TOKEN}", timeout=30).read()
                return time.monotonic() - start, _processor(process.pid)
            except OSError:
                time.sleep(0.05)
        raise SystemExit((course / "log").read_text())
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _processor(pid: int) -> float:
    """Processor seconds of a process and of its children that have ended."""
    spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def run_all(name: str, course: Path, environment: dict[str, str]) -> list[tuple[float, str]]:
    """Processor seconds of each code cell of a notebook, run in one process as a kernel runs it."""
    cells = json.loads((course / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    code = [(cell["id"], "".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    (course / "code.json").write_text(json.dumps(code))
    words = [sys.executable, "-c", RUN, str(course / "code.json"), str(course / "took.json")]
    subprocess.run(words, cwd=course / "notebooks", env=environment, check=True, stdout=subprocess.DEVNULL)
    return [(seconds, cell) for seconds, cell in json.loads((course / "took.json").read_text())]


def main(name: str) -> None:
    with learner() as (course, environment):
        for word in ("cold", "again"):
            seconds, spent = server(course, environment)
            print(
                f"crib study, {word}: {seconds:.1f} s to the first page, of which {spent:.1f} s are its own computing"
            )
        took = run_all(name, course, environment)
        whole = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"{name}: {len(took)} cells compute {sum(seconds for seconds, _ in took):.1f} s")
        for seconds, cell in sorted(took, reverse=True)[:12]:
            print(f"  {seconds:6.2f} s  {cell}")
        print(f"all of it: {whole.ru_utime + whole.ru_stime:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "12-databases")
