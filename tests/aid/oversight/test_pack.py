"""The audit pack of a case, file by file, and of a sample: what stands in it, what is missing, nothing unmasked."""

import hashlib
import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from openpyxl import load_workbook

from aid.enums import Policy
from aid.models import AidCase, CaseEvent, PolicyAid
from aid.oversight.dossier import dossiers_of
from aid.oversight.pack import write_pack
from aid.oversight.sampling import drawn
from aid.payments.bank.returns import take_return
from portal.audit import By
from portal.enums import AuditAction
from portal.identity import mask_numbers
from portal.models import AuditEntry, Job
from portal.printouts.kind import Asked
from tests import builders
from tests.aid import cases as casework
from tests.aid import paying, visiting
from tests.printing import docx_text, squeezed
from tests.reports import builders as make

pytestmark = pytest.mark.django_db

NUMBER_TYPED = "310101199001011234"
SEALED = {
    "other_contact": "暗其他联系", "health_note": "暗健康说明", "registered_at": "暗户口所在", "main_cause": "illness",
}  # fmt: skip
LIST = "缺少的材料.xlsx"
CHECKSUMS = "校验清单.csv"


@pytest.fixture
def case(district, clerk, lead) -> AidCase:
    """Approved and paid through the bank, noticed, objected to, visited; numbers typed where words are asked for."""
    home = builders.household(district, "曾建国", number="D001", bank_name="工行东湖支行", **SEALED)
    child = builders.child(district, "曾小丽", household=home, school="东湖中学", grade="高二")
    builders.income(district, home)
    builders.document(home, name=f"身份证{NUMBER_TYPED}.pdf")
    of = casework.answered(make.case(district, child=child, number="A001", standard=Decimal("1200.50")))
    PolicyAid.objects.filter(case=of, policy="grant").update(outcome="refused_policy", reason=f"电话 {NUMBER_TYPED}")
    status = of.status
    notice = casework.notice(district, of, first=date(2014, 2, 10), last=date(2014, 2, 17), number="G001")
    AidCase.objects.filter(pk=of.pk).update(status=status)
    ruled = {"outcome": "dismissed", "answer": "暗处理说明", "decided_by": lead, "decided_at": notice.updated_at}
    casework.objection(of, "暗异议内容", raised_by="暗异议人", **ruled)
    for move, state, actor, comment in (
        ("submit", "submitted", clerk, ""),
        ("check", "checked", lead, f"已核实，证件{NUMBER_TYPED}。"),
        ("approve", "approved", lead, ""),
    ):
        CaseEvent.objects.create(case=of, move=move, state=state, actor=actor, comment=comment)
    paying.raised(district, 5000)
    of = AidCase.objects.get(pk=of.pk)
    batch = paying.released(of.campaign, clerk, lead, [of])
    content = paying.return_file(batch)
    terms = {"name": "回盘.xlsx", "layout": paying.layout(), "paid_on": localdate(), "voucher": "V1"}
    take_return(batch, content=content, by=By(clerk), **terms)
    visit = builders.visit(district, person=child.person, needs="暗需求", number="Z001")
    visiting.photo(visit)
    return of


def pack(client, case: AidCase) -> dict[str, bytes]:
    answer = client.post(reverse("case_pack", args=[case.pk]), {"reason": "oversight"})
    assert answer.status_code == 200
    return unpacked(b"".join(answer.streaming_content))


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheets(files: dict[str, bytes]) -> dict[str, str]:
    """The text of every sheet by its name without folder and ending."""
    return {name.split("/")[1][:-5]: docx_text(body) for name, body in files.items() if name.endswith(".docx")}


def rows(files: dict[str, bytes]) -> list[tuple]:
    sheet = load_workbook(io.BytesIO(files[LIST])).active
    return list(sheet.iter_rows(min_row=2, values_only=True))


def at(moment) -> str:
    return f"{localtime(moment):%Y-%m-%d%H:%M}"


