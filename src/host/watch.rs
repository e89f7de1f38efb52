//! Level files that change while the program runs: looked at once a second, on a thread of its own.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::level::Library;

const PAUSE: Duration = Duration::from_secs(1);

/// Watches a folder of levels until it is dropped.
pub struct Watch {
    changed: Arc<Mutex<Option<Library>>>,
    stop: Arc<AtomicBool>,
}

impl Watch {
    /// Watches a folder, which need not be there yet; `wake` is called when something has changed.
    pub fn of(folder: PathBuf, wake: impl Fn() + Send + 'static) -> Watch {
        let changed = Arc::new(Mutex::new(None));
        let slot = Arc::clone(&changed);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let mut seen = stamps(&folder);
        let look = move || {
            loop {
                thread::sleep(PAUSE);
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let now = stamps(&folder);
                if now == seen {
                    continue;
                }
                seen = now;
                let library = Library::load(Some(&folder));
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(library);
                wake();
            }
        };
        // Without a thread nothing is watched, and the game goes on.
        let _ = thread::Builder::new().name("levels".to_owned()).spawn(look);
        Watch { changed, stop }
    }

    /// The library as it is since the last change; none where nothing has changed.
    pub fn changed(&self) -> Option<Library> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Every level file of a folder with its length and the time it was written.
fn stamps(folder: &Path) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let files = entries.filter_map(|entry| {
        let entry = entry.ok()?;
        let path = entry.path();
        let about = std::fs::metadata(&path).ok()?;
        let level = path.extension().is_some_and(|ending| ending == "ron");
        level.then(|| (path, about.len(), about.modified().ok()))
    });
    let mut files: Vec<_> = files.collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_that_is_written_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let (send, woken) = std::sync::mpsc::channel();
        let watch = Watch::of(folder.path().to_owned(), move || {
            let _ = send.send(());
        });
        std::fs::write(folder.path().join("mine.ron"), "(").unwrap();
        woken.recv_timeout(Duration::from_secs(20)).expect("it was noticed");
        let library = watch.changed().expect("the library was read again");
        let own = library.entries().iter().find(|entry| entry.id == "mine");
        assert!(own.is_some_and(|entry| entry.level.is_err()));
        assert!(watch.changed().is_none(), "told once");
    }
}
