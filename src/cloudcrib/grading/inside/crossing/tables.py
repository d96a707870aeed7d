"""Arrays and tables of a message, built from plain parts by types on a list."""

from __future__ import annotations

import re
from typing import Any

from cloudcrib.grading.inside.crossing.decoder import Decoder, Reader
from cloudcrib.grading.inside.crossing.plainness import Refused
from cloudcrib.grading.inside.crossing.scalars import raw, short, span, text, whole

_DTYPE = re.compile(r"[<>|=]?(b1|[iu][1248]|f[248]|c8|c16|[US]\d{1,6}|[mM]8(\[(\d{1,4})?[A-Za-z]{1,2}\])?)")
_MOMENT = re.compile(r"NaT|\d{4,}-\d\d-\d\dT[\d:.]+([+-][\d:.]+)?|-?P-?\d+DT-?\d+H-?\d+M-?[\d.]+S")
_COLUMN_TYPES = frozenset({
    "object", "str", "string", "category", "boolean", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64",
    "Float32", "Float64",
})  # fmt: skip


def _dtype(value: Any) -> Any:
    import numpy as np

    if not _DTYPE.fullmatch(text(value)):
        raise Refused("an array of a type that is not plain")
    return np.dtype(value)


def array(decoder: Decoder, args: list[Any], depth: int) -> Any:
    import numpy as np

    data, dtype = raw(args[2]), _dtype(args[0])
    _sound(data, dtype)
    return np.frombuffer(data, dtype=dtype).reshape(_shape(args[1])).copy()


def _shape(sizes: Any) -> list[int]:
    shape = [whole(size) for size in sizes]
    if (
        len(shape) > 32
        or any(not 0 <= size <= 100_000_000 for size in shape)
        or (0 in shape and max(shape) > 1_000_000)
    ):
        raise Refused("an array of an impossible shape")
    return shape


def _sound(data: bytes, dtype: Any) -> None:
    """Bytes that are no truth value or no character would make an array that contradicts itself."""
    import numpy as np

    if dtype.kind == "b" and set(data) - {0, 1}:
        raise Refused("a truth value that is neither")
    if (
        dtype.kind == "U"
        and data
        and np.frombuffer(data, dtype=dtype.byteorder.replace("|", "=") + "u4").max() > 0x10FFFF
    ):
        raise Refused("a character that is none")


def objects(decoder: Decoder, args: list[Any], depth: int) -> Any:
    import numpy as np

    items = decoder.all(args[1], depth)
    flat = np.empty(len(items), dtype=object)
    flat[:] = items
    return flat.reshape(_shape(args[0]))


def scalar(decoder: Decoder, args: list[Any], depth: int) -> Any:
    import numpy as np

    data, dtype = raw(args[1]), _dtype(args[0])
    _sound(data, dtype)
    (value,) = np.frombuffer(data, dtype=dtype)
    return value


def _column(decoder: Decoder, value: Any, depth: int) -> Any:
    import numpy as np
    import pandas as pd

    if type(value) is list and value and value[0] == "col":
        if text(value[1]) not in _COLUMN_TYPES:
            raise Refused("a column of a type that is not plain")
        return pd.Series(decoder.all(value[2], depth), dtype=value[1])
    found = decoder.decode(value, depth)
    if type(found) is not np.ndarray or found.ndim != 1:
        raise Refused("a column that is none")
    return pd.Series(found)


def frame(decoder: Decoder, args: list[Any], depth: int) -> Any:
    import pandas as pd

    labels, index = decoder.decode(args[0], depth), decoder.decode(args[1], depth)
    decoder.left -= 100 * len(args[2])
    columns = [_column(decoder, column, depth) for column in args[2] if decoder.left > 0]
    if not isinstance(labels, pd.Index) or not isinstance(index, pd.Index) or len(labels) != len(columns):
        raise Refused("a table without labels")
    for column in columns:
        column.index = index
    table = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=index)
    table.columns = labels
    return table


def series(decoder: Decoder, args: list[Any], depth: int) -> Any:
    column = _column(decoder, args[2], depth)
    column.index, column.name = decoder.decode(args[1], depth), decoder.decode(args[0], depth)
    return column


def index(decoder: Decoder, args: list[Any], depth: int) -> Any:
    import pandas as pd

    return pd.Index(_column(decoder, args[1], depth), name=decoder.decode(args[0], depth))


def multi(decoder: Decoder, args: list[Any], depth: int) -> Any:
    import pandas as pd

    return pd.MultiIndex.from_tuples(decoder.all(args[1], depth), names=decoder.all(args[0], depth))


def moment(name: str) -> Reader:
    def read(decoder: Decoder, args: list[Any], depth: int) -> Any:
        import pandas as pd

        if not _MOMENT.fullmatch(short(args[0])):
            raise Refused("a moment that is none")
        return getattr(pd, name)(args[0])

    return read


def missing(name: str) -> Reader:
    def read(decoder: Decoder, args: list[Any], depth: int) -> Any:
        import pandas as pd

        return getattr(pd, name)

    return read


def range_index(decoder: Decoder, args: list[Any], depth: int) -> Any:
    import pandas as pd

    return pd.RangeIndex(span(*args[:3]), name=decoder.decode(args[3], depth))
