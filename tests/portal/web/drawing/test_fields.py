"""A field is drawn as crispy's own template draws it, whitespace between the tags aside."""

import re

import pytest
from django import forms
from django.template.loader import get_template

from portal.web.drawing.fields import CRISPY, drawn_field
from portal.web.layout import form_helper

NASTY = "<b>\"甲\" & '乙'</b>"
CHOICES = [("a", "甲"), ("b", NASTY)]


class Everything(forms.Form):
    """Every kind of field, needed or not, with help or without, with classes of its own."""

    error_css_class = "wrong"
    required_css_class = "asked"

    line = forms.CharField(label=NASTY, help_text="写<i>全名</i>")
    bare = forms.CharField(label="", required=False, widget=forms.TextInput(attrs={"class": "wide textinput"}))
    text = forms.CharField(widget=forms.Textarea(attrs={"class": "tall form-control"}))
    day = forms.DateField(required=False)
    one = forms.ChoiceField(choices=CHOICES, help_text="选一项")
    several = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple, help_text="可多选")
    either = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    sure = forms.BooleanField(label=NASTY, help_text="勾选")
    maybe = forms.BooleanField(required=False)
    file = forms.FileField(help_text="不超过 5 MB")
    secret = forms.CharField(widget=forms.HiddenInput)


class Whole(Everything):
    """One that crispy draws whole."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class Quiet(Whole):
    """One whose faults are said elsewhere."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.form_show_errors = False


def told(html):
    """Without whitespace beside tags and in attributes, and without an aim of a label that is none."""
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", html)).replace(' for=""', "")


def by_crispy(field):
    shown = {"field": field, "form_show_errors": True, "form_show_labels": True}
    if hasattr(field.form, "helper"):
        shown |= field.form.helper.get_attributes("bootstrap5")
    return get_template(CRISPY).render(shown)


GIVEN = {
    "unbound": {},
    "nothing sent": {"data": {}},
    "faulty": {"data": {"line": NASTY, "one": "z", "day": "tomorrow", "several": ["z"], "sure": "on"}},
    "no keys": {"auto_id": False, "data": {"line": "丙"}},
}


@pytest.mark.parametrize("form", [Everything, Whole, Quiet])
@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
def test_drawn_as_by_crispy(form, given):
    ours = [told(drawn_field(field)) for field in form(**given)]
    assert ours == [told(by_crispy(field)) for field in form(**given)]
    assert len(set(ours)) == len(form.base_fields)


def test_a_field_drawn_twice_is_the_same():
    form = Everything({"one": "z"})
    assert [drawn_field(field) for field in form] == [drawn_field(field) for field in form]
