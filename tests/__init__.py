"""The tests, arranged as the code they test."""
