"""The filled-in annex workbook: whose it is, what it changes, and what is asked before work done by hand goes."""

import io
import signal
import subprocess
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.workbook.reading import limits
from portal.workbook.reading.words import REASONS
from reports.figures import ANNEX2
from reports.models import Adjustment, AdjustmentFile, Report
from reports.preparing.adjustment_file import attach_adjustment_file
from reports.preparing.annex_identity import strangers
from reports.preparing.annex_reading import read_annex
from reports.preparing.annex_upload import HandMadeError, take_figures
from reports.preparing.preparation import adjust_figure
from reports.preparing.typed import type_figure
from reports.render.excel.xlsx import union_workbook
from reports.render.filled import Filled
from tests.reports import builders as make
from tests.reports.getting_ready import PDF
from tests.reports.own_forms import with_own_form

REASON = "不在平台建档"


@pytest.fixture
def report(year_2014, district):
    return Report.objects.open(year_2014, district)


@pytest.fixture
def browser(client_of, clerk):
    return client_of(clerk)


@pytest.fixture
def post(browser):
    return lambda name, /, *args, **data: browser.post(reverse(name, args=args), data)


def text(response) -> str:
    return response.content.decode()


def filled(campaign, union, forms=(1, 2), **typed) -> bytes:
    """The official workbook as it is downloaded, with some cells filled in by hand."""
    book = load_workbook(io.BytesIO(union_workbook(Filled.live(campaign, union), forms)))
    for slug, value in typed.items():
        ((title, cell),) = book.defined_names[slug].destinations
        book[title][cell].value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def upload(post, report):
    def send(content: bytes, reason: str = REASON):
        return post("report_annex_upload", report.pk, file=SimpleUploadedFile("附件.xlsx", content), reason=reason)

    return send


def said(browser, response) -> list[str]:
    """The messages on the page that an answer leads to."""
    return [str(message) for message in browser.get(response.url).context["messages"]]


# The workbook


def adjustments() -> dict:
    return dict(Adjustment.objects.values_list("slug", "difference"))


def test_workbook_as_downloaded_adjusts_nothing(upload, year_2014, district):
    make.payment(district)
    make.event(district)
    assert upload(filled(year_2014, district)).status_code == 302
    assert adjustments() == {}


def test_workbook_filled_in_becomes_adjustments(upload, year_2014, district):
    make.payment(district)
    typed = {"paid": 0.3, "aided": 5, "microloan_amount": "12.50", "job_events": 2.0, "raised": 0.1 + 0.2}
    assert upload(filled(year_2014, district, **typed)).status_code == 302
    assert adjustments() == {
        "paid": Decimal("2479.52"),
        "aided": 4,
        "microloan_amount": Decimal("12.50"),
        "job_events": 2,
        "raised": Decimal(3000),
    }
    assert set(Adjustment.objects.values_list("reason", flat=True)) == {"不在平台建档"}
    assert AuditEntry.objects.get(action=AuditAction.UPLOADED).detail["adjusted"] == 5


def test_workbook_of_one_form_leaves_the_other_alone(upload, year_2014, district, report, clerk):
    adjust_figure(report, slug="aided", difference=Decimal(3), reason="漏记", by=By(clerk))
    adjust_figure(report, slug="event_posts", difference=Decimal(3), reason=REASON, by=By(clerk))
    assert upload(filled(year_2014, district, forms=(2,), job_events=1)).status_code == 302
    assert adjustments() == {"aided": 3, "job_events": 1}


def test_workbook_with_faults_names_each_and_writes_nothing(upload, year_2014, district):
    typed = {"paid": "很多", "aided": -1, "job_events": 1.5, "event_posts": None, "raised": 0.0000001, "trainings": 4}
    response = upload(filled(year_2014, district, **typed))
    assert response.status_code == 200
    for words in ("“很多”不是", "“-1”不是", "“1.5”不是整数", "没有填写", "比分更细"):
        assert words in text(response), words
    assert len(response.context["form"].non_field_errors()) == len(typed) - 1
    assert adjustments() == {}


