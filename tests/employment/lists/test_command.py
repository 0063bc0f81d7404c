"""`import_list` as lists.md has it: exit codes, the mapping changed, what is said for all rows, the JSON."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from aid.models import AidCase, Household
from portal.models import AuditEntry, Import
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import xlsx

HEADINGS = ("序号", "姓名", "身份证号码", "困难类型", "是否单亲", "职工身份", "建档时间", "籍贯", "口粮")
WANG = (1, "王建国", "310109197001102015", "低保", "否", "职工", "2026.3.1", "无锡", "四斗")
WRONG = (2, "赵建民", "310109197203122031", "低保", "否", "职工", "2026.3.1", "", "")
ALL_WRONG = [HEADINGS, WRONG]

pytestmark = pytest.mark.usefixtures("district")


@pytest.fixture
def saved(tmp_path):
    def save(rows):
        path = tmp_path / "清单.xlsx"
        path.write_bytes(xlsx(rows))
        return path

    return save


def test_json_says_all_that_became_of_the_list(saved):
    rows = [("困难职工登记表",), HEADINGS, WANG, WRONG, ("合计", 2)]
    assert import_list(saved(rows), unit="310001") == {
        "ok": True,
        "dry_run": False,
        "sheet": "Sheet1",
        "heading_row": 2,
        "mapping": {
            "姓名": ["困难职工家庭.职工姓名"],
            "身份证号码": ["困难职工家庭.身份证号"],
            "困难类型": ["困难职工家庭.困难类别"],
            "是否单亲": ["困难职工家庭.单亲"],
            "职工身份": ["困难职工家庭.职工类别"],
            "建档时间": ["困难职工家庭.建档日期"],
        },
        "left_out": ["序号", "籍贯", "口粮"],
        "skipped": [{"row": 5, "why": "是合计"}],
        "created": {"困难职工家庭": 1},
        "updated": {"困难职工家庭": 0},
        "unchanged": {"困难职工家庭": 0},
        "held": [
            {
                "row": 4,
                "column": "身份证号码",
                "value": "310109197203122031",
                "reason": "身份证号末位校验码不对，请逐位核对",
            }
        ],
        "notices": [],
    }
    assert Household.objects.get().worker_name == "王建国"
    assert Import.objects.get().file_name == "清单.xlsx"


def test_dry_run_says_the_same_and_writes_nothing(saved):
    path = saved([HEADINGS, WANG, WRONG])
    tried = import_list(path, unit="310001", dry_run=True)
    assert not Household.objects.exists()
    assert not AuditEntry.objects.filter(action="imported").exists()
    assert tried | {"dry_run": False} == import_list(path, unit="310001")


def test_column_is_taken_for_another_or_left_out(saved):
    answer = import_list(
        saved([HEADINGS, WANG]),
        unit="310001",
        mapped=["籍贯=困难职工家庭.家庭住址", "建档时间="],
        said={"建档日期": "2026-04-05"},
    )
    assert answer["held"] == []
    assert answer["mapping"]["籍贯"] == ["困难职工家庭.家庭住址"]
    assert answer["left_out"] == ["序号", "建档时间", "口粮"]
    home = Household.objects.get()
    assert (home.address, home.filed_on.isoformat()) == ("无锡", "2026-04-05")


def test_mapping_of_another_kind_makes_it_a_list_of_that_kind(saved):
    rows = [("名称", "时间", "几个"), ("招聘会一", "2026.5.1", 30)]
    answer = import_list(
        saved(rows),
        unit="310001",
        mapped=["名称=就业活动与岗位.名称", "时间=就业活动与岗位.日期", "几个=就业活动与岗位.岗位数"],
        said={"类型": "招聘会"},
    )
    assert answer["created"] == {"就业活动与岗位": 1}


def test_year_is_that_of_the_campaign(saved):
    headings = (*HEADINGS, "子女姓名", "子女身份证号", "学段", "申请金额")
    child = ("王小明", "310109200601203017", "高中", 2000)
    import_list(saved([headings, WANG + child]), unit="310001", year=2025, said={"助学方式": "社会助学"})
    assert AidCase.objects.get().campaign.year == 2025


def test_character_that_may_be_lost_is_told(saved):
    rows = [HEADINGS, (1, "王?国", *WANG[2:])]
    answer = import_list(saved(rows), unit="310001")
    assert answer["created"] == {"困难职工家庭": 1}
    assert any("第 2 行" in notice and "字" in notice for notice in answer["notices"])


def run(path, *words) -> tuple[int, str, str]:
    """Exit code, what was printed, what was complained of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_list", str(path), *words, stdout=out, stderr=err)
    except SystemExit as stopped:
        return stopped.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_one_right_row_is_success_and_none_is_not(saved):
    code, out, err = run(saved([HEADINGS, WANG, WRONG]), "--unit", "310001")
    assert code == 0
    assert "困难职工家庭：新增 1，更新 0，未变 0" in out
    assert "3 身份证号码：身份证号末位校验码不对，请逐位核对" in err
    assert run(saved(ALL_WRONG), "--unit", "310001")[0] == 1


def test_file_that_is_refused_is_failure_with_the_reason(tmp_path):
    path = tmp_path / "清单.xlsx"
    path.write_bytes(b"")
    code, out, _err = run(path, "--unit", "310001", "--json")
    assert code == 1
    answer = json.loads(out)
    assert (answer["ok"], answer["notices"]) == (False, ["文件是空的，请重新选择文件"])


@pytest.mark.parametrize(
    "words",
    [
        ("--unit", "999999"),
        ("--unit", "310000"),
        ("--unit", "310001", "--set", "没有这一列=1"),
        ("--unit", "310001", "--set", "建档日期=昨天"),
        ("--unit", "310001", "--set", "建档日期"),
        ("--unit", "310001", "--map", "没有这一列=困难职工家庭.身份证号"),
        ("--unit", "310001", "--map", "籍贯=困难职工家庭.籍贯"),
        ("--unit", "310001", "--map", "籍贯=没有这张表.籍贯"),
        ("--unit", "310001", "--map", "籍贯"),
    ],
)
def test_wrong_usage_is_two_with_a_sentence(saved, words):
    with pytest.raises(CommandError) as wrong:
        call_command("import_list", str(saved([HEADINGS, WANG])), *words)
    assert wrong.value.returncode == 2
    assert len(str(wrong.value)) > 8
    assert not Household.objects.exists()


def test_file_that_is_not_there_is_wrong_usage(tmp_path):
    with pytest.raises(CommandError) as wrong:
        call_command("import_list", str(tmp_path / "没有.xlsx"), "--unit", "310001")
    assert wrong.value.returncode == 2
