"""Pages of Sunshine Employment, and of the case workbook that carries both campaigns."""
