"""What a student's function made of a list or dictionary that it was given, put into the tests' own, in place."""

from __future__ import annotations

import sys
from typing import Any

CONTAINERS = (list, dict, set, bytearray)


def changeable(value: Any) -> bool:
    """Whether this is a container whose new state can be told by value."""
    return type(value) in CONTAINERS or _is_array(value)


def put(old: Any, new: Any) -> bool:
    """Make a container what it has become elsewhere, with what it holds staying the same objects where it can."""
    if type(old) is not type(new):
        return False
    if type(old) is list:
        old[:] = [_kept(*pair) for pair in zip(old, new, strict=False)] + new[len(old) :]
    elif type(old) is dict:
        held = {key: _kept(old[key], value) if key in old else value for key, value in new.items()}
        old.clear()
        old.update(held)
    elif type(old) is set:
        old.clear()
        old.update(new)
    elif type(old) is bytearray:
        old[:] = new
    elif _is_array(old) and old.shape == new.shape and old.dtype == new.dtype:
        old[...] = new
    else:
        return False
    return True


def _kept(old: Any, new: Any) -> Any:
    return old if put(old, new) else new


def _is_array(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and type(value) is numpy.ndarray
