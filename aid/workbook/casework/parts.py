"""市级资金, 区级资金, 社会资金: what each level grants of a case, as columns of grids and lists, with their rule."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from aid.enums import FundSource, GrantLevel
from aid.guards.submitting import words_of_sum
from aid.models import AidCase
from aid.workbook.funds import SHORT_SOURCE, source_of
from portal.record_rules import Fault, Party
from portal.workbook.cells import AmountCell, CodeCell
from portal.workbook.importing.book import Book
from portal.workbook.sheets import Column

# Attributes of a case by the level that grants the part.
AMOUNTS = {GrantLevel.CITY: "city_share", GrantLevel.UNIT: "unit_share", GrantLevel.SOCIAL: "social_share"}
SOURCES = {GrantLevel.CITY: "city_source", GrantLevel.UNIT: "unit_source"}
BESIDE = frozenset((*AMOUNTS.values(), *SOURCES.values()))
JUDGED = BESIDE | {"standard"}
NOT_DONATED = _("社会的资助从社会捐助支出，市级和区级的不从社会捐助支出")
# Before 资金, 资助, 补助 …: how lists of unions call the level.
LEVEL_WORDS = {
    GrantLevel.CITY: ("市级", "市总", "市总工会"),
    GrantLevel.UNIT: ("区级", "区总", "区总工会", "本级", "局级"),
    GrantLevel.SOCIAL: ("社会", "社会捐助", "社会捐赠"),
}
MONEY_WORDS = (
    "资金", "资助", "资助金额", "资助资金", "补助", "补助金额", "补助资金", "补贴", "金额", "承担", "出资", "配套资金",
)  # fmt: skip
SOURCE_WORDS = ("资助来源", "来源", "款项来源")


def amount_column(level: GrantLevel, attribute: str, *, required: bool = False) -> Column:
    """What `level` grants; 0 is nothing."""
    words = [who + what for who in LEVEL_WORDS[level] for what in MONEY_WORDS]
    cell = AmountCell(zero_is_blank=True)
    return Column(f"{level.label}资金(元)", attribute, cell, required=required, synonyms=words)


class SourceColumn(Column):
    """The source that a unions' level takes its part from; blank where it is that of the unions themselves."""

    empty_keeps = True


def source_column(level: GrantLevel, attribute: str) -> Column:
    words = [who + what for who in LEVEL_WORDS[level] for what in SOURCE_WORDS]
    cell = CodeCell(FundSource, short=SHORT_SOURCE, grown=source_of)
    return SourceColumn(f"{level.label}资金来源", attribute, cell, synonyms=words, note=_("不填的是各级工会投入"))


def source_meant(level: GrantLevel, said: str) -> str:
    """The source of a part of `level`, of which a cell says so much."""
    return FundSource.SOCIAL if level == GrantLevel.SOCIAL else said or FundSource.UNION


def sum_faults(case: AidCase, amounts: Iterable[Decimal | None], *parties: Party) -> Iterator[Fault]:
    """That the parts of `case` do not come to what is granted, if they do not."""
    if words := words_of_sum(case.standard, [amount for amount in amounts if amount]):
        yield Fault(words.removesuffix("。"), parties)


def wrong_sums(book: Book) -> Iterator[Fault]:
    """One fault for each case, new or changed, whose parts do not come to its standard, at the last part."""
    for row in book.records_of(AidCase):
        if row.faulty & JUDGED or not row.changed & JUDGED:
            continue
        amounts = {name: getattr(row.record, name) for name in AMOUNTS.values()}
        named = next((name for name in reversed(amounts) if amounts[name]), "standard")
        yield from sum_faults(row.record, amounts.values(), Party(row.record, named, JUDGED))
