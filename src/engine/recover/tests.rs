//! Stories of random requests and reports against a real database: after each transaction, what would be taken up again
//! is what is held. `KILN_STORIES` says how many, `KILN_STORY` tells one of them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::api::Operation;
use crate::engine::change::Change;
use crate::engine::core::tests::revive::same_core;
use crate::engine::core::{AttemptId, Child, Report};
use crate::engine::persist::persist;
use crate::store::Durability;

const HOST: Resources = Resources { vcpu_milli: 12_000, memory_mib: 4000, gpus: 3 };

/// splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    fn one_in(&mut self, limit: usize) -> bool {
        self.below(limit) == 0
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }
}

/// An engine without a thread and without processes.
struct Story {
    _home: TempDir,
    store: Store,
    core: Core,
    definitions: Definitions,
    now: Millis,
    random: Random,
    /// The ids of all jobs, with the number of their children.
    jobs: Vec<(String, usize)>,
    /// The attempts that have been launched and not ended.
    live: BTreeSet<(u64, u32)>,
    is_told: bool,
}

impl Story {
    fn new(seed: u64, is_told: bool) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut story = Self {
            store: Store::open(&home.path().join("kiln.db")).unwrap(),
            _home: home,
            core: Core::new(HOST),
            definitions: Definitions::default(),
            now: Millis(1_000_000_000_000),
            random: Random(seed),
            jobs: Vec::new(),
            live: BTreeSet::new(),
            is_told,
        };
        for name in ["a", "b"] {
            let resources = json!({"type": "EC2", "minvCpus": 1, "maxvCpus": 6, "instanceTypes": ["c5"],
                "allocationStrategy": "BEST_FIT_PROGRESSIVE", "subnets": ["s"], "securityGroupIds": ["g"]});
            let input =
                json!({"computeEnvironmentName": name, "type": "MANAGED", "computeResources": resources});
            story.must(Operation::CreateComputeEnvironment, input);
        }
        let fair = json!({"shareDecaySeconds": 60, "computeReservation": 20});
        story.must(Operation::CreateSchedulingPolicy, json!({"name": "p", "fairsharePolicy": fair}));
        for name in ["q", "r", "f"] {
            story.create_queue(name);
        }
        let task = |more: Value| {
            let mut requirements = vec![json!({"type": "MEMORY", "value": "64"})];
            requirements.extend(more.as_array().unwrap().iter().cloned());
            json!({"image": "i", "command": ["true"], "resourceRequirements": requirements})
        };
        let vcpus = |count: &str| json!({"type": "VCPU", "value": count});
        let gpu = json!({"type": "GPU", "value": "1"});
        let nodes = json!({"numNodes": 3, "mainNode": 1, "nodeRangeProperties": [
            {"targetNodes": "0:1", "container": task(json!([vcpus("1"), gpu]))},
            {"targetNodes": "2:", "container": task(json!([vcpus("2")]))}]});
        for (name, kind, member, value) in [
            ("one", "container", "containerProperties", task(json!([vcpus("1")]))),
            ("three", "container", "containerProperties", task(json!([vcpus("3")]))),
            ("gpu", "container", "containerProperties", task(json!([vcpus("1"), gpu]))),
            ("nodes", "multinode", "nodeProperties", nodes),
        ] {
            let input = json!({"jobDefinitionName": name, "type": kind, member: value});
            story.must(Operation::RegisterJobDefinition, input);
        }
        story
    }

    fn create_queue(&mut self, name: &str) {
        let order: &[&str] = if name == "r" { &["b"] } else { &["a", "b"] };
        let order: Vec<_> =
            (1..).zip(order).map(|(at, name)| json!({"order": at, "computeEnvironment": name})).collect();
        let mut input = json!({"jobQueueName": name, "priority": 1, "computeEnvironmentOrder": order});
        if name == "f" {
            input["schedulingPolicyArn"] = "arn:aws:batch:us-east-1:000000000000:scheduling-policy/p".into();
        }
        self.must(Operation::CreateJobQueue, input);
    }

    fn must(&mut self, operation: Operation, input: Value) {
        self.request(operation, input).unwrap();
    }

    fn request(&mut self, operation: Operation, input: Value) -> Result<Value, ServiceError> {
        // Often it comes together with a report.
        let report = if self.random.one_in(2) { self.some_report() } else { None };
        self.transact(report, Some((operation, input))).unwrap()
    }

    /// What the loop of the engine does with what comes in, without carrying it out.
    fn transact(
        &mut self,
        report: Option<(AttemptId, Report)>,
        request: Option<(Operation, Value)>,
    ) -> Option<Result<Value, ServiceError>> {
        if self.is_told {
            eprintln!("{} {report:?} {request:?}", self.now.0);
        }
        let now = self.now;
        let mut effects = Vec::new();
        self.store.begin(Durability::Written).unwrap();
        if let Some((attempt, report)) = report {
            self.core.step(now, Event::Report { attempt, report }, &mut effects);
        }
        self.core.step(now, Event::Wake, &mut effects);
        let mut written = 0;
        self.write(&effects, &mut written);
        let scope = Scope::default();
        let answer = request.map(|(operation, input)| {
            let Self { store, core, definitions, .. } = self;
            let effects = &mut effects;
            store.attempt(|store| {
                Change { store, core, definitions, effects, scope: &scope, now }.run(operation, input)
            })
        });
        self.write(&effects, &mut written);
        self.core.schedule(now, &mut effects);
        self.write(&effects, &mut written);
        self.store.commit().unwrap();
        if self.is_told
            && let Some(Err(error)) = &answer
        {
            eprintln!("    {error}");
        }
        self.check();
        answer
    }

    fn write(&mut self, effects: &[Effect], written: &mut usize) {
        for effect in &effects[*written..] {
            if self.is_told {
                eprintln!("    {effect:?}");
            }
            persist(&mut self.store, effect).unwrap();
            match effect {
                Effect::Launch { attempt, .. } => {
                    let _ = self.live.insert((attempt.job.0, attempt.number));
                }
                Effect::AttemptEnded { attempt, .. } => {
                    let _ = self.live.remove(&(attempt.job.0, attempt.number));
                }
                _ => {}
            }
        }
        *written = effects.len();
    }

    fn check(&mut self) {
        self.core.check().unwrap();
        let mut definitions = Definitions::default();
        let read = recover(&self.store, &mut definitions, HOST, self.now).unwrap();
        read.core.check().unwrap();
        same_core(&read.core, &self.core, self.now).unwrap_or_else(|wrong| panic!("{wrong}"));
        let expected: BTreeSet<_> =
            read.expected.iter().map(|expected| (expected.attempt.job, expected.attempt.number)).collect();
        assert_eq!(expected, self.live);
        for expected in &read.expected {
            let found = self.store.job_by_key(expected.attempt.job).unwrap().unwrap();
            assert_eq!(found.job.id, expected.job_id);
        }
        self.check_counts();
        if self.random.one_in(20) {
            // The engine dies, and another one goes on.
            (self.core, self.definitions) = (read.core, definitions);
        }
    }

    /// What is told of arrays adds up.
    fn check_counts(&self) {
        for (key, array) in self.core.arrays() {
            let row = self.store.job_by_key(key.0).unwrap().unwrap().job;
            let counts = self.store.member_counts(&row).unwrap();
            let over = |status: &JobStatus| matches!(status, JobStatus::Succeeded | JobStatus::Failed);
            let unfinished: u32 =
                counts.iter().filter(|(status, _)| !over(status)).map(|(_, count)| count).sum();
            let is_open = |child: &&Child| matches!(child, Child::Unmade | Child::Made);
            let held = array.children.iter().filter(is_open).count();
            assert_eq!(unfinished as usize, held, "{counts:?}");
        }
    }

    /// One more thing happens.
    fn go_on(&mut self) {
        self.now = Millis(self.now.0 + i64::try_from(self.random.below(12_000)).unwrap());
        match self.random.below(20) {
            0..6 => self.submit(),
            6..16 => self.report(),
            16 | 17 => self.end(),
            18 => self.change_environment(),
            _ => self.change_queue(),
        }
    }

    fn any_job(&mut self) -> Option<String> {
        let recent = self.jobs.len().saturating_sub(8);
        let (id, size) = (self.jobs.len() > recent).then(|| self.random.of(&self.jobs[recent..]))?;
        let is_child = size > 0 && self.random.one_in(2);
        Some(if is_child { format!("{id}:{}", self.random.below(size)) } else { id })
    }

    fn submit(&mut self) {
        let queue = self.random.of(&["q", "r", "f"]);
        let definition = self.random.of(&["one", "one", "three", "gpu", "nodes"]);
        let mut input = json!({"jobName": "j", "jobQueue": queue, "jobDefinition": definition,
            "retryStrategy": {"attempts": 1 + self.random.below(3)}});
        let size = if definition != "nodes" && self.random.one_in(2) { 2 + self.random.below(3) } else { 0 };
        if size > 0 {
            input["arrayProperties"] = json!({ "size": size });
        }
        if queue == "f" {
            input["shareIdentifier"] = self.random.of(&["A1", "A2", "B"]).into();
            input["schedulingPriorityOverride"] = self.random.below(3).into();
        }
        if self.random.one_in(3) {
            input["timeout"] = json!({"attemptDurationSeconds": 60});
        }
        let mut depends = Vec::new();
        for _ in 0..self.random.below(3) {
            if let Some(id) = self.any_job() {
                let pairs = size > 0 && !id.contains(':');
                let fits = pairs && self.jobs.iter().any(|(known, count)| *known == id && *count == size);
                let kind = if fits && self.random.one_in(2) { json!("N_TO_N") } else { json!(null) };
                depends.push(json!({"jobId": id, "type": kind}));
            }
        }
        if size > 0 && self.random.one_in(4) {
            depends.push(json!({"type": "SEQUENTIAL"}));
        }
        input["dependsOn"] = depends.into();
        if self.random.one_in(20) {
            input["propagateTags"] = true.into();
            let tags: serde_json::Map<_, _> = (0..51).map(|tag| (tag.to_string(), json!(""))).collect();
            input["tags"] = tags.into();
        }
        if let Ok(answer) = self.request(Operation::SubmitJob, input) {
            self.jobs.push((answer["jobId"].as_str().unwrap().to_owned(), size));
        }
    }

    fn report(&mut self) {
        let report = self.some_report();
        let _ = self.transact(report, None);
    }

    fn some_report(&mut self) -> Option<(AttemptId, Report)> {
        let live: Vec<_> = self.live.iter().copied().collect();
        let (job, number) = (!live.is_empty()).then(|| self.random.of(&live))?;
        let at = Millis(self.now.0 - i64::try_from(self.random.below(3000)).unwrap());
        let report = match self.random.below(20) {
            0..9 => Report::Started { at },
            9..15 => Report::Exited { code: 0, at },
            15 | 16 => Report::Exited { code: 1, at },
            17 => Report::Lost { at },
            18 => Report::Unknown,
            _ => Report::NotStarted { reason: "no".into(), permanent: self.random.one_in(2), at },
        };
        Some((AttemptId { job: JobKey(job), number }, report))
    }

    fn end(&mut self) {
        let Some(id) = self.any_job() else { return };
        let operation = self.random.of(&[Operation::CancelJob, Operation::TerminateJob]);
        self.must(operation, json!({"jobId": id, "reason": "enough"}));
    }

    fn change_environment(&mut self) {
        let name = self.random.of(&["a", "b"]);
        let arn = format!("arn:aws:batch:us-east-1:000000000000:compute-environment/{name}");
        let update = match self.random.below(8) {
            0 => json!({"state": self.random.of(&["ENABLED", "DISABLED"])}),
            1 | 2 => json!({"state": "ENABLED"}),
            3 => json!({"computeResources": {"maxvCpus": 2 + self.random.below(5)}}),
            4 => json!({"computeResources": {"desiredvCpus": 6}}),
            5 => json!({"computeResources": {"instanceTypes": [self.random.of(&["c5", "m5"])]},
                "updatePolicy": {"terminateJobsOnUpdate": self.random.one_in(2), "jobExecutionTimeoutMinutes": 1}}),
            6 => {
                let fault = self.random.of(&["invalid", "permissions", "capacity"]);
                let _ = self.request(
                    Operation::TagResource,
                    json!({"resourceArn": arn, "tags": {"kiln:fault": fault}}),
                );
                return;
            }
            _ => {
                self.must(Operation::UntagResource, json!({"resourceArn": arn, "tagKeys": ["kiln:fault"]}));
                return;
            }
        };
        let mut input = json!({ "computeEnvironment": name });
        input.as_object_mut().unwrap().extend(update.as_object().unwrap().clone());
        let _ = self.request(Operation::UpdateComputeEnvironment, input);
    }

    fn change_queue(&mut self) {
        let name = self.random.of(&["q", "r", "f"]);
        match self.random.below(6) {
            0 => {
                self.must(Operation::UpdateJobQueue, json!({"jobQueue": name, "state": "DISABLED"}));
                self.must(Operation::DeleteJobQueue, json!({ "jobQueue": name }));
                self.create_queue_again(name);
            }
            1 => {
                let limits = json!([{"reason": "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY", "state": "RUNNABLE",
                    "maxTimeSeconds": 600, "action": "CANCEL"}]);
                self.must(
                    Operation::UpdateJobQueue,
                    json!({"jobQueue": name, "jobStateTimeLimitActions": limits}),
                );
            }
            2 => {
                let priority = self.random.below(3);
                self.must(Operation::UpdateJobQueue, json!({"jobQueue": name, "priority": priority}));
            }
            3 => {
                let order = json!([{"order": 1, "computeEnvironment": self.random.of(&["a", "b"])}]);
                let _ = self.request(
                    Operation::UpdateJobQueue,
                    json!({"jobQueue": name, "computeEnvironmentOrder": order}),
                );
            }
            4 => {
                let fair = json!({"shareDecaySeconds": 60 * self.random.below(3), "computeReservation": 20,
                    "shareDistribution": [{"shareIdentifier": "A*", "weightFactor": 2.0}]});
                let arn = "arn:aws:batch:us-east-1:000000000000:scheduling-policy/p";
                self.must(Operation::UpdateSchedulingPolicy, json!({"arn": arn, "fairsharePolicy": fair}));
            }
            _ => {
                self.now = self.now.plus_seconds(700);
                let _ = self.transact(None, None);
            }
        }
    }

    /// A queue can only be made of environments that are not INVALID.
    fn create_queue_again(&mut self, name: &str) {
        for environment in ["a", "b"] {
            let arn = format!("arn:aws:batch:us-east-1:000000000000:compute-environment/{environment}");
            self.must(Operation::UntagResource, json!({"resourceArn": arn, "tagKeys": ["kiln:fault"]}));
        }
        self.create_queue(name);
    }
}

#[test]
fn what_is_taken_up_again_is_what_was_held_after_every_transaction() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let told = number("KILN_STORY");
    let seeds = told.map_or(0..number("KILN_STORIES").unwrap_or(3), |seed| seed..seed + 1);
    for seed in seeds {
        eprintln!("KILN_STORY={seed} tells this one");
        let mut story = Story::new(seed, told.is_some());
        for _ in 0..150 {
            story.go_on();
        }
        assert!(story.jobs.len() > 5, "{} jobs", story.jobs.len());
    }
}
