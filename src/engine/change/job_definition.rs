//! Job definitions: each registration makes a revision, which never changes and is never reused.

use super::admit::check_environment;
use super::{Change, text};
use crate::api::ServiceError;
use crate::api::arn::ResourceKind;
use crate::api::compute_environment::OrchestrationType;
use crate::api::job::SubmitJobRequest;
use crate::api::job_definition::{
    DeregisterJobDefinitionRequest, DeregisterJobDefinitionResponse, JobDefinition, PlatformCapability,
    RegisterJobDefinitionRequest, RegisterJobDefinitionResponse,
};
use crate::engine::effective::{effective, show_lists};
use crate::engine::names::DefinitionName;
use crate::rules::state;
use crate::store::read::Read;

impl Change<'_> {
    pub(super) fn register_job_definition(
        &mut self,
        request: RegisterJobDefinitionRequest,
    ) -> Result<RegisterJobDefinitionResponse, ServiceError> {
        let name = request.job_definition_name.clone();
        let container = request.container_properties.as_ref();
        check_environment(container.and_then(|container| container.environment.as_deref()))?;
        let revision = self.store.last_revision(self.scope, &name)? + 1;
        let arn = self.scope.arn(ResourceKind::JobDefinition, &format!("{name}:{revision}"));
        let definition = describe(request, arn.clone(), revision);
        if definition.container_properties.is_some() {
            effective(&definition, &SubmitJobRequest::default())?;
        }
        self.store.insert_definition(self.scope, &name, revision, self.now.0, &text(&definition)?)?;
        Ok(RegisterJobDefinitionResponse { job_definition_name: name, job_definition_arn: arn, revision })
    }

    pub(super) fn deregister_job_definition(
        &mut self,
        request: &DeregisterJobDefinitionRequest,
    ) -> Result<DeregisterJobDefinitionResponse, ServiceError> {
        let given = &request.job_definition;
        let malformed = || {
            ServiceError::client(format!(
                "jobDefinition {given:?} must be NAME:REVISION or an ARN with a revision"
            ))
            .under(state::REVISION_NAMED.id)
        };
        let name = DefinitionName::parse(given, self.scope).ok_or_else(malformed)?;
        let revision = name.revision.ok_or_else(malformed)?;
        let row = self.store.definition(self.scope, &name.name, revision)?.ok_or_else(|| {
            ServiceError::client(format!("Job definition {}:{revision} does not exist.", name.name))
                .under(state::DEFINITION_EXISTS.id)
        })?;
        self.store.deactivate_definition(row.key)?;
        Ok(DeregisterJobDefinitionResponse {})
    }
}

/// Exactly one description of what runs, and the one that the type asks for.
fn describe(request: RegisterJobDefinitionRequest, arn: String, revision: i32) -> JobDefinition {
    let orchestration =
        if request.eks_properties.is_some() { OrchestrationType::Eks } else { OrchestrationType::Ecs };
    let platforms = request
        .platform_capabilities
        .or_else(|| (orchestration == OrchestrationType::Ecs).then(|| vec![PlatformCapability::Ec2]));
    JobDefinition {
        job_definition_name: request.job_definition_name,
        job_definition_arn: arn,
        revision,
        r#type: request.r#type.to_string(),
        scheduling_priority: request.scheduling_priority,
        parameters: Some(request.parameters.unwrap_or_default()),
        retry_strategy: request.retry_strategy,
        container_properties: request.container_properties.map(|mut container| {
            show_lists(&mut container);
            container
        }),
        timeout: request.timeout,
        node_properties: request.node_properties,
        tags: Some(request.tags.unwrap_or_default()),
        propagate_tags: request.propagate_tags,
        platform_capabilities: platforms,
        ecs_properties: request.ecs_properties,
        eks_properties: request.eks_properties,
        container_orchestration_type: Some(orchestration),
        consumable_resource_properties: request.consumable_resource_properties,
        status: None,
    }
}
