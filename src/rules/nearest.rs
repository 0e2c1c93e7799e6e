//! Did you mean: the word that was probably meant.

use strsim::{damerau_levenshtein, jaro};

/// Longer words are nonsense or an attack; comparing them would take time for nothing.
const LONGEST_WORD: usize = 100;
/// Shorter words are part of too many others to mean one of them.
const SHORTEST_PART: usize = 4;
/// How similar two words must be when neither spelling nor parts say anything; from 0 to 1.
const SIMILAR: f64 = 0.86;

/// The candidate that was probably meant by `word`, if one stands out.
///
/// In this order: the same word in another letter case, or in another form (`job-queue`, `job_queue`); a word
/// with few typing mistakes; the only word that contains it or is contained in it; the most similar word.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.chars().nth(LONGEST_WORD).is_some() {
        return None;
    }
    let bare = bare(word);
    let candidates: Vec<_> =
        candidates.into_iter().map(|candidate| (candidate, self::bare(candidate))).collect();
    candidates
        .iter()
        .find(|(candidate, _)| candidate.eq_ignore_ascii_case(word))
        .or_else(|| candidates.iter().find(|(_, other)| !bare.is_empty() && *other == bare))
        .or_else(|| misspelt(&bare, &candidates))
        .or_else(|| part_or_similar(&bare, &candidates))
        .map(|(candidate, _)| *candidate)
}

/// The hint that names the candidate which was probably meant, if one stands out.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|near| format!("did you mean \"{near}\"?"))
}

/// A candidate as given, and its bare form.
type Candidate<'a> = (&'a str, String);

/// The letters and digits alone, in lower case, so that all ways to join words compare equal.
fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn misspelt<'c, 'a>(bare: &str, candidates: &'c [Candidate<'a>]) -> Option<&'c Candidate<'a>> {
    let tolerated = match bare.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        6..=8 => 2,
        _ => 3,
    };
    candidates
        .iter()
        .map(|candidate| (damerau_levenshtein(bare, &candidate.1), candidate))
        .filter(|(distance, _)| *distance <= tolerated)
        // Of two words equally near, the one that only lacks letters: CPU means VCPU, not GPU.
        .min_by_key(|(distance, (_, other))| (*distance, !other.contains(bare)))
        .map(|(_, candidate)| candidate)
}

fn part_or_similar<'c, 'a>(bare: &str, candidates: &'c [Candidate<'a>]) -> Option<&'c Candidate<'a>> {
    let long = |word: &str| word.len() >= SHORTEST_PART;
    let is_part = |other: &str| {
        (long(bare) && (other.starts_with(bare) || other.ends_with(bare)))
            || (long(other) && (bare.starts_with(other) || bare.ends_with(other)))
    };
    let mut parts = candidates.iter().filter(|(_, other)| is_part(other));
    match (parts.next(), parts.next()) {
        (Some(only), None) => Some(only),
        // Part of several: none of them stands out.
        (Some(_), Some(_)) => None,
        (None, _) => similar(bare, candidates),
    }
}

fn similar<'c, 'a>(bare: &str, candidates: &'c [Candidate<'a>]) -> Option<&'c Candidate<'a>> {
    candidates
        .iter()
        .map(|candidate| (jaro(bare, &candidate.1), candidate))
        .filter(|(similarity, _)| *similarity >= SIMILAR)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Operation;

    const MEMBERS: [&str; 8] = [
        "jobName",
        "jobQueue",
        "jobDefinition",
        "dependsOn",
        "parameters",
        "retryStrategy",
        "tags",
        "timeout",
    ];

    #[test]
    fn finds_what_was_meant() {
        for (word, meant) in [
            ("jobqueue", "jobQueue"),
            ("JOBQUEUE", "jobQueue"),
            ("job-queue", "jobQueue"),
            ("job_queue", "jobQueue"),
            ("--job-queue", "jobQueue"),
            ("jobQeue", "jobQueue"),
            ("jobQuue", "jobQueue"),
            ("queue", "jobQueue"),
            ("definition", "jobDefinition"),
            ("jobDefinitionArn", "jobDefinition"),
            ("dependOn", "dependsOn"),
            ("depends", "dependsOn"),
            ("tag", "tags"),
            ("Tags", "tags"),
            ("retryStrategies", "retryStrategy"),
            ("timeouts", "timeout"),
            ("params", "parameters"),
        ] {
            assert_eq!(nearest(word, MEMBERS), Some(meant), "{word}");
        }
    }

    #[test]
    fn does_not_guess() {
        for word in ["", "-", "x", "job", "image", "vcpus", "containerOverrides", "ab"] {
            assert_eq!(nearest(word, MEMBERS), None, "{word}");
        }
        assert_eq!(nearest("instance", ["instanceRole", "instanceTypes"]), None);
    }

    #[test]
    fn an_exact_form_beats_a_near_one() {
        assert_eq!(nearest("job-ids", ["jobId", "jobIds"]), Some("jobIds"));
        assert_eq!(nearest("fargate", ["FARGATE_SPOT", "FARGATE"]), Some("FARGATE"));
    }

    #[test]
    fn works_for_commands() {
        let commands: Vec<_> = Operation::ALL.iter().map(|operation| operation.command()).collect();
        for (word, meant) in [
            ("submit_job", "submit-job"),
            ("SubmitJob", "submit-job"),
            ("sumbit-job", "submit-job"),
            ("describe-job", "describe-jobs"),
            ("list-job", "list-jobs"),
            ("register-job", "register-job-definition"),
        ] {
            assert_eq!(nearest(word, commands.iter().map(String::as_str)), Some(meant), "{word}");
        }
    }

    #[test]
    fn endless_words_cost_nothing() {
        assert_eq!(nearest(&"jobQueue".repeat(100_000), MEMBERS), None);
    }
}
