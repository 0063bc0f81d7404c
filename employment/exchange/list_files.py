"""The lists of every kind as files that are made aside."""

from employment.records import FINAL
from portal.records.exporting.jobs import list_file_job

KINDS = (list_file_job(FINAL),)
