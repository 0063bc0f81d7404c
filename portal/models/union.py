"""The union tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from portal.access import Permission, can, path_range
from portal.enums import UnionKind
from portal.fields import PathField

STEP_LENGTH = 4
REPORTING_DEPTH = 2  # right below the city
REPORTING_PATH_LENGTH = STEP_LENGTH * REPORTING_DEPTH
REPORTING_KINDS = (UnionKind.DISTRICT, UnionKind.BUREAU, UnionKind.INDUSTRY)


class UnionQuerySet(MP_NodeQuerySet):
    """Named readings of the tree."""

    def in_union(self, union):
        """`union` and every union below it."""
        return self.filter(path_range(union.path, "path"))

    def reporting(self):
        """The 填报单位, in the official order: by code."""
        return self.filter(depth=REPORTING_DEPTH, kind__in=REPORTING_KINDS).order_by("code")

    def visible_to(self, user):
        """The unions `user` works in or oversees; an administrator keeps the whole tree."""
        if not can(user, Permission.VIEW_UNIONS):
            return self.none()
        return self.in_union(user.union)


class UnionManager(MP_NodeManager.from_queryset(UnionQuerySet)):
    """treebeard's manager builds its own plain queryset; this one builds ours."""

    def get_queryset(self):
        return UnionQuerySet(self.model, using=self._db).order_by("path")


class Union(MP_Node):
    """A union of any level. `path` is the materialised path whose prefix is the scope."""

    steplen = STEP_LENGTH
    node_order_by: list[str] = []

    path = PathField(max_length=255, unique=True)
    code = models.CharField(_("工会编码"), max_length=20, unique=True)
    name = models.CharField(_("工会名称"), max_length=100)
    kind = models.CharField(_("类别"), max_length=20, choices=UnionKind)

    objects = UnionManager()

    class Meta:
        verbose_name = _("工会")
        verbose_name_plural = _("工会")

    def __str__(self) -> str:
        return self.name

    @property
    def is_city(self) -> bool:
        return self.depth == 1

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
