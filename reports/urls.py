"""Addresses of the figures and the forms."""

from django.urls import path

from reports.views.annex import AnnexPage
from reports.views.download import AnnexDownload, CityDownload
from reports.views.figure import FigureRecords

urlpatterns = [
    path("annex/", AnnexPage.as_view(), name="annex"),
    path("annex/<int:year>/city.xlsx", CityDownload.as_view(), name="city_download"),
    path("annex/<int:year>/<str:code>/<slug:slug>/", FigureRecords.as_view(), name="figure_records"),
    path(
        "annex/<int:year>/<str:code>/download/<int:number>.<str:kind>", AnnexDownload.as_view(), name="annex_download"
    ),
]
