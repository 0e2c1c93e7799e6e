//! Random choices, the same for the same seed.

/// A small generator of random numbers (xorshift64*).
pub(crate) struct Random(u64);

impl Random {
    /// One that begins anew for every seed; neighbouring seeds have nothing in common.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut mixed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ stream.wrapping_mul(0xd134_2543_de82_ef95);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((mixed ^ (mixed >> 31)) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number from 0, less than the limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 11).unwrap() % limit.max(1)
    }

    /// Whether something of this probability happens.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A number between two bounds, often one of the bounds themselves.
    pub(crate) fn number(&mut self, least: i64, most: i64) -> i64 {
        match self.below(5) {
            0 => least,
            1 => most,
            _ => least + i64::try_from(self.below(usize::try_from(most - least + 1).unwrap())).unwrap(),
        }
    }

    /// A size between two bounds: mostly small, sometimes one of the bounds.
    pub(crate) fn size(&mut self, least: usize, most: usize) -> usize {
        match self.below(12) {
            0 => least,
            1 => most,
            _ => least + self.below((most - least + 1).min(5)),
        }
    }

    /// One of several.
    pub(crate) fn one_of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    /// Some of several, in any order; perhaps none, perhaps all.
    pub(crate) fn some_of<T: Clone>(&mut self, items: &[T]) -> Vec<T> {
        let mut chosen = items.to_vec();
        self.shuffle(&mut chosen);
        chosen.truncate(self.below(items.len() + 1));
        chosen
    }

    /// Brings items into any order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[test]
fn seeds_repeat_and_differ() {
    let numbers = |seed, stream| {
        let mut random = Random::new(seed, stream);
        (0..20).map(|_| random.below(1000)).collect::<Vec<_>>()
    };
    assert_eq!(numbers(1, 2), numbers(1, 2));
    assert_ne!(numbers(1, 2), numbers(2, 2));
    assert_ne!(numbers(1, 2), numbers(1, 3));
    let mut random = Random::new(7, 7);
    assert!((0..1000).all(|_| (60..=70).contains(&random.number(60, 70))));
    assert!((0..1000).all(|_| (2..=9).contains(&random.size(2, 9))));
}
