//! Where cards go beside a text: each at its passage, pushed apart so that none covers another.

/// One card, in the order of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Card {
    /// Where its passage is, in px from the top.
    pub wish: i32,
    /// Its height in px.
    pub height: i32,
}

/// Space between two cards, in px.
const GAP: i32 = 12;

/// The top of each card. The card at `pinned` (the one being read) gets its wish where there is room above it for those before it.
pub fn stack(cards: &[Card], pinned: Option<usize>) -> Vec<i32> {
    let mut tops: Vec<i32> = cards.iter().map(|card| card.wish.max(0)).collect();
    if let Some(pinned) = pinned.filter(|&index| index < cards.len()) {
        for index in (0..pinned).rev() {
            tops[index] = tops[index].min(tops[index + 1] - GAP - cards[index].height);
        }
    }
    let mut free = 0;
    for (top, card) in tops.iter_mut().zip(cards) {
        *top = (*top).max(free);
        free = *top + card.height + GAP;
    }
    tops
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cards() -> impl Strategy<Value = Vec<Card>> {
        prop::collection::vec((0..5000, 20..400), 0..30).prop_map(|mut drawn: Vec<(i32, i32)>| {
            drawn.sort_unstable();
            drawn.into_iter().map(|(wish, height)| Card { wish, height }).collect()
        })
    }

    proptest! {
        #[test]
        fn no_card_covers_another_or_leaves_the_page(cards in cards(), pinned in prop::option::of(0_usize..30)) {
            let tops = stack(&cards, pinned);
            prop_assert!(tops.iter().all(|top| *top >= 0));
            for index in 1..tops.len() {
                prop_assert!(tops[index] >= tops[index - 1] + cards[index - 1].height);
            }
        }

        #[test]
        fn a_card_alone_is_beside_its_passage(wish in 0..5000, height in 20..400) {
            prop_assert_eq!(stack(&[Card { wish, height }], None), vec![wish]);
        }
    }

    #[test]
    fn the_pinned_card_is_at_its_passage_and_the_ones_before_it_make_room() {
        let cards = [Card { wish: 500, height: 100 }, Card { wish: 510, height: 100 }, Card { wish: 520, height: 50 }];
        assert_eq!(stack(&cards, Some(1)), vec![398, 510, 622]);
    }
}
