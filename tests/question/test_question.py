"""Questions are read strictly, shown without their key, and come back whole from one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cloudcrib.course.questions import load
from cloudcrib.course.trouble import AuthoringError
from cloudcrib.question import Question, from_key, public, right_choice, to_key

COMMON = 'domain = "2.2"\nlevel = "apply"\nstem = "Which?"\nhint = ["Look."]\n'
ONE = f"""[[question]]
id = "demo-one"
kind = "choose-one"
{COMMON}options = [
  {{ id = "alpha-zone", right = true, text = "The first", why = "secret-reason" }},
  {{ id = "beta-zone", text = "The second", why = "secret-reason", mistake = "demo-secret-mistake" }},
  {{ id = "gamma-zone", text = "The third", why = "secret-reason" }},
]
"""
MANY = f"""[[question]]
id = "demo-many"
kind = "choose-many"
{COMMON.replace("Which?", "Which? Choose TWO.")}options = [
  {{ id = "apple", right = true, text = "A", why = "secret-reason" }},
  {{ id = "berry", right = true, text = "B", why = "secret-reason" }},
  {{ id = "cherry", text = "C", why = "secret-reason" }},
  {{ id = "date", text = "D", why = "secret-reason" }},
  {{ id = "elder", text = "E", why = "secret-reason" }},
]
"""
NUMBER = f"""[[question]]
id = "demo-number"
kind = "number"
{COMMON}answer = 7451
unit = "addresses"
why = "secret-reason"
traps = [{{ value = 7454, why = "secret-reason", mistake = "demo-secret-mistake" }}]
"""
ORDER = f"""[[question]]
id = "demo-order"
kind = "order"
{COMMON}why = "secret-reason"
items = [
  {{ id = "apple", text = "A", why = "secret-reason" }},
  {{ id = "berry", text = "B", why = "secret-reason" }},
  {{ id = "cherry", text = "C", why = "secret-reason" }},
]
"""
MATCH = f"""[[question]]
id = "demo-match"
kind = "match"
{COMMON}why = "secret-reason"
left = [
  {{ id = "paths", text = "Paths", to = "alb", why = "secret-reason" }},
  {{ id = "static", text = "Static address", to = "nlb", why = "secret-reason" }},
]
right = [{{ id = "alb", text = "ALB" }}, {{ id = "nlb", text = "NLB" }}, {{ id = "clb", text = "CLB" }}]
"""
ALL = (ONE, MANY, NUMBER, ORDER, MATCH)


def read(folder: Path, text: str, expand=lambda text: text) -> tuple[Question, ...]:  # type: ignore[no-untyped-def]
    """The questions of a chapter 90-demo whose questions.toml says this."""
    path = folder / "90-demo" / "questions.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load(path, expand)


def refusal(folder: Path, text: str) -> AuthoringError:
    with pytest.raises(AuthoringError) as caught:
        read(folder, text)
    return caught.value


@pytest.fixture(params=ALL, ids=["choose-one", "choose-many", "number", "order", "match"])
def question(request: pytest.FixtureRequest, tmp_path: Path) -> Question:
    return read(tmp_path, request.param)[0]


def test_all_five_kinds_are_read_and_other_tables_left_alone(tmp_path: Path) -> None:
    text = "\n".join(ALL) + '\n[[exercise]]\nid = "demo-task"\n[mistakes.demo-x]\nnote = "n"\n'

    kinds = [each.kind for each in read(tmp_path, text)]

    assert kinds == ["choose-one", "choose-many", "number", "order", "match"]


def test_figures_of_facts_are_filled_into_texts_and_answers(tmp_path: Path) -> None:
    text = NUMBER.replace("7451", '"{{subnet.usable}}"').replace("Which?", "Is it {{subnet.usable}}?")

    made = read(tmp_path, text, lambda source: source.replace("{{subnet.usable}}", "251"))[0]

    assert (made.stem, made.body.answer) == ("Is it 251?", 251)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("source", "old", "new", "says"),
    [
        (ONE, 'kind = "choose-one"', 'kind = "pick"', "must be one of choose-one"),
        (ONE, "right = true, ", "", "exactly one option with `right = true`; this one has 0"),
        (ONE, 'id = "beta-zone",', 'id = "beta-zone", right = true,', "cannot carry a `mistake`"),
        (ONE, 'id = "gamma-zone",', 'id = "gamma-zone", right = true,', "this one has 2"),
        (ONE, 'text = "The third", why = "secret-reason"', 'text = "The third"', "Option “gamma-zone” has no `why`"),
        (ONE, 'why = "secret-reason", mistake', 'why = " ", mistake', "needs a text in `why`"),
        (ONE, 'hint = ["Look."]\n', "", "The question has no `hint`"),
        (ONE, 'hint = ["Look."]', "hint = []", "one to three hints"),
        (ONE, 'id = "gamma-zone"', 'id = "beta-zone"', "Two options have the id “beta-zone”"),
        (ONE, 'id = "gamma-zone"', 'id = "wrong"', "tells what is right"),
        (ONE, 'id = "gamma-zone"', 'id = "c"', "tells what is right or where it stands"),
        (ONE, 'level = "apply"', 'level = "apply"\npoints = 3', "has a field `points`"),
        (ONE, 'level = "apply"', 'level = "hard"', "must be one of recall, apply, decide"),
        (ONE, '"2.2"', '"5.1"', "SAA-C03 task statement"),
        (ONE, 'level = "apply"', 'level = "apply"\nexam = true', "has four options"),
        (ONE, 'id = "demo-one"', 'id = "vpc-one"', "must start with the chapter's slug, “demo-”"),
        (ONE, 'id = "demo-one"', 'id = "Demo One"', "lower-case words joined by"),
        (MANY, " Choose TWO.", "", "end it with “Choose TWO.”"),
        (MANY, "Choose TWO.", "Choose THREE.", "end it with “Choose TWO.”"),
        (MANY, 'id = "berry", right = true', 'id = "berry"', "this one has 1 right"),
        (NUMBER, "7451", '"many"', "needs a number in `answer`, not 'many'"),
        (NUMBER, "7451", "true", "needs a number in `answer`"),
        (NUMBER, "answer = 7451", "answer = 7451\ntolerance = 3", "lies within the tolerance"),
        (NUMBER, "answer = 7451", "answer = 7451\ntolerance = -1", "must not be negative"),
        (ORDER, '  { id = "cherry", text = "C", why = "secret-reason" },\n', "", "3 or more tables in `items`"),
        (MATCH, 'to = "nlb"', 'to = "gwlb"', "goes to “gwlb”, which is no right id"),
        (MATCH, 'to = "nlb"', "to = 3", "goes to “3”"),
        (MATCH, 'text = "ALB"', 'text = "ALB", why = " "', "needs a text in `why`"),
        (ORDER, 'text = "B"', 'text = "B", soon = "x"', "has a field `soon`"),
        (ORDER, 'text = "B"', 'text = "B", early = ""', "needs a text in `early`"),
        (ORDER, 'text = "A"', 'text = "A", early = "x"', "cannot stand too early, since nothing comes before it"),
        (ORDER, 'text = "C"', 'text = "C", late = "x"', "cannot stand too late, since nothing comes after it"),
    ],
)
def test_an_authors_mistake_is_named_in_one_sentence(
    tmp_path: Path, source: str, old: str, new: str, says: str
) -> None:
    assert old in source

    error = refusal(tmp_path, source.replace(old, new, 1))

    assert says in error.trouble.sentence
    assert error.path.name == "questions.toml"


def test_a_mistake_names_the_line_and_the_id_of_its_question(tmp_path: Path) -> None:
    text = ONE + "\n" + MANY.replace("2.2", "9.9")

    error = refusal(tmp_path, text)

    assert (error.line, error.id) == (text.splitlines().index('id = "demo-many"') + 1, "demo-many")


def test_a_duplicate_id_is_reported_where_it_is_repeated(tmp_path: Path) -> None:
    text = ONE + "\n" + ONE

    error = refusal(tmp_path, text)

    assert "same id" in error.trouble.sentence
    assert error.line == len(ONE.splitlines()) + 3


def test_a_question_without_an_id_is_reported_at_its_table(tmp_path: Path) -> None:
    text = ONE + "\n" + MANY.replace('id = "demo-many"\n', "")

    error = refusal(tmp_path, text)

    assert error.line == len(ONE.splitlines()) + 2


def test_broken_toml_is_reported_with_its_line(tmp_path: Path) -> None:
    error = refusal(tmp_path, ONE + "\nstem = = 3\n")

    assert error.line == len(ONE.splitlines()) + 2


def test_the_public_form_holds_no_key_reason_hint_or_mistake(question: Question) -> None:
    text = json.dumps(public(question))

    assert question.id in text and json.dumps(question.stem)[1:-1] in text
    for secret in ("secret", "7451", "7454", "Look.", '"right": true', '"to"'):
        assert secret not in text


def test_the_public_order_does_not_follow_the_authors(tmp_path: Path) -> None:
    orders = set()
    for number in range(40):
        made = read(tmp_path, ORDER.replace("demo-order", f"demo-order-{number}"))[0]
        orders.add(tuple(each["id"] for each in public(made)["items"]))

    assert len(orders) == 6


def test_the_public_order_is_the_same_in_every_process(tmp_path: Path) -> None:
    shown = public(read(tmp_path, MANY)[0])["options"]

    assert [each["id"] for each in shown] == ["apple", "cherry", "elder", "date", "berry"]


def test_a_key_survives_json(question: Question) -> None:
    key = json.loads(json.dumps(to_key(question)))

    assert from_key(key) == question


def test_the_right_choice_is_plain_data(question: Question) -> None:
    assert json.loads(json.dumps(right_choice(question))) == right_choice(question)


def test_reasons_for_wrong_rows_are_read_kept_in_the_key_and_not_in_public(tmp_path: Path) -> None:
    early = ORDER.replace('text = "B"', 'text = "B", early = "secret-early", late = "secret-late"')
    partner = MATCH.replace('text = "ALB"', 'text = "ALB", why = "secret-use"')
    path = tmp_path / "90-demo" / "questions.toml"
    path.parent.mkdir()
    path.write_text(f"{early}\n{partner}")

    questions = load(path, str)

    assert [from_key(json.loads(json.dumps(to_key(each)))) for each in questions] == list(questions)
    assert "secret-early" in str(questions) and "secret-use" in str(questions)
    assert "secret" not in str([public(each) for each in questions])


def test_a_key_leaves_out_reasons_that_nobody_wrote(tmp_path: Path) -> None:
    path = tmp_path / "90-demo" / "questions.toml"
    path.parent.mkdir()
    path.write_text(ORDER)

    (question,) = load(path, str)

    assert all(each.keys() == {"id", "text", "why"} for each in to_key(question)["body"]["items"])
