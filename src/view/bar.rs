//! A part of a whole as a short bar.

const CELLS: u128 = 8;

/// It is full only when the part is the whole, and empty only when it is nothing.
pub(super) fn bar(part: u64, whole: u64) -> String {
    let exact = u128::from(part) * CELLS / u128::from(whole.max(1));
    let full = if part == 0 {
        0
    } else if part < whole {
        exact.clamp(1, CELLS - 1)
    } else {
        CELLS
    };
    (0..CELLS).map(|cell| if cell < full { '█' } else { '░' }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_bar_is_full_only_at_the_whole(whole in 1..u64::MAX, part in 0..u64::MAX) {
            let text = bar(part, whole);
            prop_assert_eq!(text.chars().count(), 8);
            prop_assert_eq!(text.contains('░'), part < whole);
            prop_assert_eq!(text.contains('█'), part > 0);
        }
    }
}
