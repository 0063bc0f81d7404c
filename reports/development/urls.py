"""The addresses of development: those of the portal, and the page on which its look is drawn up."""

from django.urls import path

from portal import urls
from portal.urls import handler400, handler403, handler404, handler500
from reports.development.style import StyleShow

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("style/", StyleShow.as_view(), name="style"), *urls.urlpatterns]
