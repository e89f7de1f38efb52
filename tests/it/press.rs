//! The paper, over whole games on every level.

use std::sync::Arc;

use termsheet::bot::Policy;
use termsheet::host::session::{Control, LoadedLevel, Session};
use termsheet::host::words::headlines::{self, FrontPage};
use termsheet::host::words::{Names, Words};
use termsheet::ids::SeatId;
use termsheet::level::{Level, Library};

use crate::games::play_to_the_end;

/// Every page of a game as a seat reads it.
fn pages(level: &LoadedLevel, policy: Policy, seed: u64, names: Names) -> Vec<Vec<FrontPage>> {
    let controls = vec![Control::Bot(policy); level.level.seats()];
    let copy = LoadedLevel { level: Arc::clone(&level.level), text: level.text.clone() };
    let mut session = Session::new(copy, controls, seed);
    let words = Words::new(Arc::clone(&level.level), names);
    let opening = session.game.view(SeatId(0)).published;
    play_to_the_end(&mut session);
    let (deals, history) = (session.game.deals(), session.game.history());
    let seats = [SeatId(0), words.lab_seat(termsheet::ids::LabId(0))];
    seats
        .into_iter()
        .map(|seat| {
            (0..=history.len())
                .map(|closed| headlines::page(&words, &deals, &opening, &history[..closed], seat))
                .collect()
        })
        .collect()
}

fn faults(level: &Level, names: Names, pages: &[FrontPage]) -> Vec<String> {
    let mut found = Vec::new();
    let mut headlines: Vec<&str> = pages.iter().map(|page| page.headline.as_str()).collect();
    let mut stories: Vec<&str> =
        pages.iter().flat_map(|page| page.stories.iter().map(String::as_str)).collect();
    for texts in [&mut headlines, &mut stories] {
        texts.sort_unstable();
        found.extend(
            texts.windows(2).filter(|two| two[0] == two[1]).map(|two| format!("twice: {}", two[0])),
        );
    }
    found.extend(headlines.iter().filter(|text| text.chars().count() > 80).map(|s| s.to_string()));
    let odd = |text: &&&str| {
        text.is_empty()
            || text.contains("  ")
            || text.contains("{")
            || text.contains(" $0 ")
            || text.contains("Other providers")
            || text.contains("..")
            || text.contains('"')
    };
    found.extend(headlines.iter().chain(&stories).filter(odd).map(|text| format!("odd: {text}")));
    if names == Names::Fictional {
        for seat in level.seat_ids() {
            let real = &level.seat_name(seat).real;
            found.extend(
                headlines.iter().filter(|text| text.contains(real.as_str())).map(|s| s.to_string()),
            );
        }
    }
    found
}

#[test]
fn nothing_on_a_front_page_is_printed_twice_in_a_game() {
    for entry in Library::load(None).entries() {
        let Ok(level) = &entry.level else { panic!("{} does not load", entry.id) };
        let loaded = LoadedLevel { level: Arc::clone(level), text: entry.text.clone() };
        for seed in 0..4 {
            let policy = if seed % 2 == 0 { Policy::Normal } else { Policy::Random };
            let names = if seed < 2 { Names::Real } else { Names::Fictional };
            for pages in pages(&loaded, policy, seed, names) {
                let found = faults(level, names, &pages);
                assert!(found.is_empty(), "{} seed {seed}: {found:#?}", entry.id);
                let empty = pages.iter().filter(|page| page.stories.len() < 2).count();
                assert_eq!(empty, 0, "{} seed {seed}: pages with one story", entry.id);
            }
        }
    }
}