def test_pack_tells_what_stands_in_the_records(case, client_of, auditor, clerk, lead):
    clerks, leads = clerk.name, lead.name
    told = sheets(pack(client_of(auditor), case))
    batch = case.disbursements.get().item.batch
    submitted, checked, approved = case.events.order_by("pk")
    head = "申请编号：A001所属工会：东湖区总工会"
    returned, notice = batch.return_files.get(), case.noticed.get().notice
    paper, photo = case.child.household.documents.get(), notice.photo
    snap = case.child.person and visiting.VisitPhoto.objects.get()
    objection = case.noticed.get().objections.get()
    refused = {Policy.GRANT: "申请未获批准电话****1234"}
    policies = "".join(f"{policy.label}{refused.get(policy, '不适用')}" for policy in Policy)
    moves = "时间人员事项此后状态原因说明"
    check = f"{at(checked.at)}{leads}初审通过已初审已核实，证件****1234。"
    approve = f"{at(approved.at)}{leads}审批通过已审批通过"
    assert {name: text for name, text in told.items() if name != "09_查阅记录"} == {
        "01_申请审批表": told["01_申请审批表"],  # tests/aid/printouts holds its text
        "02_核对情况": (
            f"核对情况{head}初审人{leads}初审时间{at(checked.at)}初审意见已核实，证件****1234。"
            f"月人均(元)555.56低保标准(元)640.00疑点有异议：1条；材料还缺：申请书、收入证明、在读证明、公示记录"
            f"政策落实情况政策救助落实情况落实金额(元)未落实原因{policies}"
        ),
        "03_材料清单": (
            f"材料清单{head}种类文件名登记校验值（SHA-256）"
            f"身份证明身份证****1234.pdf{at(paper.uploaded_at)}上传人{paper.digest}"
            f"公示照片a.jpg{at(photo.uploaded_at)}{photo.uploaded_by.name}{'0' * 64}"
            f"走访照片门口.png{at(snap.uploaded_at)}{snap.uploaded_by.name}{snap.digest}"
        ),
        "04_公示": (
            f"公示{head}公示开始日期2014-02-10公示结束日期2014-02-17公示地点厂门口公告栏"
            f"公示单公示编号公示地点公示时间发布人本申请G001厂门口公告栏2014-02-102014-02-17{notice.posted_by.name}列入"
            f"异议提出日期处理结果处理人处理时间{objection.raised_on}异议不成立{leads}{at(objection.decided_at)}"
        ),
        "05_审批意见": (
            f"审批意见{head}审批结果通过审批日期2014-03-01帮扶标准(元)1,200.50资助来源与标准不同"
            f"各环节意见{moves}{check}{approve}"
        ),
        "06_发放和银行结果": (
            f"发放和银行结果{head}助学款发放业务编号发放日期金额(元)资金来源发放方式状态凭证号"
            f"{case.disbursements.get().number}{localdate()}1,200.50社会捐助银行卡已发放V1"
            f"发放批次和办理结果批次编号编制复核发放账号金额(元)结果失败原因办结日期"
            f"{batch.number}{clerks}{batch.made_on}{leads}{batch.released_on}****57021,200.50已发放{localdate()}"
            f"银行回盘文件批次编号读入成功笔数失败笔数校验值（SHA-256）"
            f"{batch.number}{at(returned.read_at)}{clerks}10{returned.digest}"
        ),
        "07_走访和回访": (
            f"走访和回访{head}是否足额收到收到日期业务编号走访日期走访对象形式走访人慰问方式慰问金(元)"
            "Z0012014-07-20子女上门走访走访人甲谈心、赠送书籍学习用品"
        ),
        "08_办理日志": f"办理日志{head}{moves}{at(submitted.at)}{clerks}提交已提交{check}{approve}",
    }
    assert told["01_申请审批表"].startswith("2014年金秋助学申请审批表申请编号：A001")


