"""Forms of Sunshine Employment, and of the case workbook."""
