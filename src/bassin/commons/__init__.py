"""What several systems share: operations, events, placements and documents."""
