"""Variants of a cohort: what a student sees, what a release holds, and what the grader derives again."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from shared import REPOSITORY, edit, run
from sharing import NAME, QID, as_graded, score_cell, share_out

from cloudcrib.course import cohort, variants
from cloudcrib.exercise.variant import variant
from cloudcrib.question.key import read
from cloudcrib.question.kinds import Number
from cloudcrib.quizzes import answers
from cloudcrib.quizzes.bank import bank
from cloudcrib.quizzes.replies import reply
from cloudcrib.quizzes.session import session


@pytest.fixture(scope="module")
def shared_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One such course for all tests that only read it."""
    root = tmp_path_factory.mktemp("cohort") / "course"
    share_out(root)
    return root


@pytest.fixture
def release(shared_out: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a student opens the assignment."""
    monkeypatch.chdir(shared_out / "release" / NAME)
    return Path.cwd()


def as_shown(who: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The stem a student sees, and which variant that is."""
    monkeypatch.setenv("CLOUDCRIB_STUDENT", who)
    here = bank(QID)
    return here.shown[QID]["stem"], here.variant_of[QID]


def test_the_grader_derives_what_the_student_saw_for_ten_thousand_students(shared_out: Path) -> None:
    """The student's side reads the release's questions.json; the grader's reads nothing but the key."""
    data = json.loads((shared_out / "release" / NAME / "questions.json").read_text())
    held = read(score_cell(shared_out).source)
    assert held is not None
    key = held.data
    rng = random.Random(8)
    seen = set()

    for _ in range(10_000):
        who = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz0123456789-_.@é") for _ in range(rng.randint(1, 24)))
        rows, taken = cohort.shown(data, who)
        question, own = cohort.derived(key, who)
        assert (rows[QID]["stem"], taken[QID]) == (question.stem, own)
        seen.add(own)

    assert len(seen) == variants.TABLE


def test_a_student_sees_their_own_figures_and_always_the_same(
    release: Path, shared_out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stems = {who: as_shown(who, monkeypatch) for who in ("ada", "grace", "edsger", "barbara")}

    assert len({stem for stem, _ in stems.values()}) > 1
    for who, (stem, own) in stems.items():
        question, derived = as_graded(shared_out, who)
        assert (question.stem, derived) == (stem, own) == as_shown(who, monkeypatch)


def test_students_are_spread_evenly_over_the_variants() -> None:
    places = [cohort.pick("course", f"student-{n}", QID, 40) for n in range(40_000)]

    counts = [places.count(place) for place in range(40)]
    assert min(counts) > 850 and max(counts) < 1150
    assert places[:100] != [cohort.pick("other", f"student-{n}", QID, 40) for n in range(100)]


def test_the_release_holds_stems_and_no_answer_reason_trap_hint_or_generator(shared_out: Path) -> None:
    folder = shared_out / "release" / NAME
    text = "".join(path.read_text() for path in folder.iterdir())
    question, _ = as_graded(shared_out, "ada")

    assert sorted(path.name for path in folder.iterdir()) == [f"{NAME}.ipynb", "questions.json"]
    assert question.stem in json.loads((folder / "questions.json").read_text())["questions"][1]["variants"]
    for secret in ("AWS keeps five", "less 5", '"answer"', "less what AWS keeps", "randint"):
        assert secret not in text


def test_nobody_is_not_given_somebodys_figures(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NB_USER", "jovyan")  # what Jupyter's images call everybody

    with pytest.raises(LookupError, match="CLOUDCRIB_STUDENT"):
        bank(QID)
    assert bank("vpc-usable-28").shown["vpc-usable-28"]["stem"]


@pytest.mark.parametrize("name", cohort.NAMES)
def test_a_student_is_known_by_the_environment(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, "ada")

    assert cohort.student() == "ada"


def test_in_the_graders_folders_the_submission_says_whose_it_is_and_not_the_grader(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "autograded" / "grace" / NAME
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("JUPYTERHUB_USER", "teacher")

    assert cohort.student() == "grace"


def test_the_record_says_which_variant_was_answered(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, own = as_shown("ada", monkeypatch)
    one = session((QID,))

    reply(one, {"type": "choose", "id": QID, "choice": "59"})

    side = answers.side_file(release, "vpc")
    assert answers.load(side)[0][QID].variant == own
    side.unlink()


def test_an_exercise_gives_the_student_and_the_tests_the_same_parameters(
    release: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CLOUDCRIB_STUDENT", "grace")
    theirs = variant("vpc-usable")
    monkeypatch.delenv("CLOUDCRIB_STUDENT")
    folder = tmp_path / "autograded" / "grace" / NAME
    shutil.copytree(release, folder)
    monkeypatch.chdir(folder)

    assert variant("vpc-usable") == theirs
    assert 16 <= theirs["prefix"] <= 28


def test_a_course_that_does_not_say_so_shares_nothing_out(course: Path) -> None:
    assert cohort.course_id(course / "chapters" / "14-vpc") == ""
    edit(course / "chapters" / "course.toml", 'id = "mini"', 'id = "mini"\nvariants = true')
    assert cohort.course_id(course / "chapters" / "14-vpc") == "mini"


def hand_in(root: Path, who: str, variant_of: str) -> None:
    """A submission with the right answer to the variant of some student, given through the real session."""
    folder = root / "submitted" / who / NAME
    shutil.copytree(root / "release" / NAME, folder)
    question, own = as_graded(root, variant_of)
    assert isinstance(question.body, Number)
    made = answers.Answer(str(question.body.answer), "2026-11-24T10:00:00Z", 1, variant=own)
    answers.save(answers.side_file(folder, "vpc"), {QID: made})


@pytest.mark.slow
def test_plain_nbgrader_marks_by_the_derived_variant_and_says_when_another_was_answered(tmp_path: Path) -> None:
    root = tmp_path / "course"
    share_out(root)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    other = next(name for name in ("bob", "carol", "dan") if as_graded(root, name)[1] != as_graded(root, "ada")[1])
    hand_in(root, "ada", variant_of="ada")
    hand_in(root, other, variant_of="ada")

    for words in (["generate_assignment", "--force", NAME], ["autograde", NAME]):
        run(root, "nbgrader", *words)

    with Gradebook(f"sqlite:///{root}/gradebook.db") as book:
        got = {
            who: {g.name: g.auto_score for g in book.find_submission_notebook(NAME, NAME, who).grades}[QID]
            for who in ("ada", other)
        }
    assert got == {"ada": 1, other: 0}
    told = (root / "autograded" / other / NAME / f"{NAME}.ipynb").read_text()
    assert "The figures were somebody else's." in told
    assert "The figures were somebody else's." not in (root / "autograded" / "ada" / NAME / f"{NAME}.ipynb").read_text()
