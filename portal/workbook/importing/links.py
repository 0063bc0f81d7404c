"""Columns whose cells name a record that no sheet brings: a union, a campaign."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext as _

from portal.models import Campaign, Union
from portal.models.campaign import FIRST_YEAR, default_dates, year_may_open
from portal.workbook.cells import CellFault
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.sheets import Column


class LinkColumn(Column):
    """A column that resolves its own references: `prepare` for all cells at once, then `resolve` for each.

    What was found or opened is shared by all columns that link to the same model.
    """

    links_to: ClassVar[type[Model]]

    def prepare(self, book: Book, values: Collection) -> dict[Any, Model]:
        """What the cells may name, by value; a query for hundreds of rows, never one for each."""
        raise NotImplementedError

    def resolve(self, book: Book, value: Any, found: dict[Any, Model]) -> Model:
        """The record that `value` names. Raises CellFault with the reason if there is none."""
        raise NotImplementedError


class UnionColumn(LinkColumn):
    """A union code: the unit that imports, or one below it. One elsewhere is answered like one that does not exist."""

    links_to = Union

    def prepare(self, book: Book, values: Collection) -> dict[Any, Model]:
        unions = Union.objects.in_union(book.unit)
        return {union.code: union for chunk in in_chunks(values) for union in unions.filter(code__in=chunk)}

    def resolve(self, book: Book, value: Any, found: dict[Any, Model]) -> Model:
        try:
            return found[value]
        except KeyError:
            raise CellFault(_("工会编码不存在，或不属于本单位及其下级工会")) from None


class CampaignColumn(LinkColumn):
    """A campaign's year. One that may exist but does not yet is opened with its default dates."""

    links_to = Campaign

    def prepare(self, book: Book, values: Collection) -> dict[Any, Model]:
        return {campaign.year: campaign for campaign in Campaign.objects.all()}

    def resolve(self, book: Book, value: Any, found: dict[Any, Model]) -> Model:
        if value not in found:
            if not year_may_open(value):
                reason = _("活动年度应在 %(first)d 年至明年之间") % {"first": FIRST_YEAR}
                raise CellFault(reason)
            found[value] = book.open_record(Campaign(year=value, **default_dates(value)))
            book.notices.append(_("新开 %(year)d 活动年度，采用默认起止日期") % {"year": value})
        return found[value]
