"""The dashboard: what it counts, what it says, what it draws."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from studies import attempt

from cloudcrib.quizzes.bank import Bank, banks
from cloudcrib.study import dashboard, figures, review
from cloudcrib.study.mastery import Share
from cloudcrib.study.standing import Row, standing
from cloudcrib.study.store import Store

MIXED = [
    attempt("vpc-usable-28", day=18, confidence="sure", right=False, mistakes=("vpc-keeps-two",)),
    attempt("vpc-usable-26", day=19, confidence="think"),
    attempt("vpc-usable", day=19, kind="exercise", right=False, mistakes=("vpc-keeps-two",)),
]


@pytest.fixture
def every(vpc: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Bank]:
    monkeypatch.chdir(vpc.parent.parent)
    monkeypatch.setenv("CLOUDCRIB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CLOUDCRIB_NOW", "2026-11-20T12:00:00+00:00")
    return banks()


def test_a_chapter_counts_questions_and_exercises(every: dict[str, Bank]) -> None:
    (row,) = standing(MIXED, every).chapters

    assert (row.name, row.share, row.of) == ("14 · Networks: a small one", Share(1.0, 3), 3)
    assert row.range == "6–79 %"


def test_domains_are_those_of_the_exam(every: dict[str, Bank]) -> None:
    areas = {row.name: row.share.asked for row in standing(MIXED, every).areas}

    assert areas == {
        "Secure architectures": 0,
        "Resilient architectures": 0,
        "High-performing architectures": 3,
        "Cost-optimized architectures": 0,
    }


def test_days_of_the_last_week_are_counted_and_not_days_in_a_row(every: dict[str, Bank]) -> None:
    rows = [attempt("vpc-usable-28", day=day) for day in (1, 13, 14, 17, 20)]

    assert standing(rows, every).days == 3


def test_errors_and_mistakes_are_listed_by_what_they_say(every: dict[str, Bank]) -> None:
    errors, mistakes = dashboard.listed(standing(MIXED, every), every)

    assert "How many addresses of a /28" in errors
    assert "You kept back two addresses" in mistakes


def test_tables_show_an_interval_and_not_a_lone_number(every: dict[str, Bank]) -> None:
    chapters, areas, _ = dashboard.tables(standing(MIXED, every))

    assert "| 14 · Networks: a small one | 3 of 3 | 1 | 1 | 6–79 % |" in chapters
    assert "| High-performing architectures | 3 | 1 | 1 | 6–79 % |" in areas
    assert "| Secure architectures | 0 | – | – | – |" in areas


def test_what_is_right_now_and_what_was_known_at_first_are_two_figures(every: dict[str, Bank]) -> None:
    """An exercise that was solved is solved, and a question that was put right was still not known."""
    rows = [
        attempt("vpc-usable", kind="exercise", fraction=0.0, right=False),
        attempt("vpc-usable", kind="exercise", at="2026-11-01T12:05:00.000000Z"),
        attempt("vpc-usable", kind="exercise", day=2, right=False),  # tried again, and spoiled
        attempt("vpc-usable-28", right=False, confidence="sure"),
        attempt("vpc-usable-28", at="2026-11-01T12:01:00.000000Z"),
    ]
    found = standing(rows, every)

    (row,) = found.chapters
    assert (row.share, row.now) == (Share(1.0, 2), Share(2.0, 2))
    chapters, areas, counted = dashboard.tables(found)
    assert "| Chapter | answered | right now | right at first | likely | due |" in chapters
    assert "| 2 of 3 | 2 | 1 |" in chapters and "| 2 | 2 | 1 |" in areas
    assert "each exercise that you have solved" in counted
    (errors,) = dashboard.listed(found, every)
    assert errors.startswith("**Sure, and wrong** at the first answer") and errors.endswith("– put right since")
    assert "at first" in figures.mastery([row], []).alt and "now 100%" in figures.mastery([row], []).alt


@pytest.mark.parametrize(
    ("wrong", "says"), [(0, "tells what you know."), (3, "tells little"), (8, "often sure and wrong")]
)
def test_a_brier_score_waits_for_enough_answers_and_says_what_it_means(
    every: dict[str, Bank], wrong: int, says: str
) -> None:
    rows = [attempt("vpc-usable-28", day=n + 1, confidence="sure", right=n >= wrong) for n in range(10)]

    assert standing(rows[:9], every).brier is None
    _, words = dashboard.sentences(standing(rows, every), "go")
    assert says in words and "Your Brier score is **" in words


def test_what_is_due_comes_with_the_way_there(
    every: dict[str, Bank], shown: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere than in the review, `review()` is a name that is not defined."""
    Store().add(MIXED)
    (tmp_path / "20-review.ipynb").touch()
    monkeypatch.setenv("CLOUDCRIB_ROOT", str(Path.cwd()))
    monkeypatch.chdir(tmp_path)

    dashboard.progress()

    assert "to review**: open [the review](20-review.ipynb)." in shown[0]["text/markdown"]


