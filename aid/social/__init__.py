"""社会助学: the life of projects, and what the children got of them."""
