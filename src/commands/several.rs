//! Several pieces of work at the same time, in this thread.

use std::future::Future;

use futures_util::StreamExt as _;
use futures_util::stream::iter;

/// Carries out every piece, at most `limit` of them at a time, and gives what they gave, in their
/// order. A piece is begun when there is room for it, so that it can look whether it still should.
pub(super) async fn several<F: Future>(
    limit: usize,
    work: impl IntoIterator<Item = F>,
) -> Vec<F::Output> {
    let numbered = work.into_iter().enumerate().map(async |(index, piece)| (index, piece.await));
    // Not `buffered`: there, a piece that is done takes up room until all before it are done.
    let mut done: Vec<_> = iter(numbered).buffer_unordered(limit.max(1)).collect().await;
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, output)| output).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn all_is_done_in_order_and_never_too_much_at_once() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (running, most) = (Cell::new(0_usize), Cell::new(0_usize));
        let (running, most) = (&running, &most);
        let piece = |number: usize| async move {
            running.set(running.get() + 1);
            most.set(most.get().max(running.get()));
            for _ in 0..number % 5 {
                tokio::task::yield_now().await;
            }
            running.set(running.get() - 1);
            number
        };
        let given = runtime.block_on(several(7, (0..100).map(piece)));
        assert_eq!(given, (0..100).collect::<Vec<_>>());
        assert!((2..=7).contains(&most.get()), "{}", most.get());
        assert_eq!(runtime.block_on(several(0, (0..3).map(piece))), [0, 1, 2]);
        assert!(runtime.block_on(several(3, (0..0).map(piece))).is_empty());
    }
}
