"""The sentences of a summary report, by the clauses of the notice: each is said where one of its numbers is not 0.

What is drafted has blanks, not numbers: the numbers in it stay those of the records.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import ActivityKind, ExemplarKind, Programme
from portal.models import Campaign
from reports.annex.campaign_figures import form_of
from reports.beside.movement import CONTINUING, DIRECTIONS, ENDED, LABELS, NEW, SUBJECTS
from reports.counting.rows import FigureRow
from reports.enums import SummaryPart
from reports.summary.blanks import slugs_in
from reports.summary.names import CHANGE, figure_slug, moved_slug
from reports.summary.numbers import Numbers

PLACEHOLDER = gettext_lazy("（请补充。）")
Texts = dict[str, str]
Sentence = tuple[str, ...]  # clauses; the first is said with whichever of the others are


def headed(texts: Mapping[str, str]) -> str:
    """The parts as one text under their headings, a line for each paragraph; a part without a word is left out."""
    numerals = "一二三四"
    written = [(part, texts[part]) for part in SummaryPart.values if texts[part].strip()]
    return "\n".join(
        f"{numerals[place]}、{SummaryPart(part).label}\n{text}" for place, (part, text) in enumerate(written)
    )


def work_done(numbers: Numbers) -> str:
    """工作开展情况: the four modes of the notice, part one (three), then (one) 1, (two) and part two (two)."""
    return _chaptered(
        numbers,
        (
            (_("落实政策助学"), _policy()),
            (_("发展结对助学"), _pairing()),
            (_("深化就业援助"), _employment()),
            (_("创新社会助学"), _social()),
            (_("物质帮扶与精神帮扶相结合"), _care()),
            (_("健全公示和发放制度"), _openly()),
            (_("宣传和选树典型"), _exemplars()),
        ),
    )


def data_told(campaign: Campaign, rows: Mapping[str, FigureRow], numbers: Numbers) -> list[str]:
    """主要数据: every figure of the forms that is or was something, with last year's beside it; who came and went."""
    lines = [_("{unit}{year}年度的统计自{starts_on}起，截至{cut_off}。")]
    parts = {slug for row in rows.values() for slug in row.figure.parts}
    for number in sorted({row.figure.form for row in rows.values()}):
        of_form = [row for slug, row in rows.items() if row.figure.form == number and slug not in parts]
        told = [_beside_last_year(row) for row in of_form if row.reported or row.last]
        values = {"title": "".join(form_of(campaign, number).title.split()), "told": "；".join(told) or _("各项均为0")}
        lines.append(_("《%(title)s》：%(told)s。") % values)
    lines += said(numbers, [(_("今年资助的子女中"), _("新纳入{aided_new}人"), _("继续帮扶{aided_continued}人"))])
    return lines + [line for subject in SUBJECTS if (line := _movers(subject, numbers))]


def problems_told(numbers: Numbers) -> list[str]:
    """存在问题: what the lists of the desks know to be late, unpaid or undone."""
    return said(
        numbers,
        [
            (
                _("发放方面：审批通过{cover_approved}份申请"),
                _("尚未发放{cover_unpaid}份"),
                _("部分发放{cover_partly}份"),
                _("发放失败、尚未重发{left_failed}笔"),
                _("有现金或转账、没有全部发到银行卡{cover_off_card}份"),
            ),
            (_("走访方面"), _("7、8月未走访的受助子女{left_unvisited}人"), _("走访后待跟进{left_follow_ups}项")),
            (
                _("档案方面"),
                _("一年未核实{left_unverified}户"),
                _("材料不全{left_documents}户"),
                _("没有张贴照片的公示单{left_without_photo}张"),
            ),
            (
                _("就业帮扶方面"),
                _("逾期未兑现的帮扶承诺{left_promises}项"),
                _("逾期未答复的来电{left_enquiries}件"),
            ),
        ],
        needs_more=True,
    )


def plans_told(numbers: Numbers) -> list[str]:
    """下一步打算: cases under way and to be continued, graduates not yet in work, what the visits ask for."""
    return said(
        numbers,
        [
            (
                _("继续做好助学"),
                _("抓紧办理正在办理的申请{left_undecided}份"),
                _("尽快发放已审批的助学款{cover_unpaid}份"),
                _("为去年受助、今年未续办的子女{left_to_renew}人逐一明确是否续办"),
                _("对今年继续帮扶的子女{aided_continued}人跟踪回访"),
                _("对今年新纳入的子女{aided_new}人跟踪回访"),
            ),
            (
                _("继续做好就业帮扶"),
                _("对需要帮扶、尚未就业的毕业生{path_unplaced}人逐人落实岗位、培训或见习"),
                _("对本地就读、尚未签约的应届毕业生{fresh_unsigned_local}人持续跟踪"),
                _("对未就业的往届毕业生{past_unemployed}人持续跟踪"),
                _("明年转为往届的毕业生{path_turning_past}人中，提前帮扶尚未签约的{path_turning_unemployed}人"),
                _("对已就业的毕业生{left_to_ask}人回访是否稳定"),
            ),
            (
                _("继续落实三项制度"),
                _("补访未走访的受助子女{left_unvisited}人"),
                _("办结走访后待跟进的事项{left_follow_ups}项"),
                _("核实一年未核实的档案{left_unverified}户"),
            ),
        ],
        needs_more=True,
    )


def said(numbers: Numbers, sentences: Iterable[Sentence], *, needs_more: bool = False) -> list[str]:
    """The sentences of which a clause has a number that is not 0, each with only such clauses.

    A first clause without a number is said before the others; with `needs_more` the first alone is no sentence.
    """
    lines = []
    for first, *others in sentences:
        told = [clause for clause in others if _counts(clause, numbers)]
        leads = _counts(first, numbers)
        if told or (leads and not needs_more):
            lines.append("，".join([*([first] if leads or not slugs_in([first]) else []), *told]) + "。")
    return lines


