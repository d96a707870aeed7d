"""Listener rules: which one decides, and why the others did not."""

from cloudcrib.chapters.elb.rules import Rule, matches, route, trace

RULES = [
    Rule(30, "shop", path="/*"),
    Rule(10, "images", path="/img/*"),
    Rule(20, "api", host="api.example.com", path="/v?/*"),
]


def test_the_lowest_priority_number_decides_whatever_the_order_of_creation():
    assert route(RULES, "www.example.com", "/img/cat.png") == "images"


def test_all_conditions_of_a_rule_must_hold():
    assert route(RULES, "www.example.com", "/v2/orders") == "shop"


def test_a_host_is_compared_without_case():
    assert route(RULES, "API.Example.COM", "/v2/orders") == "api"


def test_a_path_is_compared_with_case():
    assert not matches("/img/*", "/IMG/cat.png")


def test_a_pattern_with_a_slash_before_the_star_does_not_match_the_bare_folder():
    assert not matches("/img/*", "/img")


def test_a_question_mark_is_exactly_one_character():
    assert [matches("/v?/", path) for path in ("/v1/", "/v/", "/v12/")] == [True, False, False]


def test_a_path_is_compared_without_its_query_string():
    assert route([Rule(1, "exact", path="/cart")], "shop.example.com", "/cart?item=7") == "exact"


def test_a_dot_in_a_pattern_is_a_dot():
    assert not matches("a.example.com", "axexample.com")


def test_the_default_rule_takes_what_no_rule_matches():
    assert route([RULES[1]], "www.example.com", "/about") == "default"


def test_the_trace_says_what_failed_what_decided_and_what_was_not_reached():
    said = [step for _, step in trace(RULES, "api.example.com", "/v2/orders")]

    assert said == ["path differs", "decides", "not reached"]
