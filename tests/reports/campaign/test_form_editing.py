"""Editing the wording of a form: what is refused, in which words, and what stays."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry, Campaign
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import declared_for, figures_of
from reports.annex.wording import WORDINGS
from reports.campaign.form_editing import add_figure, change_figure, remove_figure, reset_wording, save_wording
from reports.campaign.named_blanks import by_slug
from reports.campaign.palette import palette
from reports.figures import FIGURES
from reports.figures.own import OwnFigure
from reports.models import TypedFigure
from reports.render.frozen import FrozenForms
from reports.sealing.snapshot import kept
from tests.reports import builders as make
from tests.reports.getting_ready import frozen, ready

DONATED = OwnFigure("raised_firms", "企业捐助", "wan_yuan", "typed")
SOCIAL_LINE = "   社会捐助{raised_social}（万元），\n"


def saved(campaign, reviewer, wording, number=1):
    campaign = Campaign.objects.get(pk=campaign.pk)
    return save_wording(campaign, number=number, wording=wording, version=campaign.version, by=By(reviewer))


def problems(campaign, reviewer, wording, number=1) -> list[str]:
    before = Campaign.objects.get(pk=campaign.pk)
    with pytest.raises(ValidationError) as refused:
        saved(campaign, reviewer, wording, number)
    after = Campaign.objects.get(pk=campaign.pk)
    assert (after.forms, after.version) == (before.forms, before.version)
    return refused.value.messages


def test_other_words_and_another_order_are_kept_and_read(campaign, reviewer):
    title, contact, *rest = WORDINGS[2].splitlines()
    sentences = [line.replace("区县局（产业）", "各区") for line in rest]
    wording = "\r\n".join([title, contact, *sentences[5:], *sentences[:5]])  # as a browser sends it
    campaign = saved(campaign, reviewer, wording, number=2)
    registry = figures_of(campaign)
    assert registry.of_form(2)[0].slug == "internships"
    assert {figure.slug for figure in registry} == {figure.slug for figure in FIGURES}
    assert "各区共有困难职工家庭高校毕业生{graduates}（人）" in campaign.forms["wordings"]["2"]
    assert "\r" not in campaign.forms["wordings"]["2"]
    entry = AuditEntry.objects.get(action=AuditAction.FORM_CHANGED)
    assert (entry.subject, entry.actor, entry.detail["change"]) == ("2014", reviewer, "修改附件 2 的表式")


def test_what_a_chinese_keyboard_makes_of_braces_is_read(campaign, reviewer):
    wording = WORDINGS[1].replace("{raised_social}", "｛ raised_social ｝").replace("社会捐助", "爱心捐助")
    campaign = saved(campaign, reviewer, wording)
    assert "爱心捐助{raised_social}（万元）" in campaign.forms["wordings"]["1"]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("{raised_social}", "{raised_socail}", "附件 1 第 5 行：空格 {raised_socail} 没有对应的数字。"),
        ("{raised_social}", "{paid}", "附件 1 第 7 行：空格 {发放助学款} 用了不止一次，附件 1 第 5 行已有。"),
        (
            SOCIAL_LINE,
            "",
            "附件 1 第 3 行：“筹集资金”的组成部分“筹集资金：社会捐助”不在表中。",
        ),
        (
            "{paid}（万元）",
            "{paid}（元）",
            "附件 1 第 7 行：空格 {发放助学款} 按“万元”填写，后面的括号里却是“元”。",
        ),
        ("{practice_posts}", "{practice_posts", "附件 1 第 24 行：有不成对的“{”或“}”，空格应写成 {数字的名称}。"),
        (
            "情况统计表\n",
            "情况统计表{graduates}\n",
            "附件 1 第 1 行：第一行是标题，不能有空格 {困难职工家庭高校毕业生}。",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_line_and_not_saved(campaign, reviewer, before, after, sentence):
    assert sentence in problems(campaign, reviewer, WORDINGS[1].replace(before, after, 1))


def test_a_blank_of_the_other_form_is_a_second_time(campaign, reviewer):
    wording = WORDINGS[2] + "12. 资助{aided}（人）。\n"
    assert problems(campaign, reviewer, wording, number=2) == [
        "附件 2 第 22 行：空格 {资助子女} 用了不止一次，附件 1 第 15 行已有。"
    ]
    assert "附件 1：表式是空的。" in problems(campaign, reviewer, "\n \n")
    assert "附件 1：表上没有一个数字空格。" in problems(campaign, reviewer, "标题\n正文\n")


def test_own_figure_that_is_bounded_by_one_not_in_the_forms_is_refused(campaign, reviewer):
    own = OwnFigure("blind", "失明子女", "persons", "typed", at_most="practice_employers")
    assert "不能比较" not in str(add_figure(campaign, own=own, by=By(reviewer)).forms)
    wording = WORDINGS[1].replace("与{practice_employers}（家）单位联系，为", "失明{blind}（人），")
    assert problems(campaign, reviewer, wording) == [
        "附件 1 第 24 行：“失明子女”核对时不得超过“联系社会实践单位”，而后者不在表中。"
    ]


def test_total_of_ones_own_needs_its_parts_in_the_forms(campaign, reviewer):
    add_figure(campaign, own=DONATED, by=By(reviewer))
    parts = ("raised_social", "raised_firms")
    whole = OwnFigure("outside", "会外资金", "wan_yuan", "total", parts=parts)
    campaign = add_figure(Campaign.objects.get(), own=whole, by=By(reviewer))
    line = "   会外资金{outside}（万元），\n"
    wording = WORDINGS[1].replace(SOCIAL_LINE, SOCIAL_LINE + line)
    assert problems(campaign, reviewer, wording) == ["附件 1 第 6 行：“会外资金”的组成部分“企业捐助”不在表中。"]
    campaign = saved(campaign, reviewer, wording.replace(line, line + "   企业捐助{raised_firms}（万元），\n"))
    total = figures_of(campaign)["outside"]
    assert ([part.slug for part in total.summands], total.line) == (list(parts), "1")


def test_figure_in_use_is_not_removed_and_a_free_one_is(campaign, reviewer):
    campaign = add_figure(campaign, own=DONATED, by=By(reviewer))
    wording = WORDINGS[1].replace(SOCIAL_LINE, SOCIAL_LINE + "   企业{raised_firms}（万元），\n")
    campaign = saved(campaign, reviewer, wording)
    with pytest.raises(ValidationError, match="还在附件 1 第 6 行"):
        remove_figure(campaign, slug="raised_firms", by=By(reviewer))
    campaign = reset_wording(campaign, number=1, version=campaign.version, by=By(reviewer))
    campaign = remove_figure(campaign, slug="raised_firms", by=By(reviewer))
    assert (campaign.forms.get("wordings"), campaign.forms.get("figures")) == (None, None)
    assert figures_of(campaign) is FIGURES
    assert remove_figure(campaign, slug="raised_firms", by=By(reviewer)).version == campaign.version  # pressed twice


def test_only_the_department_edits(campaign, lead, auditor):
    for person in (lead, auditor):
        with pytest.raises(MoveRefused, match="岗位"):
            save_wording(campaign, number=1, wording="标题\n{raised}", version=1, by=By(person))
        with pytest.raises(MoveRefused, match="岗位"):
            add_figure(campaign, own=DONATED, by=By(person))


def test_frozen_report_keeps_wording_labels_and_figures_after_the_campaign_changed(campaign, reviewer, district):
    campaign = add_figure(campaign, own=DONATED, by=By(reviewer))
    with_firms = WORDINGS[1].replace(SOCIAL_LINE, "   社会各界{raised_social}（万元），企业{raised_firms}（万元），\n")
    campaign = saved(campaign, reviewer, with_firms)
    make.contribution(district, source="social", amount="1234.56")
    report = ready(campaign, district)
    TypedFigure.objects.create(report=report, slug="raised_firms", value="50000", made_by=reviewer)
    submission = frozen(report)

    # Another name and unit, then the line and the figure are gone.
    other = OwnFigure("raised_firms", "商会捐助", "yuan", "typed")
    wording = with_firms.replace("企业{raised_firms}（万元）", "")
    campaign = saved(campaign, reviewer, wording)
    campaign = change_figure(campaign, own=other, version=campaign.version, by=By(reviewer))
    campaign = reset_wording(campaign, number=1, version=campaign.version, by=By(reviewer))
    remove_figure(campaign, slug="raised_firms", by=By(reviewer))

    submission = type(submission).objects.get(pk=submission.pk)
    printed = FrozenForms.of(submission)
    assert printed.form(1).wording == with_firms
    assert str(printed.figures["raised_firms"]) == "企业捐助"
    assert (printed.text("raised_firms"), printed.text("raised_social")) == ("5.00", "0.123456")
    assert kept(submission).digest == submission.digest
    assert "raised_firms" not in figures_of(Campaign.objects.get())


@pytest.fixture
def editor(client_of, reviewer, campaign):
    client, url = client_of(reviewer), reverse("campaign_form", args=[2014, 1])
    return lambda **typed: client.post(url, typed) if typed else client.get(url)


def test_preview_without_scripts_shows_the_typed_text_and_saves_nothing(editor, campaign):
    wording = WORDINGS[1].replace("{raised_social}", "{nothing}").replace("社会捐助", "爱心捐助")
    page = editor(wording=wording, version="1", show="1").content.decode()
    assert "附件 1 第 5 行：空格 {nothing} 没有对应的数字。" in page
    assert 'campaign-fault">{nothing}</mark>' in page
    assert "爱心捐助{nothing}（万元）" in page  # in the text
    assert Campaign.objects.get(pk=campaign.pk).version == 1
    palette = dict(re.findall(r'id="figure-(\w+)".*?campaign-place">\s*(.*?)\s*</td>', page, re.DOTALL))
    assert (palette["raised_social"], palette["aided"]) == ("未使用", "附件 1 第 15 行")


def test_refused_text_stays_in_the_page(editor, campaign):
    page = editor(wording="我的标题\n1. 捐助{nothing}（万元）", version="1", save="1")
    assert page.context["wording"] == "我的标题\n1. 捐助{nothing}（万元）"
    assert "没有保存：请先改正右边列出的问题。" in page.content.decode()
    assert Campaign.objects.get(pk=campaign.pk).forms == {}


def test_second_editor_of_a_text_sees_what_differs_and_may_then_save(editor, campaign, reviewer):
    theirs, mine = (WORDINGS[1].replace("社会捐助", words) for words in ("爱心捐助", "企业捐助"))
    saved(campaign, reviewer, theirs)
    page = editor(wording=mine, version="1", save="1")
    text = page.content.decode()
    assert "您打开之后，王保障 在 " in text
    assert "现在保存的：   爱心捐助{筹集资金：社会捐助}" in text
    assert "您填写的：   企业捐助{筹集资金：社会捐助}" in text
    assert page.context["version"] == 2
    assert by_slug(page.context["wording"], palette(declared_for(campaign))) == mine
    assert declared_for(Campaign.objects.get()).wordings[1] == theirs
    assert editor(wording=mine, version="2", save="1").status_code == 302
    assert declared_for(Campaign.objects.get()).wordings[1] == mine


def test_a_change_elsewhere_does_not_hold_up_the_text(editor, campaign, reviewer):
    add_figure(campaign, own=DONATED, by=By(reviewer))  # in another window, while the text is being written
    wording = WORDINGS[1].replace(SOCIAL_LINE, SOCIAL_LINE + "   企业{raised_firms}（万元），\n")
    assert editor(wording=wording, version="1", save="1").status_code == 302
    assert "raised_firms" in figures_of(Campaign.objects.get())


def test_preview_for_scripts_is_the_right_pane_alone(client_of, reviewer, lead, campaign):
    url = reverse("campaign_form_preview", args=[2014, 2])
    answer = client_of(reviewer).post(url, {"wording": WORDINGS[2], "version": "1"})
    text = answer.content.decode()
    assert "没有发现问题" in text
    assert "<html" not in text
    assert text.count("annex-blank") == 21
    assert client_of(reviewer, enforce_csrf_checks=True).post(url, {"wording": ""}).status_code == 403
    assert client_of(lead).post(url, {"wording": ""}).status_code == 403


def test_words_in_a_text_cannot_become_markup(editor):
    page = editor(wording="<script>alert(1)</script>\n1. {raised}", version="1", show="1").content.decode()
    assert "<script>alert(1)" not in page