def test_every_file_is_in_the_manifest_by_its_digest_and_the_manifest_in_the_log(case, client_of, auditor):
    files = pack(client_of(auditor), case)
    manifest = json.loads(files["manifest.json"])
    told = {each["file"]: (each["size"], each["sha256"]) for each in manifest["files"]}
    others = {name: body for name, body in files.items() if name != "manifest.json"}
    assert told == {name: (len(body), hashlib.sha256(body).hexdigest()) for name, body in others.items()}
    listed = files[CHECKSUMS].decode("utf-8-sig").split()[1:]
    assert listed == [f"{name},{told[name][0]},{told[name][1]}" for name in told if name != CHECKSUMS]
    row = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (row.actor, row.subject) == (auditor, "助学申请 A001")
    assert row.detail == {
        "act": "审计资料包", "reason": "监督检查", "files": 10, "lacking": 4,
        "digest": hashlib.sha256(files["manifest.json"]).hexdigest(),
    }  # fmt: skip


def test_what_is_missing_is_named(case, district, client_of, clerk):
    """Of a case that came decided by workbook, and of a draft; what is not due yet is not missing."""
    state = ("A001", "东湖区总工会", "已审批通过")
    papers = "没有申请书；没有收入证明；没有在读证明；没有公示记录"
    assert rows(pack(client_of(clerk), case)) == [
        (*state, "申请审批表", "齐全", None),
        (*state, "核对情况", "齐全", None),
        (*state, "材料清单", "不全", papers),
        (*state, "公示", "齐全", None),
        (*state, "审批意见", "齐全", None),
        (*state, "发放和银行结果", "齐全", None),
        (*state, "走访和回访", "齐全", None),
        (*state, "办理日志", "齐全", None),
    ]
    bare = make.case(district, number="A002", notice_from=date(2014, 2, 1), notice_to=date(2014, 2, 8))
    make.payment(district, case=bare, voucher="")
    found = rows(pack(client_of(clerk), bare))
    assert [(part, standing, missing) for *_case, part, standing, missing in found] == [
        ("申请审批表", "齐全", None),
        ("核对情况", "不全", "没有初审记录；政策落实情况有 6 项没有填写；没有登记收入"),
        ("材料清单", "没有", "没有任何材料"),
        ("公示", "不全", "没有公示单"),
        ("审批意见", "不全", "没有审批人的记录"),
        ("发放和银行结果", "不全", "有发放没有凭证号"),
        ("走访和回访", "没有", "没有走访或回访"),
        ("办理日志", "没有", "没有办理日志"),
    ]
    draft = casework.case(district, number="A003")
    found = rows(pack(client_of(clerk), draft))
    assert [(part, standing) for *_case, part, standing, _missing in found] == [
        ("申请审批表", "齐全"),
        ("核对情况", "不全"),
        ("材料清单", "没有"),
        ("公示", "还没有到这一步"),
        ("审批意见", "还没有到这一步"),
        ("发放和银行结果", "还没有到这一步"),
        ("走访和回访", "还没有到这一步"),
        ("办理日志", "没有"),
    ]


def test_nothing_sensitive_is_in_any_file_and_the_sheet_with_a_reason_shows_that_it_could(
    case, client_of, auditor, lead
):
    home, child = case.child.household, case.child
    numbers = (home.worker.id_number, child.person.id_number, NUMBER_TYPED, builders.CARD, builders.TELEPHONE)
    words = (builders.ADDRESS, builders.CAUSE, "本人或家属患大病", *(text for text in SEALED.values() if "暗" in text))
    secret = [squeezed(text) for text in (*numbers, *words, "暗异议内容", "暗异议人", "暗处理说明", "暗需求")]
    whole = client_of(lead).post(reverse("aidcase_print", args=[case.pk]), {"reason": "check"})
    assert builders.CAUSE in whole.text
    told = "".join(text_of(body) for body in pack(client_of(auditor), case).values())
    assert [text for text in secret if text in squeezed(told)] == []
    assert "曾小丽" in told


def text_of(body: bytes) -> str:
    """Of a file, or of all the parts of one that is packed, whatever is packed in it."""
    if body[:2] != b"PK":
        return body.decode("utf-8", "replace")
    return "".join(map(text_of, unpacked(body).values()))


