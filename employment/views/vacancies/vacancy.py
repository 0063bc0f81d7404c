"""Vacancies: their form."""

from employment.forms.vacancy import VacancyForm
from portal.records.views import RecordCreate, RecordEdit


class VacancyCreate(RecordCreate):
    form_class = VacancyForm


class VacancyEdit(RecordEdit):
    form_class = VacancyForm
