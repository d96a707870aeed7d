"""What authors get wrong: each slip is answered with a sentence that helps, and the file and line to mend."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from shared import edit

from cloudcrib.course.chapter import read
from cloudcrib.editions import check, check_course

MD, QUESTIONS, FACTS = "chapter.md", "questions.toml", "facts.toml"
FENCE = '```python role="quiz" id="vpc-quiz-sizes" ask=["vpc-usable-28", "vpc-usable-26"]\n```'
VALUE = 'ip_network("10.0.0.0/24").num_addresses'
SIXTEEN = '  { id = "sixteen", text = "16", why = "That is the whole block; AWS keeps five." },\n'
TASK = '[[exercise]]\nid = "vpc-usable"\ntitle = "Usable addresses"\ndomain = "3.4"\nfacts = ["subnet-five-reserved"]\nhint = ["How?"]\n'  # fmt: skip

SLIPS = [  # file, what is replaced, by what, the line that is named, the sentence
    # fences
    (MD, "num_addresses\n```\n", "num_addresses\n", 14, "never closed, and line 19 opens the next one"),
    (MD, "t.score()\n```", "t.score()", 33, "never closed, and line 46 opens the next one"),
    (MD, "{{changed}}", "{{changed}}\n\n```text\nthe end", 61, "This fence is never closed; end it with ``` on a line of its own."),
    (MD, "Write `usable(prefix)`.", "Write `usable(prefix)`.\n```", 24, "never closed, and line 26 opens the next one"),
    (MD, 'role="quiz"', 'role="quizz"', 20, "Did you mean 'quiz'?"),
    (MD, 'role="wrong" for="vpc-usable" says="AWS', 'rol="wrong" for="vpc-usable" says="AWS', 47, "A fence knows no attribute 'rol'. Did you mean 'role'?"),
    (MD, "points=3", "point=3", 33, "no attribute 'point'; it has for, points, role. Did you mean 'points'?"),
    (MD, " points=3", "", 33, "A tests fence needs 'points'."),
    (MD, "points=3", 'points="3"', 33, "`points` is a whole number above zero, without quotes."),
    (MD, 'says="AWS keeps five"', "says=5", 47, '`says` is a text: says="…".'),
    (MD, 'says="AWS keeps five"', 'says=""', 47, '`says` is a text: says="…".'),
    (MD, 'ask=["vpc-usable-28", "vpc-usable-26"]', "ask=[28]", 20, "each in quotes"),
    # markers and marks
    (MD, "### BEGIN SOLUTION", "### BEGIN SOLUTIN", 28, "`### BEGIN SOLUTIN` is no marker. Did you mean `### BEGIN SOLUTION`?"),
    (MD, "### END SOLUTION", "## END SOLUTION", 30, "Did you mean `### END SOLUTION`?"),
    (MD, "### BEGIN HIDDEN TESTS", "### BEGIN HIDEN TESTS", 38, "Did you mean `### BEGIN HIDDEN TESTS`?"),
    (MD, "### END HIDDEN TESTS", "### end hidden tests", 43, "Did you mean `### END HIDDEN TESTS`?"),
    (MD, "    ### END SOLUTION\n", "", 28, "This part is never closed; end it with `### END SOLUTION`."),
    (MD, "### BEGIN HIDDEN TESTS", "### BEGIN SOLUTION", 38, "has no place in a tests fence"),
    (MD, "<!-- teaches:", "<!-- teachs:", 4, "marks nothing; write <!-- teaches: id id -->."),
    (MD, "<!-- teaches: subnet-five-reserved -->", "<!-- teaches: Subnet, Five -->", 4, "marks nothing"),
    (MD, "<!-- teaches: subnet-five-reserved -->", "<!-- teaches subnet-five-reserved -->", 4, "marks nothing"),
    (MD, "{{facts: subnet", "{{Facts: subnet", 18, "is no placeholder: {{fact-id.key}}"),
    (MD, "subnet-five-reserved vpc-cidr-quota}}", "subnet-five-reserved, vpc-cidr-quota}}", 18, "is no placeholder"),
    # ids
    (MD, '"vpc-usable-26"]', '"vpc-usabel-26"]', 20, "questions.toml does not have. Did you mean 'vpc-usable-26'?"),
    (MD, '"vpc-usable-26"]', '"vpc-usable-26", "iam-user"]', 20, "This quiz asks a question of 01-iam; a quiz asks questions of its own chapter."),
    (MD, 'for="vpc-usable" points', 'for="vpc-usabel" points', 33, "no answer or lab fence with this id. Did you mean 'vpc-usable'?"),
    (MD, 'for="vpc-usable" says="AWS', 'for="vpc-usabel" says="AWS', 47, "Did you mean 'vpc-usable'?"),
    (MD, "<!-- teaches: subnet-five-reserved", "<!-- teaches: subnet-five-reservd", 4, "Did you mean 'subnet-five-reserved'?"),
    (MD, "{{vpc-cidr-quota.blocks}}", "{{vpc-cidr-quota.block}}", 3, "Did you mean 'blocks'?"),
    (MD, '"vpc-keeps-two": 14', '"vpc-keep-two": 14', 37, "'vpc-keep-two' has no note in questions.toml. Did you mean 'vpc-keeps-two'?"),
    (QUESTIONS, 'mistake = "vpc-keeps-two" },\n', 'mistake = "vpc-keep-two" },\n', 2, "Did you mean 'vpc-keeps-two'?"),
    (QUESTIONS, 'asks = "vpc-usable-28"', 'asks = "vpc-usable-82"', 36, "which is no question. Did you mean 'vpc-usable-28'?"),
    (QUESTIONS, '[[exercise]]\nid = "vpc-usable"', '[[exercise]]\nid = "vpc-usabel"', 30, "Did you mean 'vpc-usable'?"),
    (QUESTIONS, '[[exercise]]\nid = "vpc-usable"\ntitle = "Usable addresses"\ndomain = "3.4"\nfacts = ["subnet-five-reserved"]', '[[exercise]]\nid = "vpc-usable"\ntitle = "Usable addresses"\ndomain = "3.4"\nfacts = ["subnet-five"]', 30, "which facts.toml lacks. Did you mean 'subnet-five-reserved'?"),
    (QUESTIONS, "[mistakes.vpc-keeps-two]", TASK + "\n[mistakes.vpc-keeps-two]", 37, "Another exercise above has the same id."),
    (QUESTIONS, SIXTEEN, SIXTEEN.replace("sixteen", "eleven"), 2, "Two options have the id “eleven”."),
    # fields
    (QUESTIONS, ', why = "That is the whole block; AWS keeps five."', "", 2, "Option “sixteen” has no `why`."),
    (QUESTIONS, '"eleven", right = true, text', '"eleven", text', 2, "exactly one option with `right = true`; this one has 0"),
    (QUESTIONS, "tolerance = 0", "tolerence = 0", 16, "Did you mean 'tolerance'?"),
    (QUESTIONS, 'kind = "number"', 'kind = "numbr"', 16, "Did you mean 'number'?"),
    (QUESTIONS, "[[exercise]]", "[[excercise]]", 29, "This file knows no 'excercise'; it holds [[question]], [[exercise]], [mistakes.…]. Did you mean 'exercise'?"),
    (QUESTIONS, "[[exercise]]", "[exercise]", 29, "[[exercise]], with two brackets"),
    (QUESTIONS, "[mistakes.vpc", "[mistake.vpc", 36, "Did you mean 'mistakes'?"),
    (QUESTIONS, 'title = "Usable addresses"\n', 'titel = "Usable addresses"\ntitle = "U"\n', 30, "Did you mean 'title'?"),
    (QUESTIONS, 'domain = "3.4"\nfacts = ["subnet-five-reserved"]\nhint', 'domain = "3.7"\nfacts = ["subnet-five-reserved"]\nhint', 30, "The domain is '3.7'"),
    (FACTS, 'source = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"\n', "", 2, "This fact lacks source."),
    (FACTS, "checked = 2026-11-24\n\n", "checked = 2027-01-01\n\n", 2, "`checked` is 2027-01-01, which is still to come."),
    (FACTS, "values = { reserved = 5 }", "values = 5", 2, "`values` is a table of figures"),
    (FACTS, "volatile = true", 'volatile = "yes"', 11, "`volatile` is true or false"),
    (FACTS, "volatile = true", "volatil = true", 11, "Did you mean 'volatile'?"),
    (FACTS, 'status = "changed"', 'status = "change"', 11, "Did you mean 'changed'?"),
    (FACTS, "[[fact]]", "[[facts]]", 1, "This file knows no 'facts'; it holds [[fact]]. Did you mean 'fact'?"),
    # code
    (MD, VALUE, "\n".join(f"a{n} = {n}" for n in range(16)), 14, "This cell has 16 lines"),
    (MD, VALUE, f"if True:\n    pass\n\t{VALUE}", 17, "This is no Python: inconsistent use of tabs"),
    (MD, VALUE, "print('never closed", 15, "This is no Python: unterminated string literal"),
    (MD, "    return 2 ** (32 - prefix) - {{", "   return 2 ** (32 - prefix) - {{", 29, "This is no Python"),
    (MD, "    t.case(usable, 24, gives=251)", "    t.case(usable, 24 gives=251)", 36, "This is no Python"),
]  # fmt: skip


def said(vpc: Path, quick: bool = True) -> list[str]:
    found = check.check(vpc.parent.parent, vpc, quick, dt.date(2026, 11, 25))
    return [f"{t.path.name}:{t.line}: {t.sentence}" for t in found if "is missing: run" not in t.sentence]


@pytest.mark.parametrize(("file", "old", "new", "line", "sentence"), SLIPS, ids=[f"{s[4][-40:]}" for s in SLIPS])
def test_a_slip_is_named_with_its_line(vpc: Path, file: str, old: str, new: str, line: int, sentence: str) -> None:
    (vpc.parent / "01-iam").mkdir()
    edit(vpc / file, old, new)

    found = said(vpc)

    assert any(each.startswith(f"{file}:{line}: ") and sentence in each for each in found), found
    assert not any("\n" in each for each in found)


RUN = [  # what only a run shows
    (VALUE, "ip_network('x')", 15, "This cell raises ValueError: 'x' does not appear to be"),
    (VALUE, f"{VALUE}\nexit()", 16, "This cell raises SystemExit"),
    ("def usable(prefix: int) -> int:", "nobody\ndef usable(prefix: int) -> int:", 25, "The starter raises NameError"),
    ("points=3", "points=4", 25, "The solution earns 3 of 3 points where the fence says points=4"),
    ("32 - prefix) - 2\n```", "32 - prefix) - 5\n```", 47, "This wrong solution earns full marks."),
]


@pytest.mark.parametrize(("old", "new", "line", "sentence"), RUN, ids=[slip[3] for slip in RUN])
def test_a_slip_that_a_run_shows_is_named_with_its_line(
    vpc: Path, old: str, new: str, line: int, sentence: str
) -> None:
    edit(vpc / MD, old, new)

    found = said(vpc, quick=False)

    assert any(each.startswith(f"{MD}:{line}: {sentence}") for each in found), found


FILES = [
    (MD, b"", f"{MD}:1: This file is empty; a chapter starts with its title"),
    (MD, b"\n\n", f"{MD}:1: This file is empty"),
    (QUESTIONS, b"", f"{MD}:25: This exercise has no [[exercise]] in questions.toml"),
    (MD, b"\xef\xbb\xbf# 14", f"{MD}:1: This file begins with a byte-order mark"),
    (FACTS, b"\xef\xbb\xbf[[fact]]", f"{FACTS}:1: This file begins with a byte-order mark"),
    (MD, "# 14 · x\n\nCafé".encode("cp1252"), f"{MD}:1: This file is not UTF-8: this line holds the byte 0xb7, “·”"),
    (FACTS, b'[[fact]]\nid = "caf\xe9"', f"{FACTS}:2: This file is not UTF-8: this line holds the byte 0xe9, “é”"),
    (MD, "# 14".encode("utf-16"), f"{MD}:1: This file is UTF-16; save it as UTF-8."),
]


@pytest.mark.parametrize(("name", "content", "sentence"), FILES, ids=[f"{f[0]} {f[1][:6]!r}" for f in FILES])
def test_a_file_that_an_editor_spoiled_is_named(vpc: Path, name: str, content: bytes, sentence: str) -> None:
    (vpc / name).write_bytes(content)

    assert said(vpc)[0].startswith(sentence)


def test_windows_line_ends_change_nothing(vpc: Path) -> None:
    before = read(vpc)
    for name in (MD, QUESTIONS, FACTS):
        (vpc / name).write_bytes((vpc / name).read_bytes().replace(b"\n", b"\r\n"))

    after = read(vpc)

    assert (after.cells, after.questions, after.facts) == (before.cells, before.questions, before.facts)


@pytest.mark.parametrize("name", [QUESTIONS, FACTS])
def test_a_chapter_without_one_of_its_files_is_told_how_to_get_it(vpc: Path, name: str) -> None:
    (vpc / name).unlink()

    assert said(vpc) == [f"{name}:1: This file is missing; `crib new chapter` writes a skeleton."]


def together(course: Path) -> list[str]:
    found = check_course.look(course, check_course.read(course))
    return [f"{t.path.relative_to(course / 'chapters')}: {t.sentence}" for t in found]


def test_folders_that_are_no_chapters_or_share_a_number_are_named(course: Path) -> None:
    chapters = course / "chapters"
    for name in ("14-networks", "14_vpc", "7-elb"):
        shutil.copytree(chapters / "14-vpc", chapters / name)
    (chapters / "7-elb" / MD).unlink()
    (chapters / "30-begun").mkdir()
    (chapters / "31-textless").mkdir()
    (chapters / "31-textless" / FACTS).write_text("", encoding="utf-8")

    found = together(course)

    assert found[0].startswith("14-vpc/chapter.md: This chapter has the number 14 of 14-networks")
    assert found[1].startswith("14_vpc/chapter.md: '14_vpc' is no name of a chapter, so nobody reads it")
    assert found[2] == "31-textless/facts.toml: This chapter has no chapter.md, so nobody reads it."
    assert found[3].startswith("7-elb/questions.toml: '7-elb' is no name of a chapter")


def test_a_shared_id_is_named_in_the_file_that_holds_it(course: Path) -> None:
    shutil.copytree(course / "chapters" / "14-vpc", course / "chapters" / "15-vpc")

    found = together(course)

    assert "15-vpc/questions.toml: This id is also in 14-vpc; ids are unique in the course." in found
    assert "15-vpc/facts.toml: This id is also in 14-vpc; ids are unique in the course." in found


ODD = ["3", "true", '""', '"x"', "[]", '["x"]', "[3]", "{}", "{ x = 3 }", "2026-11-24", "[[{ x = 1 }]]"]


@pytest.mark.parametrize("name", [QUESTIONS, FACTS])
@pytest.mark.parametrize("value", ODD)
def test_no_value_of_a_field_ends_in_a_traceback(vpc: Path, name: str, value: str) -> None:
    """Whatever stands behind an equals sign, the answer is a chapter or a sentence."""
    path = vpc / name
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        if " = " in line and not line.startswith(("options", " ")):
            text = "\n".join([*lines[:number], f"{line.split(' = ')[0]} = {value}", *lines[number + 1 :]])
            path.write_text(text, encoding="utf-8")
            assert all(": " in sentence for sentence in said(vpc))
