"""What the list of graduates and their board are narrowed by."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from employment.enums import Degree, Intention, Location, Standing
from employment.graduates.overlooked import overlooked
from employment.models import Graduate
from portal.records.editing.colleagues import OFFERED_COLLEAGUES, colleagues
from portal.records.filters import CodeFilter, IsOpenFilter, RecordFilterSet, YesNoFilter, period

MINE, NOBODY = "mine", "none"
COHORTS = (("fresh", _("应届（今年毕业）")), ("past", _("往届（以前毕业）")), ("later", _("以后毕业")))


class HelperFilter(CodeFilter):
    """Those whom I am responsible for, those without anybody, or those of one colleague, named by the account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label": _("帮扶责任人"), "choices": ()} | kwargs)

    @property
    def field(self):
        field = super().field
        accounts = colleagues(self.parent.request.user.union).order_by("name")[:OFFERED_COLLEAGUES]
        names = [(str(key), name) for key, name in accounts.values_list("pk", "name")]
        field.choices = [(MINE, _("由我负责")), (NOBODY, _("未指定")), *names]
        return field

    def filter(self, graduates, value):
        if value in ("", None):
            return graduates
        user, helper = self.parent.request.user, self.field_name
        if value == MINE:
            return graduates.filter(**{helper: user.name})
        if value == NOBODY:
            return graduates.filter(**{helper: ""})
        return graduates.filter(**{f"{helper}__in": colleagues(user.union).filter(pk=value).values("name")})


class BoardFilters(RecordFilterSet):
    """Union, helper, and the year of graduation against this year."""

    helper = HelperFilter()
    cohort = CodeFilter(label=_("应届或往届"), choices=COHORTS, method="of_cohort")

    class Meta(RecordFilterSet.Meta):
        model = Graduate

    def of_cohort(self, graduates, _name, value):
        year = localdate().year
        lookup = {"fresh": "year", "past": "year__lt", "later": "year__gt"}[value]
        return graduates.filter(**{f"graduated_on__{lookup}": year})


class GraduateFilters(BoardFilters):
    """The same for the list, and by whatever is on file; `standing` is asked by employment.graduates.standing."""

    standing = CodeFilter(label=_("求职进展"), choices=Standing)
    intention = CodeFilter(label=_("就业意向"), choices=Intention)
    degree = CodeFilter(label=_("学历"), choices=Degree)
    school_location = CodeFilter(label=_("院校所在地"), choices=Location)
    origin = CodeFilter(label=_("生源地"), choices=Location)
    contract = IsOpenFilter(field_name="contract_on", label=_("签约"), words=(_("未签约"), _("已签约")))
    open = IsOpenFilter(field_name="closed_on", label=_("跟踪"), words=(_("跟踪中"), _("已结束")))
    overlooked = YesNoFilter(label=_("30 天没有得到帮扶"), method="without_help")
    graduated_from, graduated_to = period("graduated_on", _("毕业日期"))

    class Meta(RecordFilterSet.Meta):
        model = Graduate

    def without_help(self, graduates, _name, value):
        found = overlooked(Graduate.objects.all()).values("pk")
        return graduates.filter(pk__in=found) if value else graduates.exclude(pk__in=found)
