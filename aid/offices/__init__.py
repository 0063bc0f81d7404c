"""What other offices are asked about a family, and the papers with which they answer."""
