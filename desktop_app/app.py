"""The window application: puts parts together and runs them."""
