"""The union tree."""

from portal.access import Permission
from portal.filters import UnionFilter
from portal.models import Union
from portal.views.listing import FilteredList


class UnionList(FilteredList):
    """The own union and those below it, in the order of the tree."""

    permission = Permission.VIEW_UNIONS
    template_name = "portal/union/list.html"
    filter_class = UnionFilter

    def get_queryset(self):
        return Union.objects.visible_to(self.request.user).order_by("path")
