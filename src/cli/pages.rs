//! Following an answer over all its pages.

use serde_json::Value;

use crate::api::Operation;
use crate::cli::error::CliError;

/// The member that asks for a page and, in an answer, names the next.
const TOKEN: &str = "nextToken";

/// Calls an operation, and again for each further page unless the caller pages by hand. The items of all pages
/// end up in one answer.
pub(crate) async fn all(
    operation: Operation,
    mut input: Value,
    call: impl AsyncFn(&Value) -> Result<Value, CliError>,
) -> Result<Value, CliError> {
    let mut answer = call(&input).await?;
    let Some(items) = operation.info().pages else { return Ok(answer) };
    if input.get("maxResults").is_some() || input.get(TOKEN).is_some() {
        return Ok(answer);
    }
    let mut before = None;
    while let Some(token) = take_token(&mut answer) {
        if before.as_ref() == Some(&token) {
            let name = operation.name();
            return Err(CliError::Other(format!("{name} answered with the same page token twice: {token}")));
        }
        input[TOKEN] = token.clone().into();
        before = Some(token);
        let mut page = call(&input).await?;
        if let Some(token) = take_token(&mut page) {
            answer[TOKEN] = token.into();
        }
        append(&mut answer, items, page);
    }
    Ok(answer)
}

/// Takes the token of the next page out of an answer; an empty one means that there is none.
fn take_token(answer: &mut Value) -> Option<String> {
    match answer.as_object_mut()?.shift_remove(TOKEN)? {
        Value::String(token) if !token.is_empty() => Some(token),
        _ => None,
    }
}

fn append(answer: &mut Value, items: &str, mut page: Value) {
    let Some(Value::Array(more)) = page.get_mut(items).map(Value::take) else { return };
    match answer.get_mut(items).and_then(Value::as_array_mut) {
        Some(list) => list.extend(more),
        None => answer[items] = Value::Array(more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::cell::RefCell;

    /// What becomes of these answers, and the tokens that were asked with.
    fn followed(input: Value, pages: Vec<Value>) -> (Result<Value, CliError>, Vec<Value>) {
        let (pages, tokens) = (RefCell::new(pages.into_iter()), RefCell::new(Vec::new()));
        let call = async |input: &Value| {
            tokens.borrow_mut().push(input[TOKEN].clone());
            Ok(pages.borrow_mut().next().expect("no further call"))
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let result = runtime.block_on(all(Operation::ListJobs, input, call));
        (result, tokens.into_inner())
    }

    #[test]
    fn pages_are_joined() {
        let pages = vec![
            json!({"jobSummaryList": [1, 2], "nextToken": "a"}),
            // An empty page is not the end.
            json!({"jobSummaryList": [], "nextToken": "b"}),
            json!({"jobSummaryList": [3], "nextToken": ""}),
        ];
        let (answer, tokens) = followed(json!({"jobQueue": "q"}), pages);
        assert_eq!(answer.expect("an answer"), json!({"jobSummaryList": [1, 2, 3]}));
        assert_eq!(tokens, [json!(null), json!("a"), json!("b")]);
    }

    #[test]
    fn whoever_pages_by_hand_sees_the_token() {
        for input in [json!({"maxResults": 1}), json!({"nextToken": "x"})] {
            let page = json!({"jobSummaryList": [1], "nextToken": "a"});
            let (answer, tokens) = followed(input, vec![page.clone()]);
            assert_eq!(answer.expect("an answer"), page);
            assert_eq!(tokens.len(), 1);
        }
    }

    #[test]
    fn a_token_that_comes_back_is_an_error() {
        let page = json!({"jobSummaryList": [1], "nextToken": "a"});
        let (answer, tokens) = followed(json!({}), vec![page.clone(), page]);
        let error = answer.expect_err("an error");
        assert_eq!(error.to_string(), "ListJobs answered with the same page token twice: a");
        assert_eq!((error.exit_code(), tokens.len()), (255, 2));
    }

    #[test]
    fn null_ends_too() {
        let (answer, _) = followed(json!({}), vec![json!({"jobSummaryList": [], "nextToken": null})]);
        assert_eq!(answer.expect("an answer"), json!({"jobSummaryList": []}));
    }
}
