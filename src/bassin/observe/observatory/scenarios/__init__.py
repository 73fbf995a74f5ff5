"""What would be hit if…: jobs in place × the shocks that a declared scenario supposes."""
