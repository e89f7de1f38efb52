//! How long frames take: a row a frame, for whoever makes the window faster.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use bevy::prelude::{App as BevyApp, First, Last, Res, ResMut, Resource};

use super::window::Contents;

/// Writes `frame,seconds,main_ms,place`: when a frame began, in seconds since the window was asked for,
/// how long the main thread worked on it, in milliseconds, and what was shown.
#[derive(Resource)]
struct Meter {
    asked: Instant,
    began: Instant,
    frame: u64,
    file: BufWriter<File>,
}

/// Adds the meter; an error is the file's.
pub(super) fn attach(app: &mut BevyApp, path: &Path, asked: Instant) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "frame,seconds,main_ms,place")?;
    app.insert_resource(Meter { asked, began: asked, frame: 0, file });
    app.add_systems(First, begin).add_systems(Last, end);
    Ok(())
}

fn begin(mut meter: ResMut<Meter>) {
    meter.began = now();
}

fn end(mut meter: ResMut<Meter>, contents: Res<Contents>) {
    meter.frame += 1;
    let (frame, place) = (meter.frame, contents.place());
    let seconds = meter.began.duration_since(meter.asked).as_secs_f64();
    let main = 1_000.0 * meter.began.elapsed().as_secs_f64();
    // A row that cannot be written is a row less to read.
    let _ = writeln!(meter.file, "{frame},{seconds:.4},{main:.3},{place}");
    let _ = meter.file.flush();
}

/// The one clock of the window; no game hears of it.
#[expect(clippy::disallowed_methods, reason = "how long a frame takes is a matter of real time")]
pub(super) fn now() -> Instant {
    Instant::now()
}
