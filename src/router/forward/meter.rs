//! What is read of an answer while it passes: its tokens, and whether it failed.
