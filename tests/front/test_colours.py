"""Every word and every sign of a quiz can be read in both of JupyterLab's themes: WCAG's 4.5 to 1, and 3 to 1 for edges."""

from __future__ import annotations

import pytest
from fake import FIGURE, MANY, ONE, PAIRS, STEPS, Quiz, feedback, hint, part, state

PAPERS = {  # JupyterLab's --jp-layout-color1, on which cells stand
    "light": ("true", "#ffffff"),
    "dark": ("false", "#212121"),
    "dark, no paper known": ("false", ""),
}
DIM = """(least) => {
  const luminance = (colour) => colour.slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const read = (css) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((at) => top[at] * top[3] + under[at] * (1 - top[3])).concat(1);
  const ground = (node) => {
    const chain = [];
    for (let each = node; each; each = each.parentElement) chain.unshift(read(getComputedStyle(each).backgroundColor));
    return chain.reduce((under, top) => over(top, under), read("#fff"));
  };
  const ratio = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const found = [];
  for (const node of document.querySelectorAll(".crib-quiz *")) {
    const text = [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
    const style = getComputedStyle(node);
    const shown = node.checkVisibility({ opacityProperty: true }) && !node.matches("[aria-disabled=true] *, option, .crib-unseen");
    if (!text || !shown) continue;
    const dim = ratio(over(read(style.color), ground(node)), ground(node));
    if (dim < least) found.push(`${node.className || node.tagName} “${node.textContent.trim().slice(0, 30)}”: ${dim.toFixed(2)}`);
  }
  for (const node of document.querySelectorAll(".crib-quiz :is(input[type=text], select, [data-mark=right], [data-mark=wrong], [data-mark=missed])")) {
    const dim = ratio(over(read(getComputedStyle(node).borderTopColor), ground(node.parentElement)), ground(node.parentElement));
    if (dim < 3) found.push(`the edge of ${node.className || node.tagName} ${node.dataset.mark ?? ""}: ${dim.toFixed(2)}`);
  }
  for (const node of document.querySelectorAll(".crib-dot:not([data-state=untouched])")) {
    const dim = ratio(read(getComputedStyle(node).backgroundColor), ground(node.parentElement));
    if (dim < 3) found.push(`the mark of a question that is ${node.dataset.state}: ${dim.toFixed(2)}`);
  }
  return found;
}"""


def paint(quiz: Quiz, theme: str) -> None:
    """Change the theme at once, without the motion of a transition half way."""
    light, paper = PAPERS[theme]
    quiz.page.emulate_media(reduced_motion="reduce")
    quiz.page.evaluate(
        """([light, paper]) => {
            document.body.dataset.jpThemeLight = light;
            document.body.style.background = paper || "#111111";
            if (paper) document.body.style.setProperty("--jp-layout-color1", paper);
        }""",
        [light, paper],
    )


def answered(quiz: Quiz) -> None:
    """Every mark, verdict, sentence and reason that there is."""
    again = {"html": "It is <b>back</b>.", "ask": "other"}
    reasons = {"read": '<a href="https://x">Read</a>, checked', "general": "As <code>this</code>.", "solution": "So"}
    quiz.tell(
        state("one", ["red"], "Red", notice="Set aside."),
        hint("one", 1, 1),
        feedback(
            "one", "INCORRECT", part("red", True, False, "No, <a href='https://x'>see</a>."), again=again, **reasons
        ),
        feedback("many", "REVEALED", part("ash", False, True, "Why."), part("elm", False, False, "Why."), **reasons),
        state("figure", "1.0", "1", remark={"text": "Is it 1 or 1000?", "offers": ["1", "1000"]}),
        feedback("steps", "PARTIAL", part("dry", True, True, "Yes."), part("wash", True, False, "Early."), **reasons),
        feedback("pairs", "CORRECT", part("fr", True, True, "Yes <code>x</code>."), **reasons),
    )


@pytest.mark.parametrize("theme", PAPERS)
def test_every_word_and_sign_stands_out_from_its_ground(quiz: Quiz, theme: str) -> None:
    quiz.show(ONE | {"exam": True}, MANY, FIGURE, STEPS, PAIRS)
    paint(quiz, theme)
    quiz.page.get_by_label("Green").check()
    quiz.page.get_by_label("Guess").nth(2).check()
    untouched = quiz.page.evaluate(DIM, 4.5)
    quiz.page.evaluate("() => views.at(-1).sent.length = 0")

    quiz.show(ONE | {"exam": True}, MANY, FIGURE, STEPS, PAIRS)
    answered(quiz)

    assert untouched + quiz.page.evaluate(DIM, 4.5) == []


@pytest.mark.parametrize("theme", PAPERS)
def test_what_a_release_says_stands_out_from_its_ground(quiz: Quiz, theme: str) -> None:
    quiz.show(ONE, STEPS, mode="release")
    paint(quiz, theme)

    quiz.tell(state("one", ["red"], "<code>Red</code>"))

    assert quiz.page.evaluate(DIM, 4.5) == []


def test_a_sign_that_is_hardly_to_be_seen_would_be_found(quiz: Quiz) -> None:
    quiz.show(PAIRS).tell(feedback("pairs", "CORRECT", part("fr", True, True, "Yes.")))
    paint(quiz, "dark")

    quiz.page.add_style_tag(content=".crib-quiz [data-mark] .crib-badge { color: #1a6e33; }")

    assert any("crib-sign" in each for each in quiz.page.evaluate(DIM, 4.5))
