//! Variables in the command of a pod (rules JDP-173 to JDP-175).

/// Replaces each `$(NAME)` by the value that `value` knows. An unknown name stays as it is, and `$$` stands for a plain
/// `$`, so that `$$(NAME)` becomes `$(NAME)`. Nothing else is special, and values are not looked into.
pub(super) fn expand(text: &str, value: &impl Fn(&str) -> Option<String>) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        expanded.push_str(before);
        rest = if let Some(after) = after.strip_prefix('$') {
            expanded.push('$');
            after
        } else if let Some((name, after)) = after.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
            expanded.push_str(&value(name).unwrap_or_else(|| format!("$({name})")));
            after
        } else {
            expanded.push('$');
            after
        };
    }
    expanded.push_str(rest);
    expanded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_in_parentheses_are_replaced() {
        let value = |name: &str| match name {
            "A" => Some("1".to_owned()),
            "EMPTY" => Some(String::new()),
            "B" => Some("$(A)$$".to_owned()),
            _ => None,
        };
        for (text, expanded) in [
            ("$(A)", "1"),
            ("x$(A)y$(A)", "x1y1"),
            ("$(EMPTY)", ""),
            ("$(NONE)", "$(NONE)"),
            ("$(B)", "$(A)$$"),
            ("$$", "$"),
            ("$$(A)", "$(A)"),
            ("$$(NONE)", "$(NONE)"),
            ("$$$(A)", "$1"),
            ("$$$$(A)", "$$(A)"),
            ("$A ${A} $", "$A ${A} $"),
            ("$(A", "$(A"),
            ("$()", "$()"),
            ("$($(A))", "$($(A))"),
            ("$x$(A)", "$x1"),
            ("é$(A)é", "é1é"),
            ("", ""),
        ] {
            assert_eq!(expand(text, &value), expanded, "{text}");
        }
    }
}
