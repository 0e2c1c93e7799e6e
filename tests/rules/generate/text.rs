//! Legal texts: names, ARNs, images, tags and the like.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::random::Random;

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// A text of so many characters out of an alphabet.
pub(crate) fn of(random: &mut Random, alphabet: &str, length: usize) -> String {
    let alphabet: Vec<char> = alphabet.chars().collect();
    (0..length).map(|_| random.one_of(&alphabet)).collect()
}

/// So many letters and digits.
pub(crate) fn letters(random: &mut Random, length: usize) -> String {
    of(random, LETTERS, length)
}

/// A name as most resources have it: 1 to 128 letters, digits, hyphens and underscores.
pub(crate) fn name(random: &mut Random) -> String {
    let length = random.size(1, 128);
    of(random, &format!("{LETTERS}-_"), length)
}

/// The same, beginning with a letter or digit.
pub(crate) fn job_name(random: &mut Random) -> String {
    let length = random.size(1, 128);
    letters(random, 1) + &of(random, &format!("{LETTERS}-_"), length - 1)
}

/// A name of lower-case letters, digits and inner hyphens: a label of the domain name system.
pub(crate) fn label(random: &mut Random, most: usize) -> String {
    let length = random.size(1, most);
    let inner = of(random, "abcdefghijklmnopqrstuvwxyz0123456789-", length);
    format!("n{}", &inner[1..]).trim_end_matches('-').to_owned()
}

/// So many different texts of one kind.
pub(crate) fn different(
    random: &mut Random,
    count: usize,
    make: impl Fn(&mut Random) -> String,
) -> Vec<String> {
    let mut seen = BTreeSet::new();
    while seen.len() < count {
        let text = make(random);
        let text = if seen.contains(&text) { text + &of(random, "abcxyz019", 3) } else { text };
        seen.insert(text);
    }
    let mut texts: Vec<_> = seen.into_iter().collect();
    random.shuffle(&mut texts);
    texts
}

/// Letters of several scripts and the signs that tags may hold; does not begin with a reserved prefix.
pub(crate) fn unicode(random: &mut Random, length: usize) -> String {
    let begin = of(random, "bZéß価値Ж7", length.min(1));
    begin + &of(random, "awsAWS09éß価値Ж +-=._:/@", length.saturating_sub(1))
}

/// Tags: mostly few, sometimes as many or as long as they may be.
pub(crate) fn tags(random: &mut Random) -> Value {
    let count = random.size(1, 50);
    let mut tags = Map::new();
    while tags.len() < count {
        let (key, value) = match random.below(8) {
            0 if count < 9 => (unicode(random, 128), unicode(random, 256)),
            1 => (unicode(random, 1), String::new()),
            2 => ("laws:x".to_owned(), "the aws: prefix".to_owned()),
            _ => (letters(random, 6), unicode(random, 9)),
        };
        tags.insert(key, value.into());
    }
    Value::Object(tags)
}

pub(crate) fn account(random: &mut Random) -> String {
    random.one_of(&["123456789012", "000000000000", "012345678901"]).to_owned()
}

pub(crate) fn region(random: &mut Random) -> &'static str {
    random.one_of(&["us-east-1", "eu-central-1", "ap-southeast-2"])
}

/// The ARN of a resource of the service: `job-queue/NAME`.
pub(crate) fn arn(random: &mut Random, resource: &str) -> String {
    let partition = random.one_of(&["aws", "aws", "aws-cn", "aws-us-gov"]);
    format!("arn:{partition}:batch:{}:{}:{resource}", region(random), account(random))
}

/// A name or the ARN of a resource of that kind.
pub(crate) fn name_or_arn(random: &mut Random, kind: &str) -> String {
    let name = name(random);
    if random.chance(50) { name } else { arn(random, &format!("{kind}/{name}")) }
}

/// The ARN of a role.
pub(crate) fn role(random: &mut Random) -> String {
    let path = random.one_of(&["", "", "service-role/", "team/batch/"]);
    let length = random.size(1, 64);
    let name = letters(random, length);
    format!("arn:aws:iam::{}:role/{path}{name}", account(random))
}

/// A job id, made of hexadecimal digits.
pub(crate) fn job_id(random: &mut Random) -> String {
    let hex = "0123456789abcdef";
    let parts = [8, 4, 4, 4, 12].map(|length| of(random, hex, length));
    parts.join("-")
}

/// The name of an image, in every documented form.
pub(crate) fn image(random: &mut Random) -> String {
    let longest = "a".repeat(255);
    let digest = format!("sha256:{}", of(random, "0123456789abcdef", 64));
    match random.below(9) {
        0 => longest,
        1 => format!("public.ecr.aws/registry_alias/my-web-app@{digest}"),
        2 => format!("{}.dkr.ecr.us-east-1.amazonaws.com/my-web-app:latest", account(random)),
        3 => "amazon/amazon-ecs-agent".to_owned(),
        4 => "quay.io/assemblyline/ubuntu:22.04".to_owned(),
        5 => "localhost:5000/team/my_tool:v1.2-3".to_owned(),
        6 => "Registry.example.com/Team/Image:#1".to_owned(),
        _ => random.one_of(&["busybox", "ubuntu:24.04", "mongo"]).to_owned(),
    }
}

/// An absolute path.
pub(crate) fn directory(random: &mut Random) -> String {
    let length = random.size(1, 30);
    format!("/{}", letters(random, length))
}

/// Text that a shell might be given.
pub(crate) fn free(random: &mut Random) -> String {
    let length = random.size(1, 60);
    match random.below(6) {
        0 => "Ref::input".to_owned(),
        1 => "$(HOME) && echo 'ü' \"$$\" | tee *".to_owned(),
        2 => unicode(random, length),
        _ => letters(random, length),
    }
}

/// Names with texts: parameters, options, labels.
pub(crate) fn map(random: &mut Random, most: usize, value: impl Fn(&mut Random) -> String) -> Value {
    let count = random.size(0, most);
    let names = different(random, count, |random| {
        let length = random.size(1, 20);
        letters(random, length)
    });
    names.into_iter().map(|name| (name, Value::from(value(random)))).collect::<Map<_, _>>().into()
}
