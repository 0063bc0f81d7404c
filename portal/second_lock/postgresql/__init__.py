"""The database engine: Django's for PostgreSQL, whose statements carry the scope."""
