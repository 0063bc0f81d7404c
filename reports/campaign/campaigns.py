"""Campaigns as the department keeps them: dates and rules of a year, and next year's made from this year's.

Every change of a campaign locks its row, counts its version up, notes which part was changed by whom, and leaves one
audit row. A person who had opened the same part before is told so instead of overwriting it.
"""

import datetime
import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aid.notice_columns import columns_of_codes
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction, OwnStandards
from portal.keeping import keep_along
from portal.models import Campaign, User
from portal.models.campaign import FIRST_YEAR, default_dates, year_may_open
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import FORM_NUMBERS, declared_for
from reports.annex.wording import YEAR
from reports.enums import OVERTAKEN
from reports.figures.choosing import year_moved

SETTINGS_PART = "settings"
MOST_NOTICE_DAYS = 60
EARLIER_DAYS = 90  # to enter what was reported in an earlier year


def locked_campaign(campaign: Campaign, actor: User) -> Campaign:
    """The campaign read again and locked, in a transaction. Raises MoveRefused for whoever may not change it."""
    if not can(actor, Permission.MANAGE_CAMPAIGNS):
        raise MoveRefused(_("您的岗位不能设置活动年度和表式。"))
    return Campaign.objects.select_for_update().get(pk=campaign.pk)


def check_unchanged(campaign: Campaign, part: str, version: int) -> None:
    """Raise ValidationError, with who and when, if `part` was changed after `version` of the campaign was read."""
    change = campaign.forms.get("changes", {}).get(part)
    if change is None or change["version"] <= version:
        return
    at = timezone.localtime(datetime.datetime.fromisoformat(change["at"]))
    words = _("您打开之后，%(by)s 在 %(at)s 修改过这里。您填写的内容没有丢失，请核对后再保存。")
    raise ValidationError(words % {"by": change["by"], "at": f"{at:%Y-%m-%d %H:%M}"}, OVERTAKEN)


def keep_change(campaign: Campaign, *parts: str, words: str, by: By) -> None:
    """Save the campaign as its next version, with a note on each part that was changed and one audit row."""
    note = {"version": campaign.version + 1, "by": by.actor.name, "at": timezone.now().isoformat()}
    campaign.forms = {**campaign.forms, "changes": {**campaign.forms.get("changes", {}), **dict.fromkeys(parts, note)}}
    keep_along(campaign, by, words)
    audit.record(AuditAction.FORM_CHANGED, by=by, subject=str(campaign), version=campaign.version, change=words)


@transaction.atomic
def make_next(campaign: Campaign, *, by: By) -> Campaign:
    """The campaign of the year after `campaign`: dates a year later, the same rules, forms and figures.

    A year written out in a wording becomes {year}; days by which a figure chooses its records move a year. Writes the
    campaign and one audit row. Raises MoveRefused if next year's exists or is too far off.
    """
    campaign = locked_campaign(campaign, by.actor)
    year = campaign.year + 1
    if Campaign.objects.filter(year=year).exists():
        raise MoveRefused(_("%(year)d 年的活动已经有了。") % {"year": year})
    if not year_may_open(year):
        raise MoveRefused(_("现在还不能新建 %(year)d 年的活动。") % {"year": year})
    made = Campaign.objects.create(
        year=year,
        **{name: year_moved(getattr(campaign, name), 1) for name in ("starts_on", "ends_on", "due_on")},
        notice_days=campaign.notice_days,
        notice_columns=campaign.notice_columns,
        check_first=campaign.check_first,
        renewed_without_notice=campaign.renewed_without_notice,
        own_standards=campaign.own_standards,
        reviewers_needed=campaign.reviewers_needed,
        forms=_forms_of_next(campaign),
    )
    words = _("由 %(year)s 年的活动新建") % {"year": campaign}
    audit.record(AuditAction.FORM_CHANGED, by=by, subject=str(made), version=1, change=words)
    return made


def earlier_years() -> list[int]:
    """The years without a campaign before the latest that has one, the latest first."""
    known = set(Campaign.objects.values_list("year", flat=True))
    return [year for year in range(max(known, default=FIRST_YEAR) - 1, FIRST_YEAR - 1, -1) if year not in known]


@transaction.atomic
def open_earlier(year: int, *, by: By) -> Campaign:
    """The campaign of an earlier year, for what was reported then: units enter it as adjustments, from their forms.

    With the dates of the year and the wording of the notice, which can both be changed. It is due EARLIER_DAYS from
    today, so that nobody is late who reports again what was in time then. Writes the campaign and one audit row. Raises
    MoveRefused for whoever may not, or for a year that has one or is none of the earlier ones.
    """
    if not can(by.actor, Permission.MANAGE_CAMPAIGNS):
        raise MoveRefused(_("您的岗位不能设置活动年度和表式。"))
    if year not in earlier_years():
        raise MoveRefused(_("%(year)s 年不能补建：已经有了，或者不在可以补建的年份之内。") % {"year": year})
    due_on = timezone.localdate() + datetime.timedelta(EARLIER_DAYS)
    made, created = Campaign.objects.get_or_create(year=year, defaults=default_dates(year) | {"due_on": due_on})
    if created:  # of two at once one made it
        audit.record(AuditAction.FORM_CHANGED, by=by, subject=str(made), version=1, change=_("补建以前年度的活动"))
    return made


