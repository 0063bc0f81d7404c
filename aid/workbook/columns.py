"""Columns that several sheets have."""

from django.utils.translation import gettext_lazy as _

from aid.models import Person
from portal.fields import blind_index
from portal.workbook.cells import IdNumberCell, TextCell
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.links import LinkColumn, UnionColumn
from portal.workbook.importing.sheet import IdentityColumn

NUMBER_LENGTH = 40


def number_column(heading: str = "业务编号") -> IdentityColumn:
    """The natural key of most sheets."""
    return IdentityColumn(heading, "number", TextCell(NUMBER_LENGTH), required=True, note=_("在本单位内不能重复"))


def union_column() -> UnionColumn:
    return UnionColumn(
        "工会编码", "union", TextCell(20), required=True, path="union__code", note=_("本单位或其下级工会的编码")
    )


class PersonColumn(LinkColumn, IdentityColumn):
    """An identity number that brings its person: one row in the whole tree, made when nobody had it before."""

    links_to = Person

    def __init__(self, attribute: str):
        super().__init__("身份证号", attribute, IdNumberCell(), required=True, path=f"{attribute}__id_number")

    @property
    def lookup(self):
        return f"{self.attribute}__id_hash"

    def lookup_value(self, value):
        return blind_index(value)

    def prepare(self, book, values):
        from_hash = {blind_index(number): number for number in values}
        return {
            from_hash[person.id_hash]: book.adopt(person)
            for chunk in in_chunks(from_hash)
            for person in Person.objects.known(chunk)
        }

    def resolve(self, book, value, found):
        if value not in found:
            found[value] = book.open_record(Person.of(value))
        return found[value]
