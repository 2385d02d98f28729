"""Learning from use: an operator labels what the assistant was unsure of, and the labels become training material."""
