//! What a queue looks like at this moment: its front and what its jobs use.

use std::cmp::Reverse;

use super::Change;
use crate::api::ServiceError;
use crate::api::arn::ResourceKind;
use crate::api::compute_environment::OrchestrationType;
use crate::api::job_queue::JobQueueDetail;
use crate::api::snapshot::{
    FairshareCapacityUsage, FairshareCapacityUtilization, FairshareUtilizationDetail, FrontOfQueueDetail,
    FrontOfQueueJobSummary, GetJobQueueSnapshotRequest, GetJobQueueSnapshotResponse,
    QueueSnapshotCapacityUsage, QueueSnapshotUtilizationDetail,
};
use crate::engine::core::{Queue, QueueKey};
use crate::store::read::Read;

/// The most jobs that are shown of the front.
const FRONT: usize = 100;
/// The most shares that are shown.
const SHARES: usize = 20;

impl Change<'_> {
    pub(super) fn job_queue_snapshot(
        &self,
        request: &GetJobQueueSnapshotRequest,
    ) -> Result<GetJobQueueSnapshotResponse, ServiceError> {
        let (row, detail) = self.need_queue(&request.job_queue)?;
        let key = QueueKey(row.key);
        let mut jobs = Vec::new();
        for front in self.core.front(key, self.now, FRONT) {
            let Some(found) = self.store.job_by_key(front.job.0)? else { continue };
            jobs.push(FrontOfQueueJobSummary {
                job_arn: Some(self.scope.arn(ResourceKind::Job, &found.job.id)),
                earliest_time_at_position: Some(front.since.0),
            });
        }
        let queue = self.core.queue(key);
        let used: u64 = queue.into_iter().flat_map(Queue::shares).map(|(_, milli)| milli).sum();
        let unit = self.unit(&detail)?;
        let total =
            QueueSnapshotCapacityUsage { capacity_unit: Some(unit.into()), quantity: Some(vcpus(used)) };
        let now = Some(self.now.0);
        Ok(GetJobQueueSnapshotResponse {
            front_of_queue: Some(FrontOfQueueDetail { jobs: Some(jobs), last_updated_at: now }),
            queue_utilization: Some(QueueSnapshotUtilizationDetail {
                total_capacity_usage: Some(vec![total]),
                fairshare_utilization: queue
                    .filter(|queue| queue.settings.policy.is_some())
                    .map(|queue| utilization(queue, unit)),
                last_updated_at: now,
                ..QueueSnapshotUtilizationDetail::default()
            }),
            ..GetJobQueueSnapshotResponse::default()
        })
    }

    /// What capacity is counted in.
    fn unit(&self, detail: &JobQueueDetail) -> Result<&'static str, ServiceError> {
        let Some(first) = detail.compute_environment_order.first() else { return Ok("VCPU") };
        let (_, environment) = self.need_environment(&first.compute_environment)?;
        let is_eks = environment.container_orchestration_type == Some(OrchestrationType::Eks);
        Ok(if is_eks { "cpu" } else { "VCPU" })
    }
}

fn utilization(queue: &Queue, unit: &str) -> FairshareUtilizationDetail {
    let mut shares: Vec<_> = queue.shares().filter(|(_, milli)| *milli > 0).collect();
    let active = i64::try_from(shares.len()).unwrap_or(i64::MAX);
    shares.sort_by_key(|(share, milli)| (Reverse(*milli), *share));
    let top = shares.into_iter().take(SHARES).map(|(share, milli)| {
        let usage =
            FairshareCapacityUsage { capacity_unit: Some(unit.to_owned()), quantity: Some(vcpus(milli)) };
        FairshareCapacityUtilization {
            share_identifier: Some(share.to_owned()),
            capacity_usage: Some(vec![usage]),
        }
    });
    FairshareUtilizationDetail {
        active_share_count: Some(active),
        top_capacity_utilization: Some(top.collect()),
    }
}

#[allow(clippy::cast_precision_loss, reason = "hosts have fewer vCPUs than that")]
fn vcpus(milli: u64) -> f64 {
    milli as f64 / 1000.0
}
