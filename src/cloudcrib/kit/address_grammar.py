"""A grammar of international addresses that jsonschema reads when it is imported, which takes a second, and that no notebook needs."""

from __future__ import annotations

import sys


def skip() -> None:
    """Let jsonschema find it missing in this process: it is optional there, and only the formats `iri` are not checked then."""
    if "jsonschema" not in sys.modules:
        sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
