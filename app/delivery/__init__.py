"""What leaves by other doors than pages: mail, iCalendar, HTTP."""
