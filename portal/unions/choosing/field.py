"""The field in which a union is chosen, in forms and in filters alike."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.renderers import BaseRenderer
from django.urls import reverse_lazy
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Union
from portal.unions.choosing.finding import NotOneError, few, named, spoken


class UnionInput(forms.TextInput):
    """A box for the code or name of a union; js/unions.js offers unions while one types.

    `like` are the unions that may be meant by what was sent: one of them is chosen by a press, without scripts. Its
    code is sent behind what stands in the box, and counts.
    """

    def __init__(self, like: Sequence[Union] = ()) -> None:
        super().__init__(
            attrs={
                "class": "form-control",
                "autocomplete": "off",
                "maxlength": 130,
                "placeholder": gettext_lazy("名称或编码"),
                "data-unions": reverse_lazy("union_like"),
                "data-found": gettext_lazy("{} 个工会，用上下键选择"),
                "data-none": gettext_lazy("没有符合的工会"),
            }
        )
        self.like = like

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        box = super().render(name, value, attrs, renderer)
        if not self.like:
            return box
        key = (attrs or {}).get("id", name)
        choices = format_html_join(
            "",
            '<div class="form-check"><input class="form-check-input" type="radio" name="{}" value="{}" id="{}_{}">'
            '<label class="form-check-label" for="{}_{}">{}</label></div>',
            ((name, union.code, key, union.code, key, union.code, spoken(union)) for union in self.like),
        )
        legend = _("您要找的是：")
        return format_html('{}<fieldset class="union-like"><legend>{}</legend>{}</fieldset>', box, legend, choices)


def in_doubt(typed: str, found: Sequence[Union]) -> str:
    """Why nothing is chosen yet: none of the scope may be meant, or several."""
    words = (
        _("不能确定“%(typed)s”是哪个工会，请在下面选择。")
        if found
        else _("您的工会范围内没有名称或编码为“%(typed)s”的工会。")
    )
    return words % {"typed": typed}


class UnionWidget(forms.Widget):
    """A list of all unions of `scope`, or a box where they are too many: which of the two is asked when it is drawn.

    `widget` is the one of them; `blank` are the words for none.
    """

    def __init__(self, scope: QuerySet[Union], listed: type[forms.Select], blank: str | Promise) -> None:
        super().__init__()
        self.scope, self.listed, self.blank = scope, listed, blank

    @cached_property
    def widget(self) -> forms.Select | UnionInput:
        unions = few(self.scope)
        drawn = UnionInput() if unions is None else self._list(unions)
        drawn.is_required = self.is_required
        return drawn

    def _list(self, unions: list[Union]) -> forms.Select:
        top = unions[0].depth if unions else 0
        tree = [(union.code, "　" * (union.depth - top) + union.name) for union in unions]
        return self.listed(choices=[("", self.blank), *tree] if self.blank else tree, attrs={"class": "form-select"})

    def use_required_attribute(self, initial: Any) -> bool:
        return self.widget.use_required_attribute(initial)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        return self.widget.render(name, value, self.attrs | (attrs or {}), renderer)


class ChoosesUnion(forms.Field):
    """Mixed into a field whose value is a union of the scope that it is offered."""

    scope: QuerySet[Union] = Union.objects.none()
    is_offered = False
    listed: type[forms.Select] = forms.Select

    def offer(self, scope: QuerySet[Union], *, blank: str | Promise = "") -> None:
        """Let one of `scope` be chosen; `blank` are the words for none."""
        self.scope, self.is_offered = scope, True
        self.widget = UnionWidget(scope, self.listed, blank)
        self.widget.is_required = self.required

    @property
    def box(self) -> UnionInput | None:
        """The box in which it is typed; None where it is chosen from a list. One query, once."""
        drawn = self.widget.widget if isinstance(self.widget, UnionWidget) else None
        return drawn if isinstance(drawn, UnionInput) else None

    def prepare_value(self, value: Any) -> Any:
        """The code in a list; in a box the name with it."""
        if isinstance(value, Union):
            return spoken(value) if self.box else value.code
        union = self.scope.filter(code=value).first() if value and self.box else None
        return spoken(union) if union else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another union is sent than there was: its code says so, with its name or without."""
        before = initial.code if isinstance(initial, Union) else str(initial or "")
        return str(data or "").split()[:1] != before.split()[:1]

    def find(self, typed: str) -> Union:
        """The union that was typed. Raises ValidationError, and then offers those that may be meant."""
        try:
            return named(self.scope, typed)
        except NotOneError as doubt:
            if self.box:
                self.box.like = doubt.like
            raise forms.ValidationError(in_doubt(typed, doubt.like), code="invalid_choice") from None


class UnionChoiceField(ChoosesUnion):
    """A union of the scope that it is offered; one elsewhere is refused like one that does not exist."""

    def clean(self, value: Any) -> Union | None:
        typed = " ".join(str(value or "").split())
        self.validate(typed)
        return self.find(typed) if typed else None