def test_workbook_without_one_of_its_names_is_refused(upload, year_2014, district):
    book = load_workbook(io.BytesIO(filled(year_2014, district)))
    del book.defined_names[ANNEX2[0].slug]
    file = io.BytesIO()
    book.save(file)
    assert "找不到这个数字的单元格" in text(upload(file.getvalue()))


def plain_workbook() -> bytes:
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"x" * 100, "damaged"), (b"PK\x03\x04" + b"x" * 100, "damaged"), (plain_workbook(), "not ours")],
)
def test_file_that_is_no_annex_workbook_is_refused(upload, content, words):
    response = upload(content)
    assert response.status_code == 200
    expected = {"damaged": "文件已损坏", "not ours": "这不是从本平台下载的统计表"}[words]
    assert expected in text(response)
    assert adjustments() == {}


@pytest.mark.parametrize(("limit", "seconds"), [("WALL_SECONDS", 0.01), ("CPU_SECONDS", 0)], ids=["wall", "processor"])
def test_loaded_machine_is_not_the_files_fault_and_a_heavy_file_is(report, monkeypatch, limit, seconds):
    content = filled(report.campaign, report.union)
    if limit == "WALL_SECONDS":
        monkeypatch.setattr(limits, limit, seconds)
    else:  # as the processor's limit ends it: a signal that is not the one of a system short of memory
        died = subprocess.CompletedProcess([], -signal.SIGXCPU, stdout=b"")
        monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: died)
    with pytest.raises(ValidationError) as refused:
        read_annex(report, content)
    (words,) = refused.value.messages
    assert words == ("系统繁忙，请稍后再试" if limit == "WALL_SECONDS" else str(REASONS["too_heavy"]))


def test_workbook_for_a_nil_report_is_refused(upload, post, report, year_2014, district):
    post("report_nil", report.pk, nil="1")
    response = upload(filled(year_2014, district, aided=5))
    assert "请先撤销零报告" in text(response)
    assert adjustments() == {}


# Whose it is


def written_over(content: bytes, words: dict[str, str]) -> bytes:
    """The workbook with other texts in the cells that hold those of `words`."""
    book = load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows(max_row=3):
            for cell in row:
                if cell.value in words:
                    cell.value = words[cell.value]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


TITLE, UNIT = "2014 年上海工会金秋助学情况统计表", "东湖区总工会"
OTHER_UNIT = "统计表上的填报单位是“西山区总工会”，而这份报表是“东湖区总工会”的。请上传本单位的统计表。"
OTHER_YEAR = "这是 2013 年度的统计表，而这份报表是 2014 年度的。请下载 2014 年度的附件，填好后再上传。"


def test_workbook_of_another_year_is_refused_and_changes_nothing(upload, district):
    response = upload(filled(make.campaign(2013), district, aided=5))
    assert response.context["form"].non_field_errors() == [OTHER_YEAR]
    assert (response.status_code, adjustments()) == (200, {})


def test_workbook_of_another_unit_is_refused_and_changes_nothing(upload, year_2014, foreign_district):
    response = upload(filled(year_2014, foreign_district, aided=5))
    assert response.context["form"].non_field_errors() == [OTHER_UNIT]
    assert (response.status_code, adjustments()) == (200, {})


