//! Lists and descriptions: what selects the things to show, and how many of them.

use crate::api::Operation;
use crate::api::Operation::{DescribeJobs, ListJobs};
use crate::rules::context::{Context, DEFINITIONS, LISTING};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::{found, joined};
use crate::rules::nearest::did_you_mean;
use crate::rules::registry::rules;

/// What ListJobs can list the jobs of, in the order of the API.
const SELECTORS: [&str; 3] = ["jobQueue", "arrayJobId", "multiNodeJobId"];
/// After more findings, the word that was meant is not looked for.
const MOST_COMPARED: usize = 100;
/// The longest page of a list with a filter.
const FILTERED_PAGE: i64 = 100;

rules! {
    /// A list of jobs is that of a queue, of an array job or of a multi-node parallel job.
    ///
    /// One of jobQueue, arrayJobId and multiNodeJobId says which jobs are meant.
    error SELECTOR_GIVEN = "LS001" {
        guide: "API reference: ListJobs",
        from: [],
        on: Context::whole(ListJobs),
        wrong: r#"{"jobStatus": "RUNNING"}"#,
        right: r#"{"jobQueue": "default", "jobStatus": "RUNNING"}"#,
    }

    /// A list of jobs is that of one thing.
    ///
    /// Of jobQueue, arrayJobId and multiNodeJobId, only one can be given. The children of an array are found by the ID of
    /// their parent alone.
    error SELECTOR_ONLY = "LS002" {
        guide: "API reference: ListJobs",
        from: [],
        on: LISTING,
        wrong: r#"{"arrayJobId": "4c7599ae-0a82-49aa-ba5a-4727fcce14a8"}"#,
        right: r#"{"jobStatus": "PENDING"}"#,
    }

    /// Job definitions are described by a list of them or by name and status.
    ///
    /// Beside jobDefinitions, which says exactly what is meant, nothing else that selects can stand.
    error LIST_ALONE = "LS003" {
        guide: "API reference: DescribeJobDefinitions",
        from: [],
        on: DEFINITIONS,
        wrong: r#"{"jobDefinitions": ["sleep:1"]}"#,
        right: r#"{"status": "ACTIVE"}"#,
    }

    /// A list has one filter.
    ///
    /// Jobs and service jobs can be filtered by one property at a time. Filter the answer for the others.
    error ONE_FILTER = "LS004" {
        guide: "API reference: ListJobs, filters",
        from: [],
        on: LISTING,
        wrong: r#"{"filters": [{"name": "JOB_NAME", "values": ["night*"]}, {"name": "SHARE_IDENTIFIER", "values": ["A"]}]}"#,
        right: r#"{"filters": [{"name": "JOB_NAME", "values": ["night*"]}]}"#,
    }

    /// A filter looks at a property that there is.
    ///
    /// The names are written in capitals, and each list has its own.
    error FILTER_NAME = "LS005" {
        guide: "API reference: ListJobs, filters",
        from: [],
        on: LISTING,
        wrong: r#"{"filters": [{"name": "jobName", "values": ["night*"]}]}"#,
        right: r#"{"filters": [{"name": "JOB_NAME", "values": ["night*"]}]}"#,
    }

    /// A filter has a value to compare with.
    ///
    /// Filters of jobs take exactly one. Times are milliseconds since the beginning of 1970, written as a string.
    error FILTER_VALUE = "LS006" {
        guide: "API reference: ListJobs, filters",
        from: [],
        on: LISTING,
        wrong: r#"{"filters": [{"name": "AFTER_CREATED_AT", "values": ["2026-08-01"]}]}"#,
        right: r#"{"filters": [{"name": "AFTER_CREATED_AT", "values": ["1785542400000"]}]}"#,
    }

    /// The status does not count beside a filter.
    ///
    /// A filter finds jobs of all states. Only beside a filter on a share identifier or a quota share, jobStatus is
    /// looked at.
    warning STATUS_IGNORED = "LS007" {
        guide: "API reference: ListJobs, filters",
        from: [],
        on: LISTING,
        wrong: r#"{"jobStatus": "FAILED", "filters": [{"name": "JOB_NAME", "values": ["night*"]}]}"#,
        right: r#"{"jobStatus": "FAILED", "filters": [{"name": "SHARE_IDENTIFIER", "values": ["TeamA"]}]}"#,
    }

    /// A page of jobs found by a filter has at most 100 of them.
    ///
    /// Without a filter it has up to 1000. The token in the answer leads to the next page.
    warning FILTERED = "LS008" {
        guide: "API reference: ListJobs, maxResults",
        from: [],
        on: LISTING,
        wrong: r#"{"maxResults": 500, "filters": [{"name": "JOB_NAME", "values": ["night*"]}]}"#,
        right: r#"{"maxResults": 100, "filters": [{"name": "JOB_NAME", "values": ["night*"]}]}"#,
    }

    /// A page has 1 to 100 entries.
    ///
    /// The token in the answer leads to the next page.
    error PAGE = "LS010" {
        guide: "API reference: maxResults",
        from: [],
        on: DEFINITIONS,
        wrong: r#"{"maxResults": 0}"#,
        right: r#"{"maxResults": 100}"#,
    }

    /// A page of jobs has 1 to 1000 entries.
    ///
    /// The token in the answer leads to the next page.
    error PAGE_OF_JOBS = "LS011" {
        guide: "API reference: ListJobs, maxResults",
        from: [],
        on: LISTING,
        wrong: r#"{"maxResults": 1001}"#,
        right: r#"{"maxResults": 1000}"#,
    }

    /// At most 100 things are described at once.
    ///
    /// Ask for more of them with several requests, or page through all of them.
    error NAMED = "LS012" {
        guide: "API reference: the Describe operations",
        from: [],
        on: Context::whole(Operation::DescribeJobDefinitions),
        wrong: r#"{"jobDefinitions": [
            "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1",
            "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1",
            "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1",
            "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1",
            "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1",
            "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1", "a:1"]}"#,
        right: r#"{"jobDefinitions": ["a:1", "a:2"]}"#,
    }

    /// At most 100 jobs are described at once.
    ///
    /// Ask for more of them with several requests. All children of an array are listed with its ID by ListJobs.
    error JOBS = "LS013" {
        guide: "API reference: DescribeJobs",
        from: ["JOB-099"],
        on: Context::whole(DescribeJobs),
        wrong: r#"{"jobs": [
            "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a",
            "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a",
            "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a",
            "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a",
            "a", "a", "a", "a", "a"]}"#,
        right: r#"{"jobs": ["4c7599ae-0a82-49aa-ba5a-4727fcce14a8"]}"#,
    }

    /// Job definitions are ACTIVE or INACTIVE.
    ///
    /// A revision that was deregistered is INACTIVE. Without a status, both kinds are described.
    error STATUS = "LS014" {
        guide: "API reference: DescribeJobDefinitions, status",
        from: [],
        on: DEFINITIONS,
        wrong: r#"{"status": "active"}"#,
        right: r#"{"status": "ACTIVE"}"#,
    }
}

