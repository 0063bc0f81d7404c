"""What is kept beside the records of a unit."""
