"""Follow-up of firms, project holders and prospects: cases, shared by consent, never public."""