/// Judges the input of a list or a description.
pub(in crate::rules) fn check(operation: Operation, at: &Cursor<'_>, findings: &mut Findings) {
    match operation {
        Operation::ListJobs => {
            selector(at, findings);
            filters(at, &JOBS_BY, findings);
            pages(at, findings);
        }
        Operation::ListServiceJobs => filters(at, &SERVICE_JOBS_BY, findings),
        Operation::ListConsumableResources => filters(at, &CONSUMABLES_BY, findings),
        Operation::ListJobsByConsumableResource => filters(at, &CONSUMERS_BY, findings),
        Operation::DescribeJobDefinitions => alone(at, findings),
        Operation::DescribeJobs => {
            // The vocabulary knows the limit, and the service its own words for it.
            for finding in findings.iter_mut().filter(|finding| finding.rule == JOBS.id) {
                finding.service = Some("Maximum number of jobs supported is 100".to_owned());
            }
        }
        _ => {}
    }
}

fn selector(at: &Cursor<'_>, findings: &mut Findings) {
    if !at.value().is_object() {
        return;
    }
    // An empty one, as of a skeleton, selects nothing.
    let selects = |name| at.get(name).filter(|value| value.text() != Some(""));
    let mut given = SELECTORS.into_iter().filter_map(|name| Some((name, selects(name)?)));
    let Some((first, _)) = given.next() else {
        let message = "nothing says whose jobs to list; expected jobQueue, arrayJobId or multiNodeJobId";
        return findings.push(SELECTOR_GIVEN.missing(at, "jobQueue", message));
    };
    for (_, second) in given {
        let message = format!("only one thing can be listed at a time, and {first} stands beside it");
        findings.push(SELECTOR_ONLY.at(&second, message).with_help("remove one of the two".to_owned()));
    }
}

