"""Places in the tree: given to new unions and to those that move, and never given twice.

Histories and the audit log keep the path at which they were written. A union that got the place of another would read
what was written there.
"""

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from portal.access import path_range
from portal.models import Union, VacatedPath
from portal.models.union import STEP_LENGTH


def add_union(facts: dict, *, under: Union | None) -> Union:
    """A new union with `facts` (code, name, kind) below another; the root of the tree without one."""
    if under is None:
        root: Union = Union.objects.add_root(facts)
        return root
    under = Union.objects.select_for_update().get(pk=under.pk)
    made = Union(path=_free_path(under), depth=under.depth + 1, numchild=0, **facts)
    made.save()
    Union.objects.filter(pk=under.pk).update(numchild=F("numchild") + 1)
    return made


def move_in_tree(union: Union, *, under: Union) -> None:
    """Put `union` and all below it under another; the paths that their records copy are the caller's to change."""
    under = Union.objects.select_for_update().get(pk=under.pk)
    old, new, parent = union.path, _free_path(under), Union.objects.get_parent(union)
    VacatedPath.objects.create(path=old)
    Union.objects.filter(path_range(old, "path")).update(
        path=Concat(Value(new), Substr("path", len(old) + 1)), depth=F("depth") + under.depth + 1 - union.depth
    )
    Union.objects.filter(pk=parent.pk).update(numchild=F("numchild") - 1)
    Union.objects.filter(pk=under.pk).update(numchild=F("numchild") + 1)
    union.refresh_from_db()


def _free_path(under: Union) -> str:
    """The path after the last that a union below `under` has or ever had."""
    depth = len(under.path) + STEP_LENGTH
    below = path_range(under.path, "path")
    taken = [under.path + "0" * STEP_LENGTH]
    taken += Union.objects.filter(below, depth=under.depth + 1).values_list("path", flat=True)
    taken += [path for path in VacatedPath.objects.filter(below).values_list("path", flat=True) if len(path) == depth]
    free: str = Union(path=max(taken))._inc_path()
    return free
