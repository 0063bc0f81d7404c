"""Backup: the database as of one moment and the files beside it, encrypted to a key whose other half lies elsewhere."""
