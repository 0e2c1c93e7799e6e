//! Tags of any resource.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Change, document, text};
use crate::api::ServiceError;
use crate::api::tags::{
    TagResourceRequest, TagResourceResponse, Tags, UntagResourceRequest, UntagResourceResponse,
};
use crate::engine::view::tags::{Tagged, find_tagged};
use crate::rules::state;
use crate::store::Table;

/// The most tags a resource may have (rule OPS-146).
const MOST: usize = 50;

impl Change<'_> {
    /// Adds tags; one whose key is there already gets the new value (rule OPS-138).
    pub(super) fn tag_resource(
        &mut self,
        request: &TagResourceRequest,
    ) -> Result<TagResourceResponse, ServiceError> {
        self.change_tags(&request.resource_arn, |tags| tags.extend(request.tags.0.clone()))?;
        Ok(TagResourceResponse {})
    }

    /// Removes tags; a key that is not there is not an error.
    pub(super) fn untag_resource(
        &mut self,
        request: &UntagResourceRequest,
    ) -> Result<UntagResourceResponse, ServiceError> {
        self.change_tags(&request.resource_arn, |tags| {
            tags.retain(|key, _| !request.tag_keys.iter().any(|removed| removed.0 == *key));
        })?;
        Ok(UntagResourceResponse {})
    }

    fn change_tags(
        &mut self,
        arn: &str,
        change: impl FnOnce(&mut BTreeMap<String, String>),
    ) -> Result<(), ServiceError> {
        let found = find_tagged(self.store, self.scope, arn)?;
        let mut tags = found.tags()?;
        change(&mut tags);
        if tags.len() > MOST {
            return Err(ServiceError::client(format!(
                "a resource can have at most {MOST} tags; this would make {}",
                tags.len()
            ))
            .under(state::TAGS_IN_ALL.id));
        }
        let tags = Tags(tags);
        match found {
            Tagged::Resource(row) => {
                let body = with_tags(document("resource", &row.body)?, &tags)?;
                self.store.update_resource(row.key, &body)?;
                // One tag of a compute environment means something here.
                if row.kind == Table::ComputeEnvironment {
                    self.renew_environment(row.key, document("resource", &body)?)?;
                }
            }
            Tagged::Definition(row) => {
                let body = with_tags(document("definition", &row.body)?, &tags)?;
                self.store.update_definition(row.key, &body)?;
                self.definitions.forget(row.key);
            }
            Tagged::Job(row) => self.store.set_job_tags(row.job.key, Some(&text(&tags)?))?,
        }
        Ok(())
    }
}

fn with_tags(mut body: Value, tags: &Tags) -> Result<String, ServiceError> {
    body["tags"] = super::encode(tags)?;
    text(&body)
}
