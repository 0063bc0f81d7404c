"""People who sign in."""

import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as PlainUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.access import Permission, can, path_range
from portal.enums import Role
from portal.models.union import Union


class AccountQuerySet(models.QuerySet):
    """Accounts of people, and of the systems that are none."""

    def people(self) -> Self:
        """Those that somebody signs in with."""
        return self.exclude(role=Role.SYSTEM)

    def unused(self) -> Self:
        """Those in use with which nobody signed in for ACCOUNT_UNUSED_DAYS, counted from when they were opened or
        given back where that was later; none where the setting is 0."""
        if not settings.ACCOUNT_UNUSED_DAYS:
            return self.none()
        before = timezone.now() - datetime.timedelta(days=settings.ACCOUNT_UNUSED_DAYS)
        idle = models.Q(last_login__lt=before) | models.Q(last_login=None, date_joined__lt=before)
        return self.people().filter(idle, is_active=True).exclude(restored_at__gte=before)

    def suspended(self) -> Self:
        """Those that were put out of use because nobody used them, of which nobody said yet what becomes of them."""
        return self.people().filter(suspended_at__isnull=False)

    def with_expired_password(self) -> Self:
        """Those in use whose password is older than PASSWORD_MAX_AGE_DAYS; none where passwords do not age."""
        if not settings.PASSWORD_MAX_AGE_DAYS:
            return self.none()
        before = timezone.now() - datetime.timedelta(days=settings.PASSWORD_MAX_AGE_DAYS)
        return self.people().filter(is_active=True, password_set_at__lte=before)

    def to_hand_over(self, user: Any) -> Self:
        """Those whose desks `user` hands over: everybody else's for who keeps accounts, the clerks' of the own union
        and below for its lead."""
        others = self.people().exclude(pk=user.pk).select_related("union").order_by("union__path", "username")
        if can(user, Permission.MANAGE_ACCOUNTS):
            return others
        if not can(user, Permission.HAND_OVER):
            return others.none()
        return others.filter(path_range(user.union.path, "union__path"), role=Role.CLERK)

    def may_succeed(self, predecessor: "User", by: Any) -> Self:
        """Who can take over from `predecessor`: the same role in the same union, in use, and not who hands over."""
        alike = self.filter(union=predecessor.union_id, role=predecessor.role, is_active=True)
        return alike.exclude(pk__in=[predecessor.pk, by.pk]).order_by("name", "pk")

    def systems(self) -> Self:
        """Outside systems, in the order of their unions."""
        return self.filter(role=Role.SYSTEM).select_related("union").order_by("union__path", "username")


ReadingManager: Any = PlainUserManager.from_queryset(AccountQuerySet)


class UserManager(ReadingManager):
    """Django's manager, which also makes passwords, with our readings."""


class User(AbstractUser):  # type: ignore[django-manager-missing]  # that of authenticators, which has no types
    """A person with one role in one union. The first password is changed at first log-in."""

    # Django's own way to leave a field out, which its types do not know.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=50)
    role = models.CharField(_("岗位"), max_length=20, choices=Role)
    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="users", verbose_name=_("所属工会"))
    must_change_password = models.BooleanField(_("下次登录须修改密码"), default=True)
    password_set_at = models.DateTimeField(_("密码设定时间"), default=timezone.now, editable=False)

    # Unused for too long, `is_active` is off meanwhile; and given back, from when it counts anew. Mostly NULL.
    suspended_at = models.DateTimeField(_("暂停时间"), null=True, editable=False)
    restored_at = models.DateTimeField(_("恢复时间"), null=True, editable=False)

    tour_ended_at = models.DateTimeField(_("看过导览的时间"), null=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()
    REQUIRED_FIELDS = ["email", "name", "role", "union"]

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values),
                name="user_role_known",
                violation_error_message=_("岗位不存在。"),
            ),
            models.CheckConstraint(
                condition=models.Q(suspended_at=None) | models.Q(is_active=False),
                name="user_suspended_is_out_of_use",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @cached_property
    def hands(self) -> frozenset[int]:
        """The keys of this person and of everybody whose work came to them (domain.md, four eyes). One query."""
        before: Any = getattr(self, "inherited")  # noqa: B009  a relation of another model's
        return frozenset({self.pk, *before.values_list("predecessor", flat=True)})

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        self.password_set_at = timezone.now()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
