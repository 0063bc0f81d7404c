"""Addresses of Golden Autumn. Pages that also show graduates are put together in `employment.urls`."""

from aid.records import AID_CASE, CONTRIBUTION, DISBURSEMENT, ENTRY, PRACTICE_POST
from portal.records.urls import record_urls

KINDS = (AID_CASE, CONTRIBUTION, DISBURSEMENT, ENTRY, PRACTICE_POST)

urlpatterns = [url for kind in KINDS for url in record_urls(kind)]
