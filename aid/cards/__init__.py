"""What a card number tells of its bank."""
