"""What is accepted with a notice about a person."""

from django.utils.translation import gettext as _

from portal.identity import id_region_known


def about_person(book, person, name: str):
    """An identity number of an unknown region; one person under two names in this workbook. No number is repeated."""
    if not id_region_known(person.id_number):
        yield _("身份证号的地区代码不在现行或历史名录中，请核对")
    earlier = book.seen["names"].setdefault(person.id_number, name)
    if earlier != name:
        yield _("同一身份证号在本工作簿中有两种姓名写法：“%(first)s”和“%(second)s”") % {
            "first": earlier,
            "second": name,
        }
