//! What the engine asks of a request beyond the documented rules, which the server has judged before: what no process
//! of a host could be given.

use crate::api::ServiceError;
use crate::api::container::KeyValuePair;

/// Checks the names of variables. Batch itself would accept some that the environment of a process cannot hold.
pub(super) fn check_environment(environment: Option<&[KeyValuePair]>) -> Result<(), ServiceError> {
    let names = environment.unwrap_or_default().iter().map(|it| it.name.as_deref().unwrap_or_default());
    match names.into_iter().find(|name| name.is_empty() || name.contains(['=', '\0'])) {
        None => Ok(()),
        Some(name) => Err(ServiceError::client(format!("environment variable name {name:?} is not valid"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_variables_fit_a_process() {
        for (name, good) in [("", false), ("A=B", false), ("A\0", false), ("A", true), ("a.b-c", true)] {
            let variable = KeyValuePair { name: Some(name.into()), value: None };
            assert_eq!(check_environment(Some(&[variable])).is_ok(), good, "{name:?}");
        }
    }
}
