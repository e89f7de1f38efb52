//! The debrief of a finished game: a page written beside the window and opened in the system's browser.

use std::path::{Path, PathBuf};

use bevy::tasks::futures::check_ready;
use bevy::tasks::{IoTaskPool, Task};

use super::desk::Desk;
use crate::host::debrief::{self, NoDebrief};
use crate::host::home::Home;
use crate::host::keeper::{Keeper, Saver, no_home};
use crate::host::save::Saves;

/// A debrief on its way.
#[derive(Default)]
pub enum Debrief {
    #[default]
    None,
    Coming(Task<Result<PathBuf, String>>),
}

impl Desk {
    /// Begins to write the debrief of this game as it stands.
    pub fn write_debrief(&mut self) {
        if self.writes_debrief() || self.aside.is_some() {
            return;
        }
        let written = self.save_for_debrief().and_then(|(save, page)| {
            let pool = IoTaskPool::try_get().ok_or("there is nobody to write it")?;
            Ok(pool.spawn(async move { write(save, page) }))
        });
        match written {
            Ok(task) => self.debrief = Debrief::Coming(task),
            Err(error) => self.notice = Some(format!("The debrief was not written: {error}.")),
        }
    }

    pub fn writes_debrief(&self) -> bool {
        matches!(self.debrief, Debrief::Coming(_))
    }

    /// The page, once it is written.
    pub fn debrief_written(&mut self) -> Option<PathBuf> {
        let Debrief::Coming(task) = &mut self.debrief else { return None };
        let written = check_ready(task)?;
        self.debrief = Debrief::None;
        match written {
            Ok(page) => {
                self.notice = Some(format!(
                    "The debrief is written, and a browser is asked to show it: {}",
                    page.display()
                ));
                Some(page)
            }
            Err(error) => {
                self.notice = Some(format!("The debrief was not written: {error}."));
                None
            }
        }
    }

    /// A save of the game, and where its page goes.
    fn save_for_debrief(&mut self) -> Result<(PathBuf, PathBuf), String> {
        let home = Home::find().ok_or_else(no_home)?;
        let name = Saves::automatic_name(&self.view.level.id);
        let page = home.folder().join("debriefs").join(format!("{name}.html"));
        let session = self.session().ok_or("the world is moving")?;
        let path = Keeper::new(self.names()).save_as(session, &name)?;
        Ok((PathBuf::from(path), page))
    }
}

/// Writes the page; a sentence says why not.
fn write(save: PathBuf, page: PathBuf) -> Result<PathBuf, String> {
    if let Some(folder) = page.parent() {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    match debrief::write(&[save], &page) {
        Ok(_) => Ok(page),
        Err(NoDebrief::NothingToShow(failed)) => Err(match failed.first() {
            Some((_, why)) => why.to_string(),
            None => "there is nothing to show".to_owned(),
        }),
        Err(error) => Err(error.to_string()),
    }
}

/// The address of a page on this machine.
pub fn address(page: &Path) -> String {
    let path = page.to_string_lossy().replace('\\', "/");
    let path: String = path
        .chars()
        .map(|c| match c {
            ' ' => "%20".to_owned(),
            '#' => "%23".to_owned(),
            '?' => "%3F".to_owned(),
            '%' => "%25".to_owned(),
            other => other.to_string(),
        })
        .collect();
    format!("file://{}{path}", if path.starts_with('/') { "" } else { "/" })
}
