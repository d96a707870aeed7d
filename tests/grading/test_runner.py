"""Cells run in a box: what comes back, what stops, and what is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run import runner as runners
from cloudcrib.grading.run.conversation import Conversation
from cloudcrib.grading.run.job import STUDENT, Job, Ran, Recording, Step
from cloudcrib.grading.run.pool import Setup
from cloudcrib.grading.run.runner import Disturbed, Runner

LIMITS = Limits(cell_seconds=3, submission_seconds=30, memory_mb=512, output_mb=2)


def run(runner: Runner, *sources: str, **more: Any) -> Recording:
    limits = more.pop("limits", LIMITS)
    return runner.run(Job(tuple(map(Step, sources)), "/submission/one", limits=limits, **more))


def printed(ran: Ran) -> str:
    return "".join(message.content["text"] for message in ran.messages if message.type == "stream")


def result(ran: Ran) -> str:
    return next(m.content["data"]["text/plain"] for m in ran.messages if m.type == "execute_result")


def error(ran: Ran) -> str:
    return next((m.content["ename"] for m in ran.messages if m.type == "error"), "")


def test_cells_share_one_interpreter(runner: Runner) -> None:
    recording = run(runner, "x = 20", "x + 1")

    assert result(recording.cells[1]) == "21"


def test_submissions_do_not(runner: Runner) -> None:
    run(runner, "import math; math.pi = 3; x = 1")

    recording = run(runner, "import math; math.pi > 3.1, 'x' in globals()")

    assert result(recording.cells[0]) == "(True, False)"


def test_what_programs_print_belongs_to_the_cell(runner: Runner) -> None:
    recording = run(runner, "import subprocess; _ = subprocess.run(['echo', 'hello'])\nimport time; time.sleep(0.1)")

    assert printed(recording.cells[0]) == "hello\n"


def test_files_are_there_and_only_those(runner: Runner) -> None:
    recording = run(runner, "import os; sorted(os.listdir()), open('data/a.txt').read()", files={"data/a.txt": b"A"})

    assert result(recording.cells[0]) == "(['data'], 'A')"


def test_a_module_handed_in_can_be_imported(runner: Runner) -> None:
    recording = run(runner, "import mine; mine.x", files={"mine.py": b"x = 5"})

    assert result(recording.cells[0]) == "5"


def test_a_cell_that_takes_too_long_is_interrupted_and_the_next_runs(runner: Runner) -> None:
    recording = run(runner, "while True: pass", "1 + 1", limits=Limits(cell_seconds=1.5))

    assert recording.cells[0].timed_out
    assert error(recording.cells[0]) == "KeyboardInterrupt"
    assert result(recording.cells[1]) == "2"


def test_a_cell_that_does_not_listen_is_ended(runner: Runner) -> None:
    deaf = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: signal.signal(signal.SIGINT, signal.SIG_IGN)"

    recording = run(runner, deaf, "1", limits=Limits(cell_seconds=0.3))

    assert "did not stop when asked to" in recording.cells[0].lost
    assert recording.cells[1].lost.startswith("Not run")
    assert recording.notes


def test_a_submission_has_a_bound_in_all(runner: Runner) -> None:
    recording = run(
        runner, "import time; time.sleep(0.4)", "time.sleep(0.4)", "1", limits=Limits(submission_seconds=0.6)
    )

    assert "0.6 seconds were used up" in recording.cells[2].lost


def test_an_interpreter_that_leaves_says_how(runner: Runner) -> None:
    recording = run(runner, "print('before')", "import os; os._exit(3)", "1")

    assert printed(recording.cells[0]) == "before\n"
    assert "exit code 3" in recording.cells[1].lost


def test_one_array_too_large_is_a_memory_error(runner: Runner) -> None:
    recording = run(runner, "x = bytearray(10**10)", "'still here'")

    assert error(recording.cells[0]) == "MemoryError"
    assert result(recording.cells[1]) == "'still here'"


def test_memory_taken_by_many_processes_ends_them(runner: Runner) -> None:
    greedy = "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        x = bytearray(120 * 2**20); time.sleep(5); os._exit(0)\ntime.sleep(5)"

    recording = run(runner, greedy, limits=Limits(cell_seconds=8, memory_mb=512))

    assert "MB of memory; 512 MB are allowed" in recording.cells[0].lost


def test_output_is_kept_up_to_a_bound(runner: Runner) -> None:
    recording = run(runner, "for _ in range(20): print('x' * 10**6, flush=True)", "1")

    assert len(printed(recording.cells[0])) <= 2 * 2**20
    assert "more than 2 MB" in recording.notes[0]
    assert result(recording.cells[1]) == "1"


def test_a_disk_that_is_full_is_the_students_error(runner: Runner) -> None:
    flood = "for n in range(20):\n    with open(f'f{n}', 'wb') as f: f.write(b'x' * 30 * 2**20)"

    recording = run(runner, flood)

    assert error(recording.cells[0]) == "OSError"


def test_processes_are_counted(runner: Runner) -> None:
    recording = run(
        runner,
        "import os\ntry:\n    for _ in range(500):\n        if os.fork() == 0: os._exit(0) if False else __import__('time').sleep(9)\nexcept OSError as e: print(e)",
    )

    assert "temporarily unavailable" in printed(recording.cells[0])


@pytest.mark.parametrize(
    "leave",
    [
        "open('/tmp/left', 'w'); open('/dev/shm/left', 'w'); open('/home/student/left', 'w'); open('/var/tmp/left', 'w')",
        "import os; os.makedirs('/tmp/left/x'); open('/tmp/left/x/y', 'w').close(); os.chmod('/tmp/left/x', 0); os.chmod('/tmp/left', 0)",
        "import os; os.symlink('/', '/tmp/left'); os.mkfifo('/tmp/left2')",
        "import subprocess; subprocess.Popen(['setsid', 'sh', '-c', 'sleep 60 & sleep 60 & sleep 60'])",
        "import os, signal; os.kill(os.getppid(), signal.SIGKILL)",
        "import os\nfor fd in range(3, 64):\n    try: os.write(fd, b'\\xff' * 100)\n    except OSError: pass",
    ],
    ids=["files", "locked-folders", "links", "processes", "dead-worker", "noise"],
)
def test_nothing_is_left_for_the_next(runner: Runner, leave: str) -> None:
    places = ["/tmp", "/dev/shm", "/home/student", "/var/tmp", "."]
    look = f"import os; sorted(f'{{p}}/{{n}}' for p in {places} for n in os.listdir(p))"
    before = result(run(runner, look).cells[0])  # what the box itself holds, such as a course that lives in /tmp
    run(runner, leave)

    recording = run(runner, look, "[p for p in os.listdir('/proc') if p.isdigit()]")

    assert result(recording.cells[0]) == before
    assert "left" not in before
    assert len(eval(result(recording.cells[1]))) <= 4


def test_what_is_written_to_the_home_or_above_the_submission_never_reaches_the_host(runner: Runner) -> None:
    name = "written-by-a-student"
    write = f"import os\nfor folder in (os.path.expanduser('~'), '..'):\n    open(f'{{folder}}/{name}', 'w').write('x'); print(os.path.realpath(folder))"

    folders = printed(run(runner, write).cells[0]).split()

    assert len(folders) == 2
    assert not [folder for folder in folders if (Path(folder) / name).exists()]


def test_there_is_no_network_and_no_way_to_make_one(runner: Runner) -> None:
    recording = run(
        runner,
        "import os; os.listdir('/sys') if os.path.exists('/sys') else []",
        "print(open('/proc/net/dev').read())",
        "import socket\ntry: socket.create_connection(('1.1.1.1', 53), 1)\nexcept OSError as e: print(type(e).__name__)",
    )

    assert [line.split(":")[0].strip() for line in printed(recording.cells[1]).splitlines()[2:] if line] == ["lo"]
    assert printed(recording.cells[2]) in ("OSError\n", "TimeoutError\n")


def test_the_environment_holds_no_secret(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_TOKEN", "grader-token-9028")
    with Runner(limits=LIMITS) as fresh:
        recording = run(
            fresh,
            "import os, glob\nprint(os.environ)\nfor p in glob.glob('/proc/[0-9]*/environ'):\n    try: print(open(p).read())\n    except OSError as e: print(e)",
        )

    assert "HOME" in printed(recording.cells[0])
    assert "grader-token" not in printed(recording.cells[0])


def test_the_machine_outside_cannot_be_seen(runner: Runner) -> None:
    here = Path(__file__)

    recording = run(
        runner,
        f"import os; os.path.exists({str(here)!r}), os.path.exists('/etc/shadow'), os.path.exists('/root/.bashrc')",
    )

    assert result(recording.cells[0]) == "(False, False, False)"


def test_the_user_inside_may_nothing(runner: Runner) -> None:
    recording = run(
        runner, "import os; os.getuid() != 0, [l for l in open('/proc/self/status') if l.startswith('CapEff')]"
    )

    assert result(recording.cells[0]) == "(True, ['CapEff:\\t0000000000000000\\n'])"


def test_top_level_await_and_tasks_work(runner: Runner) -> None:
    recording = run(
        runner,
        "import asyncio\nasync def f(): await asyncio.sleep(0.01); return 4\ntask = asyncio.create_task(f())",
        "await task",
    )

    assert result(recording.cells[1]) == "4"


def test_random_numbers_differ_between_submissions(runner: Runner) -> None:
    draws = {
        result(run(runner, "import random, numpy; random.random(), numpy.random.rand()").cells[0]) for _ in range(2)
    }

    assert len(draws) == 2


def test_without_a_sandbox_submissions_still_run_and_are_cleared_away(tmp_path: Path) -> None:
    with Runner(limits=LIMITS, sandboxed=False) as bare:
        mark = f"crib-{os.getpid()}"
        recording = run(
            bare, f"import subprocess; subprocess.Popen(['sh', '-c', 'sleep 60; : {mark}'], start_new_session=True); 7"
        )
        second = run(bare, "import os; os.listdir()")

    assert result(recording.cells[0]).startswith("<Popen") or result(recording.cells[0]) == "7"
    assert result(second.cells[0]) == "[]"
    assert mark not in subprocess.run(["ps", "ax"], capture_output=True, text=True, check=True).stdout


def test_a_setup_is_told_apart_by_what_it_holds() -> None:
    assert Setup() == Setup()
    assert Setup(modules=("pandas",)) != Setup()


def test_a_library_that_was_imported_ahead_knows_that_it_is_in_a_notebook() -> None:
    with Runner(limits=LIMITS, modules=("pandas",)) as own:
        recording = run(own, "import pandas as pd; pd.get_option('display.max_columns')")

    assert result(recording.cells[0]) == "20"  # in a terminal it is 0


LONG = "import time; time.sleep(1.2); 'whole'"


def kill_later(find: Callable[[Runner], int], runner: Runner, *moments: float) -> threading.Thread:
    """End a process of the runner's box from outside, some seconds from now."""

    def strike() -> None:
        for moment in moments:
            time.sleep(moment)
            os.kill(find(runner), signal.SIGKILL)

    thread = threading.Thread(target=strike)
    thread.start()
    return thread


