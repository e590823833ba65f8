//! A small generator of pseudo-random numbers (SplitMix64, Steele, Lea & Flood 2014).
//!
//! Own code because it is ten lines and the same sequence must come out on every machine for
//! ever; whole numbers only, so that no rounding of a processor can change a demo export.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of one purpose of one patient: each file can be made alone and still agrees
    /// with the others.
    #[must_use]
    pub fn of(seed: u64, patient: u32, purpose: u8) -> Self {
        let mut start = Self(seed ^ 0x51_7c_c1_b7_27_22_0a_95);
        start.0 = start.next() ^ (u64::from(patient) << 8 | u64::from(purpose));
        Self(start.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to but not including `limit`; 0 for a limit below 1.
    pub fn below(&mut self, limit: i32) -> i32 {
        let limit = u64::from(limit.max(0).unsigned_abs());
        i32::try_from(((self.next() >> 33) * limit) >> 31).unwrap_or(0)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below(high - low + 1)
    }

    /// True so many times in a thousand.
    pub fn chance(&mut self, per_mille: i32) -> bool {
        self.below(1000) < per_mille
    }

    /// Bell-shaped, in thousandths of a standard deviation, within ±3464 (sum of 4 uniforms).
    pub fn normal(&mut self) -> i64 {
        let sum: i32 = (0..4).map(|_| self.below(1733)).sum();
        i64::from(sum - 3464)
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let count = i32::try_from(of.len()).unwrap_or(i32::MAX);
        of.get(usize::try_from(self.below(count)).unwrap_or(0))
    }

    /// One of them, the heavier the oftener; `total` is the sum of the weights.
    pub fn weighted<'a, T>(
        &mut self,
        of: &'a [T],
        total: i32,
        weight: impl Fn(&T) -> i32,
    ) -> Option<&'a T> {
        let mut left = self.below(total);
        of.iter().find(|item| {
            left -= weight(item);
            left < 0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn numbers_stay_in_their_range_and_reach_its_ends() {
        let mut random = Random::of(1, 2, 3);
        let drawn: Vec<i32> = (0..2000).map(|_| random.between(-2, 3)).collect();
        assert_eq!(drawn.iter().min(), Some(&-2));
        assert_eq!(drawn.iter().max(), Some(&3));
        assert_eq!(random.below(0), 0);
        assert!((0..1000).all(|_| random.normal().abs() <= 3464));
    }

    #[test]
    fn a_stream_is_fixed_for_ever() {
        let mut random = Random::of(7, 11, 0);
        let first: Vec<i32> = (0..4).map(|_| random.below(1_000_000)).collect();
        assert_eq!(first, FIXED);
        assert_ne!(Random::of(7, 11, 1).below(1_000_000), FIXED[0]);
        assert_ne!(Random::of(8, 11, 0).below(1_000_000), FIXED[0]);
    }

    const FIXED: [i32; 4] = [575_600, 192_044, 778_753, 559_917];

    #[test]
    fn weights_decide() {
        let mut random = Random::of(1, 1, 1);
        let heavy = (0..1000).filter(|_| random.weighted(&[1, 9], 10, |w| *w) == Some(&9)).count();
        assert!((850..950).contains(&heavy), "{heavy}");
    }
}
