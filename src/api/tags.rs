//! Shapes for tagging resources, and the limited types that other shapes use for tags and client tokens.

use std::collections::BTreeMap;

use crate::api::shape::{Limits, Type, limited, structure};

structure! {
    /// Resource whose tags to list.
    ListTagsForResourceRequest {
        /// ARN of the resource. Children of array jobs and nodes of multi-node jobs have no tags of their
        /// own.
        required resource_arn as "resourceArn": String => Path,
    }

    /// Tags of the resource that was asked for.
    ListTagsForResourceResponse {
        /// Tags on the resource; an empty map when it has none. Tags meant for EC2 instances are not
        /// among them.
        optional tags as "tags": Tags,
    }

    /// Tags to add to a resource.
    TagResourceRequest {
        /// ARN of the resource to tag. Children of array jobs and nodes of multi-node jobs cannot be
        /// tagged.
        required resource_arn as "resourceArn": String => Path,
        /// Tags to add, 1 to 50. A key that is already there gets the new value; all other tags stay.
        required tags as "tags": Tags,
    }

    /// Empty answer when the tags were set.
    TagResourceResponse {}

    /// Tags to remove from a resource.
    UntagResourceRequest {
        /// ARN of the resource to remove tags from.
        required resource_arn as "resourceArn": String => Path,
        /// Keys of the tags to remove, 1 to 50, in exact letter case. Keys that begin with `aws:` are
        /// refused.
        required tag_keys as "tagKeys": TagKeys => Query,
    }

    /// Empty answer when the tags were removed.
    UntagResourceResponse {}
}

limited! {
    /// Token of 1 to 64 characters that makes a repeated request take effect only once. One is made up
    /// when omitted.
    ClientRequestToken(String) = Type::String(Limits::between(1, 64));

    /// Key of a tag, 1 to 128 characters, case-sensitive; it must not begin with `aws:` in any letter
    /// case.
    TagKey(String) = Type::String(Limits::between(1, 128));

    /// Keys of tags, 1 to 50.
    TagKeys(Vec<TagKey>) = Type::List(&TagKey::TYPE, Limits::between(1, 50));

    /// Value of a tag, up to 256 characters, possibly empty; it must not begin with `aws:` in any letter
    /// case.
    TagValue(String) = Type::String(Limits { min: None, max: Some(256) });

    /// Tags of a resource, at most 50: keys of 1 to 128 and values of up to 256 characters, both
    /// case-sensitive. The prefix `aws:` is reserved.
    Tags(BTreeMap<String, String>) = Type::Map(&TagKey::TYPE, &TagValue::TYPE, Limits::between(1, 50));
}