def test_numbers_typed_into_words_are_masked_and_digests_are_none():
    digest = "123456789012ab" + "0" * 50
    typed = "卡6222 0210-0111 6245702，证31010119900101123X，电话13816245702；2014-03-01 12:30，63211939，" + digest
    masked = "卡**** 5702，证**** 123X，电话**** 5702；2014-03-01 12:30，63211939，" + digest
    assert mask_numbers(typed) == masked


def test_who_looked_is_for_the_auditor_alone(case, client_of, auditor, clerk):
    client_of(clerk).get(reverse("aidcase_detail", args=[case.pk]))
    assert "09_查阅记录" not in sheets(pack(client_of(clerk), case))
    looked, taken = AuditEntry.objects.filter(subject="助学申请 A001").order_by("pk")
    assert sheets(pack(client_of(auditor), case))["09_查阅记录"] == (
        f"查阅记录申请编号：A001所属工会：东湖区总工会时间人员事项说明{at(looked.at)}{clerk.name}查看"
        f"{at(taken.at)}{clerk.name}导出办理：审计资料包；内容校验值：{taken.detail['digest']}；原因：监督检查；文件数：10；缺少：4"
    )


def test_sample_is_drawn_again_by_its_seed_and_told_of_each_case(district, foreign_district, clerk, auditor, client_of):
    cases = [make.case(union) for union in (district, foreign_district) for _turn in range(4)]
    make.case(district, year=2015)
    lots = sorted(cases, key=lambda case: hashlib.sha256(f"00000007:{case.pk}".encode()).hexdigest())
    campaign = cases[0].campaign
    assert drawn(auditor, campaign, seed="00000007", count=3) == [case.pk for case in lots[:3]]
    mine = [case.pk for case in lots if case.union == district]
    assert drawn(clerk, campaign, seed="00000007", count=50) == mine
    client = client_of(auditor)
    asked = {"campaign": "2014", "count": "3", "seed": "00000007", "reason": "oversight"}
    client.post(reverse("case_sample"), asked)
    job = Job.objects.get()
    answer = client.get(reverse("job_download", args=[job.pk]))
    files = unpacked(b"".join(answer.streaming_content))
    numbers = sorted(case.number for case in lots[:3])
    assert [number for number, *_rest, part, _s, _m in rows(files) if part == "申请审批表"] == numbers
    digest = hashlib.sha256(files["manifest.json"]).hexdigest()
    *each, fetched = AuditEntry.objects.filter(action=AuditAction.EXPORTED).order_by("pk")
    assert sorted(row.subject for row in each) == [f"助学申请 {number}" for number in numbers]
    assert [row.detail for row in each] == [{"act": "审计资料包", "reason": "监督检查"}] * 3
    assert {name: fetched.detail[name] for name in ("year", "count", "seed", "reason", "digest")} == {
        "year": 2014, "count": 3, "seed": "00000007", "reason": "监督检查", "digest": digest,
    }  # fmt: skip
    assert client.get(reverse("job_download", args=[job.pk])).status_code == 404


@pytest.mark.parametrize("count", ["0", "51"])
def test_sample_has_from_one_to_fifty_cases(client_of, auditor, campaign, count):
    asked = {"campaign": campaign.year, "count": count, "reason": "oversight"}
    assert client_of(auditor).post(reverse("case_sample"), asked).status_code == 200
    assert not Job.objects.exists()


def test_three_cases_are_read_in_as_many_queries_as_one(case, district, clerk, lead, auditor):
    others = [paying.case_to_pay(district) for _turn in range(2)]
    batch = paying.released(case.campaign, clerk, lead, others)
    for other in others:
        casework.notice(district, other)
        casework.objection(other)
    AidCase.objects.filter(pk__in=[other.pk for other in others]).update(status=case.status)
    terms = {"name": "回盘.xlsx", "layout": paying.layout(), "paid_on": localdate()}
    take_return(batch, content=paying.return_file(batch), by=By(clerk), **terms)

    def queries(pks) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            write_pack(dossiers_of(pks, Asked(auditor, "")), io.BytesIO(), {})
        return len(asked)

    assert queries([case.pk]) == queries([case.pk, *(other.pk for other in others)])