def test_workbook_of_a_union_below_is_that_of_another_unit(upload, year_2014, grassroots):
    assert "统计表上的填报单位是“东湖纺织厂工会”" in text(upload(filled(year_2014, grassroots, aided=5)))
    assert adjustments() == {}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (UNIT, ""),
        (UNIT, "东湖区总工会（盖章）"),
        (UNIT, " 东湖区 总工会"),
        (TITLE, "金秋助学情况统计表"),
        (TITLE, "２０１４年金秋助学情况统计表"),
        (TITLE, "二〇一四年金秋助学情况统计表"),
        (TITLE, "2013、2014 年金秋助学情况统计表"),
    ],
)
def test_title_and_unit_written_over_are_no_other_year_or_unit(upload, year_2014, district, was, now):
    assert upload(written_over(filled(year_2014, district, aided=5), {was: now})).status_code == 302
    assert adjustments() == {"aided": 5}


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (["填报单位：", "西山区总工会", "填报人：", "西山区总工会"], [OTHER_UNIT]),
        (["填报单位：西山区总工会 填报人：陈"], [OTHER_UNIT]),
        (["填报单位（盖章）：__西山区总工会__", "联系电话："], [OTHER_UNIT]),
        (["填报单位：东湖区总工会", "填报人：西山区总工会"], []),
        (["填报单位：", "填报人：", "西山区总工会"], []),
        (["填报单位：西山区总工会筹备组"], []),
    ],
)
def test_name_of_the_unit_is_found_where_it_is_typed(report, foreign_district, row, wrong):
    assert strangers(report, [[["附件 1"], [TITLE], row]]) == wrong


@pytest.mark.parametrize(
    ("title", "wrong"), [("二〇一三年统计表", [OTHER_YEAR]), ("２０１３ 年统计表", [OTHER_YEAR]), ("12014年统计表", [])]
)
def test_year_is_read_from_the_title_alone(report, title, wrong):
    assert strangers(report, [[["附件 1"], [title], ["填报单位："], ["1. 2012 年共筹集"]]]) == wrong


# What was made by hand


@pytest.fixture
def by_hand(report, clerk):
    """Adjustments of three figures, the first with a file."""
    for slug, difference in (("aided", 3), ("trainings", 2), ("job_events", 4)):
        adjust_figure(report, slug=slug, difference=Decimal(difference), reason=f"漏记{slug}", by=By(clerk))
    attach_adjustment_file(report, slug="aided", name="依据.pdf", content=PDF, by=By(clerk))
    return report


def hand_made() -> dict:
    return {a.slug: (a.difference, a.reason) for a in Adjustment.objects.all()}


BY_HAND = {"aided": (3, "漏记aided"), "trainings": (2, "漏记trainings"), "job_events": (4, "漏记job_events")}


def test_what_would_go_is_listed_and_nothing_is_written_without_a_second_press(upload, by_hand, year_2014, district):
    response = upload(filled(year_2014, district, aided=3, trainings=5, job_events=0, placements=1))
    shown = [(c.figure.slug, c.texts, c.difference) for c in response.context["changes"]]
    assert shown == [
        ("trainings", {"now": "2", "given": "5"}, 5),
        ("job_events", {"now": "4", "given": "0"}, 0),
    ]
    assert "漏记trainings" in text(response)
    assert "还没有读入。有 2 个手工调整与统计表上的数不同" in text(response)
    assert hand_made() == BY_HAND
    assert not AuditEntry.objects.filter(action=AuditAction.UPLOADED, detail__has_key="adjusted").exists()


def test_second_press_takes_it_and_says_what_was_done(browser, post, upload, by_hand, year_2014, district):
    asked = upload(filled(year_2014, district, aided=3, trainings=5, job_events=0, placements=1))
    answer = post("report_annex_confirm", by_hand.pk, read=asked.context["form"]["read"].value())
    assert answer.url == reverse("report_show", args=[by_hand.pk])
    words = "统计表已读入：调整 2 项（“就业技能培训”、“实现就业”），撤销 1 项（“就业服务系列活动”）。"
    assert said(browser, answer) == [words]
    assert hand_made() == {"aided": BY_HAND["aided"], "trainings": (5, REASON), "placements": (1, REASON)}
    assert AdjustmentFile.objects.get().adjustment.slug == "aided"  # the number is the same: reason and file stay


