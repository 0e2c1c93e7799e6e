//! The rules about single values of service environments. The vocabulary judges them ([`crate::api::constraint`]).

use crate::api::Operation::CreateServiceEnvironment;
use crate::rules::context::Context;
use crate::rules::registry::rules;

rules! {
    /// The name of a service environment has 1 to 128 characters.
    ///
    /// Longer names are refused.
    error NAME_LENGTH = "SE001" {
        guide: "API reference: CreateServiceEnvironment",
        from: [],
        on: Context::whole(CreateServiceEnvironment),
        wrong: r#"{"serviceEnvironmentName": "", "serviceEnvironmentType": "SAGEMAKER_TRAINING",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "NUM_INSTANCES"}]}"#,
        right: r#"{"serviceEnvironmentName": "training", "serviceEnvironmentType": "SAGEMAKER_TRAINING",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "NUM_INSTANCES"}]}"#,
    }

    /// The name of a service environment consists of letters, digits, hyphens and underscores.
    ///
    /// Other characters are refused.
    error NAME_FORM = "SE002" {
        guide: "API reference: CreateServiceEnvironment",
        from: [],
        on: Context::whole(CreateServiceEnvironment),
        wrong: r#"{"serviceEnvironmentName": "my training", "serviceEnvironmentType": "SAGEMAKER_TRAINING",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "NUM_INSTANCES"}]}"#,
        right: r#"{"serviceEnvironmentName": "my-training", "serviceEnvironmentType": "SAGEMAKER_TRAINING",
            "capacityLimits": [{"maxCapacity": 4, "capacityUnit": "NUM_INSTANCES"}]}"#,
    }
}
