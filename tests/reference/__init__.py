"""A second, deliberately naive reading of the profile language; see README.md."""
