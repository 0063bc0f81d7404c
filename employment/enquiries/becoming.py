"""Records of one's own that an enquiry may have become: those offered to choose from, and one named by hand."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.households.known_people import KnownPerson, known_person
from aid.models import AidCase, Child, Household
from employment.models import Enquiry, Graduate
from employment.proposals.services import TERTIARY, unregistered
from portal.fields import blind_index
from portal.models import User
from portal.words.identity_kinds import parse_identity

MOST_OFFERED = 20


@dataclass(frozen=True)
class Becoming:
    """One kind of record that an enquiry becomes.

    `offered` are those that may be meant, `words` what each is called. `find` looks for one by what is typed under
    `label`; it may raise portal.identity.IdentityError. `fresh` are addresses where such a record is made, in words.
    """

    offered: Callable[[Enquiry, User], QuerySet]
    words: Callable[[Model], str]
    label: str | Promise
    find: Callable[[str, User], QuerySet]
    fresh: Callable[[Enquiry, User], list[tuple[str, str]]]


def known_at_work(enquiry: Enquiry, user: User) -> tuple[KnownPerson, list[Graduate]] | None:
    """What the identity number of an enquiry tells, and the graduates of one's own; None where it has none."""
    if not enquiry.id_number:
        return None
    graduates = Graduate.objects.visible_to(user).filter(person__id_hash=enquiry.id_hash)
    return known_person(enquiry.id_number, user), list(graduates)


def _named(enquiry: Enquiry, name: str, person: str) -> Q:
    """Of that name, or of that identity number."""
    by_name = Q(**{name: enquiry.name})
    return by_name | Q(**{f"{person}__id_hash": enquiry.id_hash}) if enquiry.id_hash else by_name


def households_of(enquiry: Enquiry, user: User) -> QuerySet:
    """Open files of the person as worker, or as a child on file."""
    children = Child.objects.visible_to(user).filter(_named(enquiry, "name", "person"), on_file=True)
    found = _named(enquiry, "worker_name", "worker") | Q(pk__in=children.values("household"))
    return Household.objects.visible_to(user).unclosed().filter(found).select_related("union").order_by("number")


def children_of(enquiry: Enquiry, user: User) -> QuerySet:
    """The person as a child on file, and the children of the person's file."""
    of_home = Q(household__in=households_of(enquiry, user).order_by().values("pk"))
    found = _named(enquiry, "name", "person") | of_home
    return Child.objects.visible_to(user).filter(found, on_file=True).order_by("name", "pk")


def cases_of(enquiry: Enquiry, user: User) -> QuerySet:
    cases = AidCase.objects.visible_to(user).filter(child__in=children_of(enquiry, user).order_by().values("pk"))
    return cases.select_related("child", "campaign").order_by("-applied_on", "-pk")


def graduates_of(enquiry: Enquiry, user: User) -> QuerySet:
    of_home = Q(household__in=households_of(enquiry, user).order_by().values("pk"))
    found = _named(enquiry, "name", "person") | of_home
    return Graduate.objects.visible_to(user).filter(found, closed_on__isnull=True).order_by("-graduated_on", "-pk")


def _graduates_by_number(typed: str, user: User) -> QuerySet:
    wanted = blind_index(parse_identity(typed).number)
    return Graduate.objects.visible_to(user).filter(person__id_hash=wanted).order_by("-graduated_on")


def _form(name: str, enquiry: Enquiry, **parent: int) -> str:
    query = "".join(f"{key}={value}&" for key, value in parent.items())
    return f"{reverse(f'{name}_create')}?{query}enquiry={enquiry.pk}"


def _new_file(enquiry: Enquiry, _user: User) -> list[tuple[str, str]]:
    return [(_("新建困难职工家庭档案"), _form("household", enquiry))]


def _new_cases(enquiry: Enquiry, user: User) -> list[tuple[str, str]]:
    return [
        (_("为%(name)s新建助学申请") % {"name": child.name}, _form("aidcase", enquiry, child=child.pk))
        for child in children_of(enquiry, user)[:MOST_OFFERED]
    ]


def _new_graduates(enquiry: Enquiry, user: User) -> list[tuple[str, str]]:
    of_children = [
        (_("将子女%(name)s登记为高校毕业生") % {"name": child.name}, _form("graduate", enquiry, child=child.pk))
        for child in unregistered(children_of(enquiry, user)).filter(stage__in=TERTIARY)[:MOST_OFFERED]
    ]
    of_homes = [
        (
            _("在档案%(number)s下登记高校毕业生") % {"number": home.number},
            _form("graduate", enquiry, household=home.pk),
        )
        for home in households_of(enquiry, user)[:MOST_OFFERED]
    ]
    return [*of_children, *of_homes]


BECOMING: dict[str, Becoming] = {
    "file": Becoming(
        households_of,
        lambda home: f"{home.number} {home.worker_name}（{home.union.name}）",
        gettext_lazy("档案编号"),
        lambda typed, user: Household.objects.visible_to(user).unclosed().filter(number=typed),
        _new_file,
    ),
    "aid": Becoming(
        cases_of,
        lambda case: f"{case.number} {case.child.name} {case.campaign}",
        gettext_lazy("助学申请的业务编号"),
        lambda typed, user: AidCase.objects.visible_to(user).filter(number=typed),
        _new_cases,
    ),
    "help": Becoming(
        graduates_of,
        lambda graduate: f"{graduate.name} {graduate.school} {graduate.graduated_on}",
        gettext_lazy("毕业生的证件号码"),
        _graduates_by_number,
        _new_graduates,
    ),
}
