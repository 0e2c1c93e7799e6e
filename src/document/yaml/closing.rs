//! Closing brackets that stand in the column of the key whose value they close.
//!
//! ```yaml
//! command: [
//!   "date"
//! ]
//! ```
//!
//! To the letter of YAML, the last line is indented too little. Other readers take it, and the scanner does too,
//! but only where it has just read text without quotes. A space in place of the line break before such a bracket
//! means the same and moves nothing else, and that the scanner always takes.

/// A text with spaces for some of its line breaks.
pub(super) struct Joined {
    /// The text, as long as it was.
    pub(super) text: String,
    /// The offsets of the line breaks that went, in order.
    pub(super) breaks: Vec<usize>,
}

/// Joins all lines that begin with a closing bracket to the lines before them, except at the line breaks `keep`,
/// which are in order.
pub(super) fn join(text: &str, keep: &[usize]) -> Joined {
    let mut joined = Joined { text: String::with_capacity(text.len()), breaks: Vec::new() };
    let mut line_start = 0;
    for (at, _) in text.match_indices('\n') {
        let line = &text[line_start..at];
        line_start = at + 1;
        let next = text[line_start..].trim_start_matches([' ', '\t']);
        // A comment would swallow the bracket.
        if next.starts_with([']', '}']) && !line.contains('#') && keep.binary_search(&at).is_err() {
            let end = at - usize::from(line.ends_with('\r'));
            joined.text.push_str(&text[joined.text.len()..end]);
            joined.text.extend(std::iter::repeat_n(' ', line_start - end));
            joined.breaks.push(at);
        }
    }
    joined.text.push_str(&text[joined.text.len()..]);
    joined
}
