"""`crib check` on form: what a guesser by length earns, how many facts a table holds, how long a chapter takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared import edit

from cloudcrib.course.chapter import read
from cloudcrib.editions import check, check_course, guessing, prose
from cloudcrib.question.kinds import Choose, Option, Question

SHORT, MIDDLE, LONG = "ab", "abcd", "abcdef"


def question(right: str, *wrong: str, id: str = "vpc-a", kind: str = "choose-one") -> Question:
    options = [Option(f"o{n}", text, "It is.", n == 0) for n, text in enumerate((right, *wrong))]
    return Question(id, kind, "Which?", ("Look.",), "3.4", "apply", ("f",), Choose(tuple(options)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("right", "wrong", "longest", "shortest"),
    [
        (LONG, (SHORT, MIDDLE), 1, 0),
        (SHORT, (LONG, MIDDLE), 0, 1),
        (MIDDLE, (LONG, SHORT), 0, 0),
        ("cd", (SHORT, LONG), 0, 1 / 2),
        ("cd", (SHORT, "ef", "gh"), 1 / 4, 1 / 4),
        ("`cd`", ("abc", LONG), 0, 1),  # what is seen counts, not what is typed
    ],
)
def test_a_guesser_wins_by_length_and_shares_ties(
    right: str, wrong: tuple[str, ...], longest: float, shortest: float
) -> None:
    asked = question(right, *wrong)

    assert (guessing.chances(asked, "longest"), guessing.chances(asked, "shortest")) == (longest, shortest)


def test_chance_is_the_mean_over_the_options_and_only_single_choices_count() -> None:
    asked = [
        question(LONG, SHORT, MIDDLE),
        question(MIDDLE, SHORT, LONG, LONG, SHORT, LONG),
        question(LONG, SHORT, kind="choose-many"),
    ]

    longest, shortest = guessing.guesses(asked)

    assert (longest.of, longest.chance) == (2, (1 / 3 + 1 / 6) / 2)
    assert (longest.earned, shortest.earned) == (1 / 2, 0)
    assert guessing.middle(asked) == 1 / 2
    assert guessing.guesses([]) == []


def added(vpc: Path, shortest: int, of: int) -> None:
    """Give the small course so many choose-one questions, in some of which the right option is the shortest, else in between."""
    rows, names = [], []
    for number in range(of):
        texts = (SHORT, LONG, MIDDLE) if number < shortest else (MIDDLE, LONG, SHORT)
        options = ", ".join(
            f'{{ id = "o{at}", text = "{text}", why = "It is.", right = {"false" if at else "true"} }}'
            for at, text in enumerate(texts)
        )
        names.append(f"vpc-extra-{number}")
        rows.append(
            f'[[question]]\nid = "{names[-1]}"\nkind = "choose-one"\ndomain = "3.4"\nfacts = ["subnet-five-reserved"]\n'
            f'level = "recall"\nstem = "Which?"\nhint = ["Look."]\noptions = [{options}]\n'
        )
    path = vpc / "questions.toml"
    text = path.read_text(encoding="utf-8").replace('text = "11"', 'text = "eleven"').replace('"16"', '"sixteen"')
    path.write_text("\n".join([*rows, text]), encoding="utf-8")
    asked = ", ".join(f'"{name}"' for name in names)
    edit(vpc / "chapter.md", 'ask=["vpc-usable-28"', f'ask=[{asked}, "vpc-usable-28"')


def limited(vpc: Path, *lines: str) -> None:
    """Let the small course's course.toml say these lines."""
    path = vpc.parent / "course.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(["", *lines, ""]), encoding="utf-8")


def said(vpc: Path) -> list[str]:
    return [str(t) for t in check.check(vpc.parent.parent, vpc, quick=True) if "is missing" not in t.sentence]


@pytest.mark.parametrize(("shortest", "found"), [(4, False), (5, True)])  # of ten, where a third is chance
def test_a_chapter_that_can_be_guessed_by_length_is_named_with_where_to_begin(
    vpc: Path, shortest: int, found: bool
) -> None:
    limited(vpc, "guessing = { chapter = 12 }")
    added(vpc, shortest, 9)

    sentences = [each for each in said(vpc) if "takes the shortest option" in each]

    assert bool(sentences) == found
    if found:
        assert "[vpc-extra-0] Who always takes the shortest option is right in 50% of the 10 choose-one" in sentences[0]
        assert "chance is 33% and 12 points above it are allowed" in sentences[0]
        assert "vpc-extra-0, vpc-extra-1, vpc-extra-2, vpc-extra-3, vpc-extra-4." in sentences[0]


def test_a_handful_of_questions_says_nothing_of_a_chapter(vpc: Path) -> None:
    limited(vpc, "guessing = { chapter = 12 }")
    added(vpc, 6, 6)

    assert said(vpc) == []


