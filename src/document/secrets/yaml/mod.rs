//! Values that may be secret in a text that is, or should be, YAML.
//!
//! Lines and their indentation tell which keys a value lies below; inside of brackets, the brackets do. Where
//! the two contradict each other, or the indentation fits nothing, what may be secret by either is hidden. Start
//! reading at `block`.

mod block;
mod cursor;
mod doubt;
mod flow;
mod levels;

use block::Block;
use doubt::Doubt;

use crate::document::json::Span;

/// The values that may be secret, in order; none reaches into the next.
pub(super) fn find(text: &str) -> Vec<Span> {
    let doubt = Doubt::of(text);
    let mut block = Block::new(text);
    let is_inside = block.read(doubt.as_ref().map(Doubt::line));
    let mut secrets = block.secrets();
    secrets.extend(doubt.and_then(|doubt| doubt.hidden(is_inside)));
    secrets.sort_unstable_by_key(|span| span.start);
    let mut found: Vec<Span> = Vec::new();
    for secret in secrets.into_iter().filter(|span| span.start < span.end) {
        match found.last_mut() {
            Some(last) if secret.start < last.end => last.end = last.end.max(secret.end),
            _ => found.push(secret),
        }
    }
    found
}

#[cfg(test)]
mod tests;