fn alone(at: &Cursor<'_>, findings: &mut Findings) {
    let listed = at.get("jobDefinitions").filter(|list| list.items().next().is_some());
    if listed.is_none() {
        return;
    }
    for place in ["jobDefinitionName", "status"].into_iter().filter_map(|name| at.get(name)) {
        let message = "jobDefinitions says already which ones are meant";
        findings.push(LIST_ALONE.at(&place, message).with_help("remove one of the two".to_owned()));
    }
}

/// What the filters of a list may look at.
struct Filters {
    names: &'static [&'static str],
    /// Whether there may be only one, with one value.
    one: bool,
}

const JOBS_BY: Filters = Filters {
    names: &["JOB_NAME", "JOB_DEFINITION", "SHARE_IDENTIFIER", "BEFORE_CREATED_AT", "AFTER_CREATED_AT"],
    one: true,
};
const SERVICE_JOBS_BY: Filters = Filters {
    names: &["JOB_NAME", "SHARE_IDENTIFIER", "QUOTA_SHARE_NAME", "BEFORE_CREATED_AT", "AFTER_CREATED_AT"],
    one: true,
};
const CONSUMABLES_BY: Filters = Filters { names: &["CONSUMABLE_RESOURCE_NAME"], one: false };
const CONSUMERS_BY: Filters = Filters { names: &["JOB_STATUS", "JOB_NAME"], one: false };

fn filters(at: &Cursor<'_>, known: &Filters, findings: &mut Findings) {
    let Some(filters) = at.get("filters") else { return };
    let count = filters.items().count();
    if known.one && count > 1 {
        findings.push(ONE_FILTER.at(&filters, format!("expected a single filter, found {count}")));
    }
    for filter in filters.items().filter(|filter| filter.value().is_object()) {
        name(&filter, known, findings);
        values(&filter, known, findings);
    }
    let keeps = |name: &str| ["SHARE_IDENTIFIER", "QUOTA_SHARE_NAME"].contains(&name);
    let drops = |name: &str| known.names.contains(&name) && !keeps(name);
    let ignored = filters
        .items()
        .next()
        .is_some_and(|filter| filter.get("name").as_ref().and_then(Cursor::text).is_some_and(drops));
    if let Some(status) = at.get("jobStatus").filter(|_| ignored) {
        let message = "the status is ignored beside this filter, which finds jobs of all states";
        findings.push(STATUS_IGNORED.at(&status, message).with_help("remove it".to_owned()));
    }
}

