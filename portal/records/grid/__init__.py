"""Many records of a kind entered or changed at once, in a grid that is pasted into from a spreadsheet.

A grid is a sheet of the workbook with a row for each line: what stands in its cells is read by the same columns, judged
by the same rules and refused in the same words. A kind has one by saying which columns stand in it:
`RecordKind(…, grid=EntryGrid(columns=(…)))`. Its pages, `<name>_grid` for new records and `<name>_grid_edit` for those
ticked in the list, come with `record_urls`; the buttons that lead there stand on the list.
"""
