//! Mistakes in queues, scheduling policies, tags and lists.

use kiln::rules::Path;
use serde_json::{Value, json};

use super::super::text;
use super::{Broken, Mutation, Subject, drop, free, put};

const QUEUE: &[&str] = &["queue"];
const QUEUES: &[&str] = &["queue", "queue-update"];
const POLICY: &[&str] = &["policy"];
const POLICIES: &[&str] = &["policy", "policy-update"];
const TAGGED: &[&str] = &[
    "definition",
    "job",
    "service job",
    "environment",
    "queue",
    "service queue",
    "policy",
    "quota-share",
    "tag",
];
const CREATE_QUEUE: &str = "CreateJobQueueRequest";
const CREATE_POLICY: &str = "CreateSchedulingPolicyRequest";
const LIMIT: &str = "JobStateTimeLimitAction";

pub(super) fn mutations() -> Vec<Mutation> {
    [queues(), queue_contents(), policies(), tags(), rest()].into_iter().flatten().collect()
}

fn queues() -> Vec<Mutation> {
    vec![
        drop("no name of a queue", &["CEQ-005"], QUEUE, (CREATE_QUEUE, "jobQueueName")),
        put(
            "a queue name of 129 characters",
            &["CEQ-005", "OPS-056"],
            QUEUE,
            (CREATE_QUEUE, "jobQueueName"),
            |random| text::letters(random, 129).into(),
        ),
        put(
            "a queue name in another form",
            &["CEQ-005", "OPS-056"],
            QUEUE,
            (CREATE_QUEUE, "jobQueueName"),
            |random| random.one_of(&["my queue!", "q.1", "a/b", ""]).into(),
        ),
        drop("no priority of a queue", &["CEQ-019"], QUEUE, (CREATE_QUEUE, "priority")),
        put("a priority of a queue as text", &["CEQ-019"], QUEUE, (CREATE_QUEUE, "priority"), |_| {
            json!("high")
        }),
        put("another state of a queue", &["CEQ-027"], QUEUE, (CREATE_QUEUE, "state"), |_| json!("PAUSED")),
        drop("no environments", &["CEQ-030", "CEQ-004"], QUEUE, (CREATE_QUEUE, "computeEnvironmentOrder")),
        put(
            "an empty list of environments",
            &["CEQ-004"],
            QUEUE,
            (CREATE_QUEUE, "computeEnvironmentOrder"),
            |_| json!([]),
        ),
    ]
}

fn queue_contents() -> Vec<Mutation> {
    vec![
        free("four environments", &["CEQ-008", "OPS-163"], QUEUES, |subject| {
            let list = Path::root().key("computeEnvironmentOrder");
            let entry = |order| json!({"order": order, "computeEnvironment": format!("ce{order}")});
            subject.set(&list, (1..=4).map(entry).collect::<Value>());
            Broken::at(list)
        }),
        drop(
            "an environment without name",
            &["CEQ-031"],
            QUEUES,
            ("ComputeEnvironmentOrder", "computeEnvironment"),
        ),
        drop("an environment without rank", &["CEQ-032"], QUEUES, ("ComputeEnvironmentOrder", "order")),
        put(
            "a time limit out of range",
            &["CEQ-017", "OPS-186"],
            QUEUES,
            (LIMIT, "maxTimeSeconds"),
            |random| random.one_of(&[599, 86_401, 144_000, 0]).into(),
        ),
        put("another action of a time limit", &["CEQ-016", "OPS-185"], QUEUES, (LIMIT, "action"), |_| {
            json!("KILL")
        }),
        put("another state of a time limit", &["CEQ-015", "OPS-187"], QUEUES, (LIMIT, "state"), |random| {
            random.one_of(&["RUNNING", "PENDING"]).into()
        }),
        drop("a time limit without reason", &["CEQ-014", "OPS-184"], QUEUES, (LIMIT, "reason")),
        put(
            "time limits by another name",
            &["OPS-184"],
            QUEUE,
            (CREATE_QUEUE, "jobStateLimitActions"),
            |_| json!([]),
        ),
        put("a policy that is a number", &["CEQ-022"], QUEUE, (CREATE_QUEUE, "schedulingPolicyArn"), |_| {
            json!(5)
        }),
    ]
}

