//! Which values may hold secrets, and so are never repeated in a message.
//!
//! Environment variables, parameters, log options and payloads carry passwords in practice, even where the
//! guide advises against it; messages end up in build logs.

/// What is known of the values below a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Privacy {
    /// They may be shown.
    #[default]
    Open,
    /// They are pairs of a name, which may be shown, and something that may not.
    Pairs,
    /// None of them may be shown.
    Private,
}

impl Privacy {
    /// What is known one key further down. Letter case does not matter: a misspelt key hides as much.
    #[must_use]
    pub fn below(self, key: &str) -> Self {
        let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(key));
        let is_part = |words: &[&str]| words.iter().any(|word| key.to_ascii_lowercase().contains(word));
        match self {
            Self::Open if is(&["environment", "env", "secrets"]) => Self::Pairs,
            // However it is misspelt.
            Self::Open if key.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("env")) => Self::Pairs,
            Self::Open if is_part(&["password", "passwd", "token"]) => Self::Private,
            Self::Open if is(&["parameter", "parametres", "option"]) => Self::Private,
            Self::Open if is(&["parameters", "options", "serviceRequestPayload"]) => Self::Private,
            Self::Open => Self::Open,
            Self::Pairs if is(&["name"]) => Self::Open,
            Self::Pairs | Self::Private => Self::Private,
        }
    }

    /// What is known below all of `keys`, given from the root down.
    pub fn of<'k>(keys: impl IntoIterator<Item = &'k str>) -> Self {
        keys.into_iter().fold(Self::Open, Self::below)
    }

    /// Whether a value found here must not be shown.
    pub fn hides(self) -> bool {
        self != Self::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_what_may_be_secret_and_nothing_else() {
        for (path, hidden) in [
            ("jobName", false),
            ("containerOverrides.environment", true),
            ("containerOverrides.environment.value", true),
            ("containerOverrides.environment.name", false),
            ("containerOverrides.Environment.Value", true),
            ("eksProperties.podProperties.containers.env.value", true),
            ("containerProperties.secrets.valueFrom", true),
            ("containerProperties.secrets.name", false),
            ("parameters", true),
            ("parameters.name", true),
            ("containerProperties.logConfiguration.options.splunk-token", true),
            ("serviceRequestPayload", true),
            ("containerProperties.resourceRequirements.value", false),
            ("containerProperties.command", false),
            ("tags.environment", true),
            ("enviroment.Value", true),
            ("envs.PW", true),
            ("dbPassword", true),
            ("containerProperties.linuxParameters.tmpfs.mountOptions", false),
        ] {
            assert_eq!(Privacy::of(path.split('.')).hides(), hidden, "{path}");
        }
    }
}
