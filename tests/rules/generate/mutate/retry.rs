//! Mistakes in the retry strategies of definitions and jobs.

use kiln::rules::Path;
use serde_json::{Value, json};

use super::super::random::Random;
use super::{Broken, Mutation, drop, free, put};

const WITH_RETRIES: &[&str] = &["definition", "job"];

pub(super) fn mutations() -> Vec<Mutation> {
    [strategies(), patterns()].into_iter().flatten().collect()
}

fn strategies() -> Vec<Mutation> {
    vec![
        put(
            "attempts out of range",
            &["JDX-001", "JDC-014", "JOB-013"],
            WITH_RETRIES,
            ("RetryStrategy", "attempts"),
            |random| random.one_of(&[0, 11, -1]).into(),
        ),
        put(
            "a retry strategy that is a number",
            &["JDP-268", "JDC-143"],
            &["definition"],
            ("RegisterJobDefinitionRequest", "retryStrategy"),
            |_| json!(3),
        ),
        free("six conditions", &["JDX-003", "JOB-064"], WITH_RETRIES, |subject| {
            let entry = json!({"action": "RETRY", "onExitCode": "1"});
            let strategy = Path::root().key("retryStrategy");
            subject.set(&strategy, json!({"attempts": 2, "evaluateOnExit": vec![entry; 6]}));
            Broken::at(strategy.key("evaluateOnExit"))
        }),
        free("conditions without attempts", &["JDX-004"], WITH_RETRIES, |subject| {
            let strategy = Path::root().key("retryStrategy");
            subject.set(&strategy, json!({"evaluateOnExit": [{"action": "EXIT", "onExitCode": "1"}]}));
            Broken::at(strategy.key("attempts"))
        }),
        drop(
            "a condition without action",
            &["JDX-007", "JDC-017", "JOB-018"],
            WITH_RETRIES,
            ("EvaluateOnExit", "action"),
        ),
        put("an unknown action", &["JDC-018", "JDX-007"], WITH_RETRIES, ("EvaluateOnExit", "action"), |_| {
            json!("STOP")
        }),
    ]
}

fn patterns() -> Vec<Mutation> {
    vec![
        put(
            "an exit code that is no pattern",
            &["JDX-009"],
            WITH_RETRIES,
            ("EvaluateOnExit", "onExitCode"),
            |random| random.one_of(&["-1", "1x", "*1", "1*3", "1?", "1 "]).into(),
        ),
        put(
            "a reason that is no pattern",
            &["JDX-011"],
            WITH_RETRIES,
            ("EvaluateOnExit", "onReason"),
            |random| random.one_of(&["Cannot(Pull)", "a-b", "*Error", "a_b", "a*b"]).into(),
        ),
        put(
            "a status reason that is no pattern",
            &["JDX-013"],
            WITH_RETRIES,
            ("EvaluateOnExit", "onStatusReason"),
            |random| random.one_of(&["Host EC2 (i-1)*", "a,b", "*Error"]).into(),
        ),
        put(
            "an exit code of 513 characters",
            &["JDX-009"],
            WITH_RETRIES,
            ("EvaluateOnExit", "onExitCode"),
            too_long,
        ),
        put(
            "a reason of 513 characters",
            &["JDX-011"],
            WITH_RETRIES,
            ("EvaluateOnExit", "onReason"),
            too_long,
        ),
        put(
            "a status reason of 513 characters",
            &["JDX-013"],
            WITH_RETRIES,
            ("EvaluateOnExit", "onStatusReason"),
            too_long,
        ),
        put(
            "an exit code that is a number",
            &["JDX-009", "JDC-143"],
            WITH_RETRIES,
            ("EvaluateOnExit", "onExitCode"),
            |_| json!(137),
        ),
    ]
}

/// A pattern of more than 512 characters.
fn too_long(random: &mut Random) -> Value {
    json!("1".repeat(513 + random.below(2)))
}
