"""What students hand in runs nowhere: feedback pages and formgrader, made by nbgrader and opened in Chromium."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import hostile
import nbformat
import pytest
from demolab import serve
from playwright.sync_api import Browser, Page, expect
from shared import assign, run

NAME = "14-vpc"
MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/latest.js?config=TeX-AMS_CHTML-full,Safe"
RUNS = {"md-script", "md-img-onerror", "md-autofocus"}
CONFIG = ("c.HTMLExporter.", "from cloudcrib.grading.plugins.harmless")  # what the control goes without


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which a hostile and an honest submission were graded by nbgrader, and the hostile one by `crib grade` too."""
    root = assign(tmp_path_factory.mktemp("hostile") / "course")
    release = root / "release" / NAME / f"{NAME}.ipynb"
    for student, made in (("hostile", hostile.hostile), ("honest", hostile.honest), ("split", hostile.hostile)):
        hostile.write(made(nbformat.read(release, as_version=4)), root / "submitted" / student / NAME, NAME)
    run(root, "nbgrader", "autograde", NAME, "--student", "h*")
    if shutil.which("bwrap"):
        run(root, "crib", "grade", NAME, "--student", "split", "--workers", "1", ends=(0, 1))
    run(root, "nbgrader", "generate_feedback", NAME)
    return root


class Watched:
    """A page whose attacks are written down: what ran, and what was asked for from where."""

    def __init__(self, browser: Browser, host: str = "") -> None:
        self.ran: list[str] = []
        self.asked: list[str] = []
        self.host, self.context = host, browser.new_context()
        self.context.expose_function("ran", lambda name: self.ran.append(str(name)))
        self.context.route("**/*", self._route)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda dialog: (self.ran.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def _route(self, route, request) -> None:  # type: ignore[no-untyped-def]
        where = urlsplit(request.url)
        ours = where.scheme == "file" or (where.netloc == self.host and where.path.startswith("/formgrader/"))
        if where.scheme != "data" and not ours and request.url != MATHJAX:
            self.asked.append(request.url)
        if ours or where.scheme == "data":
            route.continue_()
        elif request.is_navigation_request():
            route.fulfill(status=204)  # the page stays, so that what comes after this attack is seen as well
        else:
            route.abort()

    def open(self, url: str) -> None:
        """Open a page, let it settle, and touch whatever a grader might."""
        self.page.goto(url, wait_until="commit")  # an attack may begin to lead away before all is loaded
        self.page.wait_for_timeout(1500)
        for place in self.page.locator("#notebook a, #notebook summary, #notebook button").all():
            with suppress(Exception):  # hidden, or gone
                place.hover(timeout=200)
            with suppress(Exception):
                if (place.get_attribute("href", timeout=1000) or "").partition(":")[0] not in (
                    "http",
                    "https",
                    "mailto",
                ):
                    place.evaluate("(each) => each.click()", timeout=1000)
        self.page.wait_for_timeout(300)


@contextmanager
def watched(browser: Browser, host: str = "") -> Iterator[Watched]:
    made = Watched(browser, host)
    yield made
    made.context.close()


def feedback(root: Path, student: str) -> str:
    return (root / "feedback" / student / NAME / f"{NAME}.html").as_uri()


def graders() -> list[object]:
    bare = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
    return ["hostile", pytest.param("split", marks=bare)]


@pytest.mark.parametrize("student", graders())
def test_nothing_in_a_feedback_page_runs_or_asks_the_network(chromium: Browser, taught: Path, student: str) -> None:
    with watched(chromium) as seen:
        seen.open(feedback(taught, student))

        assert (seen.ran, seen.asked) == ([], [])
        assert seen.page.locator("#notebook").get_by_text("before", exact=True).count() == len(hostile.HTML)


def test_without_our_settings_the_same_submission_runs_in_the_feedback_page(
    chromium: Browser, taught: Path, tmp_path: Path
) -> None:
    """The control: these attacks are real."""
    root = bare(taught, tmp_path / "bare")
    run(root, "nbgrader", "generate_feedback", NAME, "--student", "hostile", "--force")

    with watched(chromium) as seen:
        seen.open(feedback(root, "hostile"))

        ran = set(seen.ran)
        assert ran >= RUNS
        assert any(url.startswith(hostile.OUT) for url in seen.asked)


def bare(taught: Path, root: Path) -> Path:
    """The course with nbgrader's own rendering."""
    shutil.copytree(taught, root, ignore=shutil.ignore_patterns("feedback"))
    path = root / "nbgrader_config.py"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(CONFIG)]
    assert len(lines) - len(kept) == 4
    path.write_text("".join(kept), encoding="utf-8")
    return root


