//! The keys and dashes that a line lies below.

use crate::rules::privacy::Privacy;

/// Beyond so many levels no document is read, and everything is hidden.
const MOST: usize = 512;

/// A key or a dash, until a line ends what lies below it.
#[derive(Clone, Copy)]
pub(super) struct Level {
    /// Its column, from 1.
    pub(super) column: usize,
    /// What is known of the values below.
    pub(super) privacy: Privacy,
    pub(super) is_dash: bool,
    /// Whether its value stands on its line, so that nothing lies below it.
    pub(super) has_value: bool,
}

/// All levels that are open, outermost first.
#[derive(Default)]
pub(super) struct Levels {
    open: Vec<Level>,
    is_too_deep: bool,
}

impl Levels {
    /// What is known of a value below the last key or dash.
    pub(super) fn around(&self) -> Privacy {
        match self.is_too_deep {
            true => Privacy::Private,
            false => self.open.last().map_or(Privacy::Open, |level| level.privacy),
        }
    }

    /// The column of the last key or dash; 0 if there is none.
    pub(super) fn column(&self) -> usize {
        self.open.last().map_or(0, |level| level.column)
    }

    /// Whether anything below any of them may be secret.
    pub(super) fn hide_any(&self) -> bool {
        self.is_too_deep || self.open.iter().any(|level| level.privacy.hides())
    }

    pub(super) fn push(&mut self, level: Level) {
        match self.open.len() < MOST {
            true => self.open.push(level),
            false => self.is_too_deep = true,
        }
    }

    pub(super) fn clear(&mut self) {
        self.open.clear();
    }

    /// Takes note that the last key or dash has its value.
    pub(super) fn value_ends(&mut self) {
        if let Some(level) = self.open.last_mut() {
            level.has_value = true;
        }
    }

    /// Leaves the levels that a line at `column` does not lie below. A dash or the colon of a key with a question
    /// mark lies below a key in the same column.
    pub(super) fn settle(&mut self, column: usize, hangs: bool, has_tab: bool) {
        let mut last = None;
        while let Some(level) = self.open.last() {
            let is_below = level.column < column || (level.column == column && hangs && !level.is_dash);
            // How deep a tab is meant to be, nobody knows.
            let is_doubtful = has_tab && level.privacy.hides() && !level.has_value;
            if is_below || is_doubtful {
                break;
            }
            last = self.open.pop();
        }
        if let Some(level) = last.filter(|level| level.column > column && level.privacy.hides()) {
            // The line is indented like none above. It may still have been meant for this level.
            self.push(Level { column: column - 1, has_value: false, ..level });
        }
    }

    /// Leaves the levels that have their values, since nothing lies below them. Tells whether one of them may be
    /// secret, and a line here may be more of it; that one stays.
    pub(super) fn goes_on(&mut self) -> bool {
        while let Some(level) = self.open.last().filter(|level| level.has_value) {
            if level.privacy.hides() {
                return true;
            }
            self.open.pop();
        }
        false
    }
}
