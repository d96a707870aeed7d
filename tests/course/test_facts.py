"""Facts and the marks that read them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cloudcrib.course import facts as fact
from cloudcrib.course import ledger
from cloudcrib.course.trouble import AuthoringError


@pytest.fixture
def facts(vpc: Path) -> dict[str, fact.Fact]:
    return fact.load(vpc / "facts.toml")


def test_a_fact_puts_its_own_figures_into_its_sentence(facts: dict[str, fact.Fact]) -> None:
    assert facts["subnet-five-reserved"].today.startswith("AWS keeps 5 addresses")


def test_a_volatile_figure_in_prose_leads_to_its_page_and_shows_its_date(facts: dict[str, fact.Fact]) -> None:
    prose = fact.expander(facts, Path("chapter.md"), "", link=True)

    assert prose("{{vpc-cidr-quota.blocks}}") == (
        '[5](https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html "checked 2026-11-24")'
    )


def test_a_figure_in_code_is_only_the_figure(facts: dict[str, fact.Fact]) -> None:
    assert fact.expander(facts, Path("chapter.md"), "")("n = {{vpc-cidr-quota.blocks}}") == "n = 5"


def test_an_unknown_figure_is_named_with_its_line(facts: dict[str, fact.Fact]) -> None:
    text = "one\ntwo {{subnet-five-reserved.count}}"

    with pytest.raises(AuthoringError, match=r"chapter.md:2: .*no value 'count'"):
        fact.expander(facts, Path("chapter.md"), text)(text)


def test_prose_shows_thousands_with_a_comma() -> None:
    assert (fact.figure(65536), fact.figure(4091), fact.figure(0.5)) == ("65,536", "4091", "0.5")


def test_the_table_of_changes_holds_only_what_changed(facts: dict[str, fact.Fact]) -> None:
    table = fact.changed(facts.values())

    assert "A VPC has one block" in table and "A few addresses" not in table


def test_only_volatile_facts_grow_stale(facts: dict[str, fact.Fact]) -> None:
    later = dt.date(2030, 1, 1)

    assert [f.id for f in facts.values() if f.stale(later)] == ["vpc-cidr-quota"]


def test_the_ledger_says_which_statements_no_fact_takes_in(tmp_path: Path) -> None:
    rows = [
        "id\tchapter\tstatus\tclaim",
        "a\tvpc\tholds\tA",
        "b\tvpc\tvague\tB",
        "c\tvpc\twrong\tC",
        "d\tiam\tholds\tD",
    ]
    (tmp_path / "ledger.tsv").write_text("\n".join(rows), encoding="utf-8")

    assert [row.id for row in ledger.unplaced(tmp_path / "ledger.tsv", {"vpc"}, {"a"})] == ["c"]


def test_a_date_in_a_table_does_not_break_across_lines(facts: dict[str, fact.Fact]) -> None:
    assert "2026\u201111\u201124" in fact.table(facts.values())
    assert "2026-11-24" not in fact.changed(facts.values())
