"""Why the child refuses a file. Free of Django: it gives codes, the parent has the words."""


class RefusedError(Exception):
    """The file is not read. `code` is a key of `words.REASONS`; `sheet` is the title, where one is to blame."""

    def __init__(self, code: str, sheet: str | None = None, **values: object):
        super().__init__(code)
        self.code = code
        self.sheet = sheet
        self.values = values
