"""The sandbox for plain `nbgrader autograde`."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest
from cohort import course
from cohort.assignment import RIGHT, answered
from cohort.machine import needs_bubblewrap

LOOK = """import os, glob
print('notebooks', glob.glob('*.ipynb'), 'source', glob.glob('../../../source/*'), 'data', open('data.txt').read())
print('token', os.environ.get('GRADER_TOKEN'))
import socket
try: socket.create_connection(('1.1.1.1', 53), 1); print('connected')
except OSError: print('no network')"""


@needs_bubblewrap
@pytest.mark.slow
def test_plain_nbgrader_grades_in_the_box(class_of: Path) -> None:
    assert "crib-sandbox" in {found.name for found in entry_points(group="jupyter_client.kernel_provisioners")}
    folder = course.hand_in(class_of, "curious", answered(RIGHT, first=LOOK))
    (folder / "data.txt").write_text("given", encoding="utf-8")

    said = course.stock(
        class_of, env={"JUPYTER_DEFAULT_PROVISIONER_NAME": "crib-sandbox", "GRADER_TOKEN": "grader-token-9028"}
    )

    assert said.returncode == 0, said.stderr[-2000:]
    assert course.scores(class_of) == {"victim": 15, "curious": 15}
    printed = course.printed(class_of, "curious")
    assert "notebooks [] source [] data given" in printed
    assert "token None" in printed
    assert "no network" in printed
