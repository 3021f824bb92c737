"""What a form is made of: questions and their options, conditions, dates, places and texts."""
