"""The form of an aid case: a draft below a child, filled in from last year's case and from the campaign's standards."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.casework.shares import keep_typed
from aid.enums import AidMode, CaseState, FundSource, GrantLevel, Programme, Stage
from aid.models import AidCase, Child, Pairing, Sponsor
from aid.programmes import kind_against_programme
from aid.standards.granted import granted, standard_now
from aid.workbook import AID_WORKBOOK, CaseSheet
from aid.workbook.casework.parts import BESIDE, NOT_DONATED, SOURCES, amount_column, source_column, wrong_sums
from portal.models import REPORTING_PATH_LENGTH, User
from portal.record_rules import Doubt, Rule
from portal.records.editing import Editing, Group
from portal.records.editing.fields import names_of
from portal.records.grid.declaration import EntryGrid
from portal.text import as_year
from portal.workbook.importing.writing import settle_words

PREFIX = "A"
USUAL, TABLES = "usual", "tables"  # what a book is told of the tables its cases are held against


class CaseFormSheet(CaseSheet):
    """The workbook's columns; what is entered here begins as a draft, whereas a workbook brings what was decided."""

    def complete(self, record, row):
        super().complete(record, row)
        if row is not None and row.is_new:
            record.status = CaseState.DRAFT

    def recall(self, book):
        super().recall(book)
        book.seen[USUAL][TABLES] = granted(row.record for row in book.records_of(AidCase))

    def remarks(self, book, row):
        yield from super().remarks(book, row)
        case = row.record
        usual = book.seen[USUAL][TABLES].of(case)
        if usual is not None and usual.amount != case.standard:
            yield _("帮扶标准与本年度%(stage)s的%(whose)s %(amount)s 元不同") % {
                "stage": case.get_stage_display(),
                "amount": f"{usual.amount:,.2f}",
                "whose": usual.short,
            }

    def doubts(self, book, row):
        """Of a sponsor and a programme that are newly put together."""
        case = row.record
        if not case.sponsor or not row.changed & {"sponsor", "programme"}:
            return
        settle_words(self, [row])
        sponsor = case.known_sponsor
        if sponsor is None:
            if "sponsor" in row.changed:
                words = _("结对方名录中没有“%(sponsor)s”：如是同一结对方，请改用名录中的名称；如是新的结对方，请先登记")
                yield Doubt("sponsor", words % {"sponsor": case.sponsor})
        elif case.known_programme and (words := kind_against_programme(sponsor.kind, case.known_programme)):
            yield Doubt("programme", words)


class CaseGridSheet(CaseFormSheet):
    """Cases in a grid, each with what every level grants of it."""

    set_rules = (*CaseFormSheet.set_rules, wrong_sums)
    rules = (
        *CaseFormSheet.rules,
        *(
            Rule((name,), lambda case, name=name: getattr(case, name) == FundSource.SOCIAL, NOT_DONATED)
            for name in SOURCES.values()
        ),
    )
    beside = BESIDE
    prefetched = ("shares",)

    city_share = amount_column(GrantLevel.CITY, "city_share")
    city_source = source_column(GrantLevel.CITY, "city_source")
    unit_share = amount_column(GrantLevel.UNIT, "unit_share")
    unit_source = source_column(GrantLevel.UNIT, "unit_source")
    social_share = amount_column(GrantLevel.SOCIAL, "social_share")

    def keep_beside(self, records, actor, change):
        keep_typed(records, actor, change)


def cases_kept_here(child: Child):
    """The child's cases of this 填报单位: those that another unit handled stay out of the form."""
    return child.cases.filter(union_path__startswith=child.union_path[:REPORTING_PATH_LENGTH])


def first_values(child: Child) -> Mapping[str, str]:
    """What a new form holds: this year, the child's stage, the rest as last time, the standard of the table."""
    year = localdate().year
    last = cases_kept_here(child).order_by("-campaign__year", "-pk").first()
    usual = standard_now(year, child.union_path, child.stage)
    standard = usual.amount if usual else (last.standard if last else None)
    values = {
        "campaign": str(year),
        "stage": str(Stage(child.stage).label),
        "standard": _plain(standard),
        "applied_on": localdate().isoformat(),
    }
    if last:
        values |= {"mode": str(last.get_mode_display()), "programme": last.programme, "sponsor": last.sponsor}
    return values


def follows_from(child: Child, typed: Mapping[str, str]) -> Mapping[str, str]:
    """What the blank cells of a grid mean: as in a new form, with the standard of the year and stage that are typed."""
    values = dict(first_values(child))
    if typed.get("mode"):  # a pairing of last year goes with the way of last year
        values = {name: text for name, text in values.items() if name not in ("programme", "sponsor")}
    chosen = {str(label): value for value, label in Stage.choices}.get(typed.get("stage", ""), child.stage)
    year = as_year(typed.get("campaign", "")) or localdate().year
    usual = standard_now(year, child.union_path, chosen)
    return values if usual is None else values | {"standard": _plain(usual.amount)}


def paired(child: Child, user: User) -> Mapping[str, str]:
    """What a new form takes from the latest pairing of the child that is running today; nothing without one."""
    today = localdate()
    running = Pairing.objects.visible_to(user).filter(child=child, starts_on__lte=today).exclude(ends_on__lt=today)
    latest = running.select_related("sponsor").order_by("-starts_on", "-pk").first()
    if latest is None:
        return {}
    programme = str(latest.get_programme_display())
    return {"mode": str(AidMode.PAIRING.label), "programme": programme, "sponsor": latest.sponsor.name}


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def refusal_of_submitted(case: AidCase) -> str:
    if case.status == CaseState.DRAFT:
        return ""
    state = case.get_status_display()
    return _("申请现在的状态是“%(state)s”，不能修改。如需修改，请由审核人退回。") % {"state": state}


CASE_FORM = Editing(
    sheet=CaseFormSheet(),
    workbook=AID_WORKBOOK,
    parent="child",
    prefix=PREFIX,
    refusal=refusal_of_submitted,
    initial=first_values,
    offered={"sponsor": names_of(Sponsor)},
    chosen={"programme": lambda: [str(label) for label in Programme.labels]},
    groups=(
        Group(
            gettext_lazy("申请"),
            ("campaign", "stage", "standard", "applied_on", "number"),
            gettext_lazy("帮扶标准按活动年度和学段的标准表填好，可以修改；与标准表不同的，提交时须写明理由。"),
        ),
        Group(
            gettext_lazy("助学方式"),
            ("mode", "programme", "sponsor"),
            gettext_lazy("结对项目与结对关系中的一致，从列出的项目中选择；结对方填名录中的名称，新的结对方请先登记。"),
        ),
    ),
)

AS_ON_FILE, AS_LAST_TIME = gettext_lazy("同子女档案"), gettext_lazy("同上次")
OF_UNIONS = gettext_lazy("工会投入")

CASE_GRID = EntryGrid(
    sheet=CaseGridSheet(),
    columns=(
        "child",
        "campaign",
        "stage",
        "standard",
        *("city_share", "city_source", "unit_share", "unit_source", "social_share"),
        "mode",
        "programme",
        "sponsor",
        "applied_on",
        "number",
    ),
    follows=follows_from,
    told={
        "campaign": gettext_lazy("今年"),
        "stage": AS_ON_FILE,
        "standard": gettext_lazy("按标准表"),
        "city_source": OF_UNIONS,
        "unit_source": OF_UNIONS,
        "mode": AS_LAST_TIME,
        "programme": AS_LAST_TIME,
        "sponsor": AS_LAST_TIME,
        "applied_on": gettext_lazy("今天"),
    },
)
