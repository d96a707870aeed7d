"""Families of questions: what makes one, and the sentence for what does not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from kin import FAMILY, MEMBERS, STEMS, add_family
from shared import edit

from cloudcrib.course.chapter import read
from cloudcrib.course.families import members
from cloudcrib.course.trouble import AuthoringError
from cloudcrib.editions import build
from cloudcrib.question import public, to_key


@pytest.fixture
def family(vpc: Path) -> Path:
    """The small course's chapter with a family of three, of which a quiz asks the first."""
    add_family(vpc)
    return vpc


def test_siblings_are_read_in_file_order(family: Path) -> None:
    assert {name: [q.id for q in found] for name, found in members(read(family).questions).items()} == {
        FAMILY: list(MEMBERS)
    }


def test_one_sibling_in_a_quiz_is_enough_and_the_others_are_for_practice(family: Path) -> None:
    assert [q.id for q in read(family).asked] == ["vpc-usable-28", "vpc-usable-26", MEMBERS[0]]


def test_a_sibling_that_no_quiz_asks_is_in_no_release(family: Path) -> None:
    root = family.parent.parent
    assert build.build_one(root, family).trouble is None

    released = json.loads((root / "release" / "14-vpc" / "questions.json").read_text())
    texts = [p.read_text() for kind in ("source", "release", "notebooks") for p in root.glob(f"{kind}/**/*.*")]

    assert [q["id"] for q in released["questions"]] == ["vpc-usable-28", "vpc-usable-26", MEMBERS[0]]
    assert not [text for text in texts if MEMBERS[1] in text or STEMS[1] in text]


def test_neither_a_release_nor_a_key_tells_the_family(family: Path) -> None:
    question = read(family).question(MEMBERS[0])

    assert FAMILY not in json.dumps([public(question), to_key(question)])


SECOND = f'id = "{MEMBERS[1]}"'
BETWEEN = 'kind = "choose-one"\ndomain = "1.2"\nfacts = ["subnet-five-reserved"]\nlevel = "decide"\n'
FAULTS = [
    ('"group", text = "A security group"', '"group", text = "Security groups"', "option “group” reads otherwise than in", MEMBERS[1]),
    ('"acl", right = true, text', '"list", right = true, text', "has an option “acl” that “vpc-filter-subnet” lacks", MEMBERS[1]),
    ('"acl", text = "A network ACL", why = "It is acl." },\n  { id = "group", right = true,', '"acl", right = true, text = "A network ACL", why = "It is acl." },\n  { id = "group",', "“vpc-filter-subnet” has the same key", MEMBERS[1]),
    (STEMS[1], STEMS[0], "“vpc-filter-subnet” has the same stem", MEMBERS[1]),
    (f'{SECOND}\n{BETWEEN}family = "vpc-filters"', f'{SECOND}\n{BETWEEN}family = "filters"', "lower-case words joined by “-” that start with “vpc-”", MEMBERS[1]),
    (f'{SECOND}\n{BETWEEN}family = "vpc-filters"', f'{SECOND}\n{BETWEEN}family = "vpc-filter"', "“vpc-filter” has this question alone; a family has two to four", MEMBERS[1]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said", "id"), FAULTS, ids=[fault[2][:40] for fault in FAULTS])
def test_what_is_no_family_gets_one_sentence_with_file_line_and_id(
    family: Path, old: str, new: str, said: str, id: str
) -> None:
    path = family / "questions.toml"
    text = path.read_text(encoding="utf-8")
    at = text.index(old)
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")

    with pytest.raises(AuthoringError) as caught:
        read(family)

    assert said in caught.value.trouble.sentence and "\n" not in caught.value.trouble.sentence
    assert (caught.value.path, caught.value.id) == (path, id)
    assert path.read_text(encoding="utf-8").splitlines()[caught.value.line - 1] == f'id = "{id}"'


def test_siblings_are_of_one_kind(family: Path) -> None:
    options = "\n".join(f'  {{ id = "{id}", text = "{id}", why = "…" }},' for id in ("six", "five", "four"))
    path = family / "questions.toml"
    text = path.read_text(encoding="utf-8")
    head, tail = text[: text.index(f'id = "{MEMBERS[2]}"')], text[text.index(f'id = "{MEMBERS[2]}"') :]
    tail = tail.replace("choose-one", "choose-many").replace("nothing?", "nothing? Choose TWO.")
    tail = tail.replace('"acl", text', '"acl", right = true, text').replace(
        "options = [\n", f"options = [\n{options}\n"
    )
    path.write_text(head + tail, encoding="utf-8")

    with pytest.raises(AuthoringError, match="this is a choose-many and “vpc-filter-subnet” a choose-one"):
        read(family)


def test_only_questions_with_options_have_siblings(vpc: Path) -> None:
    edit(vpc / "questions.toml", 'kind = "number"\n', 'kind = "number"\nfamily = "vpc-sizes"\n')

    with pytest.raises(AuthoringError, match="Only choose-one and choose-many questions can share"):
        read(vpc)


def test_a_family_has_four_members_at_most(family: Path) -> None:
    path = family / "questions.toml"
    last = path.read_text(encoding="utf-8").rpartition("[[question]]")[2]
    for number in (4, 5):
        with path.open("a", encoding="utf-8") as file:
            file.write("\n[[question]]" + last.replace(MEMBERS[2], f"vpc-filter-{number}"))

    with pytest.raises(AuthoringError, match=r"\[vpc-filter-5\] The family “vpc-filters” has 5 questions"):
        read(family)


def test_a_family_is_not_called_as_a_question(family: Path) -> None:
    path = family / "questions.toml"
    path.write_text(re.sub('family = "vpc-filters"', f'family = "{MEMBERS[0]}"', path.read_text()), encoding="utf-8")

    with pytest.raises(AuthoringError, match="has the id of a question"):
        read(family)


def test_a_family_of_which_no_quiz_asks_a_member_is_named(vpc: Path) -> None:
    add_family(vpc, asked=())

    with pytest.raises(AuthoringError, match=r"No quiz fence of chapter\.md asks this question, nor a sibling"):
        read(vpc)
