"""Lists as unions keep them: a way of reading, whose rows go through the sheets, cells and rules of the workbook.

`kinds` says what a list may be of, `vocabulary` knows headings, `table` finds the sheet and its heading row, `mapping`
what each column is taken for, `cells` reads a cell as people write it, `rows` makes rows of the sheets, `trial` holds
back those that are wrong, and `service` writes the rest.
"""
