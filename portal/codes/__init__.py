"""Code lists that the city edits: words added and withdrawn by year, over those that are built in (decision 0020)."""
