//! Instance types: how they are written, and what their names tell.

use crate::api::constraint::Form;

/// What stands in `instanceTypes`: a family, a size of one, or a word for a choice of them.
pub static INSTANCE_TYPE: Form = Form {
    words: "an instance family (\"c5\"), a size of one (\"c5.large\"), \"optimal\", \"default_x86_64\" or \
            \"default_arm64\"",
    pattern: "^(optimal|default_x86_64|default_arm64|[a-z][a-z-]*[0-9][a-z0-9-]*\
              (\\.(nano|micro|small|medium|large|[0-9]*xlarge|metal(-[a-z0-9]+)?))?)$",
    accepts: |text| match text.split_once('.') {
        None => INSTANCE_CHOICES.contains(&text) || is_instance_family(text),
        Some((family, size)) => is_instance_family(family) && is_instance_size(size),
    },
};

/// The words that stand for a choice of instance types instead of naming one.
pub const INSTANCE_CHOICES: [&str; 3] = ["optimal", "default_x86_64", "default_arm64"];

fn is_instance_family(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.contains(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| is_lower_or_digit(byte) || byte == b'-')
}

fn is_instance_size(text: &str) -> bool {
    let is_metal = |rest: &str| {
        let kind = rest.strip_prefix('-');
        rest.is_empty() || kind.is_some_and(|kind| !kind.is_empty() && kind.bytes().all(is_lower_or_digit))
    };
    ["nano", "micro", "small", "medium", "large"].contains(&text)
        || text.strip_suffix("xlarge").is_some_and(|times| times.bytes().all(|byte| byte.is_ascii_digit()))
        || text.strip_prefix("metal").is_some_and(is_metal)
}

/// Whether a byte is a lower-case letter or a digit.
pub(crate) fn is_lower_or_digit(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// What the processors of an instance understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    /// The instructions of Intel and AMD.
    X86,
    /// Those of Arm: Graviton, Grace, Apple.
    Arm,
}

impl Architecture {
    /// That of an instance type, a family, or a word for a choice of them.
    pub fn of(instance_type: &str) -> Option<Self> {
        match instance_type {
            "optimal" | "default_x86_64" => return Some(Self::X86),
            "default_arm64" => return Some(Self::Arm),
            _ => {}
        }
        let family = instance_type.split('.').next()?;
        let number = family.find(|c: char| c.is_ascii_digit())?;
        let behind = family[number..].trim_start_matches(|c: char| c.is_ascii_digit());
        // mac instances began with Intel, a1 with Arm, before there was a letter for it; Grace processors show in the
        // name of the board.
        let is_arm = behind.starts_with('g')
            || behind.contains("-gb")
            || family == "a1"
            || (family.starts_with("mac") && family != "mac1");
        Some(if is_arm { Self::Arm } else { Self::X86 })
    }

    /// How it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::X86 => "x86",
            Self::Arm => "Arm",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_tell_their_architecture() {
        for (text, architecture) in [
            ("c5", Some(Architecture::X86)),
            ("c5n.18xlarge", Some(Architecture::X86)),
            ("g4ad.xlarge", Some(Architecture::X86)),
            ("g5", Some(Architecture::X86)),
            ("gr6", Some(Architecture::X86)),
            ("optimal", Some(Architecture::X86)),
            ("u-6tb1.metal", Some(Architecture::X86)),
            ("a1", Some(Architecture::Arm)),
            ("c6gn", Some(Architecture::Arm)),
            ("g5g.xlarge", Some(Architecture::Arm)),
            ("im4gn", Some(Architecture::Arm)),
            ("p6e-gb200.36xlarge", Some(Architecture::Arm)),
            ("t4g.micro", Some(Architecture::Arm)),
            ("x2gd.metal", Some(Architecture::Arm)),
            ("default_arm64", Some(Architecture::Arm)),
            ("nonsense", None),
            ("", None),
            (".", None),
        ] {
            assert_eq!(Architecture::of(text), architecture, "{text}");
        }
    }
}
