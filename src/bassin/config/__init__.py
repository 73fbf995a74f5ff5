"""The assembly: settings, addresses, servers, clock and commands. Nothing below imports it."""