def or_gap(lines: list[str]) -> str:
    """The lines as a text; where there is none, the place for one."""
    return "\n".join(lines or [str(PLACEHOLDER)])


def _counts(clause: str, numbers: Numbers) -> bool:
    """Whether a clause has a number that is not 0; none with the blank of a figure that the form has not got."""
    slugs = slugs_in([clause])
    return slugs <= numbers.keys() and any(numbers[slug].counts for slug in slugs)


def _chaptered(numbers: Numbers, chapters: Iterable[tuple[str, list[Sentence]]]) -> str:
    lines = []
    for numeral, (heading, sentences) in zip("一二三四五六七", chapters, strict=False):
        lines += [f"（{numeral}）{heading}", *(said(numbers, sentences) or [str(PLACEHOLDER)])]
    return "\n".join(lines)


def _policy() -> list[Sentence]:
    return [
        (
            _("先帮助落实政府政策{policies_granted}项"),
            _("惠及子女{policy_children}人"),
            _("落实金额{policy_amount}万元"),
        ),
        (_("以政策助学方式资助{aided_by_policy}人"),),
        (_("帮助毕业生落实就业扶持政策{policies}人次"), _("发放求职补贴{job_grants}人次、{job_grant_amount}万元")),
    ]


def _pairing() -> list[Sentence]:
    programmes = [
        (
            f"“{programme.label}”",
            _("结对方{%(givers)s}个") % {"givers": f"givers_{programme.value}"},
            _("结对学生{%(pupils)s}人") % {"pupils": f"pupils_{programme.value}"},
        )
        for programme in Programme
    ]
    everybody = (_("共有{givers}个结对方参与"), _("结对学生{pupils}人"), _("结对困难职工{paired_workers}人"))
    return [everybody, *programmes, (_("以结对助学方式资助{aided_by_pairing}人"),)]


def _employment() -> list[Sentence]:
    return [
        (
            _("与{practice_employers}家单位联系，提供社会实践岗位{practice_posts}个"),
            _("安排学生{practice_students}人"),
        ),
        (
            _("为{graduates}名高校毕业生建档跟踪"),
            _("提供实习见习{internships}人次"),
            _("技能培训{trainings}人次"),
            _("帮助取得职业资格证书{certificates}人次"),
        ),
        (
            _("举办就业服务活动{job_events}场"),
            _("活动提供岗位{event_posts}个"),
            _("通过企业和公益性岗位等提供岗位{employer_posts}个"),
        ),
        (
            _("创业指导{startup_guidance}人次"),
            _("创业培训{startup_trainings}人次"),
            _("小额担保贷款{microloans}人次、{microloan_amount}元"),
        ),
        (_("实际帮助实现就业{placements}人次"), _("其中需要帮扶的毕业生{path_placed}人")),
        (_("以就业援助方式资助{aided_by_employment}人"),),
    ]


def _social() -> list[Sentence]:
    return [
        (
            _("与{project_organisations}家社会组织合作，实施项目{projects}个"),
            _("其中购买服务{projects_purchased_service}个"),
            _("志愿者项目{projects_volunteer_project}个"),
            _("志愿者{project_volunteers}人次"),
            _("受益子女{project_children}人"),
            _("付款{project_paid}万元"),
        ),
        (_("以社会助学方式资助{aided_by_social}人"),),
    ]


def _care() -> list[Sentence]:
    kinds = [f"{kind.label}{{activities_{kind.value}}}{_('场')}" for kind in ActivityKind]
    return [
        (
            _("共筹集资金{raised}万元"),
            _("其中各级党委政府资助{raised_government}万元"),
            _("社会捐助{raised_social}万元"),
            _("各级工会投入{raised_union}万元"),
        ),
        (_("共资助困难职工和农民工子女{aided}人，发放助学款{paid}万元"),),
        (
            _("开展助学活动{activities}场"),
            *kinds,
            _("参加的子女{activity_children}人、{activity_times}人次"),
        ),
        (
            _("走访慰问{visits}人次"),
            _("其中上门{visits_at_door}人次"),
            _("电话回访{visits_by_telephone}人次"),
        ),
    ]


def _openly() -> list[Sentence]:
    return [
        (_("张贴公示单{notices}张，公示申请{noticed_cases}份"), _("收到并处理异议{objections}件")),
        (
            _("已有发放的申请{cover_paid}份"),
            _("全部发到银行卡{cover_by_card}份"),
            _("按时足额发放{cover_on_time}份"),
        ),
    ]


def _exemplars() -> list[Sentence]:
    kinds = [f"{kind.label}{{exemplars_{kind.value}}}{_('个')}" for kind in ExemplarKind]
    return [(_("选树并公开典型{exemplars}个"), *kinds)]


def _beside_last_year(row: FigureRow) -> str:
    figure = row.figure
    number = f"{figure}{{{figure.slug}}}{figure.unit.label}"
    return number if row.change is None else f"{number}，{{{figure_slug(figure, CHANGE)}}}"


def _movers(subject: str, numbers: Numbers) -> str:
    """Who came, stayed and went; '' where nobody did, or nobody asked."""
    slugs = {direction: moved_slug(subject, direction) for direction in DIRECTIONS}
    if not any(slug in numbers and numbers[slug].counts for slug in slugs.values()):
        return ""
    unit = {"households": _("户")}.get(subject, _("人"))
    told = (f"{LABELS[subject][direction]}{{{slugs[direction]}}}{unit}" for direction in (NEW, CONTINUING, ENDED))
    return f"{SUBJECTS[subject]}：{'，'.join(told)}。"
