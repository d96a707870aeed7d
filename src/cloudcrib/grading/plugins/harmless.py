"""What students wrote and showed, as a page may show it: nothing in it runs, asks the network, or poses as the page itself.

Feedback pages and formgrader's submission view are nbconvert's HTMLExporter both, so its settings in nbgrader_config.py
cover both: FILTERS clean each piece of HTML when it is finished, Harmless takes away beforehand what is no text or picture.
The notebooks in autograded/ stay what was handed in.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import nh3
from jinja2 import pass_context
from nbconvert.filters import strip_files_prefix
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_output


def _words(text: str) -> set[str]:
    return set(text.split())


PREFIX = "theirs-"  # so that no id of a student's meets one of the page's
LONGEST, MOST_TAGS = 5_000_000, 20_000  # characters and tags of one piece; more is shown as plain text
TAGS = _words(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i "
    "img input ins kbd li mark ol p pre q rp rt ruby s samp small span strike strong sub summary sup table tbody td tfoot th thead "
    "tr tt u ul var"
)
SILENT = _words(
    "script style template noscript iframe frame frameset noframes noembed object embed applet svg math title textarea select "
    "audio video canvas xmp plaintext"
)
ATTRIBUTES = {
    "*": {"class", "id", "style", "title", "lang", "dir"}, "a": {"href"}, "img": {"src", "alt", "width", "height"},
    "table": {"border"}, "td": {"colspan", "rowspan", "align"}, "th": {"colspan", "rowspan", "align", "scope"}, "col": {"span"},
    "ol": {"start", "type", "reversed"}, "li": {"value"}, "details": {"open"}, "input": {"checked"},
}  # fmt: skip
PROPERTIES = _words(
    "background-color border border-bottom border-left border-right border-top color font-style font-weight max-width padding "
    "text-align text-decoration vertical-align white-space width"
)
CLASSES = re.compile(r"dataframe|highlight|hl-\w+|anchor-link|task-list-item(-checkbox)?|ansi-[a-z-]+|crib-[a-z-]+")
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
FILE = re.compile(r"(\./)?\w[\w.-]*((/|%20| )[\w-][\w.-]*)*")
ABROAD = re.compile(r"https?://|mailto:", re.IGNORECASE)


def clean(html: Any) -> str:
    """HTML with what a text needs and nothing else; too much of it becomes plain text."""
    said = html.decode(errors="replace") if isinstance(html, bytes) else str(html)
    if len(said) > LONGEST or said.count("<") > MOST_TAGS:
        return _as_text(re.sub(r"<[^<>]*>", "", said))
    return str(_cleaner().clean(said))


def _as_text(html: str) -> str:
    return f"<pre>{entities.escape(entities.unescape(html)[: LONGEST // 20])}</pre>"


@cache
def _cleaner() -> Any:
    return nh3.Cleaner(
        tags=TAGS, clean_content_tags=SILENT, attributes=ATTRIBUTES, attribute_filter=_attribute, filter_style_properties=PROPERTIES,
        url_schemes={"http", "https", "mailto", "data"}, set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
    )  # fmt: skip


def _attribute(tag: str, name: str, value: str) -> str | None:
    """An attribute's value as a page may carry it, or nothing."""
    change = {"href": _address, "src": _source, "class": _classes, "id": _id}.get(name)
    return change(value.strip()) if change else value


def _address(value: str) -> str | None:
    """Links lead abroad or within the text: what stands beside the page was handed in, and would open with the page's rights."""
    return PREFIX.join(("#", value[1:])) if value.startswith("#") else value if ABROAD.match(value) else None


def _source(value: str) -> str | None:
    """A picture is in the notebook or was handed in with it: others tell a stranger who looks, and when."""
    return value if PICTURE.fullmatch(value) or (FILE.fullmatch(value) and ".." not in value) else None


def _classes(value: str) -> str | None:
    """Classes of code, tables and quizzes; the page's own would let a text pose as a button or lie over one."""
    return " ".join(each for each in value.split() if each in _of_code() or CLASSES.fullmatch(each)) or None


@cache
def _of_code() -> frozenset[str]:
    from pygments.token import STANDARD_TYPES

    return frozenset(filter(None, STANDARD_TYPES.values()))


