//! The rules about single values of consumable resources. The vocabulary judges them ([`crate::api::constraint`]).

use crate::api::Operation::{CreateConsumableResource, UpdateConsumableResource};
use crate::rules::context::Context;
use crate::rules::registry::rules;

rules! {
    /// The quantity of a consumable resource is not negative.
    ///
    /// It counts the units that exist, or by how many their number changes. To take units away, use the operation
    /// REMOVE.
    error QUANTITY = "CR001" {
        guide: "API reference: CreateConsumableResource and UpdateConsumableResource",
        from: [],
        on: Context::whole(CreateConsumableResource),
        wrong: r#"{"consumableResourceName": "licences", "totalQuantity": -1}"#,
        right: r#"{"consumableResourceName": "licences", "totalQuantity": 20}"#,
    }

    /// A consumable resource is REPLENISHABLE or NON_REPLENISHABLE.
    ///
    /// The units of the first kind come back when a job has ended, those of the second are used up.
    error KIND = "CR002" {
        guide: "API reference: CreateConsumableResource",
        from: [],
        on: Context::whole(CreateConsumableResource),
        wrong: r#"{"consumableResourceName": "licences", "resourceType": "replenishable"}"#,
        right: r#"{"consumableResourceName": "licences", "resourceType": "REPLENISHABLE"}"#,
    }

    /// The quantity of a consumable resource is changed by SET, ADD or REMOVE.
    ///
    /// The quantity in the request is the new one, or the difference to it.
    error OPERATION = "CR003" {
        guide: "API reference: UpdateConsumableResource",
        from: [],
        on: Context::whole(UpdateConsumableResource),
        wrong: r#"{"consumableResource": "licences", "operation": "INCREASE", "quantity": 5}"#,
        right: r#"{"consumableResource": "licences", "operation": "ADD", "quantity": 5}"#,
    }
}
