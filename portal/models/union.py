"""The union tree."""

import datetime
from typing import Any, Self

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from portal.access import Permission, can, path_range
from portal.enums import UnionKind
from portal.fields import PathField
from portal.workflow import MoveRefused

STEP_LENGTH = 4
REPORTING_DEPTH = 2  # right below the city
REPORTING_PATH_LENGTH = STEP_LENGTH * REPORTING_DEPTH
REPORTING_KINDS = (UnionKind.DISTRICT, UnionKind.BUREAU, UnionKind.INDUSTRY)


class UnionClosed(MoveRefused):
    """A new record, or a file, for a union that is closed."""


class UnionQuerySet(MP_NodeQuerySet, models.QuerySet):
    """Named readings of the tree."""

    def in_union(self, union: "Union") -> Self:
        """`union` and every union below it."""
        return self.filter(path_range(union.path, "path"))

    def reporting(self) -> Self:
        """The 填报单位, in the official order: by code."""
        return self.filter(depth=REPORTING_DEPTH, kind__in=REPORTING_KINDS).order_by("code")

    def open_on(self, day: datetime.date) -> Self:
        """Those not closed by `day`: only they take new records, and only they are asked for a report."""
        return self.filter(models.Q(closed_on__isnull=True) | models.Q(closed_on__gt=day))

    def of_campaign(self, campaign: Any) -> Self:
        """The 填报单位 that there were in `campaign`: one that was closed before it has no place in its tables."""
        return self.reporting().open_on(campaign.starts_on)

    def visible_to(self, user: Any) -> Self:
        """The unions `user` works in or oversees; an administrator keeps the whole tree."""
        if not can(user, Permission.VIEW_UNIONS):
            return self.none()
        return self.in_union(user.union)


ReadingManager: Any = MP_NodeManager.from_queryset(UnionQuerySet)


class UnionManager(ReadingManager):
    """treebeard's manager builds its own plain queryset; this one builds ours."""

    def get_queryset(self) -> UnionQuerySet:
        return UnionQuerySet(self.model, using=self._db).order_by("path")


class Union(MP_Node):
    """A union of any level. `path` is the materialised path whose prefix is the scope."""

    steplen = STEP_LENGTH
    node_order_by: list[str] = []

    depth: int  # kept by the library
    path = PathField(max_length=255, unique=True)
    code = models.CharField(_("工会编码"), max_length=20, unique=True)
    name = models.CharField(_("工会名称"), max_length=100)
    kind = models.CharField(_("类别"), max_length=20, choices=UnionKind)

    # From this day on it takes no new record and owes no report; what it has stays readable.
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("并入"),
    )

    objects = UnionManager()

    class Meta:
        verbose_name = _("工会")
        verbose_name_plural = _("工会")

    def __str__(self) -> str:
        return self.name

    @property
    def standing(self) -> str:
        """Whether it is open, in words."""
        if self.closed_on is None:
            return gettext("使用中")
        words = gettext("%(day)s 并入“%(other)s”") if self.merged_into else gettext("%(day)s 撤销")
        return words % {"day": self.closed_on, "other": self.merged_into}

    @property
    def is_city(self) -> bool:
        return self.depth == 1

    @property
    def is_closed(self) -> bool:
        """Whether its last day has passed."""
        return self.closed_on is not None and self.closed_on <= localdate()

    @property
    def closed_words(self) -> str:
        """Why it takes no new record; '' while it does."""
        if not self.is_closed:
            return ""
        words = gettext("“%(union)s”已于 %(day)s 撤销，不能再登记；未办结的事项，请系统管理员把它并入其他工会后办理。")
        return words % {"union": self.name, "day": self.closed_on}

    def refuse_if_closed(self) -> None:
        """Asked before anything new is kept for it. Raises UnionClosed."""
        if words := self.closed_words:
            raise UnionClosed(words)

    @property
    def is_reporting(self) -> bool:
        return self.depth == REPORTING_DEPTH and self.kind in REPORTING_KINDS

    @property
    def reporting_path(self) -> str:
        """The path of the 填报单位 this union belongs to; the city's own path for the city."""
        return self.path[:REPORTING_PATH_LENGTH]

    def reporting_unit(self) -> "Union":
        """The 填报单位 this union belongs to (one query unless it is that unit itself)."""
        return self if self.depth <= REPORTING_DEPTH else Union.objects.get(path=self.reporting_path)

    def contains(self, other: "Union") -> bool:
        """Whether `other` is this union or below it."""
        return other.path.startswith(self.path)


class VacatedPath(models.Model):
    """空出的位置: a place in the tree that a union has left. What was written there is its, so nobody else gets it."""

    path = PathField(max_length=255, unique=True)

    class Meta:
        verbose_name = _("空出的位置")
        verbose_name_plural = _("空出的位置")

    def __str__(self) -> str:
        return self.path
