//! Which decisions hold a lever away from where it stood at the opening.

use crate::sim::fact::FactId;

/// A part of the gap between a lever and its opening, and the fact it began with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    pub fact: Option<FactId>,
    pub by: f64,
}

/// The gap of one lever, the oldest part first. A move away from the opening begins a new part; a
/// move back takes the latest parts away first, so that each part left is credited to the fact it
/// began with, however old.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gaps {
    pub parts: Vec<Gap>,
}

impl Gaps {
    /// The lever moves by so much because of a fact.
    pub fn push(&mut self, fact: Option<FactId>, mut by: f64) {
        while let Some(last) = self.parts.last_mut() {
            if by == 0.0 || last.by.signum() == by.signum() {
                break;
            }
            if last.by.abs() > by.abs() {
                last.by += by;
                return;
            }
            by += last.by;
            self.parts.pop();
        }
        match self.parts.last_mut() {
            _ if by.abs() < 1e-12 => {}
            Some(last) if last.fact == fact => last.by += by,
            _ => self.parts.push(Gap { fact, by }),
        }
    }

    pub fn total(&self) -> f64 {
        self.parts.iter().map(|part| part.by).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Quarter;

    fn fact(quarter: u32) -> Option<FactId> {
        Some(FactId { quarter: Quarter(quarter), number: 0 })
    }

    #[test]
    fn a_move_back_takes_the_latest_away_and_one_past_the_opening_begins_anew() {
        let mut gaps = Gaps::default();
        gaps.push(fact(1), 0.2);
        gaps.push(fact(2), 0.1);
        gaps.push(fact(3), -0.15);
        assert_eq!(gaps.parts.len(), 1);
        assert_eq!(gaps.parts[0].fact, fact(1));
        assert!((gaps.parts[0].by - 0.15).abs() < 1e-12);
        gaps.push(fact(4), -0.35);
        assert_eq!(gaps.parts.len(), 1);
        assert_eq!(gaps.parts[0].fact, fact(4));
        assert!((gaps.total() + 0.2).abs() < 1e-12);
        gaps.push(fact(5), 0.2);
        assert!(gaps.parts.is_empty());
    }
}
