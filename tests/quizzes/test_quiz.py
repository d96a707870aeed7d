"""The quiz as its front end sees it: what it is shown, what it may ask, and what it is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from shared import DEMO

from cloudcrib import events
from cloudcrib.events import Checked
from cloudcrib.question.kinds import right_choice
from cloudcrib.quizzes import answers, cell
from cloudcrib.quizzes.answers import MIME
from cloudcrib.quizzes.bank import bank
from cloudcrib.quizzes.replies import reply
from cloudcrib.quizzes.session import Session, live, recorded, session
from cloudcrib.quizzes.widget import view

IDS = ("demo-nat-loss", "demo-durable", "demo-usable", "demo-packet", "demo-balancers")
SECRETS = (
    "251",
    "254",
    "Only layer 7",
    "Objects stand",
    "dies with its zone",
    "edge of the VPC",
    "From the outside",
    "mistake",
)
Said = list[dict[str, Any]]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook's folder in a course of its own."""
    shutil.copytree(DEMO, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course" / "notebooks")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return Path.cwd()


@pytest.fixture
def release(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An assignment's folder, which holds no key."""
    folder = tmp_path / "release"
    folder.mkdir()
    shown = [dict(bank(qid).shown[qid]) for qid in IDS]
    (folder / "questions.json").write_text(json.dumps({"slug": "demo", "questions": shown, "values": {}}))
    monkeypatch.chdir(folder)
    return folder


def opened(*ids: str) -> tuple[Session, Said, Callable[..., None]]:
    """A quiz with a front end that writes down what it is told, and the way to speak for it."""
    one = session(ids or IDS)
    said: Said = []
    one.send = said.append
    live.add(one)
    return one, said, lambda type, id=None, **rest: reply(one, {"type": type, "id": id, **rest})


def kept(folder: Path) -> answers.Record:
    return answers.load(answers.side_file(folder, "demo"))[0]


def last(said: Said, type: str) -> dict[str, Any]:
    return [message for message in said if message["type"] == type][-1]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Said:
    """What cells display, in order."""
    bundles: Said = []
    monkeypatch.setattr(cell, "_display", lambda bundle, *_, **__: bundles.append(bundle))
    return bundles


@pytest.mark.parametrize("edition", ["study", "release"])
def test_before_anything_is_checked_the_browser_knows_no_key(edition: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(edition)
    one, said, tell = opened()
    tell("ready")

    text = json.dumps([view(one), said])

    assert [id for id in IDS if id not in text] == []
    assert not [secret for secret in SECRETS if secret in text]


def test_texts_arrive_as_safe_html(study: Path) -> None:
    asked = view(session(["demo-nat-loss"]))["questions"][0]

    assert "<strong>three</strong>" in asked["stem"]
    assert any("<code>c7gn.large</code>" in option["html"] for option in asked["options"])


def test_each_choice_is_recorded_beside_the_notebook(study: Path) -> None:
    _, said, tell = opened()

    tell("choose", "demo-nat-loss", choice=["igw"], confidence="guess")

    made = kept(study)["demo-nat-loss"]
    assert (made.choice, made.confidence, made.tries, made.checked) == (["igw"], "guess", 0, False)
    assert last(said, "state")["choice"] == ["igw"]


@pytest.mark.parametrize("junk", [["nowhere"], "igw", [["igw"]], {"a": "b"}, ["igw", "bigger"], 5, ["igw"] * 9999])
def test_a_choice_that_is_none_is_refused_in_words_and_not_recorded(study: Path, junk: object) -> None:
    _, said, tell = opened()

    tell("choose", "demo-nat-loss", choice=junk)

    assert last(said, "say")["text"]
    assert kept(study) == {}


@pytest.mark.parametrize(
    "message", [None, 3, [], {}, {"type": "check"}, {"type": "check", "id": "vpc-x"}, {"type": "eval", "id": IDS[0]}]
)
def test_what_is_no_message_of_ours_is_left_alone(study: Path, message: object) -> None:
    one, said, _ = opened()

    reply(one, message)

    assert said == []


@pytest.mark.parametrize("qid", IDS)
def test_the_right_choice_is_correct_and_brings_every_reason_and_the_page(study: Path, qid: str) -> None:
    _, said, tell = opened()
    question = bank(qid).keys[qid]

    tell("check", qid, choice=right_choice(question))

    found = last(said, "feedback")
    assert found["verdict"] == "CORRECT"
    assert found["parts"] and all(part["why"] for part in found["parts"])
    assert "docs.aws.amazon.com" in found["read"]
    assert "checked 2026-11-2" in found["read"]


def test_a_wrong_choice_brings_its_own_reason_and_not_the_answer(study: Path) -> None:
    _, said, tell = opened()

    tell("check", "demo-nat-loss", choice=["igw"])

    found = last(said, "feedback")
    assert [part["id"] for part in found["parts"]] == ["igw"]
    assert "dies with its zone" not in json.dumps(said)


def test_a_known_wrong_figure_is_explained_and_another_is_not_given_away(study: Path) -> None:
    _, said, tell = opened()

    tell("check", "demo-usable", choice="254")
    tell("check", "demo-usable", choice="17")

    trap, other = (message["parts"][0]["why"] for message in said if message["type"] == "feedback")
    assert "as on a network at home" in trap
    assert "256" not in other


def test_each_misplaced_item_and_wrong_pair_has_a_reason_at_once_which_is_not_that_of_the_right_one(
    study: Path,
) -> None:
    _, said, tell = opened()

    tell("check", "demo-packet", choice=["routes", "gateway", "nacl", "group"])
    tell("check", "demo-balancers", choice={"paths": "clb", "static-address": "nlb", "firewall": "nlb"})

    order, match = ({part["id"]: part for part in each["parts"]} for each in said if each["type"] == "feedback")
    assert {part["right"] for part in [*order.values(), *match.values()]} == {True, False}
    assert order["routes"]["why"] == "Too early: at least one of those below comes before it."
    assert order["gateway"]["why"] == "Too late: at least one of those above comes after it."
    assert order["group"]["why"] == "It stands at the network interface, last of all."
    assert match["paths"]["why"] == "“Classic Load Balancer” is the partner of none of these."
    assert match["firewall"]["why"].startswith("“Network Load Balancer” is rightly the partner of “One static address")
    assert "GENEVE" not in match["firewall"]["why"]


def test_a_partner_that_is_wanted_elsewhere_is_said_to_be_with_what_it_is_for(study: Path) -> None:
    _, said, tell = opened()

    tell("check", "demo-balancers", choice={"paths": "gwlb", "static-address": "clb", "firewall": "clb"})

    (why,) = [part["why"] for part in last(said, "feedback")["parts"] if part["id"] == "paths"]
    assert why == "“Gateway Load Balancer” is the partner of another. It passes packets on unchanged, over GENEVE."


@pytest.mark.parametrize(
    ("qid", "choice", "says"),
    [
        ("demo-durable", ["s3-standard"], "Choose TWO; you have chosen 1."),
        ("demo-balancers", {"paths": "alb"}, "you have matched 1"),
        ("demo-nat-loss", [], "Choose an answer first."),
        ("demo-durable", ["s3-standard", "ebs-gp3", "one-zone"], "Choose TWO; you have chosen 3."),
        ("demo-usable", "", "Type a number first."),
        ("demo-packet", None, "Move something first."),
        ("demo-balancers", {}, "Find a partner for each first."),
    ],
)
def test_an_incomplete_choice_is_not_held_against_the_learner(study: Path, qid: str, choice: object, says: str) -> None:
    _, said, tell = opened()

    tell("check", qid, choice=choice)

    assert says in last(said, "say")["text"]
    assert kept(study) == {}


def test_hints_come_one_at_a_time(study: Path) -> None:
    _, said, tell = opened()

    for seen in (0, 1, 2, 3, -1, "x"):
        tell("hint", "demo-nat-loss", seen=seen)

    assert [message["number"] for message in said] == [1, 2, 3]
    assert "<em>each</em>" in said[-1]["html"]


def test_the_answer_is_shown_only_after_an_attempt(study: Path) -> None:
    _, said, tell = opened()

    tell("reveal", "demo-usable")
    before = list(said)
    tell("check", "demo-usable", choice="17")
    tell("reveal", "demo-usable")

    assert before == []
    assert "251 addresses" in last(said, "feedback")["solution"]


def test_tries_count_checks_and_a_new_choice_is_unchecked(study: Path) -> None:
    _, _, tell = opened()

    tell("check", "demo-nat-loss", choice=["igw"])
    tell("check", "demo-nat-loss", choice=["per-zone"])
    tell("choose", "demo-nat-loss", choice=["bigger"])

    made = kept(study)["demo-nat-loss"]
    assert (made.tries, made.checked) == (2, False)


def test_a_new_view_is_told_what_was_answered_and_the_verdict_on_what_was_checked(study: Path) -> None:
    _, _, tell = opened()
    tell("check", "demo-nat-loss", choice=["per-zone"])
    tell("choose", "demo-usable", choice="7")

    _, said, tell_later = opened()
    tell_later("ready")

    states = {message["id"]: message["choice"] for message in said if message["type"] == "state"}
    assert states == {**dict.fromkeys(IDS), "demo-nat-loss": ["per-zone"], "demo-usable": "7"}
    assert [message["id"] for message in said if message["type"] == "feedback"] == ["demo-nat-loss"]


def test_each_state_says_which_word_of_which_view_it_answers(study: Path) -> None:
    _, said, tell = opened()

    tell("choose", "demo-usable", choice="2", word=["view", 1])
    tell("choose", "demo-usable", choice="25", word=["view", 2])
    tell("choose", "demo-usable", choice="25", word=["view", 3])

    assert [message["heard"] for message in said] == [{"view": 1}, {"view": 2}, {"view": 3}]


def test_each_view_learns_which_of_its_own_words_were_heard(study: Path) -> None:
    """A view that was drawn anew must not take what is said of its forerunner's words for news."""
    _, said, tell = opened()

    tell("choose", "demo-usable", choice="2", word=["old", 5])
    tell("check", "demo-usable", choice="2", word=["new", 1])

    assert [message["heard"] for message in said] == [{"old": 5}, {"old": 5, "new": 1}, {"old": 5, "new": 1}]


@pytest.mark.parametrize("junk", [None, 7, ["view"], ["view", "1"], [1, "view"], ["v" * 65, 1], {"view": 1}])
def test_a_word_that_is_none_is_not_remembered(study: Path, junk: object) -> None:
    _, said, tell = opened()

    tell("choose", "demo-usable", choice="2", word=junk)

    assert last(said, "state")["heard"] == {}


def test_only_so_many_views_are_remembered(study: Path) -> None:
    _, said, tell = opened()

    for number in range(99):
        tell("choose", "demo-usable", choice="2", word=[f"view-{number}", 1])

    assert list(last(said, "state")["heard"]) == [f"view-{number}" for number in range(83, 99)]


@pytest.mark.parametrize("typed", ["many", "2 or 3", "251 GB", "2^8 - 5"])
def test_a_text_that_is_no_number_is_no_attempt_and_is_said(study: Path, typed: str) -> None:
    heard: list[object] = []
    events.listen(heard.append)
    one, said, tell = opened()

    tell("choose", "demo-usable", choice=typed)
    tell("check", "demo-usable", choice=typed)

    assert heard == []
    assert {message["type"] for message in said} == {"state"}
    assert last(said, "state")["said"] == ""
    assert "addresses" in last(said, "state")["remark"]["text"]
    assert (kept(study)["demo-usable"].choice, kept(study)["demo-usable"].tries) == (typed, 0)
    assert "counts as no answer" in recorded(one)["text/markdown"]
    assert "Recorded, 0 of 5" in recorded(one)["text/markdown"]


def test_a_number_that_can_be_read_in_two_ways_is_asked_back_and_no_attempt(study: Path) -> None:
    heard: list[object] = []
    events.listen(heard.append)
    _, said, tell = opened()

    tell("check", "demo-usable", choice="1.024")

    assert heard == []
    assert last(said, "state")["remark"]["offers"] == ["1.0240", "1024"]


def test_how_a_figure_was_understood_is_said_before_and_with_the_verdict(study: Path) -> None:
    _, said, tell = opened()

    tell("choose", "demo-usable", choice="two hundred and fifty-one")
    tell("check", "demo-usable", choice="two hundred and fifty-one")

    assert last(said, "state")["remark"] == {"text": "Read as 251 addresses.", "offers": []}
    assert (last(said, "feedback")["verdict"], last(said, "feedback")["detail"]) == (
        "CORRECT",
        "Read as 251 addresses.",
    )


def test_in_a_release_a_text_that_is_no_number_is_kept_told_and_no_try(release: Path) -> None:
    _, said, tell = opened()

    tell("choose", "demo-usable", choice="about 250")

    assert last(said, "state")["said"] == ""
    assert "not understood as a number" in last(said, "state")["remark"]["text"]
    assert (kept(release)["demo-usable"].choice, kept(release)["demo-usable"].tries) == ("about 250", 0)


@pytest.mark.parametrize(
    ("qid", "choice", "said"),
    [
        ("demo-durable", ["s3-standard", "ebs-gp3"], ("PARTIAL", "Partly right", "1 of 2 found, 1 is wrong.")),
        ("demo-durable", ["one-zone", "ebs-gp3"], ("INCORRECT", "Not yet", "None of the 2 found.")),
        (
            "demo-packet",
            ["routes", "nacl", "group", "gateway"],
            ("INCORRECT", "Not yet", "None of the 4 stands in its place."),
        ),
        (
            "demo-packet",
            ["gateway", "group", "routes", "nacl"],
            ("PARTIAL", "Partly right", "1 of 4 stands in its place."),
        ),
        (
            "demo-packet",
            ["routes", "gateway", "nacl", "group"],
            ("PARTIAL", "Partly right", "2 of 4 stand in their place."),
        ),
        (
            "demo-packet",
            ["routes", "gateway", "group", "nacl"],
            (
                "PARTIAL",
                "Partly right",
                "None of the 4 stands in its place, but most pairs of them follow each other rightly.",
            ),
        ),
        (
            "demo-balancers",
            {"paths": "alb", "static-address": "alb", "firewall": "alb"},
            ("PARTIAL", "Partly right", "1 of 3 pairs is right."),
        ),
    ],
)
def test_title_and_count_agree(study: Path, qid: str, choice: object, said: tuple[str, str, str]) -> None:
    _, heard, tell = opened()

    tell("check", qid, choice=choice)

    found = last(heard, "feedback")
    assert (found["verdict"], found["title"], found["detail"]) == said


def test_a_choice_made_in_one_cell_shows_in_every_other_that_asks_the_same(study: Path) -> None:
    _, _, tell = opened("demo-usable")
    _, said, _ = opened("demo-usable", "demo-packet")

    tell("choose", "demo-usable", choice="7")

    assert last(said, "state")["choice"] == "7"


def test_listeners_hear_of_each_checked_attempt(study: Path) -> None:
    heard: list[Checked] = []
    events.listen(heard.append)
    _, _, tell = opened()

    tell("choose", "demo-usable", choice="254")
    tell("check", "demo-usable", choice="254", confidence="sure", seconds=41.26)

    (one,) = heard
    assert (one.kind, one.item, one.chapter, one.domain) == ("question", "demo-usable", "demo", "3.4")
    assert (one.answer, one.verdict, one.fraction, one.confidence, one.seconds) == (
        "254",
        "INCORRECT",
        0.0,
        "sure",
        41.3,
    )


@pytest.mark.parametrize(
    ("claimed", "believed"),
    [
        (0, 0.0),
        (12, 12.0),
        (1e9, 600.0),
        (-1, None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        ("12", None),
        ([12], None),
        (10**400, 600.0),
    ],
)
def test_the_time_that_a_browser_claims_is_believed_only_where_it_can_be_true(
    study: Path, claimed: object, believed: float | None
) -> None:
    heard: list[object] = []
    events.listen(lambda event: heard.append(event.seconds))
    _, _, tell = opened()

    tell("check", "demo-usable", choice="254", seconds=claimed)

    assert heard == [believed]


def test_what_is_handed_in_says_nothing_about_time(release: Path) -> None:
    one, said, tell = opened()

    tell("choose", "demo-usable", choice="254", seconds=77.7)
    tell("check", "demo-usable", choice="254", seconds=77.7)

    assert kept(release)["demo-usable"].choice == "254"
    assert "77.7" not in json.dumps([said, recorded(one)])
    assert all("77.7" not in path.read_text() for path in release.iterdir())


def test_a_listener_that_fails_costs_a_sentence_and_not_the_answer(study: Path) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    events.listen(fail)
    one, said, tell = opened()
    tell("check", "demo-usable", choice="254")

    assert "disk full" in one.notice
    assert last(said, "feedback")["verdict"] == "INCORRECT"
    assert kept(study)["demo-usable"].checked


def test_a_release_records_and_reveals_nothing_whatever_it_is_asked(release: Path) -> None:
    _, said, tell = opened()

    for qid in IDS:
        for type in ("ready", "check", "hint", "reveal"):
            tell(type, qid, choice=["igw"], seen=0)
    tell("choose", "demo-nat-loss", choice=["igw"])

    assert kept(release)["demo-nat-loss"].choice == ["igw"]
    assert {message["type"] for message in said} == {"state", "say"}
    assert not [secret for secret in SECRETS if secret in json.dumps(said)]


def test_a_broken_side_file_is_reported_where_the_learner_looks(study: Path) -> None:
    answers.side_file(study, "demo").write_text("{")

    _, said, tell = opened()
    tell("ready")

    assert "broken-1.json" in last(said, "state")["notice"]


@pytest.mark.parametrize(
    ("ids", "says"),
    [
        ((), "Name at least one question"),
        (("demo-usable", "demo-usable"), "asked twice"),
        (("demo-usabel",), "Did you mean “demo-usable”?"),
        (("vpc-usable",), "No chapter of this course"),
    ],
)
def test_a_mistake_in_a_quiz_cell_is_one_sentence(study: Path, shown: Said, ids: tuple[str, ...], says: str) -> None:
    cell.quiz(*ids)

    assert len(shown) == 1
    assert says in shown[0]["text/markdown"]


def test_a_mistake_of_the_author_names_file_and_line(study: Path, shown: Said) -> None:
    path = study.parent / "chapters" / "90-demo" / "questions.toml"
    path.write_text(path.read_text().replace('domain = "2.2"', 'domain = "9.9"', 1))

    cell.quiz("demo-usable")

    assert "questions.toml:" in shown[0]["text/markdown"]


@pytest.mark.parametrize(
    ("qid", "written", "choice"),
    [
        ("demo-nat-loss", "per-zone", ["per-zone"]),
        ("demo-durable", {"s3-standard", "ebs-gp3"}, {"s3-standard", "ebs-gp3"}),
        ("demo-usable", 251, "251"),
        ("demo-usable", "1 024 addresses", "1 024 addresses"),
        ("demo-usable", 1.024, "1.0240"),
        ("demo-packet", ("group", "nacl", "routes", "gateway"), ["group", "nacl", "routes", "gateway"]),
        ("demo-balancers", dict.fromkeys(("paths", "static-address", "firewall"), "alb"), None),
    ],
)
def test_an_answer_can_be_written_in_code(study: Path, shown: Said, qid: str, written: object, choice: object) -> None:
    cell.answer(qid, written)

    made = kept(study)[qid].choice
    assert (set(made) if isinstance(choice, set) else made) == (choice or written)
    assert answers.from_data(shown[0][MIME])[qid].choice == made


def test_an_answer_in_code_is_explained_in_study_and_only_recorded_in_a_release(
    release: Path, study: Path, shown: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell.answer("demo-usable", 254)
    monkeypatch.chdir(study)
    cell.answer("demo-usable", 254)

    assert shown[0]["text/markdown"] == "*Recorded:* `254 addresses`"
    assert "as on a network at home" in shown[1]["text/markdown"]


@pytest.mark.parametrize(
    ("qid", "written", "says"),
    [
        ("demo-nat-loss", "per-zoen", "per-zone"),
        ("demo-usable", "many", "not understood as a number"),
        ("demo-usable", "1,024", "is it 1.024 or 1024?"),
        ("demo-durable", "s3-standard", "Choose TWO; you have chosen 1."),
        ("demo-balancers", {"paths": "alb"}, "you have matched 1"),
    ],
)
def test_an_answer_in_code_that_is_none_is_no_attempt_and_says_what_would_be(
    study: Path, shown: Said, qid: str, written: object, says: str
) -> None:
    cell.answer(qid, written)

    assert shown[0]["text/markdown"].startswith("**This answer is not recorded.**")
    assert says in shown[0]["text/markdown"]
    assert kept(study) == {}


def executed(folder: Path, *sources: str) -> list[nbformat.NotebookNode]:
    """The outputs of the last cell after a real kernel has run all of them."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(
        notebook, timeout=240, startup_timeout=240, resources={"metadata": {"path": str(folder)}}
    ).execute()
    return list(notebook.cells[-1].outputs)


@pytest.mark.filterwarnings("default")
def test_a_quiz_cell_gives_the_widget_with_its_text_and_the_answers(study: Path) -> None:
    source = "quiz('demo-usable', 'demo-nat-loss')"

    first, second = executed(study, "from cloudcrib import answer, quiz", "answer('demo-usable', 254)", source)

    assert set(first.data) == {cell.VIEW, "text/markdown"}
    assert first.data["text/markdown"] == ""
    assert "How many addresses are left" in second.data["text/markdown"]
    assert second.data["text/markdown"].count("ecorded") == 1
    assert second.data["text/markdown"].endswith(
        "*Recorded, 1 of 2:*\n\n- Question 1: `254 addresses`\n\n*Run this cell (Shift + Enter) to go on.*"
    )
    assert answers.from_data(second.data[MIME])["demo-usable"].choice == "254"


@pytest.mark.filterwarnings("default")
def test_an_untouched_quiz_cell_gives_the_same_bytes_twice_apart_from_its_view(study: Path) -> None:
    runs = [executed(study, "from cloudcrib import quiz\nquiz('demo-usable', 'demo-packet')") for _ in range(2)]

    for outputs in runs:
        outputs[0].data.pop(cell.VIEW)
    assert json.dumps(runs[0]) == json.dumps(runs[1])
    assert "text/plain" not in json.dumps(runs)
    assert runs[0][1].data["text/markdown"].endswith("\n\n*Run this cell (Shift + Enter) to answer.*")


def test_a_page_that_was_graded_does_not_ask_to_run_its_cells(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")

    assert "text/markdown" not in recorded(session(IDS))
