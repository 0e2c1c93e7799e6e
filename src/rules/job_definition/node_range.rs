//! Ranges of node indexes as values: what a text stands for, and what several of them cover.

use std::fmt;

use crate::api::job_definition::NODE_RANGE;

/// Node indexes from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeRange {
    pub(crate) first: u64,
    pub(crate) last: u64,
}

impl NodeRange {
    /// What no end, or one too large to count, stands for where the number of nodes is not known.
    const OPEN: u64 = u64::MAX;

    /// Every node, however many there are.
    pub(super) const ALL: Self = Self { first: 0, last: Self::OPEN };

    /// The range that a text stands for, if it has the form of one. An end that is left open is the last node.
    pub(crate) fn read(text: &str, last_node: Option<u64>) -> Option<Self> {
        if !(NODE_RANGE.accepts)(text) {
            return None;
        }
        // The form has only digits: what cannot be read is too large.
        let index = |digits: &str| digits.parse().unwrap_or(Self::OPEN);
        let Some((first, last)) = text.split_once(':') else {
            return Some(Self { first: index(text), last: index(text) });
        };
        let first = if first.is_empty() { 0 } else { index(first) };
        // An open range that begins behind the last node is beyond it, not backwards.
        let last = if last.is_empty() { last_node.unwrap_or(Self::OPEN).max(first) } else { index(last) };
        Some(Self { first, last })
    }

    /// Whether every node of `other` is a node of this range.
    pub(in crate::rules) fn holds(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Whether there is a node in both.
    pub(super) fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl fmt::Display for NodeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.last {
            last if last == self.first => write!(f, "{last}"),
            Self::OPEN => write!(f, "{}:", self.first),
            last => write!(f, "{}:{last}", self.first),
        }
    }
}

/// The nodes that some ranges cover together, as ranges in order that do not touch each other.
#[derive(Debug, PartialEq)]
pub(in crate::rules) struct Cover(Vec<NodeRange>);

impl Cover {
    /// What these ranges cover.
    pub(in crate::rules) fn of(ranges: impl IntoIterator<Item = NodeRange>) -> Self {
        let mut ranges: Vec<_> = ranges.into_iter().collect();
        ranges.sort_unstable();
        let mut merged: Vec<NodeRange> = Vec::new();
        for range in ranges {
            match merged.last_mut() {
                Some(before) if range.first <= before.last.saturating_add(1) => {
                    before.last = before.last.max(range.last);
                }
                _ => merged.push(range),
            }
        }
        Self(merged)
    }

    /// Whether every node of a range is covered.
    pub(in crate::rules) fn holds(&self, range: NodeRange) -> bool {
        let next = self.0.partition_point(|part| part.first <= range.first);
        next.checked_sub(1).is_some_and(|position| self.0[position].holds(range))
    }

    /// The nodes from 0 to the last that are not covered.
    pub(super) fn gaps(&self, last_node: u64) -> Vec<NodeRange> {
        let mut gaps = Vec::new();
        let mut next = 0;
        for part in self.0.iter().take_while(|part| part.first <= last_node) {
            if next < part.first {
                gaps.push(NodeRange { first: next, last: part.first - 1 });
            }
            next = part.last.saturating_add(1);
        }
        if next <= last_node {
            gaps.push(NodeRange { first: next, last: last_node });
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: u64, last: u64) -> NodeRange {
        NodeRange { first, last }
    }

    #[test]
    fn ranges_are_read_in_all_their_forms() {
        for (text, last_node, read) in [
            ("0:3", None, Some(range(0, 3))),
            (":3", Some(9), Some(range(0, 3))),
            ("2:", Some(9), Some(range(2, 9))),
            ("2:", None, Some(range(2, NodeRange::OPEN))),
            (":", Some(9), Some(range(0, 9))),
            ("7", None, Some(range(7, 7))),
            ("12:", Some(9), Some(range(12, 12))),
            ("3:1", Some(9), Some(range(3, 1))),
            ("0:99999999999999999999999", Some(9), Some(range(0, NodeRange::OPEN))),
            ("", None, None),
            ("0-3", None, None),
            ("-1:3", None, None),
            ("0:1:3", None, None),
            (" 0:3", None, None),
            ("٣:٤", None, None),
        ] {
            assert_eq!(NodeRange::read(text, last_node), read, "{text}");
        }
    }

    #[test]
    fn gaps_are_found_wherever_they_are() {
        let cover = Cover::of([range(7, 8), range(1, 2), range(3, 4), range(2, 3)]);
        assert_eq!(cover, Cover(vec![range(1, 4), range(7, 8)]));
        assert_eq!(cover.gaps(9), [range(0, 0), range(5, 6), range(9, 9)]);
        assert_eq!(cover.gaps(5), [range(0, 0), range(5, 5)]);
        assert_eq!(cover.gaps(0), [range(0, 0)]);
        assert!(cover.holds(range(2, 4)) && cover.holds(range(7, 7)));
        assert!(!cover.holds(range(0, 1)) && !cover.holds(range(4, 7)) && !cover.holds(range(8, 9)));
        assert_eq!(Cover::of([]).gaps(9), [range(0, 9)]);
        assert_eq!(Cover::of([range(0, u64::MAX)]).gaps(9), []);
        assert_eq!(Cover::of([range(0, 5), range(3, 3)]).gaps(5), []);
    }

    #[test]
    fn ranges_are_shown_as_they_are_written() {
        assert_eq!(range(0, 3).to_string(), "0:3");
        assert_eq!(range(2, 2).to_string(), "2");
        assert_eq!(range(2, NodeRange::OPEN).to_string(), "2:");
    }
}
