"""A multitude of invented customers, so that speed can be tried at an operator's size; development only."""
