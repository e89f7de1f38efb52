//! The corpus of the fuzz targets, replayed: what once broke something, and what fuzzing begins with.

use std::fs;
use std::path::Path;

#[path = "../../fuzz/entries.rs"]
mod entries;

fn replay(target: &str, entry: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a corpus").map(|file| file.expect("a file").path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        // The name is printed with a failure.
        println!("{}", path.display());
        entry(&fs::read(path).expect("a file"));
    }
}

#[test]
fn every_level_of_the_corpus_is_explained_or_played() {
    replay("level", entries::level);
}

#[test]
fn every_save_of_the_corpus_is_explained_or_played_on() {
    replay("save", entries::save);
}

#[test]
fn every_decision_of_the_corpus_is_refused_or_run() {
    replay("decision", entries::decision);
}
