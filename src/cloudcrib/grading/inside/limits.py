"""How much of a machine one submission may use."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one submission may use before it is stopped; every figure has a default that honest work does not reach."""

    cell_seconds: float = 30
    submission_seconds: float = 600
    memory_mb: int = 2048
    processes: int = 128
    file_mb: int = 64
    disk_mb: int = 256
    output_mb: int = 10
    answer_mb: int = 32  # one value that crosses from the student's process to the tests


def confine(limits: Limits) -> None:
    """Put the limits that the kernel keeps on this process and on all it starts."""
    import resource

    for what, most in (
        (resource.RLIMIT_AS, _address_space() + limits.memory_mb * MB),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_FSIZE, limits.file_mb * MB),
        (resource.RLIMIT_CPU, int(limits.submission_seconds) + 1),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_NOFILE, 1024),
    ):
        _lower(what, most)


def _lower(what: int, most: int) -> None:
    import resource

    ceiling = resource.getrlimit(what)[1]
    most = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
    resource.setrlimit(what, (most, most))


def _address_space() -> int:
    """Bytes this process has mapped already: the libraries imported before the fork are not the student's."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[0]) * 4096
