"""Interactive models: controls, a function of their values, and a static first view for places without widgets."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cloudcrib.kit import pagelook
from cloudcrib.kit.drawing import Picture
from cloudcrib.kit.views import VIEW, ours

Control = Callable[[str], Any]  # given its name, makes the ipywidgets control


def slider(label: str, low: float, high: float, start: float, step: float | None = None, unit: str = "") -> Control:
    """A slider over whole numbers, or over fractions when a bound or the step is one."""
    import ipywidgets as w

    whole = all(isinstance(n, int) for n in (low, high, start) if n is not None) and not isinstance(step, float)
    kind = w.IntSlider if whole else w.FloatSlider
    options = {"min": low, "max": high, "value": start, "step": step or (1 if whole else (high - low) / 100)}
    return lambda name: _labelled(kind(**options, **_wide()), label, unit)


def choice(label: str, options: Sequence[Any] | Mapping[str, Any], start: Any = None) -> Control:
    """A drop-down list; a mapping shows its keys and passes its values."""
    import ipywidgets as w

    pairs = list(options.items()) if isinstance(options, Mapping) else [(str(o), o) for o in options]
    return lambda name: _labelled(
        w.Dropdown(options=pairs, value=pairs[0][1] if start is None else start, **_wide()), label
    )


def text(label: str, start: str = "") -> Control:
    """A line of text, taken over on Enter or when the field is left."""
    import ipywidgets as w

    return lambda name: _labelled(w.Text(value=start, continuous_update=False, **_wide()), label)


def toggle(label: str, start: bool = False) -> Control:
    """A check box."""
    import ipywidgets as w

    return lambda name: w.Checkbox(value=start, description=label, indent=False, **_wide())


def buttons(label: str, options: Sequence[Any] | Mapping[str, Any], start: Any = None) -> Control:
    """A row of buttons, one pressed at a time: for few options, or for steps to click through."""
    import ipywidgets as w

    pairs = list(options.items()) if isinstance(options, Mapping) else [(str(o), o) for o in options]
    made = {"options": pairs, "value": pairs[0][1] if start is None else start, "style": {"button_width": "auto"}}
    return lambda name: _labelled(w.ToggleButtons(**made), label)


def _wide() -> dict[str, Any]:
    return {"layout": {"width": "540px", "max_width": "100%"}, "style": {"description_width": "230px"}}


def _labelled(control: Any, label: str, unit: str = "") -> Any:
    control.description = f"{label} ({unit})" if unit else label
    control.tooltip = control.description
    return control


class Explorer:
    """A model to play with: what its function draws follows its controls."""

    def __init__(self, show: Callable[..., Any], controls: Mapping[str, Control]) -> None:
        import ipywidgets as w

        self.show = show
        self._shown: tuple[dict[str, Any], list[Any]] | None = None
        self.controls = {name: make(name) for name, make in controls.items()}
        self.screen = w.HTML()
        self.box = w.VBox([*self.controls.values(), self.screen])
        self.box.add_class("crib-explorer")
        for control in self.controls.values():
            control.observe(self._refresh, "value")
        self._refresh()

    @property
    def values(self) -> dict[str, Any]:
        return {name: control.value for name, control in self.controls.items()}

    def set(self, **values: Any) -> Explorer:
        """Move controls from code, as a learner would by hand."""
        for name, value in values.items():
            self.controls[name].value = value
        return self

    def views(self) -> list[Any]:
        """What the model shows now: pictures, tables, Markdown; an error becomes a sentence. Drawn once while nothing moves."""
        if self._shown is None or self._shown[0] != self.values:
            self._shown = self.values, self._drawn()
        return self._shown[1]

    def _drawn(self) -> list[Any]:
        try:
            shown = self.show(**self.values)
        except Exception as err:
            return [f"**{err}**" if isinstance(err, ValueError) else f"**{type(err).__name__}: {err}**"]
        return list(shown) if isinstance(shown, (list, tuple)) else [shown]

    def _refresh(self, change: Any = None) -> None:
        self.screen.value = pagelook.style() + "".join(map(as_html, self.views()))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        live = self.box._repr_mimebundle_()
        bundle = dict(live[0] if isinstance(live, tuple) else live or {})
        if VIEW in bundle:
            bundle[VIEW] = ours(self.box.model_id)
        still, metadata = _still(self.views())
        return {**bundle, **still}, metadata


def explorer(show: Callable[..., Any], **controls: Control) -> Explorer:
    """An explorer of `show(**values)`, which returns a `Picture`, a dataframe, Markdown, or a list of these."""
    return Explorer(show, controls)


def as_html(view: Any) -> str:
    """One view as HTML for the live screen."""
    if isinstance(view, Picture):
        source = base64.b64encode(view.png).decode()
        return f'<img src="data:image/png;base64,{source}" alt="{html.escape(view.alt)}" class="crib-figure">'
    if hasattr(view, "to_html"):
        return str(view.to_html(border=0))
    return markdown(str(view))


def markdown(text: str) -> str:
    """Markdown as HTML, raw HTML in it shown as text."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))


def _still(views: Sequence[Any]) -> tuple[dict[str, str], dict[str, Any]]:
    first = next((view for view in views if isinstance(view, Picture)), None)
    if first:
        return first._repr_mimebundle_()
    if any(hasattr(view, "to_html") for view in views):
        return {"text/html": "".join(map(as_html, views)), "text/plain": "\n\n".join(map(str, views))}, {}
    words = "\n\n".join(map(str, views))
    return {"text/markdown": words, "text/plain": words}, {}
