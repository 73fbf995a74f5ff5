"""What is held about people: declared table by table, shown to them, kept for a time, erased."""
