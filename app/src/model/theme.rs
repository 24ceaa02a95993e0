//! Light or dark, when somebody chose.

/// The cookie that keeps the choice in the browser, so that the server's first answer already has it.
pub const COOKIE: &str = "theme";

/// A chosen theme; without one the system's is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The word in the cookie and in `data-theme`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl std::str::FromStr for Theme {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "light" => Ok(Self::Light),
            "dark" => Ok(Self::Dark),
            _ => Err(format!("“{word}” is not a theme: choose light or dark")),
        }
    }
}
