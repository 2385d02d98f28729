"""The chat page of a customer."""
