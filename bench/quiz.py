"""How long a learner waits: for `import cloudcrib`, and from running a cell to a visible quiz of twenty questions.

Run with `python bench/quiz.py`; it prints figures and their ratios to the aims, measured in one run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "tests"), str(ROOT / "src")]
IMPORT_AIM, QUIZ_AIM = 50.0, 300.0  # milliseconds
RUNS = 7
IMPORTS = """
import time
start = time.perf_counter()
import ipykernel.kernelapp, ipykernel.ipkernel
kernel = time.perf_counter()
import cloudcrib
light = time.perf_counter()
from cloudcrib import answer, check, hint, quiz, score, solution, tests
names = time.perf_counter()
print(1000 * (kernel - start), 1000 * (light - kernel), 1000 * (names - light))
"""
WATCH = """() => {
    const cards = () => [...document.querySelectorAll('.crib-question')].filter((card) => !card.dataset.old);
    const ready = () => cards().length >= 20 && cards().every((card) => card.offsetHeight > 0);
    cards().forEach((card) => (card.dataset.old = 'yes'));
    window.cribTime = new Promise((done) => {
        window.addEventListener('keydown', () => {
            const start = performance.now();
            const look = () => requestAnimationFrame(() => (ready() ? done(performance.now() - start) : look()));
            look();
        }, { once: true, capture: true });
    });
}"""


def main() -> None:
    """Print what was measured beside what is aimed at."""
    kernel, light, names = imports()
    print(f"import ipykernel                      {kernel:7.1f} ms")
    show("import cloudcrib, over ipykernel", light, IMPORT_AIM)
    show("  and the names a notebook imports", light + names, IMPORT_AIM)
    print(f"  cloudcrib : ipykernel               {(light + names) / kernel:7.2f}")
    first, later = visible()
    show("20 questions visible, first in kernel", first, QUIZ_AIM)
    show("20 questions visible, median of later", later, QUIZ_AIM)


def show(what: str, found: float, aim: float) -> None:
    print(f"{what:37} {found:7.1f} ms   aim {aim:.0f} ms   ratio {found / aim:.2f}")


def imports() -> tuple[float, float, float]:
    """Milliseconds to import ipykernel, then cloudcrib, then the names of a notebook; medians of fresh processes."""
    command = [sys.executable, "-c", IMPORTS]
    rows = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(RUNS)]
    kernel, light, names = (statistics.median(map(float, column)) for column in zip(*rows, strict=True))
    return kernel, light, names


def visible() -> tuple[float, float]:
    """Milliseconds from running the cell to twenty painted questions, in a real JupyterLab and Chromium."""
    import demolab
    from labpage import open_notebook
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as home, demolab.serve(Path(home)) as lab, sync_playwright() as playwright:
        ids = twenty(lab.root / "chapters" / "90-demo" / "questions.toml")
        source = f"quiz({', '.join(map(repr, ids))})"
        path = demolab.write_notebook(lab.folder("bench") / "90-demo.ipynb", f"from cloudcrib import quiz\n{source}")
        browser = playwright.chromium.launch(executable_path=demolab.CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        open_notebook(page, lab, path)
        times = []
        for _ in range(RUNS):
            page.locator(".jp-CodeCell .jp-InputPrompt").first.click()
            page.evaluate(WATCH)
            page.keyboard.press("Control+Enter")
            times.append(page.evaluate("window.cribTime"))
            page.wait_for_timeout(500)
        browser.close()
        return times[0], statistics.median(times[1:])


def twenty(path: Path) -> list[str]:
    """Make four of each of the five kinds, and give their ids."""
    text = path.read_text(encoding="utf-8")
    import tomllib

    known = [row["id"] for row in tomllib.loads(text)["question"]]
    copies = [text]
    for number in range(1, 4):
        copy = text
        for qid in known:
            copy = copy.replace(f'"{qid}"', f'"{qid}-{number}"')
        copies.append(copy)
    path.write_text("\n".join(copies), encoding="utf-8")
    return [qid if not number else f"{qid}-{number}" for number in range(4) for qid in known]


if __name__ == "__main__":
    main()
