"""金秋助学申请审批表: what is applied for, said and decided, each with name, day and room for a seal."""

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.casework.policies import answers_of
from aid.enums import Policy, PolicyOutcome
from aid.models import AidCase, CaseEvent, NoticedCase, Objection, PolicyAid
from aid.models.casework.passing import BEFORE
from aid.standards.granted import WITH_TABLES, granted_of
from portal.identity import mask_card, mask_id_number, mask_numbers, mask_telephone
from portal.printouts.cells import facts, labelled, opinion
from portal.printouts.content import Beside, Box, Boxes, Height, Look, Printout, Ruled
from portal.printouts.kind import Asked, PrintoutKind
from portal.records.attribute import Attribute, hidden
from portal.words.on_paper import BLANK_DAY, day_on_paper, yuan

HOME = "child.household"
UNSIGNED = "　　　　　"  # room for a name
FACTS = (
    (
        Attribute(f"{HOME}.worker_name"),
        Attribute(f"{HOME}.sex", label=gettext_lazy("性别")),
        Attribute(f"{HOME}.worker_category"),
    ),
    (
        Attribute(f"{HOME}.worker.id_number", mask=mask_id_number),
        Attribute(f"{HOME}.telephone", mask=mask_telephone),
    ),
    (Attribute(f"{HOME}.employer"), Attribute(f"{HOME}.hardship_category")),
    (Attribute(f"{HOME}.address", mask=hidden),),
    (
        Attribute(f"{HOME}.single_parent"),
        Attribute(f"{HOME}.family_size"),
        Attribute(f"{HOME}.monthly_income", label=gettext_lazy("月收入(元)")),
    ),
    (
        Attribute("child.name", label=gettext_lazy("子女姓名")),
        Attribute("person.sex"),
        Attribute("child.relation", label=gettext_lazy("关系")),
    ),
    (Attribute("person.id_number", mask=mask_id_number), Attribute("child.school")),
    (Attribute("stage"), Attribute("child.grade"), Attribute("mode")),
)
CAUSES = (Attribute(f"{HOME}.main_cause", mask=hidden), Attribute(f"{HOME}.cause", mask=hidden))


def application_form(case: AidCase, asked: Asked) -> Printout:
    """One page. Numbers of identity and card stay masked on it, whatever the reason: the archive form has them."""
    reader = asked.reader(mask_id_number, mask_card)
    causes = tuple((attribute.heading(AidCase), reader.text(attribute, case)) for attribute in CAUSES)
    lines = (
        *facts(reader, case, *FACTS),
        labelled((_("申请金额"), yuan(case.standard) + _standard(case))),
        labelled((_("申请理由"), "；".join(text for _label, text in causes if text)), look=Look.LONG),
        labelled((_("政策落实"), _policies(case)), look=Look.LONG),
        Boxes((_statement(case),)),
        Boxes((_first_look(case), _notice(case)), Height.SEALED),
        Boxes((_decision(case),), Height.SEALED),
    )
    told = _("申请编号：%s") % case.number, _("所属工会：%s") % case.union.name
    return Printout(_("%s年金秋助学申请审批表") % case.campaign, (Beside(told), Ruled(lines)))


def _standard(case: AidCase) -> str:
    """Whose standard holds for the case, and how much it is; '' where there is none for its stage."""
    usual = granted_of(case.campaign).of(case)
    if usual is None:
        return ""
    return _("，%(whose)s %(amount)s 元") % {"whose": usual.whose, "amount": f"{usual.amount:,.2f}"}


def _policies(case: AidCase) -> str:
    """What was granted elsewhere, and what is waited for, in the order of the code list."""
    answers = answers_of(case)
    told = [
        f"{policy.label}{_granted(answers[policy])}"
        for policy in Policy
        if policy in answers and answers[policy].outcome in (PolicyOutcome.GRANTED, PolicyOutcome.APPLIED)
    ]
    return "；".join(told) or (_("无") if answers else "")


def _granted(policy: PolicyAid) -> str:
    return f" {policy.amount:,.2f} 元" if policy.amount else _("（%s）") % policy.get_outcome_display()


