"""Links that lead nowhere are named; a link to a chapter that is still to come says so, and becomes one when the chapter lands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from shared import REPOSITORY, edit

from cloudcrib.course.chapter import read
from cloudcrib.editions import check_links, compose, links
from cloudcrib.editions.prose import prose

PLANNED = 'planned = ["15-connectivity"]\n'
PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def linked(vpc: Path) -> Path:
    """The small chapter in a course with one more chapter, one that is planned, and a picture."""
    with (vpc.parent / "course.toml").open("a", encoding="utf-8") as file:
        file.write(PLANNED)
    shutil.copytree(vpc, vpc.parent / "01-iam")
    (vpc / "sizes.png").write_bytes(PICTURE)
    return vpc


def said(vpc: Path, text: str) -> list[str]:
    edit(vpc / "chapter.md", "The block knows", f"{text}\n\nThe block knows")
    return [f"{t.line}: {t.sentence}" for t in check_links.look(read(vpc))]


@pytest.mark.parametrize(
    "text",
    [
        "[IAM](01-iam.ipynb)", "[connections](15-connectivity.ipynb)", "[connections](15-connectivity.ipynb#Ways)",
        "[sizes](#Sizes)", "[sheet](#What-changed-since-the-sheet)", "[sizes](01-iam.ipynb#Sizes)",
        "[AWS](https://docs.aws.amazon.com/vpc/)", "<https://aws.amazon.com>", "![a scale of sizes](sizes.png)",
        "`[x](nowhere.md)` and a[0] (the first)", "```text\n[x](nowhere.md)\n```", "[mail](mailto:a@example.com)",
    ],
)  # fmt: skip
def test_a_link_that_leads_somewhere_is_good(linked: Path, text: str) -> None:
    assert said(linked, text) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[IAM](01-iamm.ipynb)", "There is no chapter '01-iamm'; one that is still to come stands in `planned` of chapters/course.toml. Did you mean '01-iam'?"),
        ("[x](16-security.ipynb)", "There is no chapter '16-security'"),
        ("[IAM](01-iam.md)", "'01-iam.md' leads nowhere: a notebook links to chapters (14-vpc.ipynb), headings (#…) and web pages. Did you mean '01-iam.ipynb'?"),
        ("[IAM](../01-iam/01-iam.ipynb)", "leads nowhere"),
        ("[data](sizes.csv)", "leads nowhere"),
        ("[sizes](#sizes)", "14-vpc has no heading for #sizes; its words stand there joined by hyphens. Did you mean 'Sizes'?"),
        ("[sizes](01-iam.ipynb#Size)", "01-iam has no heading for #Size; its words stand there joined by hyphens. Did you mean 'Sizes'?"),
        ("![a scale](size.png)", "There is no picture 'size.png' beside chapter.md. Did you mean 'sizes.png'?"),
        ("![](sizes.png)", "has no words for those who cannot see it"),
        ('<img src="size.png" alt="a scale">', "There is no picture 'size.png'"),
        ('<a href="nowhere.ipynb">x</a>', "leads nowhere"),
        ("[AWS](htps://aws.amazon.com)", "is no web address; one begins with https://"),
        ("[AWS](https//aws.amazon.com)", "is no web address; one begins with https://"),
        ("[AWS](https:/aws.amazon.com)", "is no web address"),
        ("[AWS](https://awsamazoncom/x)", "is no web address"),
        ("[AWS](www.amazon.com)", "is no web address; one begins with https://"),
        ("[AWS](https://aws.amazon.com/a b)", "is no link: write [words](address)"),
        ("[AWS] (https://aws.amazon.com)", "is no link: write [words](address)"),
        ("[AWS](https://aws.amazon.com", "is no link: write [words](address)"),
        ("[AWS][nobody]", "is no link: write [words](address)"),
        ("[AWS]()", "its address is empty"),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_named_with_its_line(linked: Path, text: str, sentence: str) -> None:
    (only,) = said(linked, f"Above it stands a line,\nand {text} below.")

    assert only.startswith("13: ") and sentence in only


def test_a_picture_that_weighs_too_much_for_three_editions_is_named(linked: Path) -> None:
    (linked / "sizes.png").write_bytes(PICTURE + bytes(61 * 1024))

    assert "has 61 KB" in said(linked, "![a scale](sizes.png)")[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence", "line"),
    [
        ("questions.toml", "How many has the block?", "See [the chapter](01-iam.ipynb).", "link to web pages only", 8),
        ("questions.toml", "Sixty-four less five.", "[AWS](htp://aws.amazon.com)", "is no web address", 26),
        ("questions.toml", "as on a network at home", "see ![home](home.png)", "show no pictures", 37),
        ("facts.toml", "a quota that can be raised", "see [quotas](#quotas)", "link to web pages only", 14),
    ],
)  # fmt: skip
def test_questions_notes_and_facts_link_to_the_web_alone(
    vpc: Path, file: str, old: str, new: str, sentence: str, line: int
) -> None:
    edit(vpc / file, old, new)

    (only,) = check_links.look(read(vpc))

    assert sentence in only.sentence and (only.path, only.line) == (vpc / file, line)


def test_a_link_to_a_chapter_becomes_one_when_the_chapter_lands(linked: Path) -> None:
    text = "Then [15 · *Ways* out](15-connectivity.ipynb#Ways) and `[x](15-connectivity.ipynb)`, after [IAM](01-iam.ipynb)."

    before = prose(read(linked), text)
    shutil.copytree(linked, linked.parent / "15-connectivity")
    after = prose(read(linked), text)

    assert before == "Then 15 · *Ways* out (to come) and `[x](15-connectivity.ipynb)`, after [IAM](01-iam.ipynb)."
    assert after == text


def test_a_picture_travels_in_every_edition(linked: Path) -> None:
    edit(linked / "chapter.md", "The block knows", "![a scale](sizes.png)\n\nThe block knows")
    chapter = read(linked)

    for notebook in (compose.study(chapter), compose.source(chapter)):
        (cell,) = [c for c in notebook.cells if "attachments" in c]
        assert "![a scale](attachment:sizes.png)" in cell.source and list(cell.attachments) == ["sizes.png"]


@pytest.mark.parametrize(
    ("words", "jupyter", "github"),
    [("What changed, since?", "What-changed,-since?", "what-changed-since"), ("facts.toml", "facts.toml", "factstoml")],
)
def test_a_heading_is_reached_as_each_place_spells_it(words: str, jupyter: str, github: str) -> None:
    assert (links.jupyter(words), links.github(words)) == (jupyter, github)


def test_documents_link_to_files_and_headings_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "grading.md").write_text("# Grading\n\n[back](../README.md#begin-here)\n", encoding="utf-8")
    good = "# Begin here\n\n[grading](docs/grading.md), [its top](docs/grading.md#grading), [up](#begin-here)\n"
    (tmp_path / "README.md").write_text(good, encoding="utf-8")
    assert list(check_links.documents(tmp_path)) == []

    (tmp_path / "README.md").write_text(
        "# Begin\n\n[g](docs/gradin.md)\n\n[h](docs/grading.md#grade) [i](/docs/grading.md)", encoding="utf-8"
    )

    assert [f"{t.path.name}:{t.line}: {t.sentence}" for t in check_links.documents(tmp_path)] == [
        "README.md:3: There is no file 'docs/gradin.md' beside this one. Did you mean 'docs/grading.md'?",
        "README.md:5: grading.md has no heading for #grade. Did you mean 'grading'?",
        "README.md:5: There is no file '/docs/grading.md' beside this one. Did you mean 'docs/grading.md'?",
        "grading.md:3: README.md has no heading for #begin-here. Did you mean 'begin'?",
    ]


def test_no_link_of_the_repositorys_documents_leads_nowhere() -> None:
    assert [str(trouble) for trouble in check_links.documents(REPOSITORY)] == []
