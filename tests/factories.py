"""Unions and people for tests. What a test does not name is invented."""

import time
from datetime import date

import factory
from django.conf import settings

from portal.access import SECOND_FACTOR_ROLES
from portal.accounts.sign_in import SIGNED_IN_AT, USED_AT
from portal.enums import Role, UnionKind
from portal.models import Authenticator, Campaign, Union, User

PASSWORD = "Autumn-Leaf-27"


def make_union(parent: Union | None, code: str, name: str, kind: UnionKind) -> Union:
    """A union below `parent`; the root of the tree when there is none."""
    fields = {"code": code, "name": name, "kind": kind}
    if parent is None:
        return Union.objects.add_root(fields)
    return Union.objects.add_child(parent, fields)


class UserFactory(factory.django.DjangoModelFactory):
    """A person who has changed the first password."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"人员{n}")
    role = Role.CLERK
    must_change_password = False
    password = factory.django.Password(PASSWORD)


class CampaignFactory(factory.django.DjangoModelFactory):
    """A campaign with the default dates."""

    class Meta:
        model = Campaign
        django_get_or_create = ("year",)

    year = 2014
    starts_on = factory.LazyAttribute(lambda campaign: date(campaign.year, 1, 1))
    ends_on = factory.LazyAttribute(lambda campaign: date(campaign.year, 12, 31))
    due_on = factory.LazyAttribute(lambda campaign: date(campaign.year, 9, 1))


def device_of(user: User) -> Authenticator:
    """The authenticator of `user`, bound."""
    return Authenticator.objects.get_or_create(user=user, confirmed=True, defaults={"name": "totp"})[0]


def sign_in(client, user: User) -> None:
    """Sign `user` in, with the second factor where the role asks for one."""
    client.force_login(user, backend="portal.accounts.unused.TellingBackend")
    session = client.session  # used just now: the first page of a test does not put its end off
    session[SIGNED_IN_AT] = session[USED_AT] = int(time.time())
    if settings.SECOND_FACTOR_REQUIRED and user.role in SECOND_FACTOR_ROLES:
        session["otp_device_id"] = device_of(user).persistent_id
    session.save()
