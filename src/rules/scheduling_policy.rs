//! Scheduling policies.

use std::collections::BTreeMap;

use crate::api::Operation::DeleteSchedulingPolicy;
use crate::rules::context::{Context, POLICY};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

rules! {
    /// The name of a scheduling policy has 1 to 128 characters.
    ///
    /// Longer names are refused.
    error NAME_LENGTH = "SP001" {
        guide: "Scheduling policy parameters: name",
        from: ["CEQ-219"],
        on: POLICY,
        wrong: r#"{"name": ""}"#,
        right: r#"{"name": "fair"}"#,
    }

    /// The name of a scheduling policy consists of letters, digits, hyphens and underscores.
    ///
    /// It has to be unique in an account and a Region.
    error NAME_FORM = "SP002" {
        guide: "Scheduling policy parameters: name",
        from: ["CEQ-219"],
        on: POLICY,
        wrong: r#"{"name": "fair share"}"#,
        right: r#"{"name": "fair-share"}"#,
    }

    /// The compute reservation lies between 0 and 99.
    ///
    /// It is the percentage behind the part of a queue that is kept free for shares that are not active yet; with 100
    /// no job could run.
    error RESERVATION = "SP003" {
        guide: "Scheduling policy parameters: compute reservation",
        from: ["CEQ-221"],
        on: POLICY,
        wrong: r#"{"fairsharePolicy": {"computeReservation": 100}}"#,
        right: r#"{"fairsharePolicy": {"computeReservation": 99}}"#,
    }

    /// The time of share decay lies between 0 and 604800 seconds.
    ///
    /// A week is the longest time over which past use counts; with 0 only the use at the moment does.
    error DECAY = "SP004" {
        guide: "Scheduling policy parameters: share decay seconds",
        from: ["CEQ-223"],
        on: POLICY,
        wrong: r#"{"fairsharePolicy": {"shareDecaySeconds": 604801}}"#,
        right: r#"{"fairsharePolicy": {"shareDecaySeconds": 604800}}"#,
    }

    /// A listed share has 1 to 255 characters, with an asterisk at the end if need be.
    ///
    /// The asterisk makes a prefix of it, which stands for all share identifiers that begin so. It does not count, and
    /// stands nowhere else.
    error SHARE_FORM = "SP006" {
        guide: "Scheduling policy parameters: share identifier",
        from: ["CEQ-226"],
        on: POLICY,
        wrong: r#"{"fairsharePolicy": {"shareDistribution": [{"shareIdentifier": "Team*A"}]}}"#,
        right: r#"{"fairsharePolicy": {"shareDistribution": [{"shareIdentifier": "Team*"}]}}"#,
    }

    /// A weight factor lies between 0.0001 and 999.9999.
    ///
    /// A lower one means more capacity: 0.125 gets eight times as much as 1, which is that of shares not listed.
    error WEIGHT = "SP007" {
        guide: "Scheduling policy parameters: weight factor",
        from: ["CEQ-229"],
        on: POLICY,
        wrong: r#"{"fairsharePolicy": {"shareDistribution": [{"shareIdentifier": "TeamA", "weightFactor": 0}]}}"#,
        right: r#"{"fairsharePolicy": {"shareDistribution": [{"shareIdentifier": "TeamA", "weightFactor": 0.0001}]}}"#,
    }

    /// The share identifiers of a policy do not overlap.
    ///
    /// Each job belongs to one entry at most, so UserA* excludes UserA, UserA-1 and UserA1*, and nothing is listed
    /// twice.
    error OVERLAP = "SP008" {
        guide: "Scheduling policy parameters: share identifier",
        from: ["CEQ-228"],
        on: POLICY,
        wrong: r#"{"fairsharePolicy": {"shareDistribution": [{"shareIdentifier": "UserA*"}, {"shareIdentifier": "UserA1"}]}}"#,
        right: r#"{"fairsharePolicy": {"shareDistribution": [{"shareIdentifier": "UserA*"}, {"shareIdentifier": "UserB"}]}}"#,
    }

    /// A scheduling policy divides capacity by fair shares or by quota shares.
    ///
    /// Give fairsharePolicy or quotaSharePolicy. The kind of a policy cannot be changed later.
    error ONE_KIND = "SP009" {
        guide: "API reference: CreateSchedulingPolicy",
        from: [],
        on: POLICY,
        wrong: r#"{"quotaSharePolicy": {"idleResourceAssignmentStrategy": "FIFO"}}"#,
        right: r#"{"fairsharePolicy": {"shareDecaySeconds": 3600}}"#,
    }

    /// A scheduling policy is named by its ARN.
    ///
    /// Unlike queues and environments, policies cannot be changed or deleted by their name alone. The ARN reads
    /// arn:aws:batch:REGION:ACCOUNT:scheduling-policy/NAME.
    error ARN = "SP010" {
        guide: "Service quotas and resource names: scheduling policies",
        from: ["CEQ-022"],
        on: Context::whole(DeleteSchedulingPolicy),
        wrong: r#"{"arn": "fair"}"#,
        right: r#"{"arn": "arn:aws:batch:us-east-1:123456789012:scheduling-policy/fair"}"#,
    }
}

