"""What stands on the sheets of an audit pack, masked. There is no sheet where there is nothing to tell."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from aid.casework.policies import answers_of
from aid.deciding.doubts import doubts_of
from aid.enums import Policy
from aid.models import CaseEvent, Document, Visit
from aid.oversight.dossier import Dossier
from aid.printouts import APPLICATION_FORM
from aid.workflow import AID_CASE_WORKFLOW
from portal.audit_words import in_words
from portal.identity import mask_card, mask_numbers
from portal.models.upload import KeptFile
from portal.printouts.cells import labelled
from portal.printouts.content import Beside, Block, Look, Printout, Prose, Ruled, heading_line, list_line
from portal.records.attribute import as_text

OPINIONS = frozenset({"check", "approve", "return", "reject", "reconsider", "take_off", "withdraw"})
Title = str | Promise


def application(dossier: Dossier, _title: Title) -> Printout:
    """The form as it is printed, masked."""
    return APPLICATION_FORM.content(dossier.case, dossier.asked)


def checks(dossier: Dossier, title: Title) -> Printout:
    """初审, what gave cause for doubt, income against the line, and what became of every policy."""
    facts, answers = dossier.facts, answers_of(dossier.case)
    check, income = facts.check, facts.income
    line = as_text(income.line) if income else ""
    doubts = (f"{doubt.label}：{doubt.words}" if doubt.words else doubt.label for doubt in doubts_of(facts))
    told = (
        labelled((_("初审人"), check.actor.name if check else ""), (_("初审时间"), as_text(check.at) if check else "")),
        labelled((_("初审意见"), mask_numbers(check.comment) if check else ""), look=Look.LONG),
        labelled((_("月人均(元)"), as_text(income.per_head) if income else ""), (_("低保标准(元)"), line)),
        labelled((_("疑点"), "；".join(doubts) or _("无")), look=Look.LONG),
    )
    policies = _table(
        _("政策落实情况"),
        ((_("政策救助"), 7), (_("落实情况"), 5), (_("落实金额(元)"), 4), (_("未落实原因"), 8)),
        (
            (each.label, given.get_outcome_display(), given.amount, mask_numbers(given.reason))
            for each in Policy
            if (given := answers.get(each))
        ),
    )
    return _sheet(dossier, title, Ruled(told), *policies)


def papers(dossier: Dossier, title: Title) -> Printout | None:
    """Of every file that is kept its kind, name and digest; of a paper that was only seen, the day."""
    rows = [
        *(_paper(paper) for paper in dossier.papers or ()),
        *(_file(shown.notice.photo, _("公示照片")) for shown in dossier.noticed if hasattr(shown.notice, "photo")),
        *(_file(file, _("异议材料")) for file in dossier.objection_files),
        *(_file(photo, _("走访照片")) for visit in dossier.visits for photo in visit.photos.all()),
    ]
    columns = ((_("种类"), 4), (_("文件名"), 7), (_("登记"), 5), (_("校验值（SHA-256）"), 8))
    is_known = bool(rows) or dossier.papers is None
    return _sheet(dossier, title, *_table("", columns, rows)) if is_known else None


def _paper(paper: Document) -> tuple:
    day = _("%s 见原件") % paper.seen_on if paper.seen_on else as_text(paper.uploaded_at)
    return paper.get_kind_display(), mask_numbers(paper.file_name), f"{day} {paper.uploaded_by.name}", paper.digest


def _file(file: KeptFile, kind: str) -> tuple:
    """Of papers that came with something nobody is written down who brought them."""
    when = as_text(getattr(file, "uploaded_at", None))
    by = getattr(file, "uploaded_by", None)
    return kind, mask_numbers(file.file_name), f"{when} {by.name if by else ''}".strip(), file.digest


def notice(dossier: Dossier, title: Title) -> Printout | None:
    """Where and when it hung, and what was said against it; not what, nor by whom."""
    if not dossier.noticed and not dossier.case.notice_from:
        return None
    case = dossier.case
    told = (
        labelled((_("公示开始日期"), as_text(case.notice_from)), (_("公示结束日期"), as_text(case.notice_to))),
        labelled((_("公示地点"), case.notice_place)),
    )
    notices = _table(
        _("公示单"),
        ((_("公示编号"), 5), (_("公示地点"), 7), (_("公示时间"), 6), (_("发布人"), 3), (_("本申请"), 3)),
        (
            (
                shown.notice.number,
                shown.notice.place,
                f"{shown.notice.first_day} {shown.notice.last_day}",
                shown.notice.posted_by.name,
                _("已撤下") if shown.taken_off else _("列入"),
            )
            for shown in dossier.noticed
        ),
    )
    objections = _table(
        _("异议"),
        ((_("提出日期"), 6), (_("处理结果"), 6), (_("处理人"), 6), (_("处理时间"), 6)),
        (
            (
                objection.raised_on,
                objection.get_outcome_display() or _("尚未处理"),
                objection.decided_by.name if objection.decided_by else "",
                objection.decided_at,
            )
            for shown in dossier.noticed
            for objection in shown.objections.all()
        ),
    )
    return _sheet(dossier, title, Ruled(told), *notices, *objections)


def decision(dossier: Dossier, title: Title) -> Printout | None:
    """What was decided, and every opinion on the way to it, the first above."""
    case, events = dossier.case, [event for event in _events(dossier) if event.move in OPINIONS]
    if not case.decision and not events:
        return None
    departure = dossier.facts.departure
    told = (
        labelled((_("审批结果"), case.get_decision_display()), (_("审批日期"), as_text(case.decided_on))),
        labelled((_("帮扶标准(元)"), as_text(case.standard)), (_("资助来源"), case.sources)),
        labelled((_("与标准不同"), departure.words if departure else ""), look=Look.LONG),
    )
    return _sheet(dossier, title, Ruled(told), *_moves(_("各环节意见"), events))


def payments(dossier: Dossier, title: Title) -> Printout | None:
    """What was paid, in which batch by whose hands, and what the bank said of it."""
    if not dossier.payments and not dossier.items:
        return None
    paid = _table(
        _("助学款发放"),
        (
            *((_("业务编号"), 4), (_("发放日期"), 4), (_("金额(元)"), 4), (_("资金来源"), 4), (_("发放方式"), 3)),
            *((_("状态"), 2), (_("凭证号"), 3)),
        ),
        (
            (
                *(each.number, each.paid_on, each.amount, each.get_source_display(), each.get_method_display()),
                *(each.get_status_display(), mask_numbers(each.voucher)),
            )
            for each in dossier.payments
        ),
    )
    results = _table(
        _("发放批次和办理结果"),
        (
            *((_("批次编号"), 3), (_("编制"), 4), (_("复核发放"), 4), (_("账号"), 3), (_("金额(元)"), 3)),
            *((_("结果"), 2), (_("失败原因"), 3), (_("办结日期"), 2)),
        ),
        (
            (
                item.batch.number,
                f"{item.batch.made_by.name} {item.batch.made_on}",
                f"{item.batch.released_by.name} {item.batch.released_on}" if item.batch.released_by else "",
                mask_card(item.frozen_line.card) if item.frozen_line else "",
                item.amount,
                item.get_result_display(),
                mask_numbers(item.reason),
                item.settled_on,
            )
            for item in dossier.items
        ),
    )
    returned = _table(
        _("银行回盘文件"),
        ((_("批次编号"), 4), (_("读入"), 6), (_("成功笔数"), 3), (_("失败笔数"), 3), (_("校验值（SHA-256）"), 8)),
        (
            (file.batch.number, f"{as_text(file.read_at)} {file.read_by.name}", file.paid, file.failed, file.digest)
            for file in dossier.returns
        ),
    )
    return _sheet(dossier, title, *paid, *results, *returned)


def visits(dossier: Dossier, title: Title) -> Printout | None:
    """When who called on child or worker, and what was brought; not what the family needs."""
    columns = (
        *((_("业务编号"), 4), (_("走访日期"), 4), (_("走访对象"), 3), (_("形式"), 3), (_("走访人"), 4)),
        *((_("慰问方式"), 3), (_("慰问金(元)"), 3)),
    )
    rows = [
        (
            *(visit.number, visit.visited_on, _whom(visit, dossier)),
            _("电话回访") if visit.by_telephone else _("上门走访"),
            *(visit.visitor, visit.get_ways_display(), visit.gift_money),
        )
        for visit in dossier.visits
    ]
    answered = labelled(
        (_("是否足额收到"), as_text(dossier.case.received_in_full)), (_("收到日期"), as_text(dossier.case.received_on))
    )
    return _sheet(dossier, title, Ruled((answered,)), *_table("", columns, rows)) if rows else None


def _whom(visit: Visit, dossier: Dossier) -> str:
    return _("子女") if visit.person_id == dossier.case.person_id else _("职工")


def log(dossier: Dossier, title: Title) -> Printout | None:
    """Every move, the first above."""
    events = _events(dossier)
    return _sheet(dossier, title, *_moves("", events)) if events else None


def seen(dossier: Dossier, title: Title) -> Printout | None:
    """Who looked at the case, took something of it away or changed it, as the audit log tells."""
    columns = ((_("时间"), 5), (_("人员"), 3), (_("事项"), 4), (_("说明"), 12))
    rows = [
        (
            *(entry.at, entry.actor.name if entry.actor else "", entry.get_action_display()),
            mask_numbers("；".join(f"{name}：{text}" for name, text in in_words(entry.detail))),
        )
        for entry in dossier.seen
    ]
    return _sheet(dossier, title, *_table("", columns, rows)) if rows else None


def _events(dossier: Dossier) -> list[CaseEvent]:
    return sorted(dossier.case.events.all(), key=lambda event: event.pk)


def _moves(heading: str, events: Iterable[CaseEvent]) -> tuple[Block, ...]:
    columns = ((_("时间"), 5), (_("人员"), 3), (_("事项"), 3), (_("此后状态"), 3), (_("原因"), 3), (_("说明"), 7))
    rows = (
        (
            *(event.at, event.actor.name, AID_CASE_WORKFLOW.words(event.move), event.get_state_display()),
            *(event.get_reason_display(), mask_numbers(event.comment)),
        )
        for event in events
    )
    return _table(heading, columns, rows)


def _table(heading: str, columns: tuple[tuple[str, int], ...], rows: Iterable[Iterable]) -> tuple[Block, ...]:
    """The rows below their columns; nothing, with its heading, where there are none."""
    head = heading_line(*columns)
    lines = [list_line(head, map(as_text, row)) for row in rows]
    above = (Prose(heading, is_heading=True),) if heading else ()
    return (*above, Ruled((head, *lines), heads=1, is_small=True)) if lines else ()


def _sheet(dossier: Dossier, title: Title, *blocks: Block) -> Printout:
    case = dossier.case
    told = Beside((_("申请编号：%s") % case.number, _("所属工会：%s") % case.union.name))
    return Printout(str(title), (told, *blocks), is_wide=True)
