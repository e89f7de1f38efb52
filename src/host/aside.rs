//! Work that another process of this program does beside the window.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Writes the debrief of a save as a page: `termsheet debrief`. A sentence says why not.
pub fn write_debrief(save: &Path, page: PathBuf) -> Result<PathBuf, String> {
    if let Some(folder) = page.parent() {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(program)
        .arg("debrief")
        .arg(save)
        .arg("--output")
        .arg(&page)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(page),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            let first = said.lines().map(str::trim).find(|line| !line.is_empty());
            let first = first.unwrap_or("it ended without a word");
            Err(first.trim_start_matches("error: ").trim_end_matches('.').to_owned())
        }
    }
}
