"""What is drawn by functions is what Django's own templates draw, but for an empty line after each option."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from portal.web.drawing.widgets import DRAWN, DrawingRenderer

NASTY = "\"><b>&'甲</b>\n\x00"
VALUES = (
    None,
    "",
    0,
    12345.5,
    True,
    "乙",
    NASTY,
    mark_safe("<i>&amp;</i>"),
    Decimal("1234.50"),
    datetime.date(2014, 9, 1),
)
ATTRIBUTES = (
    {},
    {"class": "form-select", "id": "id_x", "required": True, "disabled": False, "hidden": None, "rows": 2},
    {"data-words": gettext_lazy("全部"), NASTY: NASTY, "title": mark_safe("&lt;"), "step": Decimal("0.01")},
)
CHOICES = (
    ("", gettext_lazy("请选择")),
    (None, "未知"),
    (1, 1234567),
    (True, Decimal("1234.5")),
    (NASTY, NASTY),
    ("safe", mark_safe("<b>粗</b>")),
    ("组 <1>", [("a", "甲"), ("乙", datetime.date(2014, 9, 1))]),
)
ABSTRACT = (forms.widgets.DateTimeBaseInput,)
WIDGETS = [
    each
    for each in vars(forms.widgets).values()
    if isinstance(each, type) and getattr(each, "template_name", "") in DRAWN and each not in ABSTRACT
]


def test_every_drawn_template_is_of_a_widget():
    assert {widget.template_name for widget in WIDGETS} == set(DRAWN)


@pytest.mark.parametrize("widget", WIDGETS)
def test_drawn_as_by_template(widget):
    for attributes in ATTRIBUTES:
        for value in VALUES:
            made = widget(attrs=dict(attributes))
            if isinstance(made, forms.Select):
                made.choices = CHOICES
            ours = made.render(NASTY, value, renderer=DrawingRenderer())
            theirs = made.render(NASTY, value, renderer=TemplatesSetting())
            assert ours == theirs.replace("</option>\n", "</option>")
