"""How many there are, in words, for the pages of lists."""

from django import template
from django.utils.translation import gettext as _

from portal.records.lists.paging import Page

register = template.Library()


@register.filter
def amount(page: Page, measure: str) -> str:
    """How many records the list of `page` has, with its measure word: 23 条, or 1000 条以上 where counting stopped."""
    words = _("%(total)d %(measure)s以上") if page.is_more else _("%(total)d %(measure)s")
    return words % {"total": page.total, "measure": measure}
