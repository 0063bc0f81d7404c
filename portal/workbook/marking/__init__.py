"""Marking a copy of an uploaded workbook, in a process of its own: openpyxl builds objects of all a file holds."""
