"""What is accepted with a notice about a person."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext as _

from aid.models import Person
from portal.models import Union
from portal.text import may_have_lost_a_character
from portal.words.identity_kinds import is_of_unknown_region
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks

NAMES = "names"  # by identity number, as first seen


def recall_names(book: Book, model: type[Model], person: str, name: str) -> None:
    """Remember how records on file in the own unit, which this workbook leaves alone, write the names of its people."""
    numbers = {known.pk: number for number, known in book.linked[Person].items() if known.pk}
    in_workbook = book.pks(model)
    unit = Union(path=book.unit.reporting_path)
    for chunk in in_chunks(numbers):
        rows = model.objects.in_union(unit).filter(**{f"{person}__in": chunk}).values_list("pk", person, name)
        for pk, of, written in rows:
            if pk not in in_workbook:
                book.seen[NAMES].setdefault(numbers[of], written)


def about_person(book: Book, person: Person, name: str) -> Iterator[str]:
    """An identity number of an unknown region; one person under two names in this unit. No number is repeated."""
    if is_of_unknown_region(person.id_number):
        yield _("身份证号的地区代码不在现行或历史名录中，请核对")
    if may_have_lost_a_character(name):
        yield _("姓名“%(name)s”可能缺字或有无法显示的字，请核对") % {"name": name}
    earlier = book.seen[NAMES].setdefault(person.id_number, name)
    if earlier != name:
        yield _("同一证件号码有两种姓名写法：“%(first)s”和“%(second)s”，请核对") % {"first": earlier, "second": name}
