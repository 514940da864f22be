"""The web console for village staff, operators and administrators; docs/console.md says how a page is made."""
