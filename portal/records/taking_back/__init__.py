"""Taking back an import: `acts` are what people do, `hindrances` what stands in the way, `undoing` the database.

A list is taken back as one: what was written when it was confirmed, and its rows that were completed later.
"""
