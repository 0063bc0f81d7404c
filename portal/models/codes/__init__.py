"""What the city changed in code lists."""
