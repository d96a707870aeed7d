"""Other figures for questions of this chapter: each function draws one variant."""

from random import Random

ZONE, MILLION = 0.50, 0.40  # dollars; the question states them


def alias_bill(r: Random) -> dict:
    """What queries cost when some are for an alias."""
    alias, cname = r.randint(5, 60), r.randint(2, 40)
    cost = lambda millions: round(ZONE + MILLION * millions, 2)
    return {
        "stem": f"In a month one public zone answers {alias} million queries for an alias record that leads to an Application Load Balancer, and {cname} million for a CNAME that leads to a partner's host. "
        "Take 0.50 dollars for the zone and 0.40 dollars per million standard queries. What does Route 53 charge, in dollars?",
        "answer": cost(cname),
        "why": f"0.50 for the zone and {cname} × 0.40 for the CNAME; queries for an alias to an AWS resource cost nothing.",
        "traps": [
            {"value": cost(alias + cname), "why": "You charged for the alias as well. Queries for an alias that leads to an AWS resource are free.", "mistake": "route53-alias-charged"},
            {"value": round(MILLION * cname, 2), "why": "The zone has its own price per month."},
            {"value": cost(alias), "why": "It is the other way round: the alias is free and the CNAME is charged."},
        ],
    }


def weight_share(r: Random) -> dict:
    """A record's share once an unhealthy one has left the sum."""
    unit = r.choice((1, 2, 3, 5, 10))
    parts = r.choice((4, 5, 10, 20))
    asked = r.randint(1, parts - 1)
    mine, other, failed = unit * asked, unit * (parts - asked), min(255, unit * r.randint(2, 3 * parts))
    total = mine + other + failed
    return {
        "stem": f"Three weighted records with health checks have the weights {other}, {mine} and {failed}. The health check of the last one, with weight {failed}, fails. "
        f"What percentage of the answers does the second record, with weight {mine}, give now?",
        "answer": 100 * asked // parts,
        "why": f"The healthy weights are {other} and {mine}, so the share is {mine} / {mine + other}.",
        "traps": [
            {"value": round(100 * mine / total, 2), "why": f"You left the unhealthy record in the sum. Then {100 * failed / total:.3g} % of the queries would get no answer.", "mistake": "route53-sum-of-all"},
            {"value": round(100 * (mine + failed / 2) / total, 2), "why": "You gave each of the two others half of what was lost. They share it in proportion to their weights.", "mistake": "route53-split-evenly"},
            {"value": 50, "why": "Two healthy records are not two equal ones."},
        ],
        "hint": ["The unhealthy record leaves the sum, too.", "Its own weight, as a part of what?"],
    }


def failover_time(r: Random) -> dict:
    """How long after a failure every resolver gives the other address."""
    ttl, interval, threshold = r.choice((20, 30, 60, 120, 300)), r.choice((10, 30)), r.randint(2, 5)
    notice = interval * threshold
    return {
        "stem": f"A failover pair has a TTL of {ttl} seconds and a health check with a request interval of {interval} seconds and a failure threshold of {threshold}. The primary dies right after it passed a check. "
        "Counting intervals and TTL only, after how many seconds at the latest do well-behaved resolvers all give the secondary's address?",
        "answer": notice + ttl,
        "why": f"{threshold} × {interval} seconds until the check turns, and up to {ttl} more until a resolver that asked just before has forgotten.",
        "traps": [
            {"value": notice, "why": "That is when Route 53 changes its answer. Resolvers may still repeat the old one.", "mistake": "route53-push"},
            {"value": ttl, "why": "That is the TTL alone. Until the check turns, Route 53 itself gives the old answer."},
            {"value": interval + ttl, "why": f"One failed request is not enough: the threshold asks for {threshold} in a row."},
        ],
        "hint": ["First Route 53 has to notice, then the resolvers have to forget.", f"{threshold} failures in a row take {threshold} intervals."],
    }


VARIANTS = {
    "route53-alias-bill": alias_bill,
    "route53-weight-share": weight_share,
    "route53-failover-time": failover_time,
}
