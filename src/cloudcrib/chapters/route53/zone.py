"""What a hosted zone may hold, and how a name is followed to an address."""

from collections.abc import Mapping, Sequence

OWN = ("NS", "SOA")  # what Route 53 puts at the apex of every zone


def conflict(zone: str, records: Sequence[tuple[str, str]], name: str, kind: str) -> str:
    """Why a record cannot be added ("apex" or "not alone"), or nothing: a CNAME must stand alone at its name."""
    if kind == "CNAME" and name == zone:
        return "apex"
    here = {other for where, other in records if where == name}
    if here and "CNAME" in here | {kind} and here != {kind}:
        return "not alone"
    return ""


def follow(records: Mapping[str, tuple[str, str]], name: str) -> list[str]:
    """The names and finally the address that a resolver sees: a CNAME costs a step, an alias none."""
    seen = [name]
    while name in records:
        kind, target = records[name]
        name = behind(records, target) if kind == "alias" else target
        if name in seen:
            raise ValueError(f"{name} leads back to itself.")
        seen.append(name)
    return seen


def behind(records: Mapping[str, tuple[str, str]], name: str) -> str:
    """The address that Route 53 finds behind an alias before it answers."""
    kind, target = records[name]
    return behind(records, target) if kind == "alias" else target
