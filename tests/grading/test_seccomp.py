"""The system-call filter."""

from __future__ import annotations

import struct

import pytest

from cloudcrib.grading.box import seccomp

ALLOW, EPERM, ENOSYS, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
X86, ARM = 0xC000003E, 0xC00000B7


def verdict(machine: str, arch: int, number: int, argument: int = 0) -> int:
    """Run the filter as the kernel would."""
    data = struct.pack("=IIQQ", number, arch, 0, argument)
    code = seccomp.program(machine)
    assert code is not None
    lines, at, held = list(struct.iter_unpack("=HBBI", code)), 0, 0
    while True:
        op, when, otherwise, k = lines[at]
        at += 1
        if op == 0x06:
            return k
        if op == 0x20:
            (held,) = struct.unpack_from("=I", data, k)
        else:
            true = {0x15: held == k, 0x35: held >= k, 0x45: bool(held & k)}[op]
            at += when if true else otherwise


@pytest.mark.parametrize(
    ("machine", "arch", "read", "keyctl", "clone"), [("x86_64", X86, 0, 250, 56), ("aarch64", ARM, 63, 219, 220)]
)
def test_ordinary_calls_pass_and_keyrings_do_not(machine: str, arch: int, read: int, keyctl: int, clone: int) -> None:
    assert verdict(machine, arch, read) == ALLOW
    assert verdict(machine, arch, keyctl) == EPERM
    assert verdict(machine, arch, clone) == ALLOW


@pytest.mark.parametrize("flag", [0x10000000, 0x20000000, 0x40000000, 0x00020000])
def test_threads_may_be_made_and_namespaces_may_not(flag: int) -> None:
    assert verdict("x86_64", X86, 56, 0x3D0F00) == ALLOW
    assert verdict("x86_64", X86, 56, flag | 0x11) == EPERM


def test_clone3_is_unknown_so_that_clone_is_used() -> None:
    assert verdict("x86_64", X86, 435) == ENOSYS


def test_the_same_calls_under_other_numbers_do_not_pass() -> None:
    assert verdict("x86_64", X86, 0x40000000 + 101) == EPERM


def test_calls_of_another_architecture_end_the_process() -> None:
    assert verdict("x86_64", 0x40000003, 1) == KILL


def test_a_machine_without_a_table_has_no_filter() -> None:
    assert seccomp.program("riscv64") is None
