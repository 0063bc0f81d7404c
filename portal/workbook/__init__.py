"""Workbooks of declared sheets: template, reading, checking of cells, export. Knows no sheet in particular."""
