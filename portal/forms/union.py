"""A union of the city, named in a form by who cannot see its records: names of unions are no secret among unions."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Union
from portal.records.editing.fields import SuggestingInput

LONGEST_TYPED = 130  # a code, a space and a name


class UnionNamedField(forms.CharField):
    """Any union, by its name, its code, or both as suggested; the 填报单位 are suggested. `clean` gives it, or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("从列出的填报单位中选择，或填写工会的全称或编码。"))
        super().__init__(max_length=LONGEST_TYPED, widget=SuggestingInput(()), **kwargs)

    def suggest(self) -> None:
        """Read the 填报单位 that are suggested: their codes and names, and nothing else of them."""
        units = Union.objects.reporting().open_on(localdate()).values_list("code", "name")
        self.widget.suggestions = [f"{code} {name}" for code, name in units]

    def clean(self, value: Any) -> Union | None:
        typed = " ".join(super().clean(value).split())
        return _named(typed) if typed else None


def _named(typed: str) -> Union:
    code, _space, name = typed.partition(" ")
    named = Q(code=typed) | Q(name=typed) | Q(code=code, name=name)
    found: list[Union] = list(Union.objects.open_on(localdate()).filter(named)[:2])
    if len(found) > 1:
        raise forms.ValidationError(_("有几个工会都叫“%(name)s”，请填写编码。") % {"name": typed})
    if not found:
        raise forms.ValidationError(
            _("本市没有名称或编码为“%(typed)s”的工会，请从列出的填报单位中选择，或核对全称。") % {"typed": typed}
        )
    return found[0]