/// Judges the input of CreateSchedulingPolicy and UpdateSchedulingPolicy.
pub(in crate::rules) fn check(at: &Cursor<'_>, findings: &mut Findings) {
    let Some(fair) = at.get("fairsharePolicy") else { return };
    if at.get("quotaSharePolicy").is_some() {
        let message = "a policy has fair shares or quota shares, and quotaSharePolicy stands beside it";
        findings.push(ONE_KIND.at(&fair, message).with_help("remove one of the two".to_owned()));
    }
    if let Some(shares) = fair.get("shareDistribution") {
        overlaps(&shares, findings);
    }
}

/// Reports every share that overlaps with one before it. One pass with an ordered map of those that do not: as none
/// of them begins with another's prefix, the neighbours in order are the only ones that a further one can meet.
fn overlaps(shares: &Cursor<'_>, findings: &mut Findings) {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    for share in shares.items().filter_map(|share| share.get("shareIdentifier")) {
        let Some(text) = share.text() else { continue };
        let stem = text.strip_suffix('*').unwrap_or(text);
        if let Some(other) = met(&before, text, stem) {
            let [found, other] = [text, other].map(|text| quoted(text, LONGEST_SHOWN));
            let message = match found == other {
                true => format!("{found} is listed twice"),
                false => format!("{found} overlaps with {other}, which is listed before it"),
            };
            findings.push(OVERLAP.at(&share, message));
        } else {
            before.insert(stem, text);
        }
    }
}

fn met<'a>(before: &BTreeMap<&'a str, &'a str>, text: &str, stem: &str) -> Option<&'a str> {
    let shorter = before.range(..=stem).next_back();
    let longer = before.range(stem..).next();
    let is_prefix = |text: &str| text.ends_with('*');
    let covered =
        shorter.filter(|(other, whole)| stem == **other || (is_prefix(whole) && stem.starts_with(**other)));
    let covers = longer.filter(|(other, _)| is_prefix(text) && other.starts_with(stem));
    covered.or(covers).map(|(_, whole)| *whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn overlapping(identifiers: &[&str]) -> Vec<usize> {
        let shares: Vec<_> = identifiers.iter().map(|text| json!({"shareIdentifier": text})).collect();
        let input = json!({"fairsharePolicy": {"shareDistribution": shares}});
        let mut findings = Findings::new();
        check(&Cursor::root(&input), &mut findings);
        let place = |index: usize| format!("fairsharePolicy.shareDistribution[{index}].shareIdentifier");
        findings
            .iter()
            .map(|finding| (0..shares.len()).find(|i| place(*i) == finding.path.to_string()).unwrap())
            .collect()
    }

    #[test]
    fn overlaps_are_found_in_either_order() {
        for (identifiers, later) in [
            (&["A", "B", "AB"][..], &[][..]),
            (&["A", "A"], &[1]),
            (&["A*", "A"], &[1]),
            (&["A", "A*"], &[1]),
            (&["A*", "A*"], &[1]),
            (&["A*", "AB*", "ABC", "B"], &[1, 2]),
            (&["ABC", "A*", "ABD", "AB*"], &[1, 3]),
            (&["*", "A"], &[1]),
            (&["A", "*"], &[1]),
            (&["AB", "A", "A-*", "A-1"], &[3]),
        ] {
            assert_eq!(overlapping(identifiers), later, "{identifiers:?}");
        }
    }
}
