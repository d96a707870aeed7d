"""Numbers with the noun that agrees with them."""

from __future__ import annotations


def counted(number: float, one: str, more: str = "", form: str = ",.0f") -> str:
    """“1 instance”, “2 instances”, “1,024 addresses”: the number as it is written decides."""
    said = f"{number:{form}}"
    return f"{said} {one if said == '1' else more or f'{one}s'}"
