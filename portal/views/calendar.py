"""The official calendar: read by everybody, kept by the system administrator."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission, can
from portal.audit import By
from portal.calendar.sheet import calendar_workbook, read_calendar
from portal.calendar.work_calendar import missing_years, remove_day, replace_year, set_day
from portal.forms.calendar import CalendarImportForm, DayForm
from portal.models import HolidayYear, WorkdayException
from portal.refusals.lookup import get_object_or_404
from portal.text import as_year
from portal.web.base import PortalPage, PortalView


def year_asked(request: HttpRequest) -> int:
    asked = as_year(request.GET.get("year", ""))
    return localdate().year if asked is None else asked


class CalendarShow(PortalPage):
    """One year: what is a holiday, what is worked; or, plainly, that the year is not known."""

    permission = Permission.VIEW_HOME
    template_name = "portal/calendar/show.html"

    def get_context_data(self, form: DayForm | None = None, **kwargs: Any) -> dict[str, Any]:
        year = year_asked(self.request)
        known = list(HolidayYear.objects.all())
        return super().get_context_data(
            year=year,
            known=known,
            notice=next((notice for notice in known if notice.year == year), None),
            missing=missing_years(),
            days=WorkdayException.objects.filter(day__year=year),
            may_edit=can(self.request.user, Permission.MANAGE_CALENDAR),
            form=form or DayForm(),
            **kwargs,
        )


class CalendarDay(CalendarShow):
    """Sets one day."""

    permission = Permission.MANAGE_CALENDAR

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DayForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        day, name = form.cleaned_data["day"], form.cleaned_data["name"]
        is_workday = form.cleaned_data["worked"] == "work"
        set_day(day, is_workday=is_workday, name=name, by=By.of(request))
        messages.success(request, _("已保存 %(day)s。") % {"day": day})
        return redirect(address(day.year))


class CalendarDayRemove(PortalView):
    """Lets a day follow the day of the week again."""

    permission = Permission.MANAGE_CALENDAR

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        exception = get_object_or_404(WorkdayException, pk=pk)
        remove_day(exception, by=By.of(request))
        messages.success(request, _("已从日历中移除 %(day)s。") % {"day": exception.day})
        return redirect(address(exception.day.year))


class CalendarImport(FormMixin, PortalPage, ProcessFormView):
    """Brings in one year's notice."""

    permission = Permission.MANAGE_CALENDAR
    template_name = "portal/calendar/import.html"
    form_class = CalendarImportForm

    def form_valid(self, form: CalendarImportForm) -> HttpResponse:
        year, source = form.cleaned_data["year"], form.cleaned_data["source"]
        by = By.of(self.request)
        try:
            replace_year(year, source=source, days=read_calendar(form.cleaned_data["file"].read()), by=by)
        except ValidationError as refused:
            form.add_error("file", refused.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("已导入 %(year)d 年的节假日安排。") % {"year": year})
        return redirect(address(year))


class CalendarDownload(PortalView):
    """One year as a workbook: the form in which a year is brought in."""

    permission = Permission.VIEW_HOME

    def get(self, request: HttpRequest) -> FileResponse:
        year = year_asked(request)
        file = calendar_workbook(WorkdayException.objects.filter(day__year=year))
        return FileResponse(file, as_attachment=True, filename=f"calendar-{year}.xlsx")


def address(year: int) -> str:
    return f"{reverse('calendar_show')}?year={year}"