fn name(filter: &Cursor<'_>, known: &Filters, findings: &mut Findings) {
    let names: Vec<_> = known.names.iter().map(|name| format!("\"{name}\"")).collect();
    let names = joined(&names, "or");
    let Some(name) = filter.get("name") else {
        let message = format!("this member is missing; expected {names}");
        return findings.push(FILTER_NAME.missing(filter, "name", message));
    };
    if let Some(text) = name.text().filter(|text| !known.names.contains(text)) {
        // A file of another kind altogether is not worth the search.
        let candidates = known.names.iter().copied().filter(|_| findings.len() < MOST_COMPARED);
        let help = did_you_mean(text, candidates);
        findings
            .push(FILTER_NAME.at(&name, format!("expected {names}, found {}", found(&name))).with_help(help));
    }
}

fn values(filter: &Cursor<'_>, known: &Filters, findings: &mut Findings) {
    let Some(values) = filter.get("values") else {
        let message = "this member is missing; expected a list of one string";
        return findings.push(FILTER_VALUE.missing(filter, "values", message));
    };
    match values.value().as_array().map(Vec::len) {
        Some(0) => findings.push(FILTER_VALUE.at(&values, "expected a value, found an empty list")),
        Some(count) if known.one && count > 1 => {
            findings.push(FILTER_VALUE.at(&values, format!("expected a single value, found {count}")));
        }
        _ => {}
    }
    let name = filter.get("name");
    if name.as_ref().and_then(Cursor::text).is_some_and(|name| name.ends_with("_CREATED_AT")) {
        let is_time = |text: &str| text.parse::<i64>().is_ok();
        for value in values.items().filter(|value| value.text().is_some_and(|text| !is_time(text))) {
            let message =
                format!("expected a time in milliseconds since the Unix epoch, found {}", found(&value));
            findings.push(FILTER_VALUE.at(&value, message));
        }
    }
}

fn pages(at: &Cursor<'_>, findings: &mut Findings) {
    let filtered = at.get("filters").is_some_and(|filters| filters.items().next().is_some());
    // More than a page ever has is reported for that.
    let too_many =
        |size: &Cursor<'_>| size.integer().is_some_and(|size| (FILTERED_PAGE + 1..=1000).contains(&size));
    if let Some(size) = at.get("maxResults").filter(|size| filtered && too_many(size)) {
        let message = format!("expected at most {FILTERED_PAGE} beside filters, found {}", found(&size));
        findings.push(FILTERED.at(&size, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn found(operation: Operation, input: &Value) -> Vec<String> {
        let mut findings = Findings::new();
        check(operation, &Cursor::root(input), &mut findings);
        findings.iter().map(|finding| format!("{} {}", finding.rule, finding.path)).collect()
    }

    #[test]
    fn jobs_are_listed_of_one_thing() {
        let list = |input: Value| found(Operation::ListJobs, &input);
        assert_eq!(list(json!({})), ["LS001 jobQueue"]);
        assert_eq!(list(json!({"arrayJobId": "a"})), [""; 0]);
        assert_eq!(
            list(json!({"multiNodeJobId": "a", "jobQueue": "q", "arrayJobId": "b"})),
            ["LS002 arrayJobId", "LS002 multiNodeJobId"]
        );
        assert_eq!(list(json!([])), [""; 0]);
    }

    #[test]
    fn filters_are_judged_by_their_list() {
        let filter = |name: &str, values: &[&str]| json!({"filters": [{"name": name, "values": values}]});
        let by_status = filter("JOB_STATUS", &["RUNNING", "FAILED"]);
        assert_eq!(found(Operation::ListJobsByConsumableResource, &by_status), [""; 0]);
        assert_eq!(
            found(Operation::ListServiceJobs, &by_status),
            ["LS005 filters[0].name", "LS006 filters[0].values"]
        );
        let by_time = filter("BEFORE_CREATED_AT", &["soon"]);
        assert_eq!(found(Operation::ListServiceJobs, &by_time), ["LS006 filters[0].values[0]"]);
        assert_eq!(
            found(Operation::ListConsumableResources, &json!({"filters": [{}]})),
            ["LS005 filters[0].name", "LS006 filters[0].values"]
        );
    }
}
