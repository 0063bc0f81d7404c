"""What Django's own fields say is what the forms made from a sheet say."""

import pytest
from django import forms

from aid.forms.household import CloseForm
from portal.models import Union


class Choosing(forms.Form):
    one = forms.ChoiceField(choices=[("a", "甲")])
    several = forms.MultipleChoiceField(choices=[("a", "甲")])
    record = forms.ModelChoiceField(Union.objects.none())


@pytest.mark.django_db
def test_missing_and_unlisted_choices_are_told_in_one_wording():
    missing, unlisted = Choosing({}), Choosing({"one": "b", "several": ["b"], "record": "5"})
    assert missing.errors == {name: ["必须填写"] for name in missing.fields}
    assert unlisted.errors == {name: ["请从列出的选项中选择。"] for name in unlisted.fields}


def test_forms_of_the_portal_say_so():
    assert CloseForm({"reason": "nothing"}).errors == {"closed_on": ["必须填写"], "reason": ["请从列出的选项中选择。"]}
