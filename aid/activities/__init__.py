"""精神帮扶: who came to activities."""
