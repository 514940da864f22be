"""Progress (进度): who is enrolled against the annex's targets, by town and village; who is not yet; export."""
