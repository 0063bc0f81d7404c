"""The portal for other systems: what each floor declares as a resource, behind tokens, in JSON.

It is a way of reading and no second importer: a row that is sent passes the columns, rules and writing of its sheet, as
the row of a workbook and a form do. `resource.py` says what a floor declares, `sheets.py` makes a resource of a sheet,
`site.py` puts all of them together; `gate.py` stands before everything, `tokens.py` lets in, `calling.py` keeps keys
and the audit log.
"""
