"""The portal in service: its keys proved, its duties watched, its state told to those who look after it."""
