"""Ask (提问): what somebody says, the answer to read aloud, the notice beside it, and what changes if things were otherwise."""
