"""A field of a form with its label, its help and what is wrong with it, the same as crispy's template draws it."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

CRISPY = "bootstrap5/field.html"
STAR = mark_safe('<span class="asteriskField">*</span>')


def drawn_field(field: BoundField) -> SafeString:
    """The field as HTML; of several boxes or a file as crispy's template has it."""
    widget = _widget(field)
    if field.is_hidden:
        return mark_safe(str(field))  # noqa: S308  a widget escapes what stands in it
    if widget.use_fieldset or isinstance(widget, forms.FileInput):
        return _by_template(field)
    if isinstance(widget, forms.CheckboxInput):
        return format_html('<div class="mb-3">{}</div>', _box(field))
    css = "form-select" if isinstance(widget, forms.Select) else "form-control"
    return _around(field, "mb-3", _label(field, "form-label") if field.label else "", _control(field, css))


def _widget(field: BoundField) -> forms.Widget:
    """The widget itself of one that stands for another."""
    own: Any = field.field.widget
    widget: forms.Widget = getattr(own, "widget", own)
    return widget


def _box(field: BoundField) -> SafeString:
    return _around(field, "form-check", _control(field, "form-check-input"), _label(field, "form-check-label"))


def _around(field: BoundField, css: str, *parts: str) -> SafeString:
    of_form = field.css_classes()
    words = f"{css} {of_form}" if of_form else css
    drawn = mark_safe("".join(parts))  # noqa: S308  each is drawn by a function of this module
    return format_html(
        '<div id="div_{}" class="{}">{}{}{}</div>', field.auto_id, words, drawn, _faults(field), _help(field)
    )


def _label(field: BoundField, css: str) -> SafeString:
    required = field.field.required
    aim = format_html(' for="{}"', field.id_for_label) if field.id_for_label else ""
    words = f"{css} requiredField" if required else css
    return format_html('<label{} class="{}">{}{}</label>', aim, words, field.label, STAR if required else "")


def _control(field: BoundField, css: str) -> SafeString:
    """The widget, which learns how it looks: its own name, what it is, and whether something is wrong."""
    widget = _widget(field)
    name = type(widget).__name__.lower()
    has = widget.attrs.get("class", "")
    words = has if name in has else f"{has} {name}".lstrip()
    added = [css, "is-invalid"] if field.errors else [css]
    widget.attrs["class"] = " ".join([words, *(word for word in added if word not in words.split())])
    return mark_safe(str(field))  # noqa: S308  a widget escapes what stands in it


def _faults(field: BoundField) -> str:
    if not field.errors or not _tells_faults(field):
        return ""
    tag = "span" if _is_whole(field) else "p"
    lines = ((tag, place, field.auto_id, error, tag) for place, error in enumerate(field.errors, start=1))
    drawn = format_html_join("", '<{} id="error_{}_{}"><strong>{}</strong></{}>', lines)
    key = field.errors.field_id  # type: ignore[attr-defined]  # as of Django 5.2; the types are older
    return format_html('<div id="{}_error" class="invalid-feedback">{}</div>', key, drawn)


def _help(field: BoundField) -> str:
    if not field.help_text:
        return ""
    key = format_html('id="{}_helptext" ', field.auto_id) if field.auto_id else ""
    return format_html('<div {}class="form-text">{}</div>', key, mark_safe(str(field.help_text)))  # noqa: S308


def _by_template(field: BoundField) -> SafeString:
    inline = {"error_text_inline": _is_whole(field)}
    shown = {"field": field, "form_show_errors": _tells_faults(field), "form_show_labels": True} | inline
    return get_template(CRISPY).render(shown)  # type: ignore[return-value]  # what a template draws is safe


def _tells_faults(field: BoundField) -> bool:
    """Whether faults stand beside the fields of this form: one of a single field has them said above it."""
    helper = getattr(field.form, "helper", None)
    return helper is None or helper.form_show_errors


def _is_whole(field: BoundField) -> bool:
    """Whether crispy draws the whole form: then what is wrong stands in the run of the text."""
    return hasattr(field.form, "helper")