def _statement(case: AidCase) -> Box:
    words = _(
        "　　本人承诺所填情况和所交材料真实、完整，如有不实愿退回助学款；授权工会向有关部门和单位核对本人及家庭成员的"
        "身份、就学、收入、财产和享受救助的情况。"
    )
    signing = _("申请人（签名）：　　　　　　　%s") % day_on_paper(case.applied_on)
    return Box(words, 24, Look.LONG, signing=(signing,), is_sealed=False)


def _first_look(case: AidCase) -> Box:
    """单位工会初审: who checked the case and what was said; where a campaign does without, who put it forward."""
    checked = case.passed_check
    if checked or (case.campaign.check_first and case.status in BEFORE):
        passed = _("经核对材料和家庭情况，符合申请条件，同意公示。") if checked else ""
        text = mask_numbers(checked.comment) if checked and checked.comment else passed
        return opinion(_("单位工会初审意见："), text, *_signed(_("初审人（签名）："), checked), units=12)
    submitted = _last(case, "submit")
    text = _("经核对材料和家庭情况，符合申请条件，拟同意上报。") if submitted else ""
    return opinion(_("单位工会初审意见："), text, *_signed(_("经办人（签名）："), submitted), units=12)


def _notice(case: AidCase) -> Box:
    """公示结果: from when to when and where it hung, and what was said against it."""
    posted = next((noticed.notice.posted_by.name for noticed in case.noticed.all() if not noticed.taken_off), "")
    signing = _("经办人（签名）：%s　　　　") % (posted or UNSIGNED), _("（盖章）　　"), BLANK_DAY
    if not case.notice_from or not case.notice_to:
        unposted = _("续办，初审通过后不再公示。") if case.is_approved else ""
        return opinion(_("公示结果："), unposted, *signing, units=12)
    words = _("%(first)s至%(last)s在%(place)s公示，%(result)s。") % {
        "first": day_on_paper(case.notice_from),
        "last": day_on_paper(case.notice_to),
        "place": case.notice_place,
        "result": _objections(case),
    }
    return opinion(_("公示结果："), words, *signing, units=12)


def _objections(case: AidCase) -> str:
    raised = [objection for noticed in case.noticed.all() for objection in noticed.objections.all()]
    told = [
        _("%(day)s的异议%(outcome)s")
        % {"day": day_on_paper(each.raised_on), "outcome": each.get_outcome_display() or _("尚未处理")}
        for each in raised
    ]
    return "、".join(told) or _("无异议")


def _decision(case: AidCase) -> Box:
    """审批意见: what was decided, by whom and when."""
    words = ""
    if case.is_approved:
        words = _("同意资助，标准 %s。") % yuan(case.standard)
        words += _("其中：%s。") % case.sources if case.sources else ""
    elif case.decision:
        words = _("审批结果：%s。") % case.get_decision_display()
    decided = _last(case, "approve", "reject") if case.decision else None
    return opinion(_("审批意见："), words, *_signed(_("审批人（签名）："), decided, case.decided_on))


def _last(case: AidCase, *moves: str) -> CaseEvent | None:
    return next((event for event in case.events.all() if event.move in moves), None)


def _signed(who: str, event: CaseEvent | None, day=None) -> tuple[str, ...]:
    """Who signs, with the name of who did it in the portal; the seal; the day."""
    name = event.actor.name if event else UNSIGNED
    return f"{who}{name}　　　　", _("（盖章）　　"), day_on_paper(day or (event and localtime(event.at).date()))


def _read(cases: QuerySet) -> QuerySet:
    objections = Objection.objects.defer("text", "raised_by", "answer").order_by("pk")
    shown = NoticedCase.objects.select_related("notice__posted_by").order_by("pk")
    noticed = shown.prefetch_related(Prefetch("objections", objections))
    events = CaseEvent.objects.select_related("actor").order_by("-pk")
    return cases.select_related(
        "campaign", "person", "child__household__worker", "child__household__union"
    ).prefetch_related("policies", "shares", *WITH_TABLES, Prefetch("events", events), Prefetch("noticed", noticed))


APPLICATION_FORM = PrintoutKind(
    model=AidCase,
    noun="cases",
    act="print",
    title=gettext_lazy("金秋助学申请审批表"),
    content=application_form,
    read=_read,
    reveals=(gettext_lazy("电话"), gettext_lazy("住址"), gettext_lazy("致困原因")),
)
