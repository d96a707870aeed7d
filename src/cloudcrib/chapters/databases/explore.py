"""Models of databases to play with: failures, lag, quorum, bills, heat, caches, scans."""

from __future__ import annotations

from typing import Any

from cloudcrib.chapters.databases import draw, dynamodb, reads, relational
from cloudcrib.kit.counted import counted
from cloudcrib.kit.exploring import Explorer, buttons, choice, explorer, slider, toggle


def break_it() -> Explorer:
    """Choose a deployment, break something, and see who takes over and what is lost."""
    kinds = {plan.name: kind for kind, plan in relational.DEPLOYMENTS.items()}
    failures = {"nothing": "none", "its host": "host", "its zone": "zone", "its Region": "region"}
    return explorer(
        _break, kind=choice("deployment", kinds, "cluster"), failure=buttons("the writer loses", failures, "zone")
    )


def _break(kind: str, failure: str) -> list[Any]:
    figure = draw.deployment(kind, failure)
    if failure == "none":
        return [figure, "Everything answers. Break something."]
    outcome = relational.after(kind, failure)
    reads_go_on = "go on elsewhere" if outcome.reads_go_on else "stop too"
    return [figure, f"**Comes back:** {outcome.how}. **Lost:** {outcome.data}. **Reads meanwhile:** {reads_go_on}."]


def replica_lag() -> Explorer:
    """Load the source harder than its replica can follow, and watch how long it stays behind."""
    return explorer(
        _lag,
        base=slider("usual writes", 10, 120, 60, unit="/s"),
        burst=slider("writes in the burst", 10, 400, 150, unit="/s"),
        seconds=slider("length of the burst", 0, 60, 20, unit="s"),
        applies=slider("replica applies", 50, 200, 100, unit="/s"),
    )


def _lag(base: int, burst: int, seconds: int, applies: int) -> list[Any]:
    load = [base] * 10 + [burst] * seconds + [base] * (110 - seconds)
    return [draw.lag(load, applies), _lag_words(load, 9 + seconds, base, applies)]


def _lag_words(load: list[int], last: int, base: int, applies: int) -> str:
    waiting, lags = relational.backlogs(load, applies)[last], relational.replica_lag(load, applies)
    if not max(lags):
        return "Nothing waits: the replica keeps up."
    left = relational.catch_up(waiting, base, applies)
    end = (
        f"after two minutes it is {lags[-1]:.1f} s, and the replica never catches up: the usual load is too much"
        if left is None
        else f"it rises to {max(lags):.1f} s, and {left:.0f} s after the burst the replica has caught up"
    )
    return f"When the burst ends, {waiting:,.0f} changes wait and `ReplicaLag` is {lags[last]:.1f} s; {end}."


def quorum() -> Explorer:
    """Lose a zone and single copies of an Aurora volume, and see when writes stop."""
    copies = {copy: toggle(f"lose copy {copy}", copy == "b1") for copy in relational.COPIES}
    zones = {"none": "", "a": "a", "b": "b", "c": "c"}
    return explorer(_quorum, zone=buttons("lose a whole zone", zones, "a"), **copies)


def _quorum(zone: str, **copies: bool) -> list[Any]:
    lost = relational.lost_copies(zone, [copy for copy, gone in copies.items() if gone])
    left = 6 - len(lost)
    return [
        draw.quorum(lost),
        f"{counted(left, 'copy answers', 'copies answer')}; writes need 4 of them, reads and repair 3: "
        f"**{relational.storage_state(len(lost))}**.",
    ]


def capacity(unit_hour: float, per_million: float) -> Explorer:
    """Provision for the peak, use a part of it, and compare both bills."""
    return explorer(
        lambda peak, use: _capacity(peak, use, unit_hour, per_million),
        peak=slider("provisioned write units", 10, 1000, 100, 10),
        use=slider("average use", 0.0, 1.0, 0.2, 0.01),
    )


