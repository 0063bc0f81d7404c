"""What is there in development only."""
