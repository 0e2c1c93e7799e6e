//! Log configurations and secrets.

use serde_json::{Value, json};

use super::container::Platform;
use super::object::Object;
use super::random::Random;
use super::text;

/// Where a secret comes from, in every documented form.
pub(crate) fn value_from(random: &mut Random) -> String {
    let place = format!("{}:{}", text::region(random), text::account(random));
    let name = random.one_of(&["db-AbCdEf", "production/My+App=Secret_1.x@y-AbCdEf"]);
    let suffix = random.one_of(&[
        "",
        "",
        ":username1::",
        ":username1:AWSPREVIOUS:",
        "::AWSPREVIOUS:",
        ":::9d4cb84b-ad69-40c0-a0ab-cead36b967e8",
        ":username1::9d4cb84b-ad69-40c0-a0ab-cead36b967e8",
    ]);
    match random.below(4) {
        0 => format!("arn:aws:ssm:{place}:parameter/team/db"),
        1 => random.one_of(&["db-password", "/team/db"]).to_owned(),
        _ => format!("arn:aws:secretsmanager:{place}:secret:{name}{suffix}"),
    }
}

fn secret(random: &mut Random, name: &str) -> Value {
    let mut secret = Object::new();
    secret.set("name", name);
    secret.set("valueFrom", value_from(random));
    secret.done(random)
}

/// Variables whose values are secrets.
pub(crate) fn secrets(random: &mut Random) -> Value {
    let count = random.size(0, 6);
    let names = text::different(random, count, |random| format!("SECRET_{}", text::letters(random, 4)));
    names.iter().map(|name| secret(random, name)).collect()
}

/// A log driver with options.
pub(crate) fn configuration(random: &mut Random, platform: Platform) -> Value {
    let everywhere = ["awslogs", "splunk"];
    let ec2 = ["awslogs", "awslogs", "fluentd", "gelf", "journald", "json-file", "splunk", "syslog"];
    let driver = match platform {
        Platform::Fargate => random.one_of(&everywhere),
        Platform::Ec2 => random.one_of(&ec2),
    };
    let mut log = Object::new();
    log.set("logDriver", driver);
    match driver {
        "awslogs" => log.maybe(random, 70, "options", awslogs),
        "splunk" => {
            log.set("options", json!({"splunk-url": "https://splunk.example.com"}));
            log.maybe(random, 60, "secretOptions", |random| json!([secret(random, "splunk-token")]));
        }
        "fluentd" => {
            log.maybe(random, 60, "options", |_| json!({"tag": "fluentd demo"}));
            log.maybe(random, 60, "secretOptions", |random| json!([secret(random, "fluentd-address")]));
        }
        _ => log.maybe(random, 60, "options", |random| text::map(random, 5, text::free)),
    }
    log.done(random)
}

fn awslogs(random: &mut Random) -> Value {
    let mut options = Object::new();
    options.maybe(random, 50, "awslogs-group", |_| "/aws/batch/job");
    options.maybe(random, 50, "awslogs-region", text::region);
    options.maybe(random, 50, "awslogs-stream-prefix", |_| "nightly");
    options.maybe(random, 30, "awslogs-datetime-format", |_| "\\[%b %d, %Y %H:%M:%S\\]");
    options.maybe(random, 30, "awslogs-multiline-pattern", |_| "^INFO");
    options.maybe(random, 30, "awslogs-create-group", |random| random.one_of(&["true", "false"]));
    options.done(random)
}
