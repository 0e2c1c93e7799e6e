//! Texts, numbers, booleans and words.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::{Walk, help};
use crate::api::shape::{Enumeration, Limits, Type};
use crate::rules::cursor::Cursor;
use crate::rules::finding::Finding;
use crate::rules::found::{expected, found, range, words_of};
use crate::rules::nearest::did_you_mean;
use crate::rules::shape::{ENUM, LIMIT};

impl Walk {
    pub(super) fn string(&mut self, limits: Limits, at: &Cursor<'_>) {
        match at.text() {
            // Counting characters is left out where nothing depends on it.
            Some(_) if limits == Limits::NONE => {}
            Some(text) => self.count(text.chars().count(), limits, ("character", "characters"), at),
            None => self.wrong_type("a string", at, help::instead_of_string(at)),
        }
    }

    pub(super) fn integer(&mut self, range: RangeInclusive<i64>, at: &Cursor<'_>) {
        let number = match at.value() {
            Value::Number(number) if !number.is_f64() => number,
            _ => return self.wrong_type("an integer", at, help::instead_of_integer(at)),
        };
        if !number.as_i64().is_some_and(|number| range.contains(&number)) {
            let expected = format!("an integer from {} to {}", range.start(), range.end());
            self.wrong_type(&expected, at, None);
        }
    }

    pub(super) fn long(&mut self, limits: Limits, at: &Cursor<'_>) {
        self.integer(i64::MIN..=i64::MAX, at);
        if let Some(number) = at.integer()
            && !(limits.min.is_none_or(|min| min <= number) && limits.max.is_none_or(|max| number <= max))
        {
            self.findings.error(LIMIT.id, at, format!("expected {}, found {}", range(limits), found(at)));
        }
    }

    pub(super) fn number(&mut self, ty: &Type, at: &Cursor<'_>) {
        if !at.value().is_number() {
            self.wrong_type(&expected(ty), at, help::instead_of_number(at));
        }
    }

    pub(super) fn boolean(&mut self, at: &Cursor<'_>) {
        if !at.value().is_boolean() {
            self.wrong_type("true or false", at, help::instead_of_boolean(at));
        }
    }

    pub(super) fn word(&mut self, words: &Enumeration, at: &Cursor<'_>) {
        let Some(text) = at.text() else {
            return self.wrong_type(&words_of(words), at, None);
        };
        if words.find(text).is_none() {
            let message = format!("expected {}, found {}", words_of(words), found(at));
            // With one permitted word the message has said it all.
            let has_choice = words.values.len() > 1;
            let help = has_choice.then(|| did_you_mean(text, words.values.iter().map(|(w, _)| *w))).flatten();
            self.findings.push(Finding::error(ENUM.id, at.path(), message).with_help(help));
        }
    }
}
