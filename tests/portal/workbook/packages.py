"""Workbook packages built by hand, byte by byte where they must be hostile."""

import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8"?>'


def write_xlsx(path, *tabs, parts=None, replaced=None, compression=zipfile.ZIP_DEFLATED):
    """A minimal package. A tab is (name, rows as XML) or (name, rows, XML after the rows)."""
    content = package(tabs) | (replaced or {}) | (parts or {})
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def package(tabs):
    sheets = "".join(f'<sheet name="{tab[0]}" sheetId="{n}" r:id="rId{n}"/>' for n, tab in enumerate(tabs, 1))
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(tabs) + 1)
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(tabs) + 1)
    )
    return {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            f"{overrides}</Types>"
        ),
        "_rels/.rels": (
            f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": f'{XML}<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
        ),
    } | {f"xl/worksheets/sheet{n}.xml": worksheet(*tab[1:]) for n, tab in enumerate(tabs, 1)}


def worksheet(rows, after="", prologue=XML):
    return f"{prologue}<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>"


def text_cell(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def heading_row(*headings):
    cells = "".join(text_cell(f"{chr(65 + place)}1", heading) for place, heading in enumerate(headings))
    return f'<row r="1">{cells}</row>'


def shared_texts(tab, items):
    """The parts, for `write_xlsx`, by which the only tab has shared texts."""
    relations = package([tab])["xl/_rels/workbook.xml.rels"]
    relation = f'<Relationship Id="rId9" Target="sharedStrings.xml" Type="{OFFICE}/sharedStrings"/></Relationships>'
    return {
        "parts": {"xl/sharedStrings.xml": f"<sst>{items}</sst>"},
        "replaced": {"xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", relation)},
    }
