"""What an author writes, read and checked, and what is made of it."""
