"""What a wheel carries besides the package: of each chapter the questions as a student may see them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Banks(BuildHookInterface):  # type: ignore[type-arg]
    """Puts `release/NN-slug/questions.json` into the wheel as `cloudcrib/banks/NN-slug.json`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files; an editable install reads them where they stand."""
        if version == "editable":
            return
        for path in sorted(Path(self.root).glob("release/*/questions.json")):
            build_data["force_include"][str(path)] = f"cloudcrib/banks/{path.parent.name}.json"
