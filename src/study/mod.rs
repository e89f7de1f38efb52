//! Many games: batches and duels.
