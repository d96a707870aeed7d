"""The same cohort on a dask cluster and into PostgreSQL: the same gradebook."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cohort import course
from cohort.assignment import RIGHT, WRONG, answered
from cohort.machine import free_port, needs_bubblewrap
from sqlalchemy import create_engine, text

from cloudcrib.grading.batch import Options, grade_course
from cloudcrib.grading.book.course import Course
from cloudcrib.grading.inside.limits import Limits

pytestmark = [needs_bubblewrap, pytest.mark.slow]
LIMITS = Limits(cell_seconds=20)
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def hand_in(root: Path) -> None:
    for name, answers in {
        "right": RIGHT,
        "wrong": WRONG,
        "half": {**WRONG, "near": RIGHT["near"]},
        "untouched": {},
    }.items():
        course.hand_in(root, name, answered(answers))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """A scheduler and two workers, each a process with a folder of its own."""
    address = f"tcp://127.0.0.1:{free_port()}"
    lines = [["scheduler", "--host", address, "--no-dashboard"]]
    lines += [
        [
            "worker",
            address,
            "--nworkers",
            "1",
            "--nthreads",
            "1",
            "--no-dashboard",
            "--local-directory",
            str(tmp_path / f"w{n}"),
        ]
        for n in (1, 2)
    ]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + line[0], *line[1:]],
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for line in lines
    ]
    try:
        yield address
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(60)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("split", [True, pytest.param(False, marks=pytest.mark.long)], ids=["split", "compat"])
def test_a_cluster_grades_what_this_machine_grades(class_of: Path, tmp_path: Path, cluster: str, split: bool) -> None:
    hand_in(class_of)
    here = tmp_path / "here"
    shutil.copytree(class_of, here)

    found = grade_course(Course(class_of, "five"), Options(split=split, scheduler=cluster, cache=False, limits=LIMITS))
    grade_course(Course(here, "five"), Options(split=split, cache=False, limits=LIMITS))

    called = {graded.student: graded.notes for graded in found if graded.needs_person}
    assert [*called] == ["untouched"], called
    assert course.rows(class_of) == course.rows(here)
    assert course.autograded(class_of) == course.autograded(here)


@pytest.fixture
def postgres() -> Iterator[str]:
    """A server of its own, run by the user that Debian's package makes."""
    if not BINARIES or shutil.which("setpriv") is None:
        pytest.skip("PostgreSQL is not installed")
    place, port, binaries = Path(f"/tmp/crib-pg-{os.getpid()}"), free_port(), BINARIES[-1].parent
    place.mkdir()
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
    if user:
        shutil.chown(place, "postgres", "postgres")
    try:
        subprocess.run(
            [*user, binaries / "initdb", "-D", place / "data", "-A", "trust", "-U", "crib", "--no-sync"],
            check=True,
            capture_output=True,
        )
        server = subprocess.Popen(
            [*user, binaries / "postgres", "-D", place / "data", "-p", str(port), "-c", f"unix_socket_directories={place}", "-c", "fsync=off"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait(port)
            yield f"postgresql+psycopg2://crib@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(60)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _wait(port: int) -> None:
    for _ in range(1000):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("PostgreSQL did not start")


def test_a_gradebook_in_postgresql_says_what_one_in_a_file_says(tmp_path: Path, released: Path, postgres: str) -> None:
    root, here = tmp_path / "pg", tmp_path / "here"
    shutil.copytree(released, here)
    hand_in(here)
    shutil.copytree(here, root)
    (root / "gradebook.db").unlink()
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f'c.CourseDirectory.db_url = "{postgres}"\n')
    line = [sys.executable, "-m", "nbgrader", "generate_assignment", "five", "--force"]
    subprocess.run(line, cwd=root, check=True, capture_output=True)

    grade_course(Course(root, "five"), Options(limits=LIMITS, cache=False))
    grade_course(Course(here, "five"), Options(limits=LIMITS, cache=False))

    engine = create_engine(postgres)
    with engine.connect() as connection:
        rows = [tuple(row) for query in (course.ROWS, course.COMMENTS) for row in connection.execute(text(query))]
    engine.dispose()
    assert sorted(map(repr, map(_plain, rows))) == sorted(map(repr, map(_plain, course.rows(here))))
    assert course.autograded(root) == course.autograded(here)


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(int(value) if isinstance(value, bool) else value for value in row)
