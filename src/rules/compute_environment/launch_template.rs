//! Launch templates and their overrides.

use std::collections::HashSet;

use crate::api::instance_type::INSTANCE_CHOICES;
use crate::rules::context::EC2_ENVIRONMENT;
use crate::rules::cursor::Cursor;
use crate::rules::finding::Findings;
use crate::rules::found::found;
use crate::rules::quote::{LONGEST_SHOWN, quoted};
use crate::rules::registry::rules;

rules! {
    /// A launch template is given either by its id or by its name.
    ///
    /// One of the two is needed, and both together are refused. In an update an empty string as either of them removes
    /// the template.
    error TEMPLATE = "CE060" {
        guide: "Compute environment parameters: compute resources, launch template",
        from: ["CEQ-132"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"launchTemplate": {
            "launchTemplateId": "lt-0123456789abcdef0", "launchTemplateName": "gpu"}}}"#,
        right: r#"{"computeResources": {"launchTemplate": {"launchTemplateName": "gpu"}}}"#,
    }

    /// Overrides of a launch template name instance types, not a choice of them.
    ///
    /// The words optimal, default_x86_64 and default_arm64 are for instanceTypes only. Name the families meant.
    error TARGET_CHOICE = "CE061" {
        guide: "API model: LaunchTemplateSpecificationOverride, targetInstanceTypes",
        from: [],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {"launchTemplate": {"launchTemplateName": "base", "overrides": [
            {"launchTemplateName": "gpu", "targetInstanceTypes": ["optimal"]}]}}}"#,
        right: r#"{"computeResources": {"launchTemplate": {"launchTemplateName": "base", "overrides": [
            {"launchTemplateName": "gpu", "targetInstanceTypes": ["m5"]}]}}}"#,
    }

    /// Overrides of a launch template are for instance types of the environment.
    ///
    /// A size of a family that instanceTypes names is one of them; a metal size is none, because families do not include
    /// those.
    error TARGET_INCLUDED = "CE062" {
        guide: "API model: LaunchTemplateSpecificationOverride, targetInstanceTypes",
        from: ["CEQ-111"],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {
            "instanceTypes": ["m5"],
            "launchTemplate": {"launchTemplateName": "base", "overrides": [
                {"launchTemplateName": "gpu", "targetInstanceTypes": ["p3"]}]}}}"#,
        right: r#"{"computeResources": {
            "instanceTypes": ["m5", "p3"],
            "launchTemplate": {"launchTemplateName": "base", "overrides": [
                {"launchTemplateName": "gpu", "targetInstanceTypes": ["p3.2xlarge"]}]}}}"#,
    }

    /// Overrides of a launch template do not overlap.
    ///
    /// Each instance type has one template, so that no type is named twice, nor a size beside its own family.
    error TARGET_OVERLAP = "CE063" {
        guide: "API model: LaunchTemplateSpecificationOverride, targetInstanceTypes",
        from: [],
        on: EC2_ENVIRONMENT,
        wrong: r#"{"computeResources": {
            "instanceTypes": ["m5", "p3"],
            "launchTemplate": {"launchTemplateName": "base", "overrides": [
                {"launchTemplateName": "a", "targetInstanceTypes": ["p3"]},
                {"launchTemplateName": "b", "targetInstanceTypes": ["p3.2xlarge"]}]}}}"#,
        right: r#"{"computeResources": {
            "instanceTypes": ["m5", "p3"],
            "launchTemplate": {"launchTemplateName": "base", "overrides": [
                {"launchTemplateName": "a", "targetInstanceTypes": ["p3.8xlarge"]},
                {"launchTemplateName": "b", "targetInstanceTypes": ["p3.2xlarge"]}]}}}"#,
    }
}

