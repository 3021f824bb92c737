"""What differs between installations: settings, clock, calendar, logging, gemeenten and regions. The ground floor."""
