"""`crib study`: bring the learner's own notebooks up to date and open them in JupyterLab."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

import typer

from cloudcrib.cli.console import course, say
from cloudcrib.kit import address_grammar
from cloudcrib.kit.pagelook import EXTENSIONS

ASIDE = (  # of authors and instructors, who start JupyterLab themselves; the first takes seconds to load
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.validate_assignment",
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.course_list",
    "jupyterlab_jupytext",
)
OWN = "cloudcrib.server"  # an install of before it was an extension lacks the file that enables it
LANGUAGE_SERVERS = ("pylsp", "jedi-language-server", "pyright-langserver", "basedpyright-langserver", "pyrefly", "ty")
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME")  # any of these, and a browser can be opened


def study_command(context: typer.Context) -> None:
    """Open the course in JupyterLab; further words go to JupyterLab (--no-browser, --port=8890)."""
    root = course()
    address_grammar.skip()
    from cloudcrib.study.copies import bring

    for sentence in bring(root):
        say.print(sentence)
    words = [sys.executable, "-m", "cloudcrib.cli.server", *_options(root, context.args), *context.args]
    sys.stdout.flush()
    _become(words, _environment(root))


def _options(root: Path, given: Sequence[str]) -> list[str]:
    """What JupyterLab is told besides what the learner tells it; what is unusual about it is said."""
    from cloudcrib.study.copies import FIRST, folder

    home = folder(root)
    options = [f"--ServerApp.root_dir={home}", *_calm()]
    if (home / FIRST).is_file():
        options.append(f"--LabApp.default_url=/lab/tree/{FIRST}")
    if os.name == "nt":
        return options
    # A shell that is not a login shell keeps our PATH; JupyterLab would start a login shell when its output goes to a file.
    shell = os.environ.get("SHELL") or "sh"
    options.append(f"--ServerApp.terminado_settings={{'shell_command': [{shell!r}]}}")
    if os.geteuid() == 0 and not any("allow-root" in word or "allow_root" in word for word in given):
        say.print("You are root: JupyterLab is started with --allow-root.")
        options.append("--allow-root")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        say.print("No screen here: open the address that JupyterLab prints below in a browser.")
        options.append("--no-browser")
    return options


def _calm() -> list[str]:
    """No news over the first question, no menus of instructors, no list of missing servers; the learner's settings stay as they are."""
    extensions = {OWN: True, **{name: False for name in ASIDE}}
    options = ["--LabApp.news_url=None", f"--LabApp.extra_labextensions_path={EXTENSIONS}"]
    options.append(f"--ServerApp.jpserver_extensions={extensions}")
    if not any(map(shutil.which, LANGUAGE_SERVERS)):
        options.append("--LanguageServerManager.autodetect=False")
    return options


def _environment(root: Path) -> dict[str, str]:
    """`crib` is found in JupyterLab's terminals, and the course from wherever a notebook runs."""
    path = os.pathsep.join(filter(None, [str(Path(sys.executable).parent), os.environ.get("PATH")]))
    return {**os.environ, "PATH": path, "CLOUDCRIB_ROOT": str(root), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def _become(words: Sequence[str], environment: Mapping[str, str]) -> None:
    """Give this process to JupyterLab, so that whatever ends the one ends the other."""
    if os.name != "nt":
        os.execve(words[0], list(words), environment)
    raise typer.Exit(_accompany(words, environment))


def _accompany(words: Sequence[str], environment: Mapping[str, str]) -> int:
    """Windows cannot give a process away: wait for JupyterLab, and end it when this process is told to end."""
    child = subprocess.Popen(words, env=environment)

    def end(number: int, frame: FrameType | None) -> None:
        child.terminate()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches JupyterLab by itself, which asks whether it is meant
    if hasattr(signal, "SIGBREAK"):
        signal.signal(signal.SIGBREAK, end)
    try:
        return child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