fn policies() -> Vec<Mutation> {
    vec![
        put("a policy name of 129 characters", &["CEQ-219"], POLICY, (CREATE_POLICY, "name"), |random| {
            text::letters(random, 129).into()
        }),
        put("a policy name in another form", &["CEQ-219"], POLICY, (CREATE_POLICY, "name"), |random| {
            random.one_of(&["a b", "a.b", "a/b", ""]).into()
        }),
        drop("no name of a policy", &["CEQ-219"], POLICY, (CREATE_POLICY, "name")),
        free("a policy in a list", &["CEQ-220"], POLICY, |subject| {
            subject.remove(&Path::root().key("quotaSharePolicy"));
            let path = Path::root().key("fairsharePolicy");
            subject.set(&path, json!([]));
            Broken::at(path)
        }),
        put(
            "a reservation out of range",
            &["CEQ-221"],
            POLICIES,
            ("FairsharePolicy", "computeReservation"),
            |random| random.one_of(&[100, -1]).into(),
        ),
        put(
            "a time window out of range",
            &["CEQ-223"],
            POLICIES,
            ("FairsharePolicy", "shareDecaySeconds"),
            |random| random.one_of(&[604_801, -1]).into(),
        ),
        put("a weight out of range", &["CEQ-229"], POLICIES, ("ShareAttributes", "weightFactor"), |random| {
            random.one_of(&[json!(0), json!(1000), json!(0.00001), json!(-1)])
        }),
        drop("a share without identifier", &["CEQ-226"], POLICIES, ("ShareAttributes", "shareIdentifier")),
        free("shares that overlap", &["CEQ-228"], POLICIES, |subject| {
            let list = subject.any("FairsharePolicy")?.key("shareDistribution");
            let pairs =
                [["UserA*", "UserA1"], ["UserA", "UserA"], ["User*", "UserA*"], ["UserA*", "UserA-1"]];
            let [first, second] = subject.random.one_of(&pairs);
            subject.set(&list, json!([{"shareIdentifier": "Other"}, {"shareIdentifier": first}, {"shareIdentifier": second}]));
            Broken::at(list.index(2).key("shareIdentifier"))
        }),
        put(
            "shares as a map",
            &["CEQ-224"],
            POLICIES,
            ("FairsharePolicy", "shareDistribution"),
            |_| json!({"a": 1}),
        ),
    ]
}

/// One more tag, which is wrong.
fn tag(subject: &mut Subject<'_>, key: &str, value: Value) -> Option<Broken> {
    let tags = Path::root().key("tags");
    if subject.get(&tags).is_none() {
        subject.set(&tags, json!({}));
    }
    if subject.get(&tags)?.as_object()?.len() >= 50 {
        return None;
    }
    let path = tags.key(key);
    subject.set(&path, value);
    Broken::at(path)
}

fn tags() -> Vec<Mutation> {
    vec![
        free("51 tags", &["OPS-146"], TAGGED, |subject| {
            let tags = (0..51)
                .map(|number| (format!("key{number}"), json!("value")))
                .collect::<serde_json::Map<_, _>>();
            let path = Path::root().key("tags");
            subject.set(&path, tags);
            Broken::at(path)
        }),
        free("a key of 129 characters", &["OPS-148"], TAGGED, |subject| {
            tag(subject, &"ß".repeat(129), json!("v"))
        }),
        free("an empty key", &["JOB-011", "OPS-029"], TAGGED, |subject| tag(subject, "", json!("v"))),
        free("a value of 257 characters", &["OPS-149"], TAGGED, |subject| {
            tag(subject, "key", json!("ß".repeat(257)))
        }),
        free("a reserved key", &["OPS-152"], TAGGED, |subject| {
            let key = subject.random.one_of(&["aws:team", "AWS:team", "aWs:"]);
            tag(subject, key, json!("devs"))
        }),
        free("a reserved value", &["OPS-152"], TAGGED, |subject| {
            let value = subject.random.one_of(&["aws:devs", "Aws:devs"]);
            tag(subject, "team", json!(value))
        }),
        free("a tag that is null", &["OPS-137"], TAGGED, |subject| tag(subject, "team", Value::Null)),
        free(
            "tags in a list",
            &["JDX-017", "CEQ-034", "CEQ-153", "CEQ-231", "OPS-134", "JDC-021"],
            TAGGED,
            |subject| {
                let path = Path::root().key("tags");
                subject.set(&path, json!([{"key": "a", "value": "b"}]));
                Broken::at(path)
            },
        ),
        free("a reserved key that goes", &["OPS-152"], &["untag"], |subject| {
            let list = Path::root().key("tagKeys");
            if subject.len(&list) >= 50 {
                return None;
            }
            let key = subject.random.one_of(&["aws:x", "AWS:x"]);
            Broken::at(subject.push(&list, key))
        }),
        free("51 keys that go", &["OPS-148"], &["untag"], |subject| {
            let list = Path::root().key("tagKeys");
            subject.set(&list, (0..51).map(|number| json!(format!("key{number}"))).collect::<Value>());
            Broken::at(list)
        }),
    ]
}

fn rest() -> Vec<Mutation> {
    vec![put(
        "another status of jobs",
        &["JOB-031"],
        &["list jobs"],
        ("ListJobsRequest", "jobStatus"),
        |random| random.one_of(&["DONE", "running", ""]).into(),
    )]
}
