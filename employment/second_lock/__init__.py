"""How the rows of this floor are told apart by the second lock."""
