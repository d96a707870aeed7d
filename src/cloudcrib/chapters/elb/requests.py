"""How requests pick a target inside a group: in turn, by work in hand, or by an old cookie."""

import random
from collections.abc import Sequence


def least_outstanding(outstanding: Sequence[int]) -> int:
    """The target with the fewest requests in hand; the first of equals."""
    return min(range(len(outstanding)), key=lambda target: outstanding[target])


def simulate(arrivals: int, service: Sequence[int], algorithm: str) -> list[list[int]]:
    """Requests in hand at each target after each arrival, one arrival a tick, `service` ticks a request."""
    ends: list[list[int]] = [[] for _ in service]
    history = []
    for tick in range(arrivals):
        ends = [[end for end in queue if end > tick] for queue in ends]
        target = tick % len(service) if algorithm == "round_robin" else least_outstanding([len(q) for q in ends])
        ends[target].append(tick + service[target])
        history.append([len(queue) for queue in ends])
    return history


def session_loads(users: int, visits: int, joins_at: int, targets: int, sticky: bool, seed: int = 7) -> list[list[int]]:
    """Requests that each target got per round, when one more target joins at round `joins_at`."""
    draw = random.Random(seed)
    homes: dict[int, int] = {}
    rounds = []
    turn = 0
    for number in range(visits):
        alive = targets + (number >= joins_at)
        counts = [0] * (targets + 1)
        for user in draw.sample(range(users), users):
            if not sticky or user not in homes:
                homes[user] = turn % alive
                turn += 1
            counts[homes[user]] += 1
        rounds.append(counts)
    return rounds
