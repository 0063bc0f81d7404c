"""What stands on each sheet, worked out from the records by hand, and the same in .docx and in .pdf."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from aid.models import AidCase, Child, Household
from portal.printouts.content import Beside, Ruled
from portal.printouts.making import file_of
from tests import builders
from tests.aid import paying
from tests.aid.printouts import worlds
from tests.printing import (
    content_text,
    docx_text,
    heads_of,
    lines_of,
    paper_of_docx,
    paper_of_pdf,
    pdf_pages,
    pdf_text,
    squeezed,
    texts_of,
)
from tests.reports import builders as make

WHY = "报上级工会审批"
WIDE = {"route", "call_back"}
PAGES = {"household_print": 2}  # both sides of one sheet; all others are a page
LABELS = {"家庭\n成员", "就学\n子女"}


@pytest.fixture
def world(district, clerk, lead):
    return worlds.build(district, clerk, lead)


def told(sheet) -> dict[str, str]:
    """What stands behind each label of a form, where a line is labels and values; the first of labels alike."""
    found: dict[str, str] = {}
    for line in (line for block in sheet.blocks if isinstance(block, Ruled) for line in block.lines):
        boxes = [box for box in line.boxes if box.text not in LABELS]
        for label, value in zip(boxes[::2], boxes[1::2], strict=False):
            if label.look == "label" and value.look != "label":
                found.setdefault(label.text, value.text)
    return found


def signing(sheet) -> list[tuple[str, ...]]:
    """Who signs in boxes, in their order, without the room for names and days."""
    lines = (line for block in sheet.blocks if isinstance(block, Ruled) for line in block.lines)
    return [tuple(squeezed(words) for words in box.signing) for line in lines for box in line.boxes if box.signing]


def test_every_sheet_is_the_same_in_word_and_has_the_paper_of_official_documents(world):
    upright, across = ((210, 297), (37, 26, 35, 28)), ((297, 210), (28, 37, 26, 35))
    found, expected = {}, {}
    for name in world.names:
        sheet = world.sheet(name, WHY)
        file = file_of([sheet, sheet], "docx")
        found[name] = docx_text(file), paper_of_docx(file)
        expected[name] = content_text(sheet, sheet), [across if name in WIDE else upright] * 2
    assert found == expected


@pytest.mark.pdf
def test_every_sheet_is_the_same_in_pdf_and_on_as_many_pages_as_it_should(world, printer, tmp_path):
    found, expected = {}, {}
    for name in world.names:
        sheet = world.sheet(name, WHY)
        file = file_of([sheet], "pdf")
        pages = pdf_pages(file, tmp_path)
        found[name] = pdf_text(pages), len(pages), set(paper_of_pdf(file, tmp_path))
        expected[name] = content_text(sheet), PAGES.get(name, 1), {(297, 210) if name in WIDE else (210, 297)}
    assert found == expected


def test_archive_form_tells_everything_for_a_reason(world):
    sheet = world.sheet("household_print", WHY)
    worker = world.records["household_print"].worker
    born = date.fromisoformat(worker.id_number[6:14])
    assert told(sheet) == {
        "职工姓名": "曾建国", "性别": "男", "出生日期": born.isoformat(), "证件号码": worker.id_number,
        "联系电话": builders.TELEPHONE, "职工类别": "困难职工", "困难类别": "低保户", "单亲": "否",
        "工作单位": "东湖纺织厂", "其他联系方式": "微信 zjg", "家庭住址": builders.ADDRESS,
        "职工健康状况": "慢性病", "健康情况说明": "长期服药", "住房类型": "租房", "面积(㎡)": "45.50",
        "建档日期": "2013-03-01", "家庭人口": "3", "2013年收入(元)": "20,000.00", "月人均(元)": "555.56",
        "当年低保标准": "640.00", "收入说明": "含低保金",
        "收款人": "职工本人", "户名": "曾建国", "开户银行": "工商银行东湖支行", "银行卡号": builders.CARD,
        "主要致困原因": "本人或家属患大病", "次要致困原因": "子女上学、下岗失业", "致困情况": builders.CAUSE,
        "所附材料": "☐ 申请书　☑ 身份证明　☐ 收入证明　☐ 在读证明　☐ 公示记录",
        "单位意见": "", "基层工会意见": "", "上级工会意见": "",
    }  # fmt: skip
    child = world.records["visit_print"].person
    texts = "|".join(texts_of(sheet))
    assert "李妻|配偶||健康|1,500.00|东湖超市|" in texts
    assert f"曾小丽|女儿|{child.id_number}|高中|高二|东湖中学|" in texts
    assert signing(sheet) == [("职工（签名）：年月日",), *[("负责人（签名）：", "（盖章）", "年月日")] * 3]


def test_without_a_reason_numbers_are_masked_and_what_is_hidden_is_left_to_be_written(world):
    home = world.records["household_print"]
    hidden = {"其他联系方式", "家庭住址", "职工健康状况", "健康情况说明", "主要致困原因", "次要致困原因", "致困情况"}
    found = told(world.sheet("household_print"))
    assert {label for label in hidden if found[label]} == set()
    assert found["证件号码"] == f"310***********{home.worker.id_number[-4:]}"
    assert (found["联系电话"], found["银行卡号"]) == ("138****5702", f"**** {builders.CARD[-4:]}")
    assert (told(world.sheet("aidcase_print"))["申请理由"], told(world.sheet("visit_print"))["需求与反馈"]) == ("", "")


def test_archive_form_tells_the_card_that_a_child_has_of_its_own(world):
    child = world.records["household_print"].children.get()
    assert "子女\n的卡" not in set(texts_of(world.sheet("household_print", WHY)))
    mine = paying.card()
    make.change(child, bank_card=mine, bank_name="农业银行", payee_person="guardian", payee_name="孙外婆")
    assert f"曾小丽|孙外婆|农业银行|{mine}" in "|".join(texts_of(world.sheet("household_print", WHY)))
    assert f"曾小丽|孙外婆|农业银行|**** {mine[-4:]}" in "|".join(texts_of(world.sheet("household_print")))


def test_receipt_list_says_who_was_paid_that_is_neither_worker_nor_child(world):
    batch = world.records["paymentbatch_receipt"]
    first, second = batch.lines.all()
    make.change(first.item.case.child, bank_card=paying.card(), payee_person="guardian", payee_name=first.name)
    make.change(second.item.case.child, bank_card=paying.card(), payee_person="guardian", payee_name="孙外婆")
    names = [line[1] for line in lines_of(world.sheet("paymentbatch_receipt"))[:2]]
    assert names == [f"{first.name}\n（监护人）", second.name]  # the second was paid to another account than today's


def test_identity_and_card_are_whole_on_the_archive_form_alone(world):
    home, visit = world.records["household_print"], world.records["visit_print"]
    whole = {home.worker.id_number, visit.person.id_number, builders.CARD}
    whole |= {line.card for line in world.records["paymentbatch_receipt"].lines.all()}
    telling = {name for name in world.names if any(number in content_text(world.sheet(name, WHY)) for number in whole)}
    assert telling == {"household_print"}


def test_application_form_says_what_was_said_and_decided_and_by_whom(world):
    sheet = world.sheet("aidcase_print", WHY)
    lines = (line for block in sheet.blocks if isinstance(block, Ruled) for line in block.lines)
    texts = [box.text for line in lines for box in line.boxes if box.signing]
    found = told(sheet)
    assert sheet.title == "2014年金秋助学申请审批表"
    assert found["申请金额"] == "1,200.50 元（大写：壹仟贰佰元零伍角整）"
    assert found["申请理由"] == f"本人或家属患大病；{builders.CAUSE}"
    assert found["政策落实"] == "奖学金（已申请，待批）；助学金 2,000.00 元"
    assert [found[label] for label in ("子女姓名", "就读学校", "学段", "年级", "助学方式")] == [
        "曾小丽", "东湖中学", "高中", "高二", "政策助学",
    ]  # fmt: skip
    assert "授权工会" in texts[0]
    assert texts[1:] == [
        "单位工会初审意见：入户核对，情况属实。",
        "公示结果：2014年2月10日至2014年2月17日在厂门口公告栏公示，无异议。",
        "审批意见：同意资助，标准 1,200.50 元（大写：壹仟贰佰元零伍角整）。",
    ]
    today = localdate()
    day = f"{today.year}年{today.month}月{today.day}日"
    assert signing(sheet) == [
        ("申请人（签名）：2014年2月1日",),
        ("初审人（签名）：李审核", "（盖章）", day),
        ("经办人（签名）：", "（盖章）", "年月日"),
        ("审批人（签名）：李审核", "（盖章）", "2014年3月1日"),
    ]


def test_application_form_of_a_case_that_is_not_decided_has_room_for_all_of_it(world):
    case = world.records["publicnotice_print"].noticed.get().case
    kind = world.kinds["aidcase_print"]
    sheet = kind.content(kind.records(world.clerk).get(pk=case.pk), world.asked())
    ends = [text for text in texts_of(sheet) if text.endswith("意见：")]
    assert ends == ["单位工会初审意见：", "审批意见："]
    assert signing(sheet)[-1] == ("审批人（签名）：", "（盖章）", "年月日")
    assert signing(sheet)[2][0].startswith("经办人（签名）：")


def test_receipt_list_has_the_last_four_digits_the_sum_in_capitals_and_four_signatures(world):
    batch = world.records["paymentbatch_receipt"]
    sheet = world.sheet("paymentbatch_receipt")
    rows = [
        (str(line.number), line.name, line.item.case.child.household.worker.id_number[-4:], "王小明", line.card[-4:])
        for line in batch.lines.all()
    ]
    assert heads_of(sheet) == ["序号", "户名", "身份证后四位", "子女", "卡号后四位", "金额(元)", "签名", "日期"]
    assert lines_of(sheet) == [
        *((*row, "1,000.10", "", "") for row in rows),
        ("合计", "2 笔", "2,000.20 元"),
        ("合计（大写）", "人民币贰仟元零贰角整"),
    ]
    assert sheet.blocks[-1] == Beside(("经办：", "复核：", "负责人：", "财务："), is_signed=True)


def test_voucher_sums_a_batch_up(world):
    found = told(world.sheet("paymentbatch_voucher"))
    assert [found[label] for label in ("笔数", "金额(元)", "大写", "办理结果")] == [
        "1 笔", "900.00", "人民币玖佰元整", "待发放 1 笔 900.00 元",
    ]  # fmt: skip
    assert (found["编制"].split("　")[0], found["复核"].split("　")[0]) == ("陈经办", "李审核")


def test_register_of_call_backs_lists_who_was_paid_and_telephones_for_a_reason(world):
    rows = [lines_of(world.sheet("call_back", reason)) for reason in ("", "回访")]
    assert rows == [
        [("1", "曾小丽", "曾建国", telephone, "1,200.50", "2014-07-01", "", "", "", "", "")]
        for telephone in ("138****5702", builders.TELEPHONE)
    ]


def test_family_that_moved_away_tells_nothing_on_the_sheets_of_its_case(world, foreign_district):
    there = {"union": foreign_district, "union_path": foreign_district.path}
    Household.objects.filter(pk=world.records["household_print"].pk).update(**there)
    Child.objects.filter(household=world.records["household_print"]).update(**there)
    text = content_text(world.sheet("aidcase_print", WHY)) + content_text(world.sheet("call_back", WHY))
    assert not [word for word in ("曾建国", "曾小丽", builders.TELEPHONE, "东湖纺织厂", builders.CAUSE) if word in text]
    assert AidCase.objects.get(pk=world.records["aidcase_print"].pk).number in text
