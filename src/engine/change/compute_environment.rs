//! Compute environments. They are VALID from the moment they are created, unless a tag says that they fail; UPDATING
//! as long as jobs run on hosts that an update replaces. Deletions take effect at once.

use uuid::Uuid;

use super::{Change, document, text};
use crate::api::ServiceError;
use crate::api::arn::ResourceKind;
use crate::api::compute_environment::{
    CEState, CEStatus, CRAllocationStrategy, CRType, ComputeEnvironmentDetail, ComputeResource,
    ComputeResourceUpdate, CreateComputeEnvironmentRequest, CreateComputeEnvironmentResponse,
    DeleteComputeEnvironmentRequest, DeleteComputeEnvironmentResponse, JobExecutionTimeoutMinutes,
    OrchestrationType, UpdateComputeEnvironmentRequest, UpdateComputeEnvironmentResponse, UpdatePolicy,
};
use crate::engine::core::capacity::{EnvironmentSettings, Fault, Replacement, Scale};
use crate::engine::core::{Environment, EnvironmentKey, Event};
use crate::engine::names;
use crate::rules::state;
use crate::store::{ResourceRow, Table};

const TABLE: Table = Table::ComputeEnvironment;
/// What one says of itself as long as jobs run on hosts that an update replaces.
const UPDATING: &str = "The hosts of the compute environment are being replaced";
/// How long jobs may go on while their hosts are replaced, in minutes (rule CEQ-168).
const EXECUTION_MINUTES: i64 = 30;
/// How the name and the ARN of the service-linked role end.
const LINKED_ROLE: &str = "AWSServiceRoleForBatch";
/// What a compute environment without a fault says of itself.
pub(in crate::engine) const HEALTHY: &str = "ComputeEnvironment Healthy";

/// The tag with which an environment can be made to fail, to rehearse what a queue then does: `invalid`,
/// `permissions` or `capacity`.
const FAULT: &str = "kiln:fault";

