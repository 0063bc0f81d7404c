"""The bank of a card by its first digits, and the table behind it."""

import pytest
from django.core.management import CommandError, call_command

from aid.cards.prefixes import SHIPPED, LoadedPrefixes, bank_of, load_prefixes, read_prefixes
from aid.models import CardPrefix
from portal.documents.csv_file import ListRefused
from portal.enums import AuditAction
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped():
    load_prefixes(read_prefixes(SHIPPED.read_bytes()))


@pytest.mark.parametrize(
    ("card", "bank"),
    [
        ("6222021001116245702", "中国工商银行"),
        ("6217 0012 1006 3580 944", "中国建设银行"),
        ("6228480392725997118", "中国农业银行"),
        ("622892", "上海银行"),
        ("6299990000000000", ""),
        ("62", ""),
        ("工行 6222", ""),
        ("", ""),
    ],
)
def test_bank_of_a_card(shipped, card, bank):
    assert bank_of(card) == bank


def test_longest_prefix_counts(shipped):
    load_prefixes([("6222021001", "某某村镇银行")])
    assert (bank_of("6222021001116245702"), bank_of("6222021002116245702")) == ("某某村镇银行", "中国工商银行")


def test_list_that_comes_along_is_in_order(shipped):
    assert CardPrefix.objects.count() == 246
    assert CardPrefix.objects.values("bank").distinct().count() == 20


def test_loaded_again_with_another_bank_it_is_changed_and_nothing_else(shipped):
    AuditEntry.objects.all()._raw_delete("default")
    assert load_prefixes([("622202", "工商银行"), ("622848", "中国农业银行"), ("629999", "新银行")]) == LoadedPrefixes(
        created=1, updated=1, unchanged=1
    )
    assert bank_of("6222021001116245702") == "工商银行"
    assert CardPrefix.objects.count() == 247
    row = AuditEntry.objects.get(action=AuditAction.FORM_CHANGED)
    assert (row.subject, row.detail) == ("银行卡号前缀", {"created": 1, "updated": 1})


def test_every_fault_is_told_with_its_line():
    text = "prefix,bank\n62x202,工商银行\n622848,\n622202,工商银行\n622202,农业银行\n"
    with pytest.raises(ListRefused) as refused:
        read_prefixes(text.encode("gb18030"))
    assert refused.value.messages == [
        "第 2 行：卡号前缀应为 3 至 10 位数字",
        "第 3 行：请填写开户银行，最多 100 字",
        "第 5 行：卡号前缀与第 4 行相同",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"bank\nx\n", "缺少列：prefix"), (b"\x81", "无法读取该文件，应为 UTF-8 或 GB18030 编码的 CSV")],
)
def test_what_is_no_such_list_is_refused(content, words):
    with pytest.raises(ListRefused, match=words):
        read_prefixes(content)


def test_command_loads_a_file_or_the_one_that_comes_along(tmp_path, capsys):
    CardPrefix.objects.all().delete()
    call_command("load_card_prefixes")
    assert CardPrefix.objects.count() == 246
    own = tmp_path / "own.csv"
    own.write_text("prefix,bank\n623162,上海农商银行\n", encoding="utf-8")
    call_command("load_card_prefixes", own)
    assert bank_of("6231620000000000000") == "上海农商银行"
    assert capsys.readouterr().out == "新增 246，更新 0，未变 0\n新增 1，更新 0，未变 0\n"
    own.write_text("prefix,bank\n1,\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="1"):
        call_command("load_card_prefixes", own)
    with pytest.raises(CommandError):
        call_command("load_card_prefixes", tmp_path / "absent.csv")
