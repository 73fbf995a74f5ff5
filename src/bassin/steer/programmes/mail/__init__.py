"""Reports by e-mail: the monthly reminder, its signed reply address, the mailbox, the answers."""
