"""Figures and explorers on the page: turned over in the dark theme, and usable where it is narrow."""

from __future__ import annotations

from pathlib import Path

from demolab import Lab, write_notebook
from labpage import open_notebook, run_all, theme
from playwright.sync_api import Page, expect

FIGURE = "from cloudcrib import draw\ndraw.iam.two_accounts()"
EXPLORER = "from cloudcrib import explore\nexplore.elb.zone_loss()"
PHOTO = """from IPython.display import Image
from cloudcrib import draw
Image(draw.iam.two_accounts().png, width=300)"""
CORNER = """async (image) => {
    const bitmap = await createImageBitmap(image);
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    canvas.filter = getComputedStyle(image).filter;
    canvas.drawImage(bitmap, 0, 0);
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}"""
TRACK = ".crib-explorer .slider-container"


def opened(page: Page, lab: Lab, name: str, *sources: str) -> Path:
    notebook = write_notebook(lab.folder(name) / "look.ipynb", *sources)
    open_notebook(page, lab, notebook)
    run_all(page)
    return notebook


def test_figures_and_explorers_have_the_ground_of_the_page_and_a_learners_own_picture_is_left_alone(
    page: Page, lab: Lab
) -> None:
    opened(page, lab, "looks", FIGURE, EXPLORER, PHOTO)
    figure, live = page.locator("img.jp-needs-light-background"), page.locator("img.crib-figure")
    own = page.locator(".jp-RenderedImage img[width='300']")
    for image in (figure, live, own):
        expect(image).to_have_count(1)
    light = [image.evaluate(CORNER) for image in (figure, live, own)]

    theme(page, dark=True)

    assert light == [[255, 255, 255]] * 3
    page.wait_for_function("() => getComputedStyle(document.querySelector('img.crib-figure')).filter !== 'none'")
    assert [image.evaluate(CORNER) for image in (figure, live)] == [[17, 17, 17]] * 2
    assert own.evaluate(CORNER) == [255, 255, 255]
    theme(page, dark=False)


def test_a_slider_keeps_its_track_where_the_page_is_narrow(page: Page, lab: Lab) -> None:
    opened(page, lab, "narrow", EXPLORER)
    track = page.locator(TRACK).first
    expect(track).to_be_visible()
    label = page.locator(".crib-explorer .widget-label").first
    wide = track.bounding_box()
    assert wide and abs(label.bounding_box()["y"] - wide["y"]) < 20

    page.set_viewport_size({"width": 700, "height": 1000})

    page.wait_for_function(
        f"() => document.querySelector('{TRACK}').previousElementSibling.offsetTop + 10 < document.querySelector('{TRACK}').offsetTop"
    )
    narrow = track.bounding_box()
    assert narrow and narrow["width"] >= 120