def submission(root: Path, student: str) -> str:
    """formgrader's name of a submission's notebook."""
    query = """select submitted_notebook.id from submitted_notebook
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id where student_id = ?"""
    db = sqlite3.connect(root / "gradebook.db")
    try:
        return str(db.execute(query, (student,)).fetchone()[0])
    finally:
        db.close()


def look(chromium: Browser, root: Path, home: Path, student: str) -> tuple[list[str], list[str], int]:
    """What ran and was asked for while formgrader showed a submission, and how many scores it let the grader give."""
    with serve(home, root) as lab, watched(chromium, urlsplit(lab.url).netloc) as seen:
        seen.open(f"{lab.url}/formgrader/submissions/{submission(root, student)}/?token={lab.token}")
        return seen.ran, seen.asked, seen.page.locator("input.score").count()


@pytest.mark.parametrize("student", graders())
def test_nothing_runs_in_formgrader(chromium: Browser, taught: Path, tmp_path: Path, student: str) -> None:
    ran, asked, scores = look(chromium, taught, tmp_path / "home", student)

    assert (ran, asked) == ([], [])
    assert scores == 3


def test_without_our_settings_the_same_submission_runs_in_formgrader(
    chromium: Browser, taught: Path, tmp_path: Path
) -> None:
    ran, asked, _ = look(chromium, bare(taught, tmp_path / "bare"), tmp_path / "home", "hostile")

    assert set(ran) >= RUNS
    assert any(url.startswith(hostile.OUT) for url in asked)


def test_what_honest_people_show_survives(chromium: Browser, taught: Path) -> None:
    with watched(chromium) as seen:
        seen.page.goto(feedback(taught, "honest"))
        book = seen.page.locator("#notebook").first

        expect(book.get_by_role("heading", name="A heading")).to_be_visible()
        expect(book.get_by_role("cell", name="12.5 %")).to_have_css("text-align", "right")
        expect(book.locator("table.dataframe th")).to_have_count(5)
        expect(book.get_by_role("cell", name="7", exact=True)).to_have_css("color", "rgb(0, 114, 178)")
        expect(book.get_by_role("link", name="AWS", exact=True).last).to_have_attribute(
            "href", "https://docs.aws.amazon.com/vpc/"
        )
        expect(book.locator("input[type=checkbox][disabled]")).to_have_count(2)
        expect(book.locator(".highlight .k").first).to_be_attached()
        expect(book.locator(".ansi-red-fg")).to_have_text("red")
        expect(book.get_by_text("inside")).to_be_hidden()
        book.get_by_text("More").click()
        expect(book.get_by_text("inside")).to_be_visible()
        assert r"\frac{1}{8}" in book.inner_text() and "$a < b_1$" in book.inner_text()
        book.get_by_role("link", name="to the heading").click()
        assert seen.page.evaluate("document.querySelector(':target').tagName") == "H2"


def test_pictures_survive(chromium: Browser, taught: Path) -> None:
    with watched(chromium) as seen:
        seen.page.goto(feedback(taught, "honest"))
        seen.page.wait_for_timeout(300)

        drawn = seen.page.evaluate("[...document.images].map((each) => [each.src.slice(0, 14), each.naturalWidth > 0])")

        assert [ok for _, ok in drawn] == [True] * 5
        assert sorted({kind for kind, _ in drawn}) == ["data:image/png", "data:image/svg", feedback(taught, "")[:14]]


def test_mathjax_comes_with_its_safe_mode(taught: Path) -> None:
    """It takes away javascript: in \\href, and classes, ids and styles in formulas."""
    page = (taught / "feedback" / "hostile" / NAME / f"{NAME}.html").read_text(encoding="utf-8")

    assert f'<script src="{MATHJAX}">' in page