/// Judges the launch template of compute resources.
pub(super) fn check(resources: &Cursor<'_>, findings: &mut Findings) {
    let Some(template) = resources.get("launchTemplate") else { return };
    is_named_once(&template, findings);
    let own = resources.get("instanceTypes");
    // Types that cannot be read are reported for that; they may be the ones that are targeted.
    let is_clear = |own: &&Cursor<'_>| own.value().is_array() && own.items().all(|one| one.text().is_some());
    let own = own.as_ref().filter(is_clear).and_then(Types::of);
    let mut targeted = Types::default();
    for one in template.get("overrides").iter().flat_map(Cursor::items) {
        is_named_once(&one, findings);
        for target in one.get("targetInstanceTypes").iter().flat_map(Cursor::items) {
            is_target(&target, own.as_ref(), findings);
            if let Some(text) = target.text() {
                is_the_only_one(text, &target, &mut targeted, findings);
            }
        }
    }
}

/// Judges how a template is named.
fn is_named_once(template: &Cursor<'_>, findings: &mut Findings) {
    if template.value().as_object().is_none() {
        return;
    }
    match (template.get("launchTemplateId"), template.get("launchTemplateName")) {
        (Some(_), Some(name)) => {
            let message = "expected either the launchTemplateId or the launchTemplateName, found both";
            findings.push(TEMPLATE.at(&name, message).with_help("remove one of the two".to_owned()));
        }
        (None, None) => {
            let message = "expected the launchTemplateId or the launchTemplateName, found neither";
            findings.push(TEMPLATE.at(template, message));
        }
        _ => {}
    }
}

/// Judges whether a target is an instance type of the environment.
fn is_target(target: &Cursor<'_>, own: Option<&Types<'_>>, findings: &mut Findings) {
    let Some(text) = target.text() else { return };
    if INSTANCE_CHOICES.contains(&text) {
        let message = format!("expected an instance type or a family, found {}", found(target));
        findings.push(TARGET_CHOICE.at(target, message));
    } else if own.is_some_and(|own| !own.include(text)) {
        let message = format!("expected one of the environment's instanceTypes, found {}", found(target));
        let help = match text.split_once('.') {
            Some((_, size)) if size.starts_with("metal") => {
                "a family does not include its metal sizes; add it to instanceTypes"
            }
            _ => "add it to instanceTypes, or leave it out here",
        };
        findings.push(TARGET_INCLUDED.at(target, message).with_help(help.to_owned()));
    }
}

/// Judges whether a target overlaps with those before it.
fn is_the_only_one<'a>(
    text: &'a str,
    target: &Cursor<'a>,
    targeted: &mut Types<'a>,
    findings: &mut Findings,
) {
    let other = if targeted.all.contains(text) {
        Some(text)
    } else if targeted.include(text) {
        text.split('.').next()
    } else if targeted.sized.contains(text) {
        let message = format!("one of the sizes of {} has a template already", quoted(text, LONGEST_SHOWN));
        findings.push(TARGET_OVERLAP.at(target, message));
        None
    } else {
        None
    };
    if let Some(other) = other {
        let message = format!("{} has a template already", quoted(other, LONGEST_SHOWN));
        findings.push(TARGET_OVERLAP.at(target, message));
    }
    targeted.add(text);
}

/// Instance types and families.
#[derive(Debug, Default)]
struct Types<'a> {
    all: HashSet<&'a str>,
    /// The families of those that are sizes.
    sized: HashSet<&'a str>,
}

impl<'a> Types<'a> {
    /// Those in a list; `None` where it names a choice of them, which may stand for any.
    fn of(list: &Cursor<'a>) -> Option<Self> {
        let mut types = Self::default();
        for text in list.items().filter_map(|item| item.text()) {
            if INSTANCE_CHOICES.contains(&text) {
                return None;
            }
            types.add(text);
        }
        Some(types)
    }

    fn add(&mut self, text: &'a str) {
        self.all.insert(text);
        if let Some((family, size)) = text.split_once('.')
            && !size.starts_with("metal")
        {
            self.sized.insert(family);
        }
    }

    /// Whether an instance type is one of these, or of one of these families.
    fn include(&self, text: &str) -> bool {
        let in_family =
            |(family, size): (&str, &str)| !size.starts_with("metal") && self.all.contains(family);
        self.all.contains(text) || text.split_once('.').is_some_and(in_family)
    }
}