def test_what_an_earlier_upload_left_is_replaced_without_a_question(browser, upload, report, year_2014, district):
    upload(filled(year_2014, district, aided=5, job_events=2))
    answer = upload(filled(year_2014, district, aided=6))
    assert said(browser, answer)[-1] == "统计表已读入：调整 1 项（“资助子女”），撤销 1 项（“就业服务系列活动”）。"
    assert adjustments() == {"aided": 6}
    assert said(browser, upload(filled(year_2014, district, aided=6))) == ["统计表已读入：调整 0 项，撤销 0 项。"]


def test_file_put_to_what_an_upload_left_is_work_done_by_hand(upload, report, year_2014, district, clerk):
    upload(filled(year_2014, district, aided=5))
    attach_adjustment_file(report, slug="aided", name="依据.pdf", content=PDF, by=By(clerk))
    response = upload(filled(year_2014, district, aided=6))
    assert [change.figure.slug for change in response.context["changes"]] == ["aided"]
    assert adjustments() == {"aided": 5}


def test_adjusted_after_the_question_is_asked_about_again(post, upload, by_hand, year_2014, district, clerk):
    asked = upload(filled(year_2014, district, aided=3, trainings=5, job_events=4))
    adjust_figure(by_hand, slug="trainings", difference=Decimal(7), reason="另有两人", by=By(clerk))
    again = post("report_annex_confirm", by_hand.pk, read=asked.context["form"]["read"].value())
    assert [change.texts for change in again.context["changes"]] == [{"now": "7", "given": "5"}]
    assert hand_made() == BY_HAND | {"trainings": (7, "另有两人")}


def test_answer_is_good_for_its_report_its_person_and_its_time_alone(
    browser, post, upload, by_hand, year_2014, district, clerk, lead, client_of, monkeypatch
):
    read = upload(filled(year_2014, district, trainings=5)).context["form"]["read"].value()
    other = Report.objects.open(make.campaign(2015), district)
    for pk, data in ((other.pk, {"read": read}), (by_hand.pk, {"read": f"{read}x"}), (by_hand.pk, {})):
        answer = post("report_annex_confirm", pk, **data)
        assert answer.url.endswith("/workbook/")
        assert "页面已过期，请重新选择文件上传。" in said(browser, answer)
    client_of(lead).post(reverse("report_annex_confirm", args=[by_hand.pk]), {"read": read})
    with monkeypatch.context() as later:
        later.setattr("django.core.signing.time.time", lambda: 4e9)
        post("report_annex_confirm", by_hand.pk, read=read)
    assert hand_made() == BY_HAND


def test_answer_after_the_report_went_in_is_refused(post, upload, by_hand, year_2014, district, monkeypatch):
    read = upload(filled(year_2014, district, trainings=5)).context["form"]["read"].value()
    monkeypatch.setattr(Report, "is_editable", property(lambda _report: False))
    assert post("report_annex_confirm", by_hand.pk, read=read).url.endswith("/workbook/")
    assert hand_made() == BY_HAND


def test_keys_of_others_agree_to_nothing(by_hand, year_2014, district, clerk):
    values = read_annex(by_hand, filled(year_2014, district, aided=3, trainings=5, job_events=4))
    other = Adjustment.objects.get(slug="aided")
    key = f"{other.pk} {other.made_at.isoformat()}"
    with pytest.raises(HandMadeError) as refused:
        take_figures(by_hand, values=values, reason=REASON, by=By(clerk), agreed=[key])
    assert [change.figure.slug for change in refused.value.changes] == ["trainings"]


def test_figure_that_no_record_gives_is_typed_in_and_named(browser, upload, report, year_2014, district, clerk):
    with_own_form(year_2014)
    content = filled(year_2014, district, raised_foundation=5, raised_all=5)
    assert said(browser, upload(content)) == ["统计表已读入：调整 0 项，撤销 0 项，填写 1 项（“慈善基金会”）。"]
    assert report.typed.get().value == 50000
    type_figure(report, slug="raised_foundation", value=Decimal(50000), by=By(clerk))
    assert said(browser, upload(content)) == ["统计表已读入：调整 0 项，撤销 0 项。"]
