//! What a local client and its engine say to each other beside the Batch API.

/// The header in which both tell their version; they must be of the same.
pub const VERSION_HEADER: &str = "x-kiln-version";
/// The header in which a local client tells its account.
pub const ACCOUNT_HEADER: &str = "x-kiln-account";
/// The header in which a local client tells its region.
pub const REGION_HEADER: &str = "x-kiln-region";
/// The header in which an engine tells the rule that a request breaks.
pub const RULE_HEADER: &str = "x-kiln-rule";
/// The version of this build.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Where kiln's own endpoints live.
pub const OWN_PREFIX: &str = "/kiln/v1/";
/// The header in which the engine tells which attempt a log begins with.
pub const ATTEMPT_HEADER: &str = "x-kiln-attempt";
/// What an engine started in the background says on its standard output once it listens; anything else is an
/// error text.
pub const READY: &str = "ready\n";
