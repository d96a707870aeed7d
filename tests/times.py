"""Where the time of a run of tests went: the dearest tests, and each folder."""

from __future__ import annotations

from collections import defaultdict

import pytest

SHORT = 60  # seconds; a run that takes less needs no table
DEAREST = 10


def spent(reports: list[pytest.TestReport]) -> tuple[dict[str, float], dict[str, float]]:
    """Seconds by test and by folder, with what was set up and torn down."""
    tests, folders = defaultdict[str, float](float), defaultdict[str, float](float)
    for report in reports:
        tests[report.nodeid] += report.duration
        folders[report.nodeid.split("::")[0].rpartition("/")[0]] += report.duration
    return tests, folders


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it at the end of a run."""
    reports = [one for kind in terminalreporter.stats.values() for one in kind if isinstance(one, pytest.TestReport)]
    tests, folders = spent(reports)
    if sum(tests.values()) < SHORT:
        return
    for title, seconds, most in ((f"the {DEAREST} dearest tests", tests, DEAREST), ("by folder", folders, None)):
        terminalreporter.section(f"seconds: {title}")
        for name, number in sorted(seconds.items(), key=lambda row: -row[1])[:most]:
            terminalreporter.write_line(f"{number:8.1f}  {name}")
