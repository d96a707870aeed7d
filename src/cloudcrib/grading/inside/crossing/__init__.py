"""What may cross between a student's process and the tests: plain data by value, as JSON with a tag per type.

`encode` runs beside the student and is not trusted; `decode` runs beside the tests and builds nothing but exact built-in
types, arrays and frames, whatever the bytes say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from cloudcrib.grading.inside.crossing.decode import READERS, no_constant, no_object
from cloudcrib.grading.inside.crossing.decoder import NODES, Decoder
from cloudcrib.grading.inside.crossing.encode import encode
from cloudcrib.grading.inside.crossing.plainness import NotPlain, Refused

__all__ = ["NotPlain", "Refused", "dumps", "loads"]


def dumps(value: Any, names: Mapping[int, str] | None = None) -> bytes:
    """The bytes of a plain value; `names` maps the id of a student's function to its name, so that it can be handed back."""
    return json.dumps(encode(value, names or {}), allow_nan=False, separators=(",", ":")).encode()


def loads(data: bytes, functions: Callable[[str], Any] | None = None) -> Any:
    """The value of such bytes, or `Refused`."""
    try:
        if data.count(b"[") > 2 * NODES:
            raise Refused("what came back is too large or too deep")
        said = json.loads(data, parse_constant=no_constant, object_pairs_hook=no_object)
        return Decoder(READERS, functions).decode(said, 0)
    except Refused:
        raise
    except Exception as err:  # whatever a library says to nonsense
        raise Refused(f"what came back cannot be read ({type(err).__name__})") from None
