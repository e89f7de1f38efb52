//! Where this user's levels and saves are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The environment variable that names another folder.
pub const HOME_VARIABLE: &str = "TERMSHEET_HOME";

/// The folder of everything that is the user's own. It need not be there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    folder: PathBuf,
}

impl Home {
    pub fn at(folder: impl Into<PathBuf>) -> Home {
        Home { folder: folder.into() }
    }

    /// `$TERMSHEET_HOME`, else the place this system has for a program's data. Nothing if the system
    /// knows no home of this user.
    pub fn find() -> Option<Home> {
        let named = std::env::var_os(HOME_VARIABLE).filter(|name| !name.is_empty());
        Home::from(named)
    }

    fn from(named: Option<OsString>) -> Option<Home> {
        match named {
            Some(folder) => Some(Home::at(folder)),
            None => ProjectDirs::from("", "", "termsheet").map(|dirs| Home::at(dirs.data_dir())),
        }
    }

    /// The user's own levels.
    pub fn levels(&self) -> PathBuf {
        self.folder.join("levels")
    }

    /// Saved games.
    pub fn saves(&self) -> PathBuf {
        self.folder.join("saves")
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_names_the_folder() {
        let home = Home::from(Some("/tmp/elsewhere".into())).unwrap();
        assert_eq!(home.saves(), Path::new("/tmp/elsewhere/saves"));
        assert_eq!(home.levels(), Path::new("/tmp/elsewhere/levels"));
    }
}
