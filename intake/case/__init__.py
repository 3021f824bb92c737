"""What one case carries through its life: timeline, terms, tasks, its caseworker, and how it is found."""
