"""Evidence that an owner of the database cannot forge: rows are hashed, chained and marked with a key kept apart."""
