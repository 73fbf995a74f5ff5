"""Letters to a selection of firms: fields, recipients, sending, refusals."""
