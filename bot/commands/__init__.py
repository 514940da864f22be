"""The subcommands of `canbao`, one a module."""