def box_of(runner: Runner) -> int:
    process = runner.pens["student"].process
    assert process is not None
    return process.pid


def test_a_box_that_is_killed_from_outside_costs_the_submission_nothing() -> None:
    with Runner(limits=LIMITS) as own:
        run(own, "0")
        killer = kill_later(box_of, own, 0.5)

        recording = run(own, LONG)
        killer.join()

    assert result(recording.cells[0]) == "'whole'"
    assert recording.notes == ()


def test_a_box_that_is_killed_twice_is_not_blamed_on_the_submission() -> None:
    with Runner(limits=LIMITS) as own:
        run(own, "0")

        def strike() -> None:
            first = box_of(own)
            time.sleep(0.4)
            os.kill(first, signal.SIGKILL)
            while (
                (process := own.pens["student"].process) is None
                or process.pid == first
                or not own.pens["student"].children
            ):
                time.sleep(0.01)
            time.sleep(0.2)
            os.kill(process.pid, signal.SIGKILL)

        killer = threading.Thread(target=strike)
        killer.start()

        with pytest.raises(Disturbed, match="the submission is not to blame"):
            run(own, LONG)
        killer.join()


def test_a_submission_that_ends_its_own_box_every_time_is_to_blame(runner: Runner) -> None:
    recording = run(runner, "import os, signal; os.kill(os.getppid(), signal.SIGKILL); import time; time.sleep(2)", "1")

    assert "it ended its own sandbox" in recording.notes[0]
    assert recording.cells[1].lost.startswith("Not run")


def test_a_process_ended_for_want_of_memory_gets_a_second_chance(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter([0, 1, 1, 1])
    monkeypatch.setattr(runners, "out_of_memory", lambda: next(counts))
    once = "import os\nprint('ran')\nos._exit(9)"

    recording = run(runner, once)

    assert recording.notes
    assert next(counts, None) is None


def test_a_process_that_ended_between_two_cells_is_told_as_such_and_not_as_a_broken_pipe() -> None:
    later = "import os, signal, threading\nthreading.Timer(0.2, os.kill, (os.getpid(), signal.SIGKILL)).start()"
    with Runner(limits=LIMITS) as runner:
        runner.pens[STUDENT].wait_ready()
        talk = Conversation(runner.pens, Job((), "/submission/one", limits=LIMITS))
        talk.begin()
        talk.step(1, Step(later))
        time.sleep(1)

        ran = talk.step(2, Step("1"))

    assert ran.lost == "The process that ran this cell is gone: it was ended by SIGKILL."
