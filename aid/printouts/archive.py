"""困难职工档案表: the family's file as it is signed and kept, after the form that unions use in the whole country."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Model, Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import DocumentKind
from aid.households.papers import missing
from aid.models import Child, Document, Household, Member
from aid.models.family import FEN
from aid.standards.services import standings
from portal.identity import mask_card, mask_id_number, mask_telephone
from portal.printouts.cells import LABEL_UNITS, Reader, beside_label, facts, labelled, opinion
from portal.printouts.content import UNITS, Beside, Box, Boxes, Height, Look, Printout, Ruled, heading_line, list_line
from portal.printouts.kind import Asked, PrintoutKind
from portal.records.attribute import Attribute, as_text, hidden
from portal.words.on_paper import BLANK_DAY


class PeopleTable(NamedTuple):
    """A list on the form: its name, its columns with their units, and how many lines it has, empty ones to write in."""

    label: str | Promise
    model: type[Model]
    columns: tuple[tuple[Attribute, int], ...]
    least: int = 0


FACTS = (
    (Attribute("worker_name"), Attribute("sex", label=gettext_lazy("性别")), Attribute("worker.birth_date")),
    (Attribute("worker.id_number", mask=mask_id_number), Attribute("telephone", mask=mask_telephone)),
    (Attribute("worker_category"), Attribute("hardship_category"), Attribute("single_parent")),
    (Attribute("employer"), Attribute("other_contact", mask=hidden)),
    (Attribute("address", mask=hidden),),
    (Attribute("health", mask=hidden), Attribute("health_note", mask=hidden)),
    (Attribute("housing"), Attribute("housing_area", label=gettext_lazy("面积(㎡)")), Attribute("filed_on")),
)
BANK = (
    (Attribute("account_person", label=gettext_lazy("收款人")), Attribute("account_name", label=gettext_lazy("户名"))),
    (Attribute("bank_name"), Attribute("bank_card", mask=mask_card)),
)
OWN_CARD = PeopleTable(
    gettext_lazy("子女\n的卡"),
    Child,
    (
        (Attribute("name"), 4),
        (Attribute("account_name", label=gettext_lazy("户名")), 4),
        (Attribute("bank_name"), 6),
        (Attribute("bank_card", mask=mask_card), 8),
    ),
)
NATIONAL = (
    (
        Attribute("ethnicity", mask=hidden),
        Attribute("political_status", mask=hidden),
        Attribute("marriage", mask=hidden),
    ),
    (Attribute("registration"), Attribute("registered_at", mask=hidden)),
    (Attribute("work_state"), Attribute("model_worker"), Attribute("disability", mask=hidden)),
    (Attribute("medical_insurance", mask=hidden), Attribute("employer_nature"), Attribute("employer_state")),
    (
        Attribute("self_reliant", label=gettext_lazy("自救能力")),
        Attribute("jobless_family"),
        Attribute("other_yearly_income", label=gettext_lazy("其他年收入(元)")),
    ),
    (Attribute("bank_branch"),),
)
CAUSES = (Attribute("main_cause", mask=hidden), Attribute("other_causes", mask=hidden))
CAUSE = Attribute("cause", label=gettext_lazy("致困情况"), mask=hidden)
MEMBER = PeopleTable(
    gettext_lazy("家庭\n成员"),
    Member,
    (
        (Attribute("name"), 3),
        (Attribute("relation", label=gettext_lazy("关系")), 2),
        (Attribute("id_number", mask=mask_id_number), 7),
        (Attribute("health", label=gettext_lazy("健康"), mask=hidden), 2),
        (Attribute("monthly_income"), 3),
        (Attribute("occupation"), 5),
    ),
    least=3,
)
CHILD = PeopleTable(
    gettext_lazy("就学\n子女"),
    Child,
    (
        (Attribute("name"), 3),
        (Attribute("relation", label=gettext_lazy("关系")), 2),
        (Attribute("person.id_number", mask=mask_id_number), 7),
        (Attribute("stage"), 2),
        (Attribute("grade"), 3),
        (Attribute("school"), 5),
    ),
    least=2,
)


def archive_form(home: Household, asked: Asked) -> Printout:
    """Both sides of a sheet: who they are and what they live on, and what each union says, with room for its seal."""
    reader = asked.reader()
    lines = (
        *facts(reader, home, *FACTS),
        *(facts(reader, home, *NATIONAL) if has_national(home) else ()),
        *_incomes(home),
        *facts(reader, home, *BANK),
        *_own_cards(reader, home),
        *_people(reader, home.members.all(), MEMBER),
        *_people(reader, home.children.all(), CHILD),
        *facts(reader, home, CAUSES),
        labelled((CAUSE.heading(Household), reader.text(CAUSE, home)), height=Height.BY_HAND, look=Look.LONG),
        labelled((_("所附材料"), _papers(home)), look=Look.LONG),
        Boxes((_statement(),), Height.ROOMY),
        *map(_opinion, (_("单位意见"), _("基层工会意见"), _("上级工会意见"))),
    )
    head = Beside((_("填报单位：%s") % home.union.name, _("档案编号：%s") % home.number))
    foot = Beside((_("建档人："), _("审核人："), _("填表日期：")), is_signed=True)
    return Printout(str(ARCHIVE_FORM.title), (head, Ruled(lines), foot))


def has_national(home: Household) -> bool:
    """Whether something of the national file is filled in: only then is there room for it on two sides."""
    paths = [attribute.path for line in NATIONAL for attribute in line]
    return any(getattr(home, path) not in ("", None) for path in paths)


def _opinion(head: str) -> Boxes:
    """Room for what is said, who signs, and the seal."""
    signing = _("负责人（签名）：　　　　　　　　"), _("（盖章）　　"), BLANK_DAY
    said = opinion("", "", *signing, units=UNITS - LABEL_UNITS)
    return Boxes((Box(head, LABEL_UNITS, Look.LABEL), said), Height.SEALED)


def _statement() -> Box:
    words = _("本人确认以上情况属实，同意工会为核实困难情况向有关单位查询，情况有变化时及时告知工会。")
    return Box(words, 24, Look.LONG, signing=(_("职工（签名）：　　　　　　　%s") % BLANK_DAY,), is_sealed=False)


def _incomes(home: Household) -> Iterator[Boxes]:
    """What the family lives on: of the latest year that is on file with the standard beside it, else as it was told."""
    latest = max(home.incomes.all(), key=lambda income: income.year, default=None)
    if latest is None:
        told = home.monthly_income, home.family_size
        per_head = (told[0] / told[1]).quantize(FEN) if None not in told and home.family_size else None
        yield _told((_("家庭人口"), home.family_size), (_("月收入(元)"), told[0]), (_("月人均(元)"), per_head))
        return
    year = _("%d年收入(元)") % latest.year
    yield _told((_("家庭人口"), latest.people), (year, latest.amount), (_("月人均(元)"), latest.per_head))
    yield _told((_("当年低保标准"), standings([latest])[0].standard), (_("收入说明"), latest.note))


def _told(*told: tuple[str, object]) -> Boxes:
    return labelled(*((label, as_text(value)) for label, value in told))


def _own_cards(reader: Reader, home: Household) -> tuple[Boxes, ...]:
    """Where a child is paid on a card of its own; nothing where none is."""
    own = [child for child in home.children.all() if child.bank_card]
    return _people(reader, own, OWN_CARD) if own else ()


def _people(reader: Reader, people: Iterable[Model], told: PeopleTable) -> tuple[Boxes, ...]:
    """A list down the side of which stands what it is of."""
    attributes = [attribute for attribute, _units in told.columns]
    head = heading_line(*((attribute.heading(told.model), units) for attribute, units in told.columns))
    rows = [[reader.text(attribute, person) for attribute in attributes] for person in people]
    rows += [[""] * len(attributes)] * (told.least - len(rows))
    return beside_label(str(told.label), [head, *(list_line(head, row) for row in rows)])


def _papers(home: Household) -> str:
    """The checklist, ticked as far as papers are there."""
    kinds = {document.kind for document in home.documents.all()}
    asked = {*missing(set(), has_children=bool(home.children.all())), *(DocumentKind(kind) for kind in kinds)}
    return "　".join(f"{'☑' if kind in kinds else '☐'} {kind.label}" for kind in DocumentKind if kind in asked)


def _read(homes: QuerySet) -> QuerySet:
    documents = Prefetch("documents", Document.objects.defer("content"))
    members = Prefetch("members", Member.objects.order_by("pk"))
    children = Prefetch("children", Child.objects.select_related("person").order_by("pk"))
    return homes.select_related("worker").prefetch_related(members, children, "incomes", documents)


ARCHIVE_FORM = PrintoutKind(
    model=Household,
    noun="households",
    act="print",
    title=gettext_lazy("困难职工档案表"),
    content=archive_form,
    read=_read,
    reveals=(
        gettext_lazy("身份证号"),
        gettext_lazy("银行卡号"),
        gettext_lazy("电话"),
        gettext_lazy("住址"),
        gettext_lazy("健康状况"),
        gettext_lazy("致困原因"),
    ),
)
