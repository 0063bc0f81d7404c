"""The widgets of forms, the same as Django's own templates draw them, without an empty line after each option."""

from collections.abc import Callable
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Described = dict[str, Any]  # what a widget says of itself in its context
FOLDER = "django/forms/widgets/"
INPUTS = (
    *("checkbox", "color", "date", "datetime", "email", "file", "hidden", "number", "password"),
    *("search", "tel", "text", "time", "url"),
)


def told(value: Any) -> str:
    """What stands in HTML for a value: a plain text, as nearly all are, past Django's question whether it is lazy."""
    return escape(value) if type(value) is str else conditional_escape(value)


def attributes(given: dict[str, Any]) -> str:
    """The attributes of a tag: True for one without a value, False for none."""
    return "".join(
        f" {told(name)}" if value is True else f' {told(name)}="{told(value)}"'
        for name, value in given.items()
        if value is not False
    )


def _input(widget: Described) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{told(value)}"'
    name = told(widget["name"])
    return f'<input type="{told(widget["type"])}" name="{name}"{said}{attributes(widget["attrs"])}>'


def _textarea(widget: Described) -> str:
    text = told(widget["value"] or "")
    return f'<textarea name="{told(widget["name"])}"{attributes(widget["attrs"])}>\n{text}</textarea>'


def _option(widget: Described) -> str:
    value, label = told(widget["value"]), told(localize(widget["label"]))
    return f'<option value="{value}"{attributes(widget["attrs"])}>{label}</option>'


def _select(widget: Described) -> str:
    groups = "".join(_group(title, options) for title, options, _index in widget["optgroups"])
    return f'<select name="{told(widget["name"])}"{attributes(widget["attrs"])}>{groups}\n</select>'


def _group(title: Any, options: list[Described]) -> str:
    drawn = "".join(f"\n  {_option(option)}" for option in options)
    return f'\n  <optgroup label="{told(title)}">{drawn}\n  </optgroup>' if title else drawn


DRAWN: dict[str, Callable[[Described], str]] = {
    **{f"{FOLDER}{name}.html": _input for name in INPUTS},
    f"{FOLDER}textarea.html": _textarea,
    f"{FOLDER}select.html": _select,
}


class DrawingRenderer(TemplatesSetting):
    """Draws inputs, selects and areas of text by a function, all else by its template."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        draw = DRAWN.get(template_name)
        if draw is None:
            return mark_safe(super().render(template_name, context, request))  # noqa: S308  a template's own
        return mark_safe(draw(context["widget"]))  # noqa: S308  whatever stands in it is escaped