def test_over_the_whole_course_less_is_allowed(vpc: Path) -> None:
    added(vpc, 4, 9)
    assert list(check_course.across([read(vpc)])) == []
    limited(vpc, "guessing = { chapter = 12, course = 5 }")

    (only,) = check_course.across([read(vpc)])

    assert only.path == vpc.parent / "course.toml"
    assert "the shortest option is right in 40% of the 10 choose-one questions of the course" in only.sentence


def test_a_table_of_many_facts_is_named_where_the_course_limits_it(vpc: Path) -> None:
    assert said(vpc) == []
    limited(vpc, "facts_in_table = 1")

    (only,) = said(vpc)

    assert "chapter.md:18: " in only and "This table holds 2 facts, and at most 1 are allowed" in only


def test_a_course_without_limits_is_not_measured(vpc: Path) -> None:
    added(vpc, 9, 9)
    edit(vpc / "chapter.md", "A network has a size", "*About 500 minutes.*\n\nA network has a size")

    assert said(vpc) == []


def test_words_are_those_that_a_reader_sees() -> None:
    text = '## A [link of words](https://docs.aws.amazon.com/ "checked 2026") — <b>bold</b> `code` \n| a | b |\n|---|---|\n<!-- not this -->'

    assert prose.words(text) == 8  # A link of words bold code a b


def test_time_is_reading_and_questions_and_exercises(vpc: Path) -> None:
    chapter = read(vpc)
    words = sum(prose.words(prose.prose(chapter, cell.source)) for cell in chapter.cells if cell.role == "prose")

    assert prose.minutes(chapter) == pytest.approx(words / 200 + 2 * 1.5 + 8)


def test_more_to_read_takes_longer_and_a_sibling_for_practice_takes_none(vpc: Path) -> None:
    from kin import MEMBERS, add_family

    before = prose.minutes(read(vpc))
    edit(vpc / "chapter.md", "A network has a size", "word " * 1000 + "A network has a size")
    assert prose.minutes(read(vpc)) == pytest.approx(before + 5)

    add_family(vpc, asked=MEMBERS[:1])
    assert prose.minutes(read(vpc)) == pytest.approx(before + 5 + 1.5)


@pytest.mark.parametrize(("measured", "shown"), [(0.5, 5), (12.4, 10), (12.5, 15), (141.9, 140), (157.5, 160)])
def test_time_is_said_to_five_minutes(measured: float, shown: int) -> None:
    assert prose.rounded(measured) == shown


def test_the_placeholder_says_the_measured_time(vpc: Path) -> None:
    edit(vpc / "chapter.md", "A network has a size", "*About {{minutes}} minutes.*\n\nA network has a size")
    chapter = read(vpc)

    shown = prose.prose(chapter, chapter.cells[0].source)

    assert f"*About {prose.rounded(prose.minutes(chapter))} minutes.*" in shown


@pytest.mark.parametrize(("typed", "found"), [("*About 12 minutes.*", False), ("*About 60 minutes.*", True), ("Allow 5 minutes;", True)])  # fmt: skip
def test_a_typed_time_that_is_off_is_named(vpc: Path, typed: str, found: bool) -> None:
    limited(vpc, "measured = true")
    edit(vpc / "chapter.md", "A network has a size", f"{typed}\n\nA network has a size")

    sentences = said(vpc)

    assert bool(sentences) == found
    if found:
        assert "chapter.md:3: It says" in sentences[0] and "write {{minutes}}" in sentences[0]


def test_minutes_that_a_section_speaks_of_are_no_reading_time(vpc: Path) -> None:
    limited(vpc, "measured = true")
    edit(vpc / "chapter.md", "The block knows", "A failover takes about 2 minutes.\nThe block knows")

    assert said(vpc) == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("guessing = 12", "`guessing` names points above chance"),
        ("guessing = { chapters = 12 }", "`guessing` names points above chance"),
        ("guessing = { chapter = true }", "`guessing` names points above chance"),
        ("guessing = { course = -1 }", "`guessing` names points above chance"),
        ('facts_in_table = "4"', "`facts_in_table` is how many facts"),
        ("facts_in_table = 0", "`facts_in_table` is how many facts"),
        ('measured = "yes"', "`measured` is true or false"),
    ],
)
def test_a_limit_that_is_none_is_named_with_its_line(vpc: Path, line: str, sentence: str) -> None:
    limited(vpc, line)

    (only,) = said(vpc)

    assert sentence in only and "course.toml:" in only
    number = int(only.split("course.toml:")[1].split(":")[0])
    assert (vpc.parent / "course.toml").read_text(encoding="utf-8").splitlines()[number - 1] == line
    assert sentence in next(iter(check_course.across([read(vpc)]))).sentence


def test_a_guide_that_cannot_be_read_is_a_failure_of_the_course(vpc: Path) -> None:
    (vpc.parent / "guide.tsv").write_text("nothing\n", encoding="utf-8")

    (only,) = check_course.across([read(vpc)])

    assert only.path.name == "guide.tsv" and "The first line names the columns" in only.sentence