@transaction.atomic
def copy_forms(campaign: Campaign, *, by: By) -> Campaign:
    """Give the campaign the forms and figures of the year before, as `make_next` does.

    For a year that was begun by an import of its records, with the forms of the notice. Writes the campaign and one
    audit row. Raises MoveRefused if it has forms or figures of its own, or the year before has none.
    """
    campaign = locked_campaign(campaign, by.actor)
    before = Campaign.objects.filter(year=campaign.year - 1).first()
    if has_own_forms(campaign):
        raise MoveRefused(_("%(year)s 年已有自己的表式或数字，不能再照搬。") % {"year": campaign})
    if before is None or not has_own_forms(before):
        raise MoveRefused(_("上一年用的就是通知原文，没有可照搬的表式。"))
    campaign.forms = campaign.forms | _forms_of_next(before)
    words = _("照搬 %(year)s 年的表式") % {"year": before}
    keep_change(campaign, *map(wording_part, FORM_NUMBERS), words=words, by=by)
    return campaign


def has_own_forms(campaign: Campaign) -> bool:
    """Whether the campaign has a wording, a figure or a name of its own."""
    return any(campaign.forms.get(part) for part in ("wordings", "figures", "labels"))


def wording_part(number: int) -> str:
    return f"wording-{number}"


@transaction.atomic
def set_dates(
    campaign: Campaign,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    due_on: datetime.date,
    notice_days: int,
    reviewers_needed: int,
    version: int,
    check_first: bool,
    renewed_without_notice: bool,
    by: By,
    notice_columns: str = "",
    own_standards: str = OwnStandards.NONE,
) -> Campaign:
    """Set the window, the due date, days and columns of notices, and how many reviewers accept a report (1 or 2).

    `check_first` asks for 初审 before a case comes on notice; `renewed_without_notice` lets continued ones do without a
    notice then. Both hold from now on: what is on notice goes on, what was submitted or checked takes the next step.
    `own_standards` says whether units may set standards of their own: those that hold do not while it says no.
    Reports handed in keep the window they were frozen with. Writes the campaign and one audit row; nothing if all is
    as it was. Raises ValidationError by field, or if somebody changed them since `version`; MoveRefused.
    """
    campaign = locked_campaign(campaign, by.actor)
    wanted = {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "due_on": due_on,
        "notice_days": notice_days,
        "notice_columns": notice_columns,
        "check_first": check_first,
        "renewed_without_notice": renewed_without_notice,
        "own_standards": own_standards,
        "reviewers_needed": reviewers_needed,
    }
    before = {name: getattr(campaign, name) for name in wanted}
    if wanted == before:
        return campaign
    _check_settings(campaign.year, wanted)
    check_unchanged(campaign, SETTINGS_PART, version)
    for name, value in wanted.items():
        setattr(campaign, name, value)
    campaign.full_clean(exclude=["year", "forms"], validate_unique=False)
    changed = [
        f"{Campaign._meta.get_field(name).verbose_name}：{_told(name, before[name])} → {_told(name, value)}"
        for name, value in wanted.items()
        if value != before[name]
    ]
    keep_change(campaign, SETTINGS_PART, words="；".join(changed), by=by)
    return campaign


def _told(name: str, value: object) -> str:
    """A setting as the audit log tells it."""
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if name == "own_standards":
        return str(OwnStandards(str(value)).label)
    if name != "notice_columns":
        return str(value)
    return "、".join(str(column.label) for column in columns_of_codes(str(value)))


def _check_settings(year: int, wanted: dict) -> None:
    faults = {}
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if wanted["ends_on"] < wanted["starts_on"]:
        faults["ends_on"] = _("结束日期不能早于开始日期。")
    elif wanted["ends_on"] < first or wanted["starts_on"] > last:
        faults["starts_on"] = _("开始日期和结束日期应包含 %(year)d 年的日子。") % {"year": year}
    if wanted["due_on"] < wanted["starts_on"]:
        faults["due_on"] = _("报送期限不能早于开始日期。")
    if not 1 <= wanted["notice_days"] <= MOST_NOTICE_DAYS:
        faults["notice_days"] = _("公示工作日应为 1 至 %(most)d 天。") % {"most": MOST_NOTICE_DAYS}
    if wanted["renewed_without_notice"] and not wanted["check_first"]:
        faults["renewed_without_notice"] = _("续办不再公示的，由初审把关：请同时选择公示前须初审。")
    if wanted["reviewers_needed"] not in (1, 2):
        faults["reviewers_needed"] = _("接收报表需要 1 名或 2 名审核员。")
    if faults:
        raise ValidationError(faults)


def _forms_of_next(campaign: Campaign) -> dict:
    """The forms as they are kept, for the year after."""
    wordings = {
        number: re.sub(rf"(?<!\d){campaign.year}(?=\s*年)", f"{{{YEAR}}}", wording)
        for number, wording in campaign.forms.get("wordings", {}).items()
    }
    figures = [own.moved(1).dump() for own in declared_for(campaign).own]
    kept = {"wordings": wordings, "figures": figures, "labels": campaign.forms.get("labels", {})}
    return {name: value for name, value in kept.items() if value}


def way_to_notice(campaign: Campaign) -> str:
    """By which steps a case of the campaign comes to its approval."""
    if not campaign.check_first:
        return _("不设初审，提交后公示")
    return _("先初审再公示，续办不再公示") if campaign.renewed_without_notice else _("先初审再公示")
