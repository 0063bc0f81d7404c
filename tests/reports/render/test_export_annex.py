"""export_annex: what workbook.md says of it."""

import json
import sys
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from openpyxl import load_workbook

from aid.models import Disbursement
from portal.enums import AuditAction
from portal.models import AuditEntry, Union
from reports.figures import ANNEX2, FIGURES
from tests.reports import builders as make


@pytest.fixture
def paid_unit(unit, year_2014):
    make.payment(unit, amount=Decimal("520.48"))
    make.payment(unit, paid_on=make.date(2014, 9, 1))
    return unit


@pytest.fixture
def export(tmp_path):
    """Run the command; the file it wrote."""

    def run(*args, file_format="json", campaign="2014"):
        target = tmp_path / f"annex.{file_format}"
        fixed = ["--campaign", campaign, "--format", file_format, "-o", str(target)]
        call_command("export_annex", *fixed, *args)
        return target

    return run


def test_json_of_one_union(export, paid_unit):
    content = json.loads(export("--unit", paid_unit.code, "--as-of", "2014-08-31").read_text(encoding="utf-8"))
    assert list(content) == [figure.slug for figure in FIGURES]
    assert (content["paid"], content["aided"], content["raised"]) == ("0.052048", "1", "0.00")
    assert {type(value) for value in content.values()} == {str}


def test_json_of_one_form(export, paid_unit):
    content = json.loads(export("--unit", paid_unit.code, "--form", "2").read_text(encoding="utf-8"))
    assert list(content) == [figure.slug for figure in ANNEX2]


def test_json_of_all_units(export, paid_unit, units):
    make.payment(units[1], amount=Decimal("0.01"))
    content = json.loads(export("--all", "--as-of", "2014-08-31").read_text(encoding="utf-8"))
    assert list(content) == ["units", "total"]
    assert list(content["units"]) == [unit.code for unit in units]
    assert content["units"][units[1].code]["paid"] == "0.000001"
    assert content["total"]["paid"] == "0.052049"


def test_cut_off_defaults_to_the_end_of_a_past_campaign(export, paid_unit):
    content = json.loads(export("--unit", paid_unit.code).read_text(encoding="utf-8"))
    assert (content["paid"], content["aided"]) == ("0.104096", "2")


def test_union_below_a_unit_may_be_asked_for(export, paid_unit):
    below = Union.objects.get(path__startswith=paid_unit.path, depth=3)
    assert json.loads(export("--unit", below.code).read_text(encoding="utf-8"))["aided"] == "0"


def test_xlsx_of_one_union_and_of_all(export, paid_unit):
    assert load_workbook(export("--unit", paid_unit.code, file_format="xlsx")).sheetnames == ["附件1", "附件2"]
    assert load_workbook(export("--all", file_format="xlsx")).sheetnames[:3] == ["附件1", "附件2", "单位×指标"]


def test_docx_of_one_union_and_of_all(export, paid_unit, units):
    titles = {"2014 年上海工会金秋助学情况统计表": 1, "2014 年上海工会阳光就业行动情况统计表": 1, "汇总单位名单": 0}
    for args, forms in ((["--unit", paid_unit.code], 1), (["--all"], 1 + len(units))):
        printed = [paragraph.text for paragraph in Document(export(*args, file_format="docx")).paragraphs]
        lists = int(args == ["--all"])
        assert {title: printed.count(title) for title in titles} == {
            title: forms if is_form else lists for title, is_form in titles.items()
        }


@pytest.mark.pdf
def test_pdf_of_one_union_and_of_all(export, paid_unit, units):
    for args in (["--unit", paid_unit.code, "--form", "2"], ["--all"]):
        assert export(*args, file_format="pdf").read_bytes().startswith(b"%PDF-")


def test_pdf_without_pango_is_refused_in_words(export, paid_unit, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(CommandError, match="apt-get install libpango") as refusal:
        export("--unit", paid_unit.code, file_format="pdf")
    assert refusal.value.returncode == 1
    assert not AuditEntry.objects.exists()


def test_export_changes_no_record_and_leaves_an_audit_row(export, paid_unit):
    before = list(Disbursement.objects.values())
    export("--unit", paid_unit.code)
    assert list(Disbursement.objects.values()) == before
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.union_path, entry.detail["campaign"]) == (paid_unit.path, 2014)


@pytest.mark.parametrize(
    ("args", "options", "sentence"),
    [
        (["--unit", "nobody"], {}, "没有编码为 nobody 的工会"),
        (["--unit", "{unit}"], {"campaign": "1999"}, "没有 1999 年的活动"),
        (["--unit", "{unit}"], {"campaign": "next"}, "没有 next 年的活动"),
        (["--unit", "{city}"], {}, "请用 --all"),
        (["--unit", "{unit}", "--as-of", "2014-02-30"], {}, "不是有效的日期"),
        (["--unit", "{unit}", "--as-of", "soon"], {}, "不是有效的日期"),
        (["--unit", "{unit}", "-o", "/nonexistent/annex.json"], {}, "不能写入文件"),
    ],
)
def test_wrong_usage_is_refused_in_words(export, unit, year_2014, args, options, sentence):
    city = Union.objects.get(depth=1)
    args = [arg.format(unit=unit.code, city=city.code) for arg in args]
    with pytest.raises(CommandError, match=sentence) as refusal:
        export(*args, **options)
    assert refusal.value.returncode == 2
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("args", [[], ["--all", "--unit", "X"], ["--all", "--form", "3"]])
def test_wrong_options_are_refused(export, year_2014, args):
    with pytest.raises(CommandError):
        export(*args)


def test_all_without_unions_is_refused(export, year_2014):
    with pytest.raises(CommandError, match="load_unions") as refusal:
        export("--all")
    assert refusal.value.returncode == 2
