"""Words of coded columns that are not surely known: each is asked for once, with the number of its rows."""

from dataclasses import dataclass

from portal.workbook.lists.service import Understood, Words
from portal.workbook.lists.steps.draft import Draft


@dataclass(frozen=True)
class Question:
    """What does `word` in the column 工作表.列 mean? One of `choices`; `meaning` is what it is read as meanwhile."""

    column: str
    heading: str
    word: str
    rows: int
    choices: list[str]
    meaning: str


def questions(draft: Draft, understood: Understood, words: Words) -> list[Question]:
    """What is to be asked of `words`, as a check found them; the most frequent of a column first."""
    found = []
    for (title, attribute), asked in words.items():
        column = draft.kind.sheets[title].column(attribute)
        place = understood.mapping.attributes(title).get(attribute)
        heading = understood.table.headings[place] if place is not None else str(column.heading)
        for word, seen in sorted(asked.items(), key=lambda item: -item[1].rows):
            name = f"{title}.{column.heading}"
            found.append(Question(name, heading, word, seen.rows, list(column.cell.words), seen.meaning))
    return found
