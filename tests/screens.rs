//! The program under a virtual display: it opens its window, plays a game by itself and writes a picture
//! of every screen. Where there is no `Xvfb` or no driver, the test says so and passes.

#![cfg(all(feature = "window", target_os = "linux"))]

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

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

#[test]
fn every_screen_can_be_photographed() {
    let number = 90 + std::process::id() % 900;
    let Some(_display) = display(number) else {
        println!("skipped: there is no Xvfb here, so no virtual display");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let home = tempfile::tempdir().expect("a home");
    let output = Command::new(env!("CARGO_BIN_EXE_termsheet"))
        .arg("--pictures")
        .arg(folder.path())
        .env("DISPLAY", format!(":{number}"))
        .env_remove("WAYLAND_DISPLAY")
        .env("TERMSHEET_HOME", home.path())
        // One of every kind of screen is enough for a test; a person asks for all.
        .env("TERMSHEET_STOPS", "01-title,02-front,03-board,04-table,06-plan,07-close")
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() && said.contains("driver") {
        println!("skipped: {said}");
        return;
    }
    assert!(output.status.success(), "{said}");
    for name in
        ["01-title", "02-front", "03-board", "03-board-evening", "04-table", "06-plan", "07-close"]
    {
        let path = folder.path().join(format!("{name}.png"));
        let size = fs::metadata(&path).map_or(0, |about| about.len());
        assert!(size > 20_000, "{name}: {size} bytes");
    }
}
