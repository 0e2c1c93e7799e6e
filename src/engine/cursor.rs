//! Page tokens: where the next page begins, in a form that a caller cannot make up.

use crate::api::ServiceError;

/// The most rows of a page, where an operation has no other number.
pub(crate) const PAGE: usize = 100;

/// The token behind the row of this key. An operation that has several lists says behind its name which it is.
pub(crate) fn token(operation: &str, key: u64) -> String {
    format!("{key:016x}{:08x}", checksum(operation, key))
}

/// The key in a token of this operation.
///
/// # Errors
/// The token is not one that this operation gave out.
pub(crate) fn read_token(operation: &str, token: Option<&str>) -> Result<Option<u64>, ServiceError> {
    let Some(token) = token else { return Ok(None) };
    let parse = || {
        let (key, sum) = (token.get(..16)?, token.get(16..)?);
        let key = u64::from_str_radix(key, 16).ok()?;
        (sum == format!("{:08x}", checksum(operation, key))).then_some(key)
    };
    parse().map(Some).ok_or_else(|| {
        let name = operation.split(' ').next().unwrap_or(operation);
        ServiceError::client(format!(
            "nextToken {token:?} is not one that {name} has given out for this list"
        ))
    })
}

/// FNV-1a over the operation's name and the key.
fn checksum(operation: &str, key: u64) -> u32 {
    operation
        .bytes()
        .chain(key.to_le_bytes())
        .fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The size of a page: what was asked for, from 1 to `most`, else `most`.
///
/// # Errors
/// The number is out of range.
pub(crate) fn page_size(max_results: Option<i32>, most: usize) -> Result<usize, ServiceError> {
    let Some(asked) = max_results else { return Ok(most) };
    match usize::try_from(asked) {
        Ok(size) if (1..=most).contains(&size) => Ok(size),
        _ => Err(ServiceError::client(format!("maxResults must be from 1 to {most}, not {asked}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_own_operation_only() {
        let token = token("ListJobs", 77);
        assert_eq!(read_token("ListJobs", Some(&token)), Ok(Some(77)));
        assert_eq!(read_token("ListJobs", None), Ok(None));
        assert!(read_token("DescribeJobQueues", Some(&token)).is_err());
        for made_up in ["", "x", "0000000000000001", "é".repeat(12).as_str()] {
            assert!(read_token("ListJobs", Some(made_up)).is_err(), "{made_up}");
        }
    }

    #[test]
    fn a_page_has_from_1_row_to_the_most() {
        assert_eq!(page_size(None, 100), Ok(100));
        assert_eq!(page_size(Some(1), 100), Ok(1));
        assert_eq!(page_size(Some(100), 100), Ok(100));
        for size in [0, 101, -1] {
            assert!(page_size(Some(size), 100).is_err(), "{size}");
        }
    }
}
