//! Diagnostics as annotations of GitHub Actions: a workflow command on a line each.

use super::Diagnostic;
use crate::rules::Severity;

/// One command for each diagnostic.
pub fn github<'a>(diagnostics: impl IntoIterator<Item = Diagnostic<'a>>) -> String {
    diagnostics.into_iter().map(|diagnostic| command(&diagnostic)).collect()
}

fn command(diagnostic: &Diagnostic<'_>) -> String {
    let Diagnostic { rule, severity, place, path, message, help } = diagnostic;
    let name = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = Vec::new();
    properties.extend(place.file().map(|file| ("file", file.to_owned())));
    if let Some([(line, column), (end_line, end_column)]) = place.range() {
        properties.push(("line", line.to_string()));
        properties.push(("endLine", end_line.to_string()));
        // Columns are permitted within one line only, and the last one is part of the range.
        if line == end_line {
            properties.push(("col", column.to_string()));
            properties.push(("endColumn", end_column.saturating_sub(1).max(column).to_string()));
        }
    }
    properties.push(("title", (*rule).to_owned()));
    let properties: Vec<_> =
        properties.into_iter().map(|(name, value)| format!("{name}={}", property(&value))).collect();
    let path = path.map(|path| format!("{path}: ")).unwrap_or_default();
    let help = help.map(|help| format!("\nhint: {help}")).unwrap_or_default();
    format!("::{name} {}::{}\n", properties.join(","), data(&format!("{path}{message}{help}")))
}

/// A text behind the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::json::Span;
    use crate::document::render::Where;
    use crate::document::source::Source;
    use crate::rules::{Finding, Path};

    #[test]
    fn one_line_each_whatever_is_in_it() {
        let source = Source::new("a,b: 100%.json", "{\n  \"a\": [1,\n2]}");
        let name = Finding::error("JD001", Path::root().key("a"), "50% of\nit").with_help("mend".to_owned());
        let list = Finding::warning("JD002", Path::root(), "odd");
        let text = github([
            Diagnostic::finding(&name, Where::At(&source, Span::new(4, 7))),
            Diagnostic::finding(&list, Where::At(&source, Span::new(9, 15))),
            Diagnostic::finding(&list, Where::File("x")),
        ]);
        assert_eq!(
            text,
            "::error file=a%2Cb%3A 100%25.json,line=2,endLine=2,col=3,endColumn=5,title=JD001::\
             a: 50%25 of%0Ait%0Ahint: mend\n\
             ::warning file=a%2Cb%3A 100%25.json,line=2,endLine=3,title=JD002::the input: odd\n\
             ::warning file=x,title=JD002::the input: odd\n"
        );
    }
}