/// What the core needs to know of an environment.
pub(in crate::engine) fn environment_settings(detail: &ComputeEnvironmentDetail) -> EnvironmentSettings {
    let resources = detail.compute_resources.as_ref();
    let whole = |vcpus: i32| u64::try_from(vcpus).unwrap_or(0);
    let scale = resources.filter(|resources| is_of_instances(resources)).map(|resources| {
        let min = whole(resources.min_vcpus.unwrap_or(0));
        Scale { min, asked: resources.desired_vcpus.map_or(min, whole) }
    });
    let first = resources.and_then(|resources| resources.instance_types.as_ref()?.first());
    EnvironmentSettings {
        enabled: detail.state == Some(CEState::Enabled),
        fault: fault(detail),
        max_vcpu_milli: resources.map(|resources| whole(resources.max_vcpus) * 1000),
        takes_nodes: resources.is_some_and(|resources| resources.r#type == CRType::Ec2),
        scale,
        instance: first.map_or("FARGATE", String::as_str).into(),
    }
}

fn is_of_instances(resources: &ComputeResource) -> bool {
    matches!(resources.r#type, CRType::Ec2 | CRType::Spot)
}

fn fault(detail: &ComputeEnvironmentDetail) -> Option<Fault> {
    match detail.tags.as_ref()?.0.get(FAULT)?.as_str() {
        "invalid" => Some(Fault::Invalid),
        "permissions" => Some(Fault::Permissions),
        "capacity" => Some(Fault::Capacity),
        _ => None,
    }
}

/// Keeps the status in step with what is wrong, if anything, and with whether hosts are being replaced.
///
/// # Errors
/// The tag asks for a fault that there is not.
fn judge(detail: &mut ComputeEnvironmentDetail, is_being_replaced: bool) -> Result<(), ServiceError> {
    let asked = detail.tags.as_ref().and_then(|tags| tags.0.get(FAULT));
    if let Some(unknown) = asked.filter(|_| fault(detail).is_none()) {
        return Err(ServiceError::client(format!(
            "tag {FAULT}: {unknown:?} is no fault that can be rehearsed; capacity, permissions and invalid are"
        )));
    }
    let (status, reason) = match (fault(detail), is_being_replaced) {
        (Some(Fault::Invalid), _) => {
            (CEStatus::Invalid, format!("CLIENT_ERROR - the tag {FAULT} makes this environment invalid"))
        }
        (_, true) => (CEStatus::Updating, UPDATING.to_owned()),
        (_, false) => (CEStatus::Valid, HEALTHY.to_owned()),
    };
    detail.status = Some(status);
    detail.status_reason = Some(reason);
    Ok(())
}

impl Change<'_> {
    pub(super) fn create_compute_environment(
        &mut self,
        request: CreateComputeEnvironmentRequest,
    ) -> Result<CreateComputeEnvironmentResponse, ServiceError> {
        let name = request.compute_environment_name.clone();
        if names::find(self.store, TABLE, self.scope, &name)?.is_some() {
            let refusal = ServiceError::client(format!("Object already exists: compute environment {name}"));
            return Err(refusal.under(state::ENVIRONMENT_NAME_FREE.id));
        }
        let mut detail = self.describe_new(request);
        judge(&mut detail, false)?;
        check_vcpus(detail.compute_resources.as_ref())?;
        let key = self.store.insert_resource(TABLE, self.scope, &name, self.now.0, &text(&detail)?)?;
        self.put_environment(key, &detail, None);
        Ok(CreateComputeEnvironmentResponse {
            compute_environment_name: Some(name),
            compute_environment_arn: Some(detail.compute_environment_arn),
        })
    }

    fn describe_new(&self, request: CreateComputeEnvironmentRequest) -> ComputeEnvironmentDetail {
        let name = request.compute_environment_name;
        let id = Uuid::new_v4();
        let orchestration =
            if request.eks_configuration.is_some() { OrchestrationType::Eks } else { OrchestrationType::Ecs };
        let (region, account) = (&self.scope.region, &self.scope.account);
        let role = request.service_role.filter(|role| !role.is_empty()).unwrap_or_else(|| {
            format!("arn:aws:iam::{account}:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch")
        });
        ComputeEnvironmentDetail {
            compute_environment_arn: self.scope.arn(ResourceKind::ComputeEnvironment, &name),
            unmanaged_vcpus: request.unmanaged_vcpus,
            ecs_cluster_arn: (orchestration == OrchestrationType::Ecs)
                .then(|| format!("arn:aws:ecs:{region}:{account}:cluster/{name}_Batch_{id}")),
            compute_environment_name: name,
            tags: Some(request.tags.unwrap_or_default()),
            r#type: Some(request.r#type),
            state: Some(request.state.unwrap_or(CEState::Enabled)),
            status: Some(CEStatus::Valid),
            status_reason: Some(HEALTHY.into()),
            update_policy: request.compute_resources.is_some().then(|| complete(UpdatePolicy::default())),
            compute_resources: request.compute_resources,
            service_role: Some(role),
            eks_configuration: request.eks_configuration,
            container_orchestration_type: Some(orchestration),
            uuid: Some(id.to_string()),
            context: request.context,
            ecs_settings: request.ecs_settings,
        }
    }

    pub(super) fn update_compute_environment(
        &mut self,
        request: UpdateComputeEnvironmentRequest,
    ) -> Result<UpdateComputeEnvironmentResponse, ServiceError> {
        let (row, mut detail) = self.need_environment(&request.compute_environment)?;
        may_be_updated(&detail, &request)?;
        let before = detail.clone();
        let asked = request.compute_resources.clone();
        let renews_images = request
            .compute_resources
            .as_ref()
            .is_some_and(|update| update.update_to_latest_image_version == Some(true));
        detail.state = request.state.or(detail.state);
        detail.unmanaged_vcpus = request.unmanaged_vcpus.or(detail.unmanaged_vcpus);
        detail.service_role = request.service_role.filter(|role| !role.is_empty()).or(detail.service_role);
        detail.update_policy = request.update_policy.map(complete).or(detail.update_policy);
        detail.context = request.context.or(detail.context);
        detail.ecs_settings = request.ecs_settings.or(detail.ecs_settings);
        if let Some(update) = request.compute_resources {
            let Some(resources) = &mut detail.compute_resources else {
                return Err(ServiceError::client(format!(
                    "{} is UNMANAGED and has no computeResources to update",
                    detail.compute_environment_name
                ))
                .under(state::RESOURCES_TO_UPDATE.id));
            };
            let current = current_desired(&row, resources);
            update_resources(resources, update, current)?;
        }
        check_vcpus(detail.compute_resources.as_ref())?;
        let of_hosts = |detail: &ComputeEnvironmentDetail| of_hosts(detail.compute_resources.as_ref());
        let is_replaced = renews_images || of_hosts(&before)? != of_hosts(&detail)?;
        let replacement = is_replaced.then(|| replacement(&detail));
        let is_being_replaced = self.is_being_replaced(row.key);
        if is_replaced {
            hosts_may_be_replaced(&before, asked.as_ref())?;
            if is_being_replaced {
                return Err(ServiceError::client(format!(
                    "Cannot update compute environment {}: its hosts are being replaced (status UPDATING)",
                    row.name
                ))
                .under(state::ENVIRONMENT_BEING_REPLACED.id));
            }
        }
        judge(&mut detail, is_replaced || is_being_replaced)?;
        self.store.update_resource(row.key, &text(&detail)?)?;
        if asked.is_some_and(|update| update.desired_vcpus.is_some()) {
            // The number may be the one that was asked for last, and have been left since.
            self.put_environment(row.key, &without_desired(&detail), None);
        }
        self.put_environment(row.key, &detail, replacement);
        Ok(UpdateComputeEnvironmentResponse {
            compute_environment_name: Some(detail.compute_environment_name),
            compute_environment_arn: Some(detail.compute_environment_arn),
        })
    }

    pub(super) fn delete_compute_environment(
        &mut self,
        request: &DeleteComputeEnvironmentRequest,
    ) -> Result<DeleteComputeEnvironmentResponse, ServiceError> {
        let (row, detail) = self.need_environment(&request.compute_environment)?;
        let key = EnvironmentKey(row.key);
        if detail.state != Some(CEState::Disabled) {
            return Err(ServiceError::client(format!(
                "Cannot delete compute environment {}: its state must be DISABLED first",
                row.name
            ))
            .under(state::ENVIRONMENT_DISABLED.id));
        }
        if self.core.queues_of(key).next().is_some() {
            return Err(ServiceError::client(format!(
                "Cannot delete compute environment {}, found existing JobQueue relationship: take it out of the \
                 computeEnvironmentOrder of its queues first",
                row.name
            ))
            .under(state::ENVIRONMENT_UNUSED.id));
        }
        self.store.delete_resource(row.key, self.now.0)?;
        self.step(Event::EnvironmentDeleted { environment: key });
        Ok(DeleteComputeEnvironmentResponse {})
    }

    pub(super) fn need_environment(
        &self,
        name: &str,
    ) -> Result<(ResourceRow, ComputeEnvironmentDetail), ServiceError> {
        let row = names::need(self.store, TABLE, self.scope, name)?;
        let detail = document("resource", &row.body)?;
        Ok((row, detail))
    }

    /// Takes in what a tag of an environment says now.
    pub(super) fn renew_environment(
        &mut self,
        key: u64,
        mut detail: ComputeEnvironmentDetail,
    ) -> Result<(), ServiceError> {
        let is_being_replaced = self.is_being_replaced(key);
        judge(&mut detail, is_being_replaced)?;
        self.store.update_resource(key, &text(&detail)?)?;
        self.put_environment(key, &detail, None);
        Ok(())
    }

    fn is_being_replaced(&self, key: u64) -> bool {
        self.core.environment(EnvironmentKey(key)).is_some_and(Environment::is_being_replaced)
    }

    fn put_environment(
        &mut self,
        key: u64,
        detail: &ComputeEnvironmentDetail,
        replacement: Option<Replacement>,
    ) {
        let (environment, settings) = (EnvironmentKey(key), environment_settings(detail));
        self.step(Event::EnvironmentPut { environment, settings, replacement });
    }
}

/// minvCpus <= desiredvCpus <= maxvCpus (rule CEQ-108).
fn check_vcpus(resources: Option<&ComputeResource>) -> Result<(), ServiceError> {
    let Some(resources) = resources else { return Ok(()) };
    let (min, max) = (resources.min_vcpus.unwrap_or(0), resources.max_vcpus);
    let desired = resources.desired_vcpus.unwrap_or(min);
    if 0 <= min && min <= desired && desired <= max {
        return Ok(());
    }
    Err(ServiceError::client(format!(
        "computeResources: minvCpus ({min}) <= desiredvCpus ({desired}) <= maxvCpus ({max}) does not hold"
    ))
    .under(state::VCPUS_IN_ORDER.id))
}

/// The same environment, of which no number of vCPUs is asked beyond minvCpus.
fn without_desired(detail: &ComputeEnvironmentDetail) -> ComputeEnvironmentDetail {
    let mut detail = detail.clone();
    detail.compute_resources.iter_mut().for_each(|resources| resources.desired_vcpus = None);
    detail
}

/// The vCPUs that an environment has at the moment, if it is one that scales.
pub(in crate::engine) fn current_desired(row: &ResourceRow, resources: &ComputeResource) -> Option<i32> {
    let stored = row.desired.and_then(|vcpus| i32::try_from(vcpus).ok());
    if !is_of_instances(resources) {
        return resources.desired_vcpus;
    }
    stored.or(resources.desired_vcpus).or(resources.min_vcpus).or(Some(0))
}

/// Fills what was left out, as describe shows it (rule CEQ-168).
fn complete(policy: UpdatePolicy) -> UpdatePolicy {
    UpdatePolicy {
        terminate_jobs_on_update: policy.terminate_jobs_on_update.or(Some(false)),
        job_execution_timeout_minutes: policy
            .job_execution_timeout_minutes
            .or(Some(JobExecutionTimeoutMinutes(EXECUTION_MINUTES))),
    }
}

/// What becomes of the jobs that run on hosts which are replaced (rules CEQ-164 to CEQ-168).
fn replacement(detail: &ComputeEnvironmentDetail) -> Replacement {
    let policy = detail.update_policy.as_ref();
    if policy.and_then(|policy| policy.terminate_jobs_on_update) == Some(true) {
        return Replacement { seconds: 0 };
    }
    let minutes = policy
        .and_then(|policy| policy.job_execution_timeout_minutes.as_ref())
        .map_or(EXECUTION_MINUTES, |minutes| minutes.0);
    Replacement { seconds: minutes * 60 }
}

/// The members that hosts are made from (rule CEQ-171): a change of any replaces them.
fn of_hosts(resources: Option<&ComputeResource>) -> Result<serde_json::Value, ServiceError> {
    let mut members = super::encode(&resources)?;
    for scaling in ["minvCpus", "maxvCpus", "desiredvCpus", "scalingPolicy", "capacityTags"] {
        members.as_object_mut().map(|members| members.shift_remove(scaling));
    }
    Ok(members)
}

/// What an environment allows to be changed, and what it does not.
fn may_be_updated(
    detail: &ComputeEnvironmentDetail,
    request: &UpdateComputeEnvironmentRequest,
) -> Result<(), ServiceError> {
    let name = &detail.compute_environment_name;
    let is_linked = |role: &str| role.ends_with(LINKED_ROLE);
    let has_linked = detail.service_role.as_deref().is_none_or(is_linked);
    let role = request.service_role.as_deref().filter(|role| !role.is_empty());
    if role.is_some_and(|role| is_linked(role) != has_linked) {
        let refusal = ServiceError::client(format!(
            "serviceRole: compute environment {name} cannot change between the service-linked role and another one"
        ));
        return Err(refusal.under(state::SAME_KIND_OF_ROLE.id));
    }
    let (Some(resources), Some(update)) = (&detail.compute_resources, &request.compute_resources) else {
        return Ok(());
    };
    if matches!(resources.r#type, CRType::Fargate | CRType::FargateSpot) {
        return match of_instances(update) {
            Some(member) => {
                let refusal = ServiceError::client(format!(
                    "computeResources.{member} cannot be updated: compute environment {name} is on Fargate"
                ));
                Err(refusal.under(state::FARGATE_UPDATE.id))
            }
            None => Ok(()),
        };
    }
    Ok(())
}

/// Whether an environment can have other hosts (rule CEQ-162).
fn hosts_may_be_replaced(
    detail: &ComputeEnvironmentDetail,
    update: Option<&ComputeResourceUpdate>,
) -> Result<(), ServiceError> {
    let Some(resources) = detail.compute_resources.as_ref().filter(|resources| is_of_instances(resources))
    else {
        return Ok(());
    };
    let strategy = resources.allocation_strategy.unwrap_or(CRAllocationStrategy::BestFit);
    let has_linked = detail.service_role.as_deref().is_none_or(|role| role.ends_with(LINKED_ROLE));
    let obstacle = match (has_linked, strategy) {
        (false, _) => "it has a service role of its own",
        (true, CRAllocationStrategy::BestFit) => "its allocation strategy is BEST_FIT",
        (true, _) => return Ok(()),
    };
    let member = update.and_then(infrastructure).unwrap_or("updateToLatestImageVersion");
    let refusal = ServiceError::client(format!(
        "computeResources.{member} cannot be updated: the infrastructure of compute environment {} cannot be \
         replaced, since {obstacle}",
        detail.compute_environment_name
    ));
    Err(refusal.under(state::INFRASTRUCTURE_UPDATE.id))
}

/// A member of an update that replaces the infrastructure.
fn infrastructure(update: &ComputeResourceUpdate) -> Option<&'static str> {
    let of_network = [
        ("subnets", update.subnets.is_some()),
        ("securityGroupIds", update.security_group_ids.is_some()),
        ("type", update.r#type.is_some()),
    ];
    let network = of_network.into_iter().find(|(_, given)| *given).map(|(name, _)| name);
    let other = |name: &&str| *name != "scalingPolicy";
    network.or_else(|| of_instances(update).filter(other))
}

/// A member of an update that is about instances.
fn of_instances(update: &ComputeResourceUpdate) -> Option<&'static str> {
    let given = [
        ("allocationStrategy", update.allocation_strategy.is_some()),
        ("instanceTypes", update.instance_types.is_some()),
        ("ec2KeyPair", update.ec2_key_pair.is_some()),
        ("instanceRole", update.instance_role.is_some()),
        ("tags", update.tags.is_some()),
        ("placementGroup", update.placement_group.is_some()),
        ("bidPercentage", update.bid_percentage.is_some()),
        ("launchTemplate", update.launch_template.is_some()),
        ("ec2Configuration", update.ec2_configuration.is_some()),
        ("updateToLatestImageVersion", update.update_to_latest_image_version == Some(true)),
        ("imageId", update.image_id.is_some()),
        ("scalingPolicy", update.scaling_policy.is_some()),
    ];
    given.into_iter().find(|(_, given)| *given).map(|(name, _)| name)
}

