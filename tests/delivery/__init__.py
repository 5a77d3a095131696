"""What leaves Meridian: mails, calendar objects, the courier."""