def test_in_the_review_itself_the_way_is_its_cell(
    every: dict[str, Bank], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = type("Shell", (), {"user_ns": {"review": review.review}})()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "20-review.ipynb").touch()

    assert dashboard._way() == "run `review()`"


def test_an_absence_is_met_with_a_welcome(every: dict[str, Bank]) -> None:
    first = next(dashboard.sentences(standing([attempt("vpc-usable-28", day=1)], every), "go"))

    assert first.startswith("Welcome back.") and "streak" not in first


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        ((720.0, 60.0), "you have spent 13 min on questions."),
        ((720.0, None), "you have spent 12 min on questions, and about 1 min on what is not timed."),
        ((None, None), "you have spent about 2 min on it."),
    ],
)
def test_about_is_said_only_of_time_that_nobody_measured(
    every: dict[str, Bank], seconds: tuple[float | None, float | None], says: str
) -> None:
    rows = [attempt("vpc-usable-28", day=day, seconds=each) for day, each in zip((1, 2), seconds, strict=True)]

    assert says in next(dashboard.sentences(standing(rows, every), "go"))


@pytest.mark.parametrize(("seconds", "said"), [(59, "1 min"), (3600, "1 h 0 min"), (9000, "2 h 30 min"), (0, "0 min")])
def test_time_is_said_in_hours_and_minutes(seconds: int, said: str) -> None:
    assert dashboard.minutes(dt.timedelta(seconds=seconds)) == said


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    outputs: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda what, **_: outputs.append(what))
    return outputs


def test_without_attempts_it_says_what_will_stand_here(every: dict[str, Bank], shown: list[Any]) -> None:
    dashboard.progress()

    assert [each["text/markdown"] for each in shown] == [dashboard.EMPTY]


def test_with_attempts_it_shows_words_tables_and_a_figure_with_its_words(
    every: dict[str, Bank], shown: list[Any]
) -> None:
    Store().add(MIXED)

    dashboard.progress()

    words, figure, lists = shown
    assert "| Chapter |" in words["text/markdown"]
    assert "Brier" not in words["text/markdown"]  # two answers say nothing yet
    assert "14 · Networks: a small one: 33% of 3, between 6–79 %" in figure.alt
    assert "Sure, and wrong" in lists["text/markdown"]


def test_a_calibration_curve_needs_a_few_answers(every: dict[str, Bank], shown: list[Any]) -> None:
    Store().add([attempt("vpc-usable-28", day=day, confidence="sure") for day in range(1, 7)])

    dashboard.progress()

    assert "“sure” 100% right of 6" in shown[2].alt


def test_what_became_of_a_broken_progress_file_is_said(
    every: dict[str, Bank], shown: list[Any], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "progress.sqlite").write_bytes(b"no database at all" * 300)

    dashboard.progress()

    assert "was set aside" in shown[0]["text/markdown"]


def test_a_store_that_cannot_be_opened_is_said_in_one_sentence(
    every: dict[str, Bank], shown: list[Any], tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("in the way")

    dashboard.progress()

    (only,) = shown
    assert only["text/markdown"].startswith("**Your progress cannot be opened.**")


def test_in_an_assignment_nothing_is_read(
    every: dict[str, Bank], shown: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "questions.json").write_text('{"slug": "vpc", "questions": []}')
    monkeypatch.chdir(tmp_path)

    dashboard.progress()

    assert "this notebook is an assignment" in shown[0]["text/markdown"]
    assert not (tmp_path / "data").exists()


def test_figures_are_small_cards_that_stay_inside_their_edges() -> None:
    """A white card is legible in either theme; nothing may be cut off, so the outermost pixels are all white."""
    long = [Row(f"{n:02} · A chapter with quite a long name of its own", Share(n, 20)) for n in range(1, 19)]

    drawn = figures.mastery(long, [Row("High-performing architectures", Share(5, 9))])

    image = Image.open(io.BytesIO(drawn.png)).convert("L")
    edges = [image.getpixel((x, y)) for y in range(image.height) for x in (0, image.width - 1)]
    assert min(edges) == 255  # type: ignore[type-var]
    assert len(drawn.png) < 60_000


def test_the_finding_is_about_what_is_known_and_not_about_luck() -> None:
    one_lucky, many = Row("Lucky", Share(1, 1)), Row("Solid", Share(40, 44))
    weak = Row("Weak", Share(1, 12))

    assert figures._finding([one_lucky, many, weak]) == "Firmest: Solid – weakest: Weak"
    assert figures._finding([one_lucky]) == "A beginning: each answer narrows the bar"


def test_review_and_dashboard_agree_on_what_is_due(every: dict[str, Bank]) -> None:
    assert standing(MIXED, every).due == len(review.waiting(MIXED, every))
