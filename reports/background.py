"""The kinds of background jobs of the reports."""

KINDS = ()
