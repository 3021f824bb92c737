"""From plain data to paper and figures: letters, tables and charts. Pure: no database, no clock, no network."""
