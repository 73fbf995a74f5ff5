"""The rules of aids, without a web page: what an aid demands, what is known of a firm, answers."""