def _id(value: str) -> str:
    return PREFIX + value


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """nbconvert's rendering of Markdown, cleaned when it is done: Markdown makes links and pictures too."""
    try:
        if len(source) > LONGEST // 20:
            return _as_text(source)
        renderer = IPythonRenderer(escape=False, attachments=context.get("cell", {}).get("attachments", {}))
        return clean(strip_files_prefix(MarkdownWithMath(renderer=renderer).render(source)))
    except Exception:  # a picture that is not attached, brackets without end
        return _as_text(source)


def unchanged(html: str) -> str:
    """nbconvert would take `files/` from addresses once more, after they were looked at."""
    return html


FILTERS: dict[str, Callable[..., str]] = {
    "markdown2html": markdown2html, "clean_html": clean, "strip_files_prefix": unchanged,
}  # fmt: skip

SHOWN = ("text/html", "text/markdown", "image/svg+xml", "text/latex", "image/png", "image/jpeg", "text/plain")
NAME = re.compile(r"[\w.-]+")
SIZES = {"width": int, "height": int, "alt": str}


class Harmless(Preprocessor):
    """Keeps what a page can show of a notebook: text, pictures and the roles of its cells."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        info = nb.metadata.get("language_info", {})
        name = info.get("name") if isinstance(info, dict) else None
        nb.metadata = NotebookNode(language_info=NotebookNode(name=name)) if isinstance(name, str) else NotebookNode()
        for cell in nb.cells:
            cell.metadata = NotebookNode(_roles(cell.metadata))
            if cell.cell_type == "code":
                cell.execution_count = _number(cell.get("execution_count"))
                cell.outputs = [made for output in cell.outputs if (made := _output(output))]
            elif "attachments" in cell:
                cell.attachments = _attached(cell.attachments)
        return nb, resources


def _roles(metadata: Any) -> dict[str, Any]:
    """nbgrader's part of a cell's metadata, and the language that a magic made it."""
    role, language = metadata.get("nbgrader"), metadata.get("magics_language")
    kept = {"magics_language": language} if isinstance(language, str) else {}
    named = isinstance(role, dict) and NAME.fullmatch(str(role.get("grade_id", "")))
    return kept | ({"nbgrader": role} if named else {})


def _number(count: Any) -> int | None:
    return count if type(count) is int else None


def _attached(files: Any) -> Any:
    """Pictures that a text shows, as far as they are such."""
    kept = {
        name: {mime: _text(data) for mime, data in bundle.items() if mime.startswith("image/")}
        for name, bundle in (files.items() if isinstance(files, dict) else ())
        if isinstance(bundle, dict)
    }
    return NotebookNode({name: NotebookNode(bundle) for name, bundle in kept.items() if bundle})


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "".join(map(str, value)) if isinstance(value, list) else str(value)


def _output(output: Any) -> Any:
    """An output made anew from its words and pictures."""
    match output.output_type:
        case "stream":
            return new_output("stream", name="stderr" if output.name == "stderr" else "stdout", text=_text(output.text))
        case "error":
            lines = [_text(line) for line in output.traceback]
            return new_output("error", ename=_text(output.ename), evalue=_text(output.evalue), traceback=lines)
        case "execute_result":
            count = _number(output.get("execution_count"))
            return new_output("execute_result", _data(output.data), metadata=_sizes(output), execution_count=count)
        case "display_data":
            return new_output("display_data", _data(output.data), metadata=_sizes(output))
    return None


def _data(bundle: Any) -> dict[str, str]:
    kept = {mime: _text(bundle[mime]) for mime in SHOWN if mime in bundle}
    return kept or {"text/plain": f"({', '.join(map(str, bundle))[:200]}: not shown here)"}


def _sizes(output: Any) -> dict[str, Any]:
    """Of an output's metadata, the size of a picture and the words for it; nbconvert writes sizes without quotes."""
    found = output.get("metadata", {})
    return {
        mime: {name: said for name, kind in SIZES.items() if type(said := about.get(name)) is kind}
        for mime in ("image/png", "image/jpeg")
        if isinstance(about := found.get(mime), dict)
    }
