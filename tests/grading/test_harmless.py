"""What a page may show of a student's HTML, and of a notebook."""

from __future__ import annotations

import time
from typing import Any

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cloudcrib.grading.plugins.harmless import FILTERS, Harmless, clean

CLEANED = [
    ("<p onclick=x style='position:fixed;color:red;background:url(//e)'>hi</p>", '<p style="color:red">hi</p>'),
    ("a<script>1</script><style>b{}</style><svg><g>c</g></svg>d", "ad"),
    ("<a href='java&#115;cript:1'>x</a>", '<a rel="noopener noreferrer">x</a>'),
    ("<a href='evil.html'>x</a>", '<a rel="noopener noreferrer">x</a>'),
    ("<a href='//e.test'>x</a>", '<a rel="noopener noreferrer">x</a>'),
    ("<a href='https://e.test'>x</a>", '<a href="https://e.test" rel="noopener noreferrer">x</a>'),
    ("<a href='#a' id=a>x</a>", '<a href="#theirs-a" id="theirs-a" rel="noopener noreferrer">x</a>'),
    ("<img src='https://e.test/a.png' alt=a>", '<img alt="a">'),
    ("<img src='/logout'><img src='a/../../b'><img src='%2e%2e/b'><img src='C:b'>", "<img><img><img><img>"),
    ("<img src='plots/a 1.png'>", '<img src="plots/a 1.png">'),
    ("<img src='data:image/png;base64,AAAA'>", '<img src="data:image/png;base64,AAAA">'),
    ("<img src='data:text/html;base64,AAAA'>", "<img>"),
    ("<div class='navbar-fixed-top k dataframe full-credit'></div>", '<div class="k dataframe"></div>'),
    ("<b data-toggle=tooltip>x</b><form action=//e><button>y</button></form>", "<b>x</b>y"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "shown"), CLEANED, ids=[given for given, _ in CLEANED])
def test_html_keeps_what_a_text_needs(given: str, shown: str) -> None:
    assert clean(given) == shown


def test_an_input_is_a_box_of_a_list_of_tasks_and_nothing_to_type_into() -> None:
    said = clean("<input type=text autofocus onfocus=x class=score>")

    assert set(said.strip("<>").split()) == {"input", 'type="checkbox"', 'disabled=""'}


def test_cleaning_twice_changes_nothing() -> None:
    once = [clean(given) for given, _ in CLEANED if "#a" not in given and "<a" not in given]

    assert [clean(each) for each in once] == once


def test_too_many_tags_become_plain_text_soon() -> None:
    began = time.process_time()

    said = clean("<div>" * 1_000_000 + "x &lt;b&gt; y")

    assert said == "<pre>x &lt;b&gt; y</pre>"
    assert time.process_time() - began < 5


def page(*cells: Any, **metadata: Any) -> str:
    """A notebook as pages show it, template and all."""
    exporter = HTMLExporter(template_name="classic", filters=FILTERS, preprocessors=[Harmless], sanitize_html=True)
    html, _ = exporter.from_notebook_node(new_notebook(cells=list(cells), metadata=metadata))
    return str(html).partition("<body")[2]


def shown(data: dict[str, Any], **more: Any) -> NotebookNode:
    return new_code_cell("1", outputs=[new_output("display_data", data, **more)])


def test_an_address_is_looked_at_after_its_prefix_is_gone() -> None:
    assert "href=" not in page(new_markdown_cell("[x](files/javascript:1)\n\n<a href='files//e.test'>y</a>"))


def test_a_picture_that_is_not_attached_leaves_the_text_as_it_was_typed() -> None:
    assert "![x](attachment:none.png)" in page(new_markdown_cell("![x](attachment:none.png)"))


def test_sizes_of_a_picture_are_numbers() -> None:
    said = page(
        shown({"image/png": "AAAA"}, metadata={"image/png": {"width": "1 onload=x", "height": 7, "alt": "a'b"}})
    )

    assert "onload" not in said
    assert 'height="7"' in said


def test_an_output_that_no_page_can_show_says_its_kind() -> None:
    assert "(application/javascript: not shown here)" in page(shown({"application/javascript": "alert(1)"}))


def test_what_a_script_stands_in_for_is_shown_instead() -> None:
    said = page(shown({"application/javascript": "alert(1)", "text/plain": "in words"}))

    assert "in words" in said and "alert" not in said


def test_roles_stay_and_names_that_are_markup_lose_theirs() -> None:
    role = {"grade_id": "a-1", "solution": True}
    nb = new_notebook(
        cells=[
            new_markdown_cell("a", metadata={"nbgrader": role, "tags": ["x y"]}),
            new_markdown_cell("b", metadata={"nbgrader": {"grade_id": '"><script>'}}),
        ]
    )

    nb, _ = Harmless().preprocess(nb, {})

    assert [cell.metadata for cell in nb.cells] == [{"nbgrader": role}, {}]


def test_broken_metadata_does_not_stop_the_page() -> None:
    cell = shown({"text/plain": "x"}, metadata={"image/png": "no"})
    cell.metadata["magics_language"] = ["no"]

    assert "x" in page(cell, language_info={"name": "python"}, widgets={"no": 1})
