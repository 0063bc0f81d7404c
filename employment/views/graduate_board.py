"""The board of graduates by standing."""

from django.urls import reverse

from employment.graduates.board import board
from employment.models import Graduate
from employment.records.graduate_filters import BoardFilters
from portal.access import Permission
from portal.web.base import PortalPage


class GraduateBoard(PortalPage):
    """Columns by standing; each opens the list that it counts. Faulty filters are said, show nothing and answer 400."""

    permission = Permission.VIEW_RECORDS
    template_name = "employment/graduate/board.html"

    def get(self, request, *args, **kwargs):
        graduates = Graduate.objects.visible_to(request.user)
        filterset = BoardFilters(request.GET, queryset=graduates, request=request)
        valid = filterset.is_valid()
        columns = board(filterset.qs if valid else graduates.none())
        asked = {name: request.GET[name] for name in filterset.filters if valid and request.GET.get(name)}
        context = self.get_context_data(
            filterset=filterset,
            columns=[(column, list_address(asked | {"standing": column.standing.value})) for column in columns],
            total=sum(column.count for column in columns),
            list_url=list_address(asked),
        )
        return self.render_to_response(context, status=200 if valid else 400)


def list_address(params: dict[str, str]) -> str:
    return reverse("graduate_list", query=params)
