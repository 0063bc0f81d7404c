"""From cells to records: merge with what is on file, check across cells, and write all or nothing."""
