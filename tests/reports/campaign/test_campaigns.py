"""Campaigns: next year's made from this year's, dates and rules, two people at once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from aid.enums import NoticeColumn
from aid.notice_columns import USUAL, columns_of
from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry, Campaign
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import declared_for, form_of
from reports.annex.wording import WORDINGS
from reports.campaign.campaigns import copy_forms, make_next, set_dates
from reports.campaign.form_editing import add_figure, save_wording
from reports.figures.choosing import Choice
from reports.figures.own import OwnFigure

SETTINGS = {
    "starts_on": date(2014, 2, 1),
    "ends_on": date(2015, 1, 31),
    "due_on": date(2014, 10, 15),
    "notice_days": 7,
    "check_first": True,
    "renewed_without_notice": False,
    "own_standards": "none",
    "reviewers_needed": 2,
}


@pytest.fixture
def own_forms(campaign, reviewer):
    """The campaign of 2014 with a wording and a figure of its own, both of which name the year."""
    chosen = (Choice("applied_on", least="2014-02-01", most="2014-02-28"), Choice("mode", codes=("policy",)))
    own = OwnFigure("february", "二月申请", "persons", "composed", fact="cases", choices=chosen)
    campaign = add_figure(campaign, own=own, by=By(reviewer))
    wording = WORDINGS[2].replace("11. 往届", "11. 2014年底前往届（沪工总保〔2014〕156号）")
    return save_wording(campaign, number=2, wording=wording, version=campaign.version, by=By(reviewer))


def test_next_year_has_dates_a_year_later_and_the_same_rules_and_forms(own_forms, reviewer):
    campaign = set_dates(own_forms, **SETTINGS, version=own_forms.version, by=By(reviewer))
    made = make_next(campaign, by=By(reviewer))
    assert (made.year, made.starts_on, made.ends_on, made.due_on) == (
        2015,
        date(2015, 2, 1),
        date(2016, 1, 31),
        date(2015, 10, 15),
    )
    assert (made.notice_days, made.reviewers_needed, made.version) == (7, 2, 1)
    text = declared_for(made).wordings[2]
    assert "11. {year}年底前往届（沪工总保〔2014〕156号）" in text
    assert form_of(made, 2).title == "2015 年上海工会阳光就业行动情况统计表"
    (figure,) = declared_for(made).own
    assert [(c.least, c.most, c.codes) for c in figure.choices] == [
        ("2015-02-01", "2015-02-28", ()),
        ("", "", ("policy",)),
    ]
    assert made.forms.get("changes") is None  # nobody has changed it yet


def test_next_year_is_made_once_and_not_too_early(campaign, reviewer, lead):
    made = make_next(campaign, by=By(reviewer))
    with pytest.raises(MoveRefused, match="2015 年的活动已经有了"):
        make_next(campaign, by=By(reviewer))
    assert Campaign.objects.count() == 2
    assert AuditEntry.objects.filter(action=AuditAction.FORM_CHANGED, subject="2015").count() == 1
    far = Campaign.objects.open(timezone.localdate().year + 1)
    with pytest.raises(MoveRefused, match="现在还不能"):
        make_next(far, by=By(reviewer))
    with pytest.raises(MoveRefused, match="岗位"):
        make_next(made, by=By(lead))


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2016, 2, 29), date(2017, 2, 28)),
        (date(2015, 2, 28), date(2016, 2, 29)),
        (date(2014, 12, 31), date(2015, 12, 31)),
    ],
)
def test_leap_days_move_to_the_end_of_february(campaign, reviewer, day, later):
    Campaign.objects.filter(pk=campaign.pk).update(due_on=day)
    assert make_next(Campaign.objects.get(pk=campaign.pk), by=By(reviewer)).due_on == later


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("ends_on", date(2014, 1, 31), "结束日期不能早于开始日期"),
        ("due_on", date(2014, 1, 31), "报送期限不能早于开始日期"),
        ("notice_days", 0, "1 至 60 天"),
        ("reviewers_needed", 3, "1 名或 2 名"),
    ],
)
def test_settings_that_make_no_sense_are_refused_by_field(campaign, reviewer, field, value, words):
    with pytest.raises(ValidationError) as refused:
        set_dates(campaign, **SETTINGS | {field: value}, version=1, by=By(reviewer))
    assert words in refused.value.message_dict[field][0]
    campaign.refresh_from_db()
    assert (campaign.version, campaign.notice_days) == (1, 5)


def test_check_and_second_notice_are_set_told_and_taken_over_by_the_next_year(campaign, reviewer, client_of):
    client, url = client_of(reviewer), reverse("campaign_edit", args=[2014])
    fields = client.get(url).context["form"].initial
    assert (fields["check_first"], fields["renewed_without_notice"]) == (True, False)
    typed = {name: str(value) for name, value in SETTINGS.items()} | {"version": "1", "notice_columns": list(USUAL)}
    both_off = typed | {"check_first": "", "renewed_without_notice": "on"}
    refused = client.post(url, both_off).context["form"].errors
    assert list(refused) == ["renewed_without_notice"]
    client.post(url, typed | {"renewed_without_notice": "on", "own_standards": "approved"})
    changed = Campaign.objects.get()
    assert (changed.check_first, changed.renewed_without_notice, changed.own_standards) == (True, True, "approved")
    told = AuditEntry.objects.get(action=AuditAction.FORM_CHANGED).detail["change"]
    assert "续办可不再公示：否 → 是；单位自定帮扶标准：不可以，都按市总标准 → 可以，须经市总核准" in told
    following = make_next(changed, by=By(reviewer))
    assert (following.check_first, following.renewed_without_notice, following.own_standards) == (
        True, True, "approved",
    )  # fmt: skip


def test_second_editor_is_told_who_changed_the_dates_and_loses_nothing(campaign, reviewer, client_of):
    client, url = client_of(reviewer), reverse("campaign_edit", args=[2014])
    typed = {name: str(value) for name, value in SETTINGS.items()} | {"version": "1", "notice_columns": list(USUAL)}
    set_dates(campaign, **SETTINGS | {"notice_days": 9}, version=1, by=By(reviewer))
    page = client.post(url, typed | {"notice_days": "6"})
    assert "您打开之后，王保障 在 " in page.content.decode()
    assert page.context["form"]["notice_days"].value() == "6"
    assert page.context["form"]["version"].value() == 2
    assert Campaign.objects.get(pk=campaign.pk).notice_days == 9
    assert client.post(url, typed | {"notice_days": "6", "version": "2"}).status_code == 302
    assert Campaign.objects.get(pk=campaign.pk).notice_days == 6
    entries = AuditEntry.objects.filter(action=AuditAction.FORM_CHANGED).order_by("id")
    assert [entry.detail["version"] for entry in entries] == [2, 3]
    assert entries.last().detail["change"] == "公示工作日：9 → 6"


def test_columns_of_notices_are_chosen_and_the_change_is_told_in_words(campaign, reviewer, client_of):
    client, url = client_of(reviewer), reverse("campaign_edit", args=[2014])
    typed = {name: str(value) for name, value in SETTINGS.items()} | {"version": "1"}
    assert client.post(url, typed).context["form"].errors["notice_columns"] == ["请至少选择一个公示栏目。"]
    chosen = ["notice_standard", "notice_worker"]
    assert client.post(url, typed | {"notice_columns": chosen}).status_code == 302
    assert columns_of(Campaign.objects.get()) == (NoticeColumn.WORKER, NoticeColumn.STANDARD)
    change = AuditEntry.objects.get(action=AuditAction.FORM_CHANGED).detail["change"]
    assert "公示栏目：职工姓名、工作单位、职工类别、子女学段、帮扶标准（元） → 职工姓名、帮扶标准（元）" in change
    # The usual ones are kept as nothing, so that they may be others one day.
    typed |= {"notice_columns": list(USUAL), "version": "2"}
    assert client.post(url, typed).status_code == 302
    assert Campaign.objects.get().notice_columns == ""


def test_saving_the_same_settings_again_writes_nothing(campaign, reviewer):
    set_dates(campaign, **SETTINGS, version=1, by=By(reviewer))
    again = set_dates(campaign, **SETTINGS, version=1, by=By(reviewer))  # pressed twice
    assert again.version == 2
    assert AuditEntry.objects.filter(action=AuditAction.FORM_CHANGED).count() == 1


def test_list_offers_next_year_and_makes_it(campaign, reviewer, client_of):
    client = client_of(reviewer)
    assert "由 2014 年新建 2015 年的活动" in client.get(reverse("campaign_list")).content.decode()
    answer = client.post(reverse("campaign_next", args=[2014]))
    assert answer["Location"] == reverse("campaign_edit", args=[2015])
    assert "已经有了" in client.post(reverse("campaign_next", args=[2014]), follow=True).content.decode()


def test_year_begun_by_an_import_takes_over_the_forms_once(own_forms, reviewer, client_of):
    client, begun = client_of(reviewer), Campaign.objects.open(2015)
    assert "照搬上一年的表式和数字" in client.get(reverse("campaign_figures", args=[2015])).content.decode()
    assert client.post(reverse("campaign_copy", args=[2015])).status_code == 302
    copied = Campaign.objects.get(pk=begun.pk)
    assert "11. {year}年底前往届" in declared_for(copied).wordings[2]
    assert [own.choices[0].least for own in declared_for(copied).own] == ["2015-02-01"]
    with pytest.raises(MoveRefused, match="不能再照搬"):
        copy_forms(copied, by=By(reviewer))
    with pytest.raises(MoveRefused, match="没有可照搬的表式"):
        copy_forms(Campaign.objects.open(2017), by=By(reviewer))
    with pytest.raises(ValidationError, match="修改过这里"):  # whoever had the editor open
        save_wording(copied, number=1, wording=WORDINGS[1] + "（注）", version=1, by=By(reviewer))
