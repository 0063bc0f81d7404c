"""求职申请 as lists bring them back from 工会就业服务网: who applied for which post, and what came of it.

What is brought in are referrals, by the rules by which one is entered on the page. The list names the post by its
number, or by title and employer; the graduate by name, and by identity number where the list has it.
"""

from collections.abc import Sequence

from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.workbook.columns import ID_WORDS, NUMBER_LENGTH
from aid.workbook.employers import EMPLOYER_WORDS, EmployerSheet
from employment.editing.referral import REFERRAL_FORM
from employment.enums import OPEN_REFERRALS
from employment.models import Graduate, Referral, Vacancy
from employment.workbook import CASE_WORKBOOK
from employment.workbook.applications import ApplicationSheet
from employment.workbook.vacancies import TITLE_WORDS, VacancySheet
from portal.fields import blind_index
from portal.models import Union
from portal.record_rules import Rule
from portal.workbook.cells import DateCell, IdNumberCell, NameCell, TextCell
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.lists.kinds import ListKind, Part, Values
from portal.workbook.sheets import Column, Workbook


class ApplicationListSheet(ApplicationSheet):
    """A referral with the columns by which a list tells of it; name, title and employer are no fields of the record."""

    subjects = ("求职者", "求职人", "应聘者", "应聘人", "毕业生", "投递人", "学生")
    rules = (
        *ApplicationSheet.rules,
        Rule(
            ("graduate_name", "graduate"),
            lambda referral: getattr(referral, "graduate_name", "") not in ("", referral.graduate.name),
            gettext_lazy("姓名与这个证件号码的毕业生不同，请核对"),
        ),
    )

    graduate_name = Column("姓名", "graduate_name", NameCell(50))
    graduate = Column(
        "毕业生身份证号",
        "graduate",
        IdNumberCell(),
        required=True,
        refers=("高校毕业生",),
        path="graduate__person__id_number",
        synonyms=("身份证号", *ID_WORDS),
    )
    vacancy = Column(
        "岗位编号",
        "vacancy",
        TextCell(NUMBER_LENGTH),
        required=True,
        refers=("招聘岗位",),
        path="vacancy__number",
        synonyms=("岗位号", "职位编号", "招聘岗位编号", "应聘岗位编号"),
    )
    vacancy_title = Column("应聘岗位", "vacancy_title", TextCell(100), synonyms=("岗位名称", "投递岗位", *TITLE_WORDS))
    employer_name = Column(
        "用人单位", "employer_name", TextCell(100), synonyms=("单位名称", "招聘单位", *EMPLOYER_WORDS)
    )
    referred_on = Column(
        "应聘日期",
        "referred_on",
        DateCell(),
        required=True,
        synonyms=("投递日期", "投递时间", "应聘时间", "申请日期", "求职日期", "推荐日期"),
    )

    def remarks(self, book, row):
        yield from super().remarks(book, row)
        if not row.is_new:
            told = {"number": row.record.number, "state": row.record.get_state_display()}
            yield _("这位毕业生已推荐过这一岗位（%(number)s，%(state)s），没有重复登记") % told


def known_applications(unit: Union, rows: Sequence[Values]) -> list[Model | None]:
    """The referral of that graduate to that post: one that is open, or was made on that day.

    Rows are told first which post and which graduate they mean, where just one of the unit has that title and employer,
    or that name. Of a referral on file nothing is changed: what came of it since is said on its page.
    """
    owner = Union(path=unit.reporting_path)
    _name_posts(owner, rows)
    _name_graduates(owner, rows)
    numbers = {row["vacancy"] for row in rows if row.get("vacancy")}
    on_file: dict[tuple, list[Referral]] = {}
    for chunk in in_chunks(numbers):
        found = Referral.objects.in_union(owner).filter(vacancy__number__in=chunk)
        for referral in found.select_related("vacancy", "graduate__person", "graduate__union").order_by("-pk"):
            on_file.setdefault((referral.vacancy.number, referral.graduate.person.id_hash), []).append(referral)
    return [_known(row, on_file) for row in rows]


def _known(row: Values, on_file: dict[tuple, list[Referral]]) -> Referral | None:
    identity = row.get("graduate")
    referrals = on_file.get((row.get("vacancy"), blind_index(str(identity))), []) if identity else []
    same = (each for each in referrals if each.state in OPEN_REFERRALS or each.referred_on == row.get("referred_on"))
    known = next(same, None)
    if known is not None:
        for name in ("graduate_name", "referred_on", "state", "note"):
            row.pop(name, None)
    return known


def _name_posts(owner: Union, rows: Sequence[Values]) -> None:
    """Give each row without a number the number of the only post of its title and employer, the open ones first."""
    wanted = [row for row in rows if not row.get("vacancy") and row.get("vacancy_title")]
    posts: dict[tuple, list[Vacancy]] = {}
    for chunk in in_chunks({row["vacancy_title"] for row in wanted}):
        found = Vacancy.objects.in_union(owner).filter(title__in=chunk).select_related("employer").order_by("pk")
        for vacancy in found:
            posts.setdefault((vacancy.title, vacancy.employer.name), []).append(vacancy)
    today = localdate()
    for row in wanted:
        meant = posts.get((row["vacancy_title"], row.get("employer_name")), [])
        meant = [each for each in meant if each.offered_on <= today <= each.closes_on] or meant
        if len(meant) == 1:
            row["vacancy"] = meant[0].number
    for row in rows:
        row.pop("vacancy_title", None)
        row.pop("employer_name", None)


def _name_graduates(owner: Union, rows: Sequence[Values]) -> None:
    """Give each row without an identity number that of the only graduate of its name."""
    wanted = [row for row in rows if not row.get("graduate") and row.get("graduate_name")]
    named: dict[str, list[Graduate]] = {}
    for chunk in in_chunks({row["graduate_name"] for row in wanted}):
        found = Graduate.objects.in_union(owner).filter(name__in=chunk).select_related("person")
        for graduate in found.order_by("pk"):
            named.setdefault(graduate.name, []).append(graduate)
    for row in wanted:
        meant = named.get(str(row["graduate_name"]), [])
        if len(meant) == 1:
            row["graduate"] = meant[0].person.id_number


APPLICATIONS = ListKind(
    name="applications",
    title=gettext_lazy("求职申请（工会就业服务网投递回来的，一行一份）"),
    workbook=Workbook((*CASE_WORKBOOK.sheets, EmployerSheet(), VacancySheet(), ApplicationListSheet())),
    main="岗位推荐",
    words=("求职申请", "应聘", "投递", "求职登记"),
    parts=(
        Part(
            title="岗位推荐",
            identity="graduate_name",
            prefix=REFERRAL_FORM.prefix,
            on_file=known_applications,
            lacks={
                "graduate": gettext_lazy("没有写证件号码，本单位也没有唯一一位叫这个名字的高校毕业生"),
                "vacancy": gettext_lazy("没有写岗位编号，本单位也没有唯一一个这样的岗位名称和用人单位"),
            },
            comes_as=gettext_lazy("新增的求职申请登记为岗位推荐；录用在推荐的页面登记。"),
        ),
    ),
)
