"""The audit journal (审计): who did what to whose record, when and why; append-only and chained by hashes."""
