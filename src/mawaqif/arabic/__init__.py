"""What is true of the Arabic language, whatever the task."""