def _capacity(peak: int, use: float, unit_hour: float, per_million: float) -> list[Any]:
    flat, paid = dynamodb.provisioned_bill(peak, unit_hour), dynamodb.on_demand_bill(peak * use, per_million)
    winner = "provisioned" if flat < paid else "on-demand"
    words = (
        f"Provisioned {flat:,.2f} USD, on-demand {paid:,.2f} USD a month: **{winner}**, by {abs(flat - paid):,.2f} USD."
    )
    return [draw.bills(peak, unit_hour, per_million, use), words]


def hot_keys() -> Explorer:
    """Skew the traffic, add partitions, let DynamoDB isolate hot keys, spread a key over suffixes."""
    return explorer(
        _heat,
        rate=slider("writes on the table", 500, 10_000, 4000, 100, unit="/s"),
        skew=slider("skew of the keys", 0.0, 2.5, 1.2, 0.1),
        partitions=slider("partitions", 1, 16, 8),
        suffixes=slider("suffixes for each key", 1, 10, 1),
        isolate=toggle("adaptive capacity isolates hot keys"),
    )


def _heat(rate: int, skew: float, partitions: int, suffixes: int, isolate: bool) -> list[Any]:
    keys = dynamodb.key_loads(rate, 40, skew, suffixes)
    loads = sorted(keys.values(), reverse=True)[:12] if isolate else dynamodb.partition_loads(keys, partitions)
    refused, hottest = dynamodb.throttled(loads), max(keys.values())
    title = f"{refused:,.0f} of {rate:,} writes/s are throttled" if refused else "No partition is too hot"
    words = f"The hottest key takes {hottest:,.0f} writes/s; a partition takes {dynamodb.PARTITION_WRITES:,}."
    if isolate:
        words += " Each of the twelve hottest keys has a partition to itself, however many the table had before."
    if isolate and refused:
        words += " That is still one partition: only a better key, or suffixes, helps."
    return [draw.heat(loads, title + (" (twelve hottest keys, alone)" if isolate else "")), words]


def cache() -> Explorer:
    """Move the hit ratio, and see what is left for the database."""
    return explorer(
        _cache,
        hit_ratio=slider("hit ratio", 0.0, 1.0, 0.8, 0.01),
        per_second=slider("reads", 1000, 50_000, 10_000, 1000, unit="/s"),
        database_ms=slider("database", 2, 50, 20, unit="ms"),
        can_take=slider("database can take", 500, 10_000, 3000, 500, unit="/s"),
    )


def _cache(hit_ratio: float, per_second: int, database_ms: int, can_take: int) -> list[Any]:
    behind, mean = reads.database_reads(hit_ratio, per_second), reads.mean_latency(hit_ratio, 1, database_ms)
    state = "**overloaded**" if behind > can_take else "fine"
    words = f"Mean {mean:.1f} ms; {behind:,.0f} reads/s reach a database that takes {can_take:,}: {state}."
    return [draw.cache_curve(per_second, 1, database_ms, hit_ratio), words]


def scan_or_warehouse(usd_tb: float) -> Explorer:
    """Cut what a query scans, ask more often, and see when a warehouse pays."""
    return explorer(
        lambda **values: _scan(usd_tb=usd_tb, **values),
        tb=slider("table", 0.5, 20.0, 2.0, 0.5, unit="TB"),
        columns=slider("columns read", 0.05, 1.0, 1.0, 0.05),
        partitions=slider("partitions read", 0.05, 1.0, 1.0, 0.05),
        a_day=slider("queries a day", 1, 200, 10),
        warehouse=slider("warehouse", 200, 5000, 900, 100, unit="USD/month"),
    )


def _scan(usd_tb: float, tb: float, columns: float, partitions: float, a_day: int, warehouse: int) -> list[Any]:
    each = reads.scanned(tb, columns, partitions)
    bill = reads.athena_bill(a_day * 30, each, usd_tb)
    winner = "Athena" if bill < warehouse else "the warehouse"
    costs = f"Athena costs {bill:,.0f} USD a month, the warehouse {warehouse:,}"
    words = f"Each query scans {each * 1000:,.0f} GB; {costs}: **{winner}**."
    return [draw.sql_bills(warehouse, each, usd_tb, a_day * 30), words]
