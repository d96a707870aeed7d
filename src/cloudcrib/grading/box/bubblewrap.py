"""The box student code runs in: a bubblewrap command line that shows it Python, its own files and nothing else."""

from __future__ import annotations

import os
import shutil
import site
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cloudcrib.grading.box import seccomp
from cloudcrib.grading.inside.folders import FONTS
from cloudcrib.grading.inside.limits import MB, Limits

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SETTINGS = ("alternatives", "fonts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "mime.types",
            "nsswitch.conf", "ssl", "timezone")  # fmt: skip
NAMES = "root:x:0:0::/:/bin/false\nstudent:x:{uid}:{uid}::{home}:/bin/false\n"
MISSING = (
    "Student code is not run without a sandbox, and bubblewrap is missing: install it (Debian and Ubuntu: `apt install "
    "bubblewrap`; Fedora: `dnf install bubblewrap`), or add --no-sandbox to run submissions with your own rights."
)
REFUSED = "bubblewrap cannot make a sandbox on this machine ({why}): {remedy}, or add --no-sandbox to run submissions with your own rights."
IN_GENERAL = (
    "allow unprivileged user namespaces (`sysctl -w kernel.unprivileged_userns_clone=1` and `sysctl -w user.max_user_namespaces=15000`), "
    "or in a container start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined"
)
BY_APPARMOR = (
    "AppArmor keeps user namespaces from programs without a profile, as Ubuntu does from 23.10 on. Give bubblewrap one, as root: "
    "write `abi <abi/4.0>, include <tunables/global> profile bwrap {bwrap} flags=(unconfined) {{ userns, }}` to /etc/apparmor.d/bwrap "
    "and run `apparmor_parser -r /etc/apparmor.d/bwrap` (or, until the next start and for every program, "
    "`sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`)"
)
RESTRICTED = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
LOST = (
    "Without a sandbox submissions run with your rights: they can read the hidden tests and your files, change the "
    "gradebook and each other, and use the network. Grade only code that you trust."
)


class CannotGrade(RuntimeError):
    """Nothing was graded; the message says why, and what to do."""


class NoSandbox(CannotGrade):
    """This machine cannot isolate student code; the message says what to install."""


@dataclass(frozen=True)
class Plan:
    """What one box holds: its writable folders, what it may read besides Python, and who it runs as."""

    work: str = "/submission"
    home: str = "/home/student"
    read: Mapping[str, str] = field(default_factory=dict)  # path inside: path outside
    share: Mapping[str, str] = field(default_factory=dict)  # the same, writable
    limits: Limits = field(default_factory=Limits)
    uid: int = 61000

    @property
    def writable(self) -> tuple[str, ...]:
        """Folders in memory that a submission may fill, and that are emptied after it."""
        return tuple(sorted({self.home, self.work, "/tmp", "/var/tmp", "/dev/shm"}))  # a folder before those inside it


def bubblewrap() -> str:
    """Where bubblewrap is."""
    if found := shutil.which("bwrap"):
        return found
    raise NoSandbox(MISSING)


def try_out() -> None:
    """Make an empty box, so that a host that forbids it says so before anything is graded."""
    import subprocess

    with ExitStack() as stack:
        line, fds = command(["/bin/true"], Plan(), stack)
        said = subprocess.run(line, pass_fds=fds, capture_output=True, text=True, check=False)
    if said.returncode:
        why = said.stderr.strip().splitlines()[-1] if said.stderr.strip() else "no reason given"
        raise NoSandbox(REFUSED.format(why=why, remedy=_remedy()))


def _remedy() -> str:
    """What to do on this system."""
    try:
        restricted = RESTRICTED.read_text().strip() == "1"
    except OSError:
        restricted = False
    return BY_APPARMOR.format(bwrap=shutil.which("bwrap")) if restricted else IN_GENERAL


def command(
    argv: Sequence[str], plan: Plan, stack: ExitStack, env: Mapping[str, str] | None = None
) -> tuple[list[str], tuple[int, ...]]:
    """The command line that runs `argv` in a box, and the file descriptors it needs; `stack` closes them."""
    fds: list[int] = []

    def text(content: bytes) -> str:
        fds.append(_readable(content, stack))
        return str(fds[-1])

    names = NAMES.format(uid=_inner_uid(plan), home=plan.home).encode()
    line = [bubblewrap(), "--die-with-parent", "--new-session", "--hostname", "box", *_apart()]
    line += [*_system(), "--proc", "/proc", "--dev", "/dev"]
    line += [
        "--ro-bind-data",
        text(names),
        "/etc/passwd",
        "--ro-bind-data",
        text(b"127.0.0.1 localhost box\n"),
        "/etc/hosts",
    ]
    line += [
        *_memory(plan),
        *_bound("--ro-bind", _python()),
        *_bound("--ro-bind", plan.read),
        *_bound("--bind", plan.share),
    ]
    if fonts := _fonts():
        line += _bound("--ro-bind", {FONTS: fonts})
    line += ["--remount-ro", "/", "--chdir", plan.work, "--clearenv", *_environment(plan, env or {})]
    if filter_ := seccomp.program():
        line += ["--seccomp", text(filter_)]
    return [*line, "--", *_drop(plan), *argv], tuple(fds)


