"""Load balancers to play with: shares, rules, lost zones, queues, sessions, failing targets."""

from typing import Any

from cloudcrib.chapters.elb import draw, health, requests, shares
from cloudcrib.chapters.elb.draw import targets
from cloudcrib.chapters.elb.rules import Rule, route, trace
from cloudcrib.kit.counted import counted
from cloudcrib.kit.exploring import Explorer, buttons, explorer, slider, text, toggle

RULES = [
    Rule(10, "images", path="/img/*"),
    Rule(20, "orders", host="api.example.com", path="/v?/orders*"),
    Rule(30, "api", host="api.example.com"),
    Rule(40, "partners", host="*.partner.example.com"),
    Rule(50, "admin", host="www.example.com", path="/admin/*"),
]


def cross_zone() -> Explorer:
    """Move targets between zones and switch cross-zone on and off."""
    zones = {zone: slider(f"targets in zone {zone}", 0, 8, start) for zone, start in (("a", 4), ("b", 1), ("c", 2))}
    third = toggle("zone c is enabled for the load balancer")
    return explorer(_cross_zone, **zones, third=third, on=toggle("cross-zone load balancing"))


def rules() -> Explorer:
    """Type a host and a path, and watch which rule decides."""
    return explorer(_rules, host=text("host", "api.example.com"), path=text("path", "/v2/orders/7"))


def zone_loss() -> Explorer:
    """Choose zones and load, and lose a zone."""
    return explorer(
        _zone_loss, zones=slider("zones", 2, 6, 2), load=slider("how busy a target is", 10, 100, 60, unit="%")
    )


def algorithms() -> Explorer:
    """Slow one target down, and watch what waits at it."""
    ways = {"round robin": "round_robin", "least outstanding": "least_outstanding_requests"}
    return explorer(
        _algorithms,
        slow=slider("seconds a request takes the slow target", 3, 60, 12),
        algorithm=buttons("algorithm", ways),
    )


def sessions() -> Explorer:
    """Add a target to a sticky group, and to one that is not."""
    return explorer(
        _sessions, sticky=toggle("sticky sessions", True), joins_at=slider("minute in which a target joins", 1, 6, 3)
    )


def failure() -> Explorer:
    """Let a target die, and see how many requests it takes along."""
    return explorer(
        _failure,
        fails_at=slider("dies at", 1, 90, 40, unit="s"),
        interval=slider("interval", 5, 60, 30, step=5, unit="s"),
        threshold=slider("unhealthy threshold", 2, 6, 2),
        rate=slider("requests a second to 4 targets", 10, 400, 100, step=10),
    )


def draining() -> Explorer:
    """Turn the deregistration delay, and see which requests are cut."""
    return explorer(_draining, delay=slider("deregistration delay", 0, 900, 300, step=20, unit="s"))


def _cross_zone(a: int, b: int, c: int, third: bool, on: bool) -> list[Any]:
    targets = {"a": a, "b": b} | ({"c": c} if third else {})
    if not any(targets.values()):
        return ["No enabled zone has a target: there is nothing to share out."]
    said = f"{100 * shares.crossing_share(targets, on):.3g} % of the traffic crosses between zones."
    nodes = shares.zone_shares(targets, on)
    said += f" DNS gives each of {counted(len(nodes), 'node')} {100 / len(nodes):.3g} %."
    empty = " and ".join(zone for zone, count in targets.items() if not count)
    if empty and on:
        said += f" What enters zone {empty} crosses, all of it."
    elif empty:
        said += f" Zone {empty} has no target, so its node is out of DNS."
    if c and not third:
        said += f" Zone c is not enabled: {counted(c, 'target')} there would get nothing."
    return [draw.shares(targets, on), said]


def _rules(host: str, path: str) -> list[Any]:
    import pandas as pd

    steps = trace(RULES, host, path)
    end = route(RULES, host, path)
    rows = [(str(rule.priority), rule.host or "", rule.path or "", rule.to, said) for rule, said in steps]
    rows.append(("default", "", "", "default", "decides" if end == "default" else "not reached"))
    table = pd.DataFrame(rows, columns=["priority", "host", "path", "forwards to", "this request"])
    said = f"`{host}{path}` goes to the target group **{end}**."
    return [table.set_index("priority").rename_axis(None), said]


def _zone_loss(zones: int, load: int) -> list[Any]:
    safe = 100 * (zones - 1) / zones
    said = f"With {zones} zones a target may be up to {safe:.3g} % busy and still take over its part of a lost zone."
    return [draw.loss(zones, load), said]


def _algorithms(slow: int, algorithm: str) -> list[Any]:
    import pandas as pd

    history = requests.simulate(120, [3, 3, slow], algorithm)
    worst = [max(queue[target] for queue in history) for target in range(3)]
    columns = {"seconds a request": [3, 3, slow], "most requests in hand": worst}
    return [targets.queues(slow), pd.DataFrame(columns, index=["quick 1", "quick 2", "slow"])]


def _sessions(sticky: bool, joins_at: int) -> list[Any]:
    new = sum(counts[-1] for counts in requests.session_loads(60, 7, joins_at, 2, sticky))
    since = counted(7 - joins_at, "minute")
    said = f"The new target served {counted(new, 'request')} in the {since} since it joined."
    return [targets.late_target(sticky, joins_at), said]


def _failure(fails_at: int, interval: int, threshold: int, rate: int) -> list[Any]:
    lost = health.lost_requests(rate, 4, fails_at, interval, threshold)
    said = f"{counted(lost, 'request')} went to a target that was already dead."
    return [targets.failure(fails_at, interval, threshold), said]


def _draining(delay: int) -> list[Any]:
    ends = health.after_deregistration(targets.IN_FLIGHT, delay)
    wait = min(delay, max(targets.IN_FLIGHT))
    said = f"{counted(ends.count('finishes'), 'user gets an answer', 'users get their answer')}; the instance is needed for {wait} s more."
    return [targets.draining(delay=delay), said]
