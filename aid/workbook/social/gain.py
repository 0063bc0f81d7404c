"""项目受益: a sheet that no workbook carries, for the form by which what a child got is corrected."""

from aid.models import ProjectGain
from aid.workbook.columns import NUMBER_LENGTH, number_column
from portal.words.bounds import MOST_OF_ONE
from portal.workbook.cells import AmountCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet, cached
from portal.workbook.sheets import Column


class ProjectGainSheet(ImportedSheet):
    """Below a project, and in its union. Of which child it tells does not change: that is voided."""

    title = "项目受益"
    model = ProjectGain
    related = ("project__union", "project__organisation", "child__union")

    number = number_column()
    project = Column(
        "社会助学项目",
        "project",
        TextCell(NUMBER_LENGTH),
        required=True,
        refers=("社会助学项目",),
        path="project__number",
    )
    what = Column("得到的帮助", "what", TextCell(100), required=True)
    value = Column("折合金额(元)", "value", AmountCell(maximum=MOST_OF_ONE))

    def complete(self, record, row):
        project = cached(record, "project")
        if project is not None:
            record.place_with(project)
