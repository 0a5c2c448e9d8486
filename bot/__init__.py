"""Talk to people: the doors, their texts, the settings and the composition root."""