/// `current` is the number of vCPUs that it has now, which an update may raise only (rule CEQ-161).
fn update_resources(
    resources: &mut ComputeResource,
    update: ComputeResourceUpdate,
    current: Option<i32>,
) -> Result<(), ServiceError> {
    if let (Some(now), Some(wanted)) = (current, update.desired_vcpus)
        && wanted < now
    {
        return Err(ServiceError::client(
            "Manually scaling down compute environment is not supported. Disconnecting job queues from compute \
             environment will cause it to scale-down to minvCpus.",
        )
        .under(state::NO_SCALING_DOWN.id));
    }
    macro_rules! take {
        ($($member:ident),*) => { $(if update.$member.is_some() { resources.$member = update.$member; })* };
    }
    let names_desired = update.desired_vcpus.is_some();
    take!(min_vcpus, desired_vcpus, instance_types, ec2_key_pair, instance_role, tags, placement_group);
    take!(bid_percentage, launch_template, ec2_configuration, image_id, scaling_policy, capacity_tags);
    // An empty list changes nothing on Fargate, and empties the present one on EC2 (rules CEQ-119, CEQ-122).
    let is_fargate = matches!(resources.r#type, CRType::Fargate | CRType::FargateSpot);
    let changes = |list: &Vec<String>| !is_fargate || !list.is_empty();
    resources.subnets = update.subnets.filter(changes).or_else(|| resources.subnets.take());
    resources.security_group_ids =
        update.security_group_ids.filter(changes).or_else(|| resources.security_group_ids.take());
    resources.max_vcpus = update.max_vcpus.unwrap_or(resources.max_vcpus);
    // What was asked for earlier does not bind this update.
    let bounds = resources.min_vcpus.unwrap_or(0)..=resources.max_vcpus;
    resources.desired_vcpus = resources.desired_vcpus.filter(|vcpus| names_desired || bounds.contains(vcpus));
    resources.r#type = update.r#type.unwrap_or(resources.r#type);
    if let Some(strategy) = update.allocation_strategy {
        resources.allocation_strategy = CRAllocationStrategy::parse(strategy.as_str());
    }
    if update.managed_instances_provider.is_some() {
        return Err(ServiceError::client(
            "kiln's local engine cannot change computeResources.managedInstancesProvider yet",
        ));
    }
    Ok(())
}
