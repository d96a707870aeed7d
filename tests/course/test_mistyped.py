"""A slip in a TOML file is answered with what is likely wrong, and with the line to mend."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cloudcrib.course.trouble import AuthoringError, toml

ROW = "[[question]]\n"
SLIPS = [
    (ROW + 'id = "vpc-a\nkind = "choose-one"\n', 2, 'opens here with " is not closed'),
    (ROW + 'id = vpc-a"\n', 2, 'write "vpc-a"'),
    (ROW + "status = holds\n", 2, 'write "holds"'),
    (ROW + "id = “vpc-a”\n", 2, "curly"),
    (ROW + 'id = "vpc-a”\nkind = "x"\n', 2, "ends with a curly quotation mark"),
    (ROW + 'hint = ["a", “b”]\n', 2, "curly"),
    (ROW + 'hint = ["a", "b"\nanswer = 59\n', 2, "opens here with [ is never closed"),
    (ROW + 'hint = ["a", "b",\nanswer = 59\n', 2, "opens here with [ is never closed"),
    (ROW + 'options = [\n  { id = "a" },\n\n[[question]]\nid = "b"\n', 2, "opens here with [ is never closed"),
    (ROW + 'options = [\n  { id = "a" }\n\n[[question]]\nid = "b"\n', 2, "opens here with [ is never closed"),
    (ROW + 'options = [\n  { id = "a" },\n', 2, "opens here with [ is never closed"),
    (ROW + 'hint = ["a" "b"]\n', 2, 'comma is missing behind "a"'),
    (ROW + 'options = [\n  { id = "a" }\n  { id = "b" },\n]\n', 3, "comma is missing behind }"),
    (ROW + 'options = [\n  { id = "a" text = "b" },\n]\n', 3, 'comma is missing behind "a"'),
    (ROW + 'options = [\n  { id = "a", text = "b",\n  { id = "c" },\n]\n', 3, "stands on one line"),
    (ROW + 'options = [\n  { id = "a", text = "b"\n  { id = "c" },\n]\n', 3, "stands on one line"),
    (ROW + 'options = [\n  { id = "a",\n    text = "b" },\n]\n', 3, "stands on one line"),
    (ROW + 'options = [\n  { id = "a", },\n]\n', 3, "No comma stands before the }"),
    (ROW + 'id = "a"\nkind = "x"\nid = "b"\n', 4, "`id` stands already on line 2"),
    (ROW + 'hint = ["a"]\nkind = "x"\nhint = [\n "a",\n "b"\n]\n', 4, "`hint` stands already on line 2"),
    (ROW + 'row = { id = "a", id = "b" }\n', 2, "'id' stands twice"),
    ('[mistakes.x]\nnote = "a"\n[mistakes.x]\nnote = "b"\n', 3, "[mistakes.x] stands already on line 1"),
    ('[question]\nid = "a"\n[[question]]\nid = "b"\n', 3, "does not fit what stands above"),
    ('[[question]\nid = "a"\n', 1, "as many brackets as it begins with"),
    ('[mistakes.x\nnote = "a"\n', 1, "as many brackets as it begins with"),
    (ROW + "exam = True\n", 2, "write true"),
    (ROW + 'id "x"\n', 2, "an equals sign"),
    (ROW + 'id: "x"\n', 2, "not by a colon"),
    (ROW + 'stem = "say "hi" there"\n', 2, 'write \\" there'),
    (ROW + "stem = 'it's'\n", 2, 'enclose the whole text in "'),
    (ROW + 'stem = "C:\\dir"\n', 2, "backslash"),
    (ROW + 'stem = """\nlong\nkind = "x"\n', 2, 'opens here with """ is never closed'),
    (ROW + 'stem = """\nlong\nkind = "x"\nwhy = """\nfoo bar\n"""\n', 2, 'opens here with """ is never closed'),
    (ROW + "checked = 24.11.2026\n", 2, "year-month-day"),
    (ROW + "checked = 2026-13-45\n", 2, "no such day"),
    (ROW + "answer = 0,5\n", 2, "a point before its decimals"),
    (ROW + "answer = 5 GB\n", 2, "A number stands alone"),
    (ROW + "id =\n", 2, "Nothing stands behind the equals sign"),
    (ROW + "answer = {{fact.key}}\n", 2, "A placeholder stands inside of a text"),
    (ROW + 'stem = "a"\nsome words here\n', 3, "an equals sign"),
    (ROW + 'hint = ["a"]]\n', 2, "one ] too many"),
    (ROW + 'id = "a"\n]\n', 3, "closes nothing"),
    (ROW + '<<<<<<< HEAD\nid = "a"\n=======\nid = "b"\n>>>>>>> x\n', 2, "left from a merge"),
]


@pytest.mark.parametrize(("text", "line", "said"), SLIPS, ids=[slip[0].split("\n", 1)[-1][:30] for slip in SLIPS])
def test_a_slip_is_explained_and_its_line_shown(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = tmp_path / "questions.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(AuthoringError) as caught:
        toml(path)

    sentence = caught.value.trouble.sentence
    assert (caught.value.line, said in sentence) == (line, True), sentence
    assert sentence.endswith(f"The line: {text.splitlines()[line - 1].strip()}") and "\n" not in sentence


BEGUN = (Path(__file__).parents[1] / "small/chapters/14-vpc/questions.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("sign", ['"', "[", "]", "{", "}", ",", "="])
def test_whatever_sign_is_missing_one_of_the_nearest_lines_is_named(tmp_path: Path, sign: str) -> None:
    """A list that is not closed is named where it opens, which may be some lines above."""
    path = tmp_path / "questions.toml"
    for at in [at for at, found in enumerate(BEGUN) if found == sign]:
        text = BEGUN[:at] + BEGUN[at + 1 :]
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            path.write_text(text, encoding="utf-8")
            with pytest.raises(AuthoringError) as caught:
                toml(path)
            near = abs(caught.value.line - (BEGUN.count("\n", 0, at) + 1))
            assert near <= 4 and "This is not TOML" not in str(caught.value), str(caught.value)
