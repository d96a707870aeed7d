"""Storage classes, their small print, and lifecycle rules."""

import tomllib
from pathlib import Path

import pytest

from cloudcrib.chapters.s3 import cost
from cloudcrib.chapters.s3.cost import DEEP, IA, INSTANT, ONE_ZONE, STANDARD, Step

FACTS = Path(__file__).parents[3] / "chapters" / "02-s3" / "facts.toml"


def test_the_model_uses_the_prices_of_the_facts():
    values = next(f["values"] for f in tomllib.loads(FACTS.read_text())["fact"] if f["id"] == "s3-prices")

    model = {
        "standard": STANDARD.store, "ia": IA.store, "onezone": ONE_ZONE.store, "instant": INSTANT.store,
        "flexible": cost.FLEXIBLE.store, "deep": DEEP.store, "ia_read": IA.read, "instant_read": INSTANT.read,
        "ia_move": IA.move, "deep_move": DEEP.move,
    }  # fmt: skip

    assert model == values


def test_small_objects_cost_more_in_ia_than_in_standard():
    standard = cost.month_cost(STANDARD, cost.billed_gb(1_000_000, 20, STANDARD))
    ia = cost.month_cost(IA, cost.billed_gb(1_000_000, 20, IA))

    assert (round(standard, 2), round(ia, 2)) == (0.44, 1.53)


def test_tiny_objects_cost_more_in_an_archive_than_in_standard():
    objects = 1000 * cost.KB_IN_GB / 8

    archived = cost.month_cost(DEEP, 1000) + cost.overhead_cost(objects, DEEP)

    assert archived > cost.month_cost(STANDARD, 1000)
    assert cost.overhead_cost(objects, IA) == 0


def test_leaving_early_pays_the_whole_minimum():
    assert cost.stay_cost(IA, 100, 10) == pytest.approx(1.25)
    assert cost.stay_cost(DEEP, 100, 10) == pytest.approx(0.594)
    assert cost.stay_cost(STANDARD, 100, 10) == pytest.approx(100 * 0.023 / 3)


def test_standard_and_ia_cost_the_same_at_the_crossover():
    reads = cost.crossover(STANDARD, IA)

    assert reads == pytest.approx(1.05)
    assert cost.month_cost(STANDARD, 1, reads) == pytest.approx(cost.month_cost(IA, 1, reads))


@pytest.mark.parametrize(
    ("reads", "name"), [(0, "Glacier Instant"), (0.4, "Glacier Instant"), (0.5, "Standard-IA"), (1.2, "Standard")]
)
def test_the_cheapest_class_follows_how_often_data_is_read(reads, name):
    assert cost.cheapest(reads).name == name


def test_leaving_ia_within_thirty_days_is_allowed_and_billed():
    hasty = [Step(10, "STANDARD_IA"), Step(25, "GLACIER")]

    assert cost.problems(hasty) == []
    assert cost.early(hasty) == ["STANDARD_IA is left after 15 days and billed for 30."]
    assert cost.early([Step(30, "STANDARD_IA"), Step(60, "GLACIER")]) == []


def test_a_rule_that_leaves_early_pays_the_rest_of_the_stay():
    stayed = 1000 * (10 * STANDARD.store + 30 * IA.store + 5 * cost.FLEXIBLE.store) / 30

    assert cost.running_cost(1000, 0, [Step(10, "STANDARD_IA"), Step(25, "GLACIER")], 1)[-1] == pytest.approx(stayed)


def test_a_rule_may_go_straight_to_glacier_on_day_zero():
    assert cost.problems([Step(0, "DEEP_ARCHIVE")]) == []


def test_a_rule_never_leads_uphill():
    assert "downhill" in cost.problems([Step(0, "GLACIER"), Step(90, "STANDARD_IA")])[0]


def test_a_year_of_ageing_costs_a_fifth_of_staying():
    aged = cost.running_cost(1000, 20_000, [Step(30, "STANDARD_IA"), Step(90, "DEEP_ARCHIVE")], 12)
    stayed = cost.running_cost(1000, 20_000, [], 12)

    assert aged[-1] == pytest.approx(58.11 + 9 * cost.overhead_cost(20_000, DEEP))
    assert stayed[-1] == pytest.approx(276)


def test_many_small_objects_turn_the_saving_of_an_archive_into_a_loss():
    steps = [Step(10, "STANDARD_IA"), Step(25, "DEEP_ARCHIVE")]

    few, many = (cost.running_cost(1000, objects, steps, 24)[-1] for objects in (20_000, 8_000_000))

    assert few < cost.running_cost(1000, 8_000_000, [], 24)[-1] < many
