"""Adding, withdrawing, giving back and ordering words: what is written, what is refused, and two people at once."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.timezone import localdate

from portal.audit import By
from portal.codes.changing import add_word, codes_now, give_back_word, put_in_order, withdraw_word
from portal.codes.declaration import code_lists
from portal.codes.kept import codes_of
from portal.enums import AuditAction, CodeAct
from portal.models import AuditEntry, CodeChange
from portal.models.append_only import REFUSAL
from tests.tampering import TAMPERINGS

HOUSING = code_lists()["housing"]
YEAR = localdate().year


@pytest.fixture
def by(reviewer):
    return By(reviewer, "10.0.0.1")


def add(by, seen=0, **given):
    values = {"code": "shared", "word": "合租房", "year": YEAR, "reason": "市总保障部通知"} | given
    add_word(HOUSING, **values, seen=seen, by=by)


def withdraw(by, code="borrowed", seen=0, last_year=YEAR - 1, **given):
    withdraw_word(HOUSING, code, **{"last_year": last_year, "reason": "不再使用"} | given, seen=seen, by=by)


def offered():
    return codes_of(HOUSING.choices).offered(YEAR)


def refused(act, *args, **given) -> dict[str, list[str]]:
    before = CodeChange.objects.count()
    with pytest.raises(ValidationError) as caught:
        act(*args, **given)
    assert CodeChange.objects.count() == before
    return caught.value.message_dict if hasattr(caught.value, "error_dict") else {"": caught.value.messages}


def test_added_word_is_offered_at_once_and_told_to_the_log(by):
    add(by, word=" 合租房 ", after="rented")
    assert offered() == ("自有住房", "公房、公租房或廉租房", "租房", "合租房", "借住", "单位宿舍")
    first, second = CodeChange.objects.order_by("number")
    assert (first.act, first.code, first.word, first.year, first.made_by) == (
        "added",
        "shared",
        "合租房",
        YEAR,
        by.actor,
    )
    assert (second.act, second.number) == (CodeAct.ORDERED, 2)
    row = AuditEntry.objects.filter(action=AuditAction.FORM_CHANGED).order_by("pk").first()
    assert (row.subject, row.detail["before"], row.detail["reason"]) == ("代码表 住房类型", "", "市总保障部通知")
    assert row.detail["after"] == f"合租房（shared，{YEAR} 年起）"


def test_withdrawn_word_is_offered_no_more_and_given_back_again(by):
    withdraw(by, successor="rented")
    assert "借住" not in offered()
    row = AuditEntry.objects.get(action=AuditAction.FORM_CHANGED)
    assert (row.detail["before"], row.detail["after"]) == (
        "借住（borrowed，一直）",
        f"借住（borrowed，至 {YEAR - 1} 年）",
    )
    give_back_word(HOUSING, "borrowed", first_year=YEAR, reason="仍有需要", seen=1, by=by)
    assert "借住" in offered()
    assert [each.act for each in CodeChange.objects.order_by("number")] == ["word_withdrawn", "given_back"]


def test_order_is_kept_and_the_same_order_writes_nothing(by):
    order = ["rented", "owned", "public", "borrowed", "dormitory"]
    put_in_order(HOUSING, order, seen=0, by=by)
    assert "顺序没有变化" in refused(put_in_order, HOUSING, order, seen=1, by=by)[""][0]
    assert offered()[:2] == ("租房", "自有住房")
    assert CodeChange.objects.count() == 1
    assert refused(put_in_order, HOUSING, order[1:], seen=1, by=by)[""] == ["顺序须包括全部各项，请刷新页面后重排。"]


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"code": "OWNED"}, "code", "代码“owned”已是“自有住房”（一直）。"),
        ({"code": "合租"}, "code", "代码由字母、数字"),
        ({"code": "a,b"}, "code", "代码由字母、数字"),
        ({"code": "x" * 21}, "code", "最多 20 位"),
        ({"word": "租 房"}, "word", "“租房”（代码 rented）已在表中。"),
        ({"word": "\u79df\u623f\u200b"}, "word", "已在表中"),
        ({"word": ""}, "word", "名称为 1 至 30 个字。"),
        ({"word": "房" * 31}, "word", "名称为 1 至 30 个字。"),
        ({"word": "无"}, "word", "表示没有填写"),
        ({"word": "合租,公寓"}, "word", "不能有逗号"),
        ({"word": "<b>合租</b>"}, "word", "尖括号"),
        ({"word": "＝1＋1"}, "word", "开头"),
        ({"word": "=1+1"}, "word", "不能以"),
        ({"word": "合\u202e租"}, "word", "控制字符"),
        ({"year": 1999}, "year", f"年份应在 2000 和 {YEAR + 5} 之间。"),
        ({"year": YEAR + 6}, "year", f"年份应在 2000 和 {YEAR + 5} 之间。"),
        ({"after": "nothing"}, "", "没有代码“nothing”这一项。"),
    ],
)
def test_words_that_cannot_be_added(by, given, field, told):
    assert told in refused(add, by, **given)[field][0]


def test_full_width_code_and_word_are_brought_to_one_form(by):
    add(by, code="ＳＨ１", word="合租（公寓）")
    assert CodeChange.objects.values_list("code", "word").get() == ("SH1", "合租(公寓)")


def test_word_withdrawn_is_not_added_under_another_code(by):
    withdraw(by)
    told = refused(add, by, seen=1, word="借住")["word"][0]
    assert told == f"“借住”（代码 borrowed）已在表中，至 {YEAR - 1} 年；要再用，请在它那一行恢复使用。"


def test_code_is_no_longer_than_the_shortest_column(by):
    grade = code_lists()["organisation-grade"]
    with pytest.raises(ValidationError, match="最多 10 位"):
        add_word(grade, code="x" * 11, word="6A", year=YEAR, reason="通知", seen=0, by=by)


def test_years_of_withdrawing_and_giving_back(by):
    add(by)
    assert f"{YEAR - 1} 年" in refused(withdraw, by, "shared", seen=1, last_year=YEAR - 2)["year"][0]
    withdraw(by, "shared", seen=1)
    assert "已经停用" in refused(withdraw, by, "shared", seen=2)["year"][0]
    late = {"first_year": YEAR - 1, "reason": "通知", "seen": 2, "by": by}
    assert f"{YEAR - 1} 年" in refused(give_back_word, HOUSING, "shared", **late)["year"][0]
    early = late | {"first_year": YEAR}
    assert "没有停用" in refused(give_back_word, HOUSING, "owned", **early)[""][0]


def test_successor_is_another_word_that_holds(by):
    assert "改用" in refused(withdraw, by, successor="borrowed")["successor"][0]
    withdraw(by, "dormitory")
    assert "改用" in refused(withdraw, by, seen=1, successor="dormitory")["successor"][0]


def test_one_word_is_left_to_choose(by):
    *rest, last = HOUSING.choices.values
    for seen, code in enumerate(rest):
        withdraw(by, code, seen=seen)
    assert "最后一项" in refused(withdraw, by, last, seen=len(rest))[""][0]


def test_who_saves_second_is_told_what_the_first_did(by):
    withdraw(by)
    assert refused(add, by)[""] == ["您打开之后，他人改过这张代码表（停用借住）。请核对后再保存。"]


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS)
def test_changes_are_only_ever_added(by, tamper):
    withdraw(by)
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        tamper(CodeChange)


ADDED = {"act": "added", "code": "c", "word": "w", "year": 2026, "reason": "r"}


@pytest.mark.parametrize(
    "row",
    [
        ADDED | {"number": 1},
        ADDED | {"code": "shared", "word": "another"},
        ADDED | {"code": "other", "word": "合租房"},
        ADDED | {"word": ""},
        ADDED | {"code": ""},
        ADDED | {"year": None},
        ADDED | {"year": 1999},
        ADDED | {"reason": ""},
        ADDED | {"successor": "owned"},
        ADDED | {"act": "word_withdrawn"},
        {"act": "ordered", "code": "c"},
    ],
)
def test_database_refuses_what_forms_refuse(by, row):
    add(by)
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeChange.objects.create(**{"list_name": "housing", "number": 2} | row)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_told(by):
    gate, told = threading.Barrier(2), []

    def act(code):
        try:
            gate.wait()
            add(by, code=code, word=code)
        except ValidationError as refusal:
            told.extend(refusal.messages)
        finally:
            connection.close()

    both = [threading.Thread(target=act, args=(code,)) for code in ("one", "two")]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(told) == 1
    assert told[0].startswith("您打开之后，他人改过这张代码表（新增")
    assert codes_now(HOUSING).version == 1
