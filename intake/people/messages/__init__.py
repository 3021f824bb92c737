"""Messages to people and organisations, on the page of their start."""
