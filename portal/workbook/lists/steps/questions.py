"""Words of coded columns that are not surely known: each is asked for once, with the number of its rows."""

from dataclasses import dataclass

from portal.workbook.lists.service import words_in_question
from portal.workbook.lists.steps.draft import Draft


@dataclass(frozen=True)
class Question:
    """What does `word` in the column 工作表.列 mean? One of `choices`; `meaning` is what it is read as meanwhile."""

    column: str
    heading: str
    word: str
    rows: int
    choices: tuple[str, ...]
    meaning: str


def questions(draft: Draft) -> list[Question]:
    """Every word that has no answer yet, the most frequent of a column first."""
    understood = draft.understood()
    asked = words_in_question(understood, unit=draft.upload.union, said=draft.said, answers=draft.reading.answers)
    found = []
    for (title, attribute), words in asked.items():
        column = draft.kind.sheets[title].column(attribute)
        place = understood.mapping.attributes(title).get(attribute)
        heading = understood.table.headings[place] if place is not None else str(column.heading)
        for word, seen in sorted(words.items(), key=lambda item: -item[1].rows):
            name = f"{title}.{column.heading}"
            found.append(Question(name, heading, word, seen.rows, column.cell.words, seen.meaning))
    return found
