"""What of a vacancy goes out to everybody as somebody typed it, and that it names nobody who can be reached."""

from functools import partial
from operator import attrgetter

from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext_lazy as _

from employment.models import Vacancy
from portal.record_rules import Rule
from portal.words.contacts import names_a_contact

EMPLOYER_NAME = "employer__name"
# Every field of the feed that is not a code, a number or a day; the union's name is not typed by a clerk.
PUBLISHED_TEXTS = ("title", "district", "requirements", EMPLOYER_NAME)


def _names_a_contact_in(path: str, vacancy: Vacancy) -> bool:
    return names_a_contact(attrgetter(path.replace(LOOKUP_SEP, "."))(vacancy))


def may_be_read_by_all(vacancy: Vacancy) -> bool:
    """Whether no text of `vacancy` that goes out names a contact. Its employer should have come along."""
    return not any(_names_a_contact_in(path, vacancy) for path in PUBLISHED_TEXTS)


def _breaks(path: str, vacancy: Vacancy) -> bool:
    return vacancy.published and _names_a_contact_in(path, vacancy)


def _rule(path: str) -> Rule:
    """Broken from either side: by the text, and by publishing; a name also by whoever renames the employer."""
    message = _("对外发布的岗位不能写联系人、电话、微信、QQ、证件号码或电子邮箱")
    if path == EMPLOYER_NAME:
        message = _("对外发布的岗位，用人单位名称中不能写联系人、电话、微信、QQ、证件号码或电子邮箱")
    return Rule((path, "published"), partial(_breaks, path), message)


PUBLISHING_RULES = tuple(map(_rule, PUBLISHED_TEXTS))
