"""The pages of those who work with cases."""
