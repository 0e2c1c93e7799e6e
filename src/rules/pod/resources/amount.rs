//! Amounts in the notation of Kubernetes, as far as Batch takes it, and what was probably meant by others.

use crate::api::constraint::whole_number;

/// Beyond this nothing is converted: nobody means so many mebibytes.
const MOST: f64 = 1e12;

/// A whole number of mebibytes: `1024Mi`.
pub(crate) fn mebibytes(text: &str) -> Option<u64> {
    whole_number(text.strip_suffix("Mi")?)
}

/// A multiple of a quarter, counted in quarters: `0.75`.
pub(crate) fn quarters(text: &str) -> Option<u64> {
    let (units, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let quarters = match fraction.trim_end_matches('0') {
        "" => 0,
        "25" => 1,
        "5" => 2,
        "75" => 3,
        _ => return None,
    };
    Some(whole_number(units)?.saturating_mul(4).saturating_add(quarters))
}

/// An amount of memory in another notation as whole mebibytes, rounded up.
pub(super) fn in_mebibytes(text: &str) -> Option<String> {
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = number(&text[..text.len() - unit.len()])?;
    let bytes = match unit.trim().to_ascii_lowercase().as_str() {
        // Who writes no unit means that of the other containers of Batch.
        "" | "mi" | "mib" => 1_048_576.0,
        "ki" | "kib" => 1024.0,
        "gi" | "gib" => 1_073_741_824.0,
        "ti" | "tib" => 1_099_511_627_776.0,
        "k" | "kb" => 1e3,
        "m" | "mb" => 1e6,
        "g" | "gb" => 1e9,
        "t" | "tb" => 1e12,
        _ => return None,
    };
    let mebibytes = (number * bytes / 1_048_576.0).ceil().max(4.0);
    (mebibytes < MOST).then(|| format!("{mebibytes}Mi"))
}

/// An amount of CPU in another notation as a multiple of a quarter, rounded up.
pub(super) fn in_quarters(text: &str) -> Option<String> {
    let text = text.trim();
    let cores = match text.strip_suffix('m') {
        Some(millicores) => number(millicores)? / 1000.0,
        None => number(text)?,
    };
    let cores = (cores * 4.0).ceil().max(1.0) / 4.0;
    (cores < MOST).then(|| format!("{cores}"))
}

/// A plain decimal number without a sign.
fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_exactly() {
        for (text, quarters) in [
            ("0.25", Some(1)),
            ("1", Some(4)),
            ("1.0", Some(4)),
            ("00.7500", Some(3)),
            ("47.25", Some(189)),
            ("1.", Some(4)),
            ("0.3", None),
            ("0.251", None),
            (".5", None),
            ("250m", None),
            ("-1", None),
            ("1e3", None),
            ("two", None),
            ("1.5.5", None),
            ("99999999999999999999999999", Some(u64::MAX)),
        ] {
            assert_eq!(self::quarters(text), quarters, "{text}");
        }
        for (text, amount) in
            [("4Mi", Some(4)), ("0004Mi", Some(4)), ("Mi", None), ("4 Mi", None), ("4", None), ("4mi", None)]
        {
            assert_eq!(mebibytes(text), amount, "{text}");
        }
    }

    #[test]
    fn other_notations_are_converted() {
        for (text, meant) in [
            ("1Gi", Some("1024Mi")),
            ("2G", Some("1908Mi")),
            ("1024", Some("1024Mi")),
            ("512.5Mi", Some("513Mi")),
            ("64 mib", Some("64Mi")),
            ("1Ki", Some("4Mi")),
            ("much", None),
            ("-1Mi", None),
            ("", None),
            ("9999999999999999999999Gi", None),
        ] {
            assert_eq!(in_mebibytes(text).as_deref(), meant, "{text}");
        }
        for (text, meant) in [
            ("250m", Some("0.25")),
            ("100m", Some("0.25")),
            ("1500m", Some("1.5")),
            ("0.3", Some("0.5")),
            (".5", Some("0.5")),
            ("2.9", Some("3")),
            ("two", None),
            ("m", None),
        ] {
            assert_eq!(in_quarters(text).as_deref(), meant, "{text}");
        }
    }
}