def _apart() -> list[str]:
    """Namespaces of its own; root gives up its uid inside instead of hiding it behind a user namespace."""
    shared = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    if os.getuid() == 0:
        return [*shared, "--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    return [*shared, "--unshare-user", "--cap-drop", "ALL"]


def _inner_uid(plan: Plan) -> int:
    return plan.uid if os.getuid() == 0 else os.getuid()


def _drop(plan: Plan) -> list[str]:
    if os.getuid() != 0:
        return []
    return [
        "setpriv",
        f"--reuid={plan.uid}",
        f"--regid={plan.uid}",
        "--clear-groups",
        "--inh-caps=-all",
        "--ambient-caps=-all",
    ]


def _system() -> Iterable[str]:
    for path in SYSTEM:
        if os.path.islink(path):
            yield from ("--symlink", os.readlink(path), path)
        elif os.path.isdir(path):
            yield from ("--ro-bind", path, path)
    for name in SETTINGS:
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")


def _parents(path: str) -> Iterable[str]:
    """Folders above a mount; bubblewrap would make them readable by root alone."""
    for folder in map(str, reversed(Path(path).parents)):
        if folder not in ("/", "/var", "/dev") and not folder.startswith(("/usr", "/dev/")):
            yield from ("--perms", "0755", "--dir", folder)


def _memory(plan: Plan) -> Iterable[str]:
    for path in plan.writable:
        yield from (*_parents(path), "--perms", "1777", "--size", str(plan.limits.disk_mb * MB), "--tmpfs", path)


def _python() -> dict[str, str]:
    """Python, its packages and this package, wherever they are installed; never the folder somebody grades in."""
    return {path: path for path in _python_paths()}


def _python_paths() -> list[str]:
    import cloudcrib

    roots = {sys.base_prefix, sys.prefix, os.path.realpath(sys.base_prefix), *site.getsitepackages()}
    roots |= {os.path.dirname(os.path.realpath(sys.executable)), os.path.dirname(sys.executable)}
    roots.add(str(Path(cloudcrib.__file__).parent))
    if site.ENABLE_USER_SITE and os.path.isdir(site.getusersitepackages()):
        roots.add(site.getusersitepackages())
    inside = [path for path in sorted(roots) if os.path.isdir(path) and not path.startswith(("/usr/", "/bin", "/lib"))]
    return [
        path
        for path in inside
        if path not in ("/", "/usr") and not any(path.startswith(f"{other}/") for other in inside)
    ]


def _bound(how: str, paths: Mapping[str, str]) -> Iterable[str]:
    for inside, outside in paths.items():
        yield from (*_parents(inside), how, outside, inside)


@cache
def _fonts() -> str:
    """A folder with matplotlib's list of fonts, which takes seconds to make; empty without matplotlib."""
    import subprocess

    import platformdirs

    folder = platformdirs.user_cache_path("cloudcrib") / "matplotlib"
    if not list(folder.glob("fontlist-*.json")):
        env = {**os.environ, "MPLCONFIGDIR": str(folder)}
        make = [
            sys.executable,
            "-c",
            "import os; os.makedirs(os.environ['MPLCONFIGDIR'], exist_ok=True); import matplotlib.font_manager",
        ]
        subprocess.run(make, env=env, capture_output=True, check=False)
    return str(folder) if list(folder.glob("fontlist-*.json")) else ""


def _environment(plan: Plan, more: Mapping[str, str]) -> Iterable[str]:
    fixed = {
        "PATH": f"{os.path.dirname(sys.executable)}:/usr/local/bin:/usr/bin:/bin", "HOME": plan.home, "USER": "student",
        "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TMPDIR": "/tmp", "IPYTHONDIR": "/tmp/.ipython",
        "MPLCONFIGDIR": "/tmp/.matplotlib", "XDG_CACHE_HOME": "/tmp/.cache", "JUPYTER_RUNTIME_DIR": "/tmp/.runtime",
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": os.pathsep.join(_package_roots()), "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1", "AWS_EC2_METADATA_DISABLED": "true", "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "NBGRADER_EXECUTION": "autograde",
    }  # fmt: skip
    for name, value in {**fixed, **more}.items():
        yield from ("--setenv", name, value)


def _package_roots() -> list[str]:
    import cloudcrib

    return [str(Path(cloudcrib.__file__).parent.parent)]


def _readable(content: bytes, stack: ExitStack) -> int:
    fd = os.memfd_create("crib")
    stack.callback(os.close, fd)
    os.write(fd, content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd
