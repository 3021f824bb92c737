"""The people and systems that work with the house: organisations, staff, messages, systems with a key."""
