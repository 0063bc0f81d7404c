"""The parts of an audit pack: one row for each, which the files, the page and the sheet of what is missing read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import CaseState, DocumentKind, LineResult, PaymentMethod
from aid.models.casework.passing import BEFORE
from aid.oversight import sheets
from aid.oversight.dossier import Dossier
from portal.access import Permission, can
from portal.printouts.content import Printout


class Completeness(Enum):
    """How complete a part is."""

    WHOLE = gettext_lazy("齐全")
    IN_PART = gettext_lazy("不全")
    MISSING = gettext_lazy("没有")
    NOT_DUE = gettext_lazy("还没有到这一步")


def always(_dossier: Dossier) -> bool:
    return True


def nothing(_dossier: Dossier) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True)
class PackPart:
    """A file of the pack, called by its place and `title`.

    `content` makes it; where it gives None the file is not there, and `lacking` says what is missing, if the case is so
    far that the part is `due`. `gaps` says what is missing though the file is there. The part is for those who hold
    `permission`.
    """

    title: str | Promise
    content: Callable[[Dossier, str | Promise], Printout | None]
    lacking: str | Promise
    due: Callable[[Dossier], bool] = always
    gaps: Callable[[Dossier], Iterator[str]] = nothing
    permission: Permission = Permission.VIEW_RECORDS


@dataclass(frozen=True)
class Made:
    """A part of one case: its sheet, if there is one, and what is missing of it in words."""

    part: PackPart
    place: int
    printout: Printout | None
    standing: Completeness
    missing: tuple[str, ...]

    @property
    def name(self) -> str:
        """Of the file, without its ending."""
        return f"{self.place:02d}_{self.part.title}"


def parts_of(dossier: Dossier) -> Iterator[Made]:
    """The parts that the reader of the dossier may have."""
    for place, part in enumerate(PARTS, start=1):
        if not can(dossier.asked.user, part.permission):
            continue
        printout = part.content(dossier, part.title)
        if printout is None:
            due = part.due(dossier)
            standing = Completeness.MISSING if due else Completeness.NOT_DUE
            yield Made(part, place, None, standing, (str(part.lacking),) if due else ())
        else:
            missing = tuple(part.gaps(dossier))
            yield Made(part, place, printout, Completeness.IN_PART if missing else Completeness.WHOLE, missing)


def _checks(dossier: Dossier) -> Iterator[str]:
    case, facts = dossier.case, dossier.facts
    if case.campaign.check_first and facts.check is None and case.status not in (*BEFORE, CaseState.WITHDRAWN):
        yield _("没有初审记录")
    if facts.policies.unanswered and case.status != CaseState.DRAFT:
        yield _("政策落实情况有 %d 项没有填写") % facts.policies.unanswered
    if facts.income is None:
        yield _("没有登记收入")


def _papers(dossier: Dossier) -> Iterator[str]:
    if dossier.papers is None:
        yield _("家庭档案已不在本单位，家庭材料没有列入")
        return
    yield from (_("没有%s") % kind for kind in dossier.facts.papers.missing)
    kept = {paper.kind for paper in dossier.papers if paper.digest}
    for kind in sorted({paper.kind for paper in dossier.papers} - kept):
        yield _("%s只见过原件，没有存件") % DocumentKind(kind).label


def _notice(dossier: Dossier) -> Iterator[str]:
    if not dossier.noticed:
        yield _("没有公示单")
    for shown in dossier.noticed:
        if not shown.taken_off and not hasattr(shown.notice, "photo"):
            yield _("公示单 %s 没有张贴后的照片") % shown.notice.number
        if any(not objection.outcome for objection in shown.objections.all()):
            yield _("公示单 %s 有异议没有处理") % shown.notice.number


def _decision(dossier: Dossier) -> Iterator[str]:
    if dossier.case.decision and not any(event.move in ("approve", "reject") for event in dossier.case.events.all()):
        yield _("没有审批人的记录")


def _payments(dossier: Dossier) -> Iterator[str]:
    if dossier.case.is_approved and not dossier.is_paid:
        yield _("没有已发放的记录")
    if any(not payment.voucher for payment in dossier.payments if payment.is_paid):
        yield _("有发放没有凭证号")
    answered = {file.batch_id for file in dossier.returns}
    for item in dossier.items:
        by_card = item.batch.method == PaymentMethod.CARD
        if by_card and item.result in (LineResult.PAID, LineResult.FAILED) and item.batch_id not in answered:
            yield _("批次 %s 没有银行回盘文件") % item.batch.number


PARTS = (
    PackPart(gettext_lazy("申请审批表"), sheets.application, gettext_lazy("没有申请审批表")),
    PackPart(gettext_lazy("核对情况"), sheets.checks, gettext_lazy("没有核对情况"), gaps=_checks),
    PackPart(gettext_lazy("材料清单"), sheets.papers, gettext_lazy("没有任何材料"), gaps=_papers),
    PackPart(
        gettext_lazy("公示"),
        sheets.notice,
        gettext_lazy("没有公示"),
        due=lambda dossier: dossier.case.is_approved,
        gaps=_notice,
    ),
    PackPart(
        gettext_lazy("审批意见"),
        sheets.decision,
        gettext_lazy("没有审批意见"),
        due=lambda dossier: dossier.case.is_approved or dossier.case.status == CaseState.REJECTED,
        gaps=_decision,
    ),
    PackPart(
        gettext_lazy("发放和银行结果"),
        sheets.payments,
        gettext_lazy("没有发放记录"),
        due=lambda dossier: dossier.case.is_approved,
        gaps=_payments,
    ),
    PackPart(
        gettext_lazy("走访和回访"),
        sheets.visits,
        gettext_lazy("没有走访或回访"),
        due=lambda dossier: dossier.is_paid,
    ),
    PackPart(gettext_lazy("办理日志"), sheets.log, gettext_lazy("没有办理日志")),
    PackPart(
        gettext_lazy("查阅记录"),
        sheets.seen,
        gettext_lazy("没有查阅记录"),
        due=lambda _dossier: False,
        permission=Permission.VIEW_AUDIT,
    ),
)
