//! The program under a virtual display: it opens its window, plays games by itself and writes a picture
//! of every screen, at three sizes and in both editions. It fails where the program panics, where a
//! picture is missing, or where one shows next to nothing.
//!
//! Needs `Xvfb` and a software Vulkan driver (Debian: `xvfb mesa-vulkan-drivers libxkbcommon-x11-0
//! libxcursor1 libxi6 libxrandr2`). Without a virtual display the test says so and passes, except where
//! `CI` is set.

#![cfg(all(feature = "window", target_os = "linux"))]

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const SCREENS: &[&str] = &[
    "title",
    "front",
    "board",
    "table",
    "plan",
    "close",
    "market",
    "rivals",
    "owners",
    "promises",
    "books",
    "quarters",
    "practice",
    "side-by-side",
    "dilemma",
    "judgement",
    "settings",
    "keys",
    "lesson",
    "lab-front",
    "lab-board",
    "lab-table",
    "lab-plan",
    "lab-close",
];
const SIZES: [(&str, (u32, u32)); 3] =
    [("small", (1_024, 640)), ("usual", (1_440, 900)), ("wide", (2_560, 1_440))];
const EDITIONS: [&str; 2] = ["paper", "evening"];

/// A display that is taken down again.
struct Display(Child);

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn display(number: u32) -> Option<Display> {
    let child = Command::new("Xvfb")
        .args([format!(":{number}").as_str(), "-screen", "0", "2560x1440x24", "-nolisten", "tcp"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let socket = format!("/tmp/.X11-unix/X{number}");
    for _ in 0..200 {
        if fs::metadata(&socket).is_ok() {
            return Some(Display(child));
        }
        sleep(Duration::from_millis(50));
    }
    drop(Display(child));
    None
}

/// What a picture shows: its size, its colours, and the part of it that has the commonest one.
struct Shown {
    size: (u32, u32),
    colours: usize,
    commonest: f64,
}

fn look(path: &Path) -> Result<Shown, String> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut decoder = png::Decoder::new(BufReader::new(file));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| format!("{}: {error}", path.display()))?;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or(0)];
    let info = reader.next_frame(&mut pixels).map_err(|error| error.to_string())?;
    let bytes = info.color_type.samples();
    let mut count: HashMap<[u8; 3], u32> = HashMap::new();
    let mut all = 0;
    // A prime step looks everywhere and at no column alone.
    for pixel in pixels[..info.buffer_size()].chunks_exact(bytes).step_by(7) {
        *count.entry([pixel[0], pixel[1 % bytes], pixel[2 % bytes]]).or_default() += 1;
        all += 1;
    }
    let commonest = count.values().max().copied().unwrap_or(0);
    Ok(Shown {
        size: (info.width, info.height),
        colours: count.len(),
        commonest: f64::from(commonest) / f64::from(all.max(1)),
    })
}

#[test]
fn every_screen_shows_something_at_every_size_in_both_editions() {
    let must = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    let number = 90 + std::process::id() % 900;
    let Some(_display) = display(number) else {
        assert!(!must, "there is no Xvfb here: install xvfb and mesa-vulkan-drivers");
        println!("skipped: there is no Xvfb here, so no virtual display");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let home = tempfile::tempdir().expect("a home");
    let sizes = SIZES.iter().map(|(size, _)| size);
    let wanted: Vec<String> = sizes
        .flat_map(|size| SCREENS.iter().map(move |screen| format!("{screen}-{size}-")))
        .collect();
    let output = Command::new(env!("CARGO_BIN_EXE_termsheet"))
        .arg("--pictures")
        .arg(folder.path())
        .env("DISPLAY", format!(":{number}"))
        .env_remove("WAYLAND_DISPLAY")
        .env("TERMSHEET_HOME", home.path())
        .env("TERMSHEET_STOPS", wanted.join(","))
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !must && !output.status.success() && said.contains("driver") {
        println!("skipped: {said}");
        return;
    }
    assert!(output.status.success(), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let mut wrong = Vec::new();
    for screen in SCREENS {
        for (size_name, size) in SIZES {
            for edition in EDITIONS {
                let name = format!("{screen}-{size_name}-{edition}");
                match look(&folder.path().join(format!("{name}.png"))) {
                    Err(error) => wrong.push(error),
                    Ok(shown) if shown.size != size => {
                        wrong.push(format!("{name} is {:?} and not {size:?}", shown.size));
                    }
                    // Letters alone, smoothed, have dozens of shades; a blank page has one.
                    Ok(shown) if shown.colours < 40 || shown.commonest > 0.995 => {
                        wrong.push(format!(
                            "{name} shows next to nothing: {} colours, {:.1}% of one",
                            shown.colours,
                            100.0 * shown.commonest
                        ));
                    }
                    Ok(_) => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
