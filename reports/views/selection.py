"""What a page of figures is asked about: a campaign, a union in scope, a cut-off."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Campaign, Union
from portal.refusals.lookup import MissedError, get_object_or_404
from portal.text import as_key
from portal.unions.choosing.field import UnionInput, in_doubt
from portal.unions.choosing.finding import OFFERED, NotOneError, like, named, spoken
from portal.web.layout import form_helper
from reports.counting.asof import parse_as_of


def union_in_scope(user, asked: str | None) -> Union:
    """The union of that code, full name, or both; the user's own when none is named; a stranger's is not found."""
    if not asked:
        return user.union
    try:
        return named(Union.objects.visible_to(user), asked)
    except NotOneError:
        raise MissedError(Union, {"code": asked}, _("您的工会范围内没有这个工会。")) from None


@dataclass(frozen=True)
class AskedUnion:
    """The union that a page is asked about: the own one, where what was typed may mean any of `like`."""

    union: Union
    typed: str = ""
    like: tuple[Union, ...] = ()


def union_asked(request) -> AskedUnion:
    """The union that the address names, as far as somebody typed it. A 404 where none in scope may be meant."""
    typed = request.GET.get("unit", "").strip()
    try:
        return AskedUnion(union_in_scope(request.user, typed))
    except MissedError:
        meant = tuple(like(Union.objects.visible_to(request.user), typed))
        if not meant:
            raise
        return AskedUnion(request.user.union, typed, meant)


def campaign_of(year: int) -> Campaign:
    return get_object_or_404(Campaign, year=year)


def as_of_in(request):
    """The cut-off asked for in the address of a list or a download; a bad one is answered with 400 and a sentence."""
    try:
        return parse_as_of(request.GET.get("as_of", ""))
    except ValueError as error:
        raise BadRequest(str(error)) from None


class AnnexSelection(forms.Form):
    """Chosen by GET, so that the address can be kept. The union is looked up in scope before; here it is only shown."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.all(),
        to_field_name="year",
        empty_label=None,
        label=gettext_lazy("活动年度"),
        error_messages={"invalid_choice": gettext_lazy("没有这一年的活动。")},
    )
    unit = forms.CharField(label=gettext_lazy("填报单位"), required=False)
    as_of = forms.CharField(label=gettext_lazy("统计截止日"), required=False)

    def __init__(self, data, *, user, asked: AskedUnion):
        self.asked, union = asked, asked.union
        current = Campaign.objects.current()
        chosen = {"campaign": current.year if current else "", "unit": union.code, "as_of": ""}
        super().__init__(chosen | {name: data[name] for name in ("campaign", "as_of") if data.get(name)})
        self.helper = form_helper()
        self.fields["as_of"].widget = forms.TextInput(attrs={"type": "date"})
        offered = _offered(user, union)
        if asked.like or len(offered) > OFFERED:
            self.data["unit"] = asked.typed or spoken(union)
            self.fields["unit"].widget = UnionInput(asked.like)
        else:
            self.fields["unit"].widget = forms.Select(
                choices=[(each.code, f"{each.code} {each.name}") for each in offered]
            )

    def clean_unit(self):
        if self.asked.like:
            raise ValidationError(in_doubt(self.asked.typed, self.asked.like))
        return self.cleaned_data["unit"]

    def clean_as_of(self):
        try:
            return parse_as_of(self.cleaned_data["as_of"])
        except ValueError as error:
            raise ValidationError(str(error)) from None


def _offered(user, chosen: Union) -> list[Union]:
    """To the city itself and its reporting units, to others all in scope; and the chosen union wherever it is."""
    if user.union.is_city:
        unions = [user.union, *Union.objects.reporting()]
    else:
        unions = list(Union.objects.visible_to(user).order_by("path")[: OFFERED + 1])
    return unions if chosen in unions else [*unions, chosen]


def form_number(text: str, numbers: tuple[int, ...]) -> int:
    """The form that `text` names; 404 for any other."""
    if (number := as_key(text)) in numbers:
        return number
    raise Http404(_("没有这张统计表。"))
