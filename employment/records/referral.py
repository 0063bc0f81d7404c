"""岗位推荐."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.records.searching import of_pupil
from employment.editing.referral import REFERRAL_FORM
from employment.enums import ReferralState
from employment.models import Referral
from employment.records.tones import REFERRAL_TONES
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, YesNoFilter, period
from portal.records.kind import Fields, FoundBy, RecordKind


class ReferralFilters(RecordFilterSet):
    state = CodeFilter(label=_("推荐结果"), choices=ReferralState)
    unanswered = YesNoFilter(label=_("超过 7 天未答复"), method="filter_unanswered")
    referred_from, referred_to = period("referred_on", _("推荐日期"))

    class Meta(RecordFilterSet.Meta):
        model = Referral

    def filter_unanswered(self, referrals, _name, value):
        found = Referral.objects.unanswered(localdate()).values("pk")
        return referrals.filter(pk__in=found) if value else referrals.exclude(pk__in=found)


REFERRAL = RecordKind(
    model=Referral,
    in_lists=True,
    noun="referrals",
    caption=("number",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("graduate.name", label=_("毕业生姓名"), link="graduate"),
        Attribute("vacancy.title", label=_("招聘岗位"), link="vacancy"),
        Attribute("vacancy.employer.name", label=_("用人单位"), link="vacancy.employer", minor=True),
        Attribute("referred_on", order="referred_on"),
        Attribute("state", tones=REFERRAL_TONES),
        Attribute("answered_on", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-referred_on",
    filterset=ReferralFilters,
    sections=(
        Fields(
            _("推荐"),
            (
                Attribute("number"),
                Attribute("graduate.name", label=_("毕业生姓名"), link="graduate"),
                Attribute("vacancy.title", label=_("招聘岗位"), link="vacancy"),
                Attribute("vacancy.employer.name", label=_("用人单位"), link="vacancy.employer"),
                Attribute("referred_on"),
                Attribute("union"),
            ),
        ),
        Fields(
            _("结果"),
            (
                Attribute("state"),
                Attribute("answered_on"),
                Attribute("placement.number", label=_("实现就业记录"), link="placement"),
                Attribute("note"),
            ),
        ),
    ),
    names=("graduate__name", "vacancy__title"),
    initials=("graduate__initials",),
    numbers=("number",),
    found_by=(of_pupil("graduate"), FoundBy(names=("vacancy__employer__name",))),
    editing=REFERRAL_FORM,
)
