"""The pages of jobs, one module per family."""
