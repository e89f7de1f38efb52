//! Files written whole or not at all, and read without ever holding more than they may have.
//!
//! What is written goes into a temporary file beside its place, which takes the place once all of it
//! is on the disk. If the disk is full, a limit is met or the program is killed, what was there before
//! is still there. A temporary file left by a program that was killed is removed by [`sweep`].

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use atomic_write_file::AtomicWriteFile;

/// Letters that the name of a temporary file ends in: `.evening.json.x7Rt2a`.
const RANDOM_LETTERS: usize = 6;

/// Writes a file whole or not at all. `fill` writes its contents.
pub fn write_with(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    // What a link leads to is written, not the link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    // A terminal or a pipe has no place that could be taken.
    if fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        return fill(&mut File::options().write(true).open(path)?);
    }
    let mut file = AtomicWriteFile::open(path)?;
    // The lock says that somebody is still writing. Without locks nothing is ever swept.
    let _ = file.as_file().try_lock();
    fill(&mut file)?;
    file.commit()
}

/// Writes these bytes whole or not at all.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_with(path, |file| file.write_all(bytes))
}

/// Removes what programs that were killed while writing have left in a folder.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let temporary = path.file_name().and_then(|name| name.to_str()).is_some_and(is_temporary);
        // What cannot be opened or removed does no harm.
        if temporary && File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whether a file's name is that of a temporary file of ours: all we keep is JSON.
fn is_temporary(name: &str) -> bool {
    name.starts_with('.')
        && name.rsplit_once(".json.").is_some_and(|(_, letters)| {
            letters.len() == RANDOM_LETTERS && letters.chars().all(|c| c.is_ascii_alphanumeric())
        })
}

/// Reads a regular file of at most so many bytes: never a folder, a pipe, or a device without end.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if !about.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    // The file may grow after its length was read.
    if about.len() <= most {
        File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    }
    if about.len() > most || bytes.len() as u64 > most {
        let text = format!("it is longer than {most} bytes, the most that is read");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, text));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails after so many bytes, as a full disk does.
    struct FullAfter<'w>(&'w mut dyn Write, usize);

    impl Write for FullAfter<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.1 == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            let written = self.0.write(&bytes[..bytes.len().min(self.1)])?;
            self.1 -= written;
            Ok(written)
        }

        fn flush(&mut self) -> io::Result<()> {
            self.0.flush()
        }
    }

    #[test]
    fn a_disk_that_is_full_after_any_byte_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("evening.json");
        let new = b"a quarter that was closed";
        write(&path, b"the quarter before").unwrap();
        for bytes in 0..new.len() {
            let full = write_with(&path, |file| FullAfter(file, bytes).write_all(new));
            assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
            assert_eq!(fs::read(&path).unwrap(), b"the quarter before");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "and nothing else");
        }
        write_with(&path, |file| FullAfter(file, new.len()).write_all(new)).unwrap();
        assert_eq!(fs::read(&path).unwrap(), new);
    }

    #[test]
    fn only_what_nobody_writes_any_more_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let names = [".evening.json.x7Rt2a", ".evening.json", ".notes.txt.x7Rt2a", "evening.json"];
        for name in names {
            fs::write(at(name), "{").unwrap();
        }
        write_with(&at("morning.json"), |file| {
            sweep(folder.path());
            file.write_all(b"{}")
        })
        .expect("what is being written is left alone");
        let left: Vec<&str> = names.into_iter().filter(|name| at(name).exists()).collect();
        assert_eq!(left, names[1..]);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_stays_a_device_and_a_link_a_link() {
        let null = Path::new("/dev/null");
        write(null, b"gone").unwrap();
        assert!(!fs::metadata(null).unwrap().is_file());
        assert!(read(null, 10).is_err());
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!((fs::read(&file).unwrap(), link.is_symlink()), (b"new".to_vec(), true));
    }
}
