"""The figure of the tour: known, guessed right, guessed wrong."""

from cloudcrib.chapters.start import guessing as start
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import PALETTE, Picture, canvas, picture


def guessing(known: int = 35, options_left: int = 4, guess: bool = True, questions: int = 65) -> Picture:
    """How many answers come out right, when some are known and the rest are guessed or left open."""
    gain, right = start.rounded(questions, known, options_left, guess)
    finding = f"guessing adds about {gain}" if guess else "the others are given away"
    fig, ax = canvas(f"{known} known of {questions}: {finding}", height=1.9)
    rest = "guessed, wrong" if guess else "left open"
    parts = (
        ("known", known, "blue", ""),
        ("guessed, right", gain, "green", ""),
        (rest, questions - right, "grey", "//"),
    )
    left = 0.0
    for label, width, colour, hatch in parts:
        if width:
            ax.barh(
                0,
                width,
                left=left,
                color=PALETTE[colour],
                hatch=hatch,
                edgecolor="white",
                label=f"{label}: {width}",
            )
        left += width
    ax.set(xlim=(0, questions), ylim=(-0.5, 0.9), yticks=[], xlabel="questions")
    ax.spines["left"].set_visible(False)
    ax.legend(loc="upper left", ncols=3, frameon=False)
    words = f"{known} known, about {gain} guessed right, {questions - right} wrong or open"
    return picture(fig, alt=f"A bar of {counted(questions, 'question')}: {words}.")
