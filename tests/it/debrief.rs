//! Debriefs: what stands on the page, in the rows and on the briefs is what happened in the game.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use termsheet::bot::Policy;
use termsheet::host::debrief::{Options, Report, briefs, html, read, write};
use termsheet::host::save::{Save, Saves};
use termsheet::host::session::{Control, LoadedLevel, Session};
use termsheet::host::words::Names;
use termsheet::host::words::headlines;
use termsheet::level::check;
use termsheet::sim::game::Game;
use termsheet::sim::setting::Step;
use termsheet::study::{Others, Trials, appraise};

use crate::commands::termsheet as program;
use crate::games::{flagship, level_called, play_to_the_end};

const QUICK: Trials = Trials { games: 4, missed: 12, threads: 0 };

fn options() -> Options {
    Options { trials: QUICK, ..Options::default() }
}

/// A finished game between bots, the first seat's down as a person's.
fn finished(level: LoadedLevel, seed: u64) -> Session {
    let controls = vec![Control::Bot(Policy::Normal); level.level.seats()];
    let mut session = Session::new(level, controls, seed);
    play_to_the_end(&mut session);
    session
}

fn saved(folder: &Path, name: &str, session: &Session) -> PathBuf {
    Saves::in_folder(folder).write(name, &Save::of(session, Names::Real)).expect("it is written")
}

fn short_level() -> LoadedLevel {
    let text: &str = include_str!("../../levels/first-term-sheet.ron");
    LoadedLevel { level: check("first", text).expect("it loads").into(), text: text.into() }
}

fn only(reports: Vec<Report>) -> Report {
    reports.into_iter().next().expect("one report")
}

/// What a reader sees of a page: its text without tags, entities as the signs they stand for.
fn seen(page: &str) -> String {
    let body = &page[page.find("<body>").expect("a body")..];
    let mut text = String::new();
    let mut inside = false;
    for sign in body.chars() {
        match sign {
            '<' => inside = true,
            '>' => inside = false,
            sign if !inside => text.push(sign),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn a_page_holds_the_whole_game_and_asks_nothing_of_anybody() {
    let folder = TempDir::new().expect("a folder");
    let session = finished(flagship(), 3);
    let path = saved(folder.path(), "a game", &session);
    let (reports, failed) = read(&[path], &options(), || {});
    assert!(failed.is_empty());
    let page = html(&reports, false);
    let text = seen(&page);
    let report = only(reports);

    let opening = Game::new(session.level.level.clone(), 3).view(report.seat).published;
    for last in 1..=session.game.history().len() {
        let closed = &session.game.history()[..last];
        let deals = session.game.deals();
        let front = headlines::page(&report.words, &deals, &opening, closed, report.seat);
        assert!(text.contains(&front.headline), "{}", front.headline);
    }
    for question in &session.level.level.debrief {
        assert!(text.contains(&report.words.with_names(question)), "{question}");
    }
    assert!(text.contains("Simulation"));
    for foreign in ["http:", "https:", "src=\"", "<script", "<link", "@import", "url(//"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.len() < 1_500_000, "{} bytes", page.len());
}

#[test]
fn every_deal_shows_the_totals_that_appraise_gives_and_rows_that_sum_to_them() {
    let folder = TempDir::new().expect("a folder");
    let session = finished(flagship(), 5);
    let path = saved(folder.path(), "a game", &session);
    let (reports, _) = read(&[path], &options(), || {});
    let text = seen(&html(&reports, false));
    let report = only(reports);
    assert!(report.signed().count() >= 3, "a game with deals");

    // The same game, step by step, appraised from outside.
    let mut again = Session::new(flagship(), session.controls().to_vec(), 5);
    let mut shown = 0;
    for record in session.steps() {
        for deal in report.signed() {
            if report.played.signed_at(deal.id) != Some((record.quarter, record.step)) {
                continue;
            }
            let draft =
                termsheet::level::DealDraft { giant: deal.giant, lab: deal.lab, sheet: deal.sheet };
            let outside = appraise(&again.game, &draft);
            let book = report.opened.book(deal.id).expect("every signed deal has its book");
            assert_eq!(book.appraisal, outside);
            for side in [&outside.giant, &outside.lab] {
                let sum: f64 = side.rows.iter().map(|row| row.bn).sum();
                assert!((sum - side.total_bn).abs() < 1e-6, "{sum} {}", side.total_bn);
                let total = termsheet::host::words::numbers::bn_change(side.total_bn);
                assert!(text.contains(&total), "{total}");
            }
            // Nothing that was found is worse than what was signed.
            assert!(book.frontier.left_bn() >= 0.0);
            let gains = book.frontier.reached;
            assert!((gains.giant_bn - outside.giant.total_bn).abs() < 1e-6);
            assert!((gains.lab_bn - outside.lab.total_bn).abs() < 1e-6);
            shown += 1;
        }
        again.replay_step(record).expect("it was legal");
    }
    assert_eq!(shown, report.signed().count());
}

#[test]
fn the_best_deal_missed_gains_what_it_says_in_its_own_branch() {
    let folder = TempDir::new().expect("a folder");
    let mut found = 0;
    for seed in [1, 2, 3] {
        let path = saved(folder.path(), "a game", &finished(flagship(), seed));
        let report = only(read(&[path], &options(), || {}).0);
        let Some(missed) = &report.worth.missed else { continue };
        found += 1;
        let mut game = Game::new(report.played.tape.level.clone(), seed);
        let branch = report.played.branch(&mut game, &missed.departure(), Others::Asked);
        let branch = branch.expect("it can be signed");
        let last = branch.history.last().expect("it is played to its end");
        let with = last.scores.scaled(report.level(), report.seat);
        assert_eq!(with, missed.with_points);
        assert!((with - report.score() - missed.gain()).abs() < 1e-9);
        assert!(missed.gain() > 0.0);
        // It was signed there and then, and not in the game as played. A clause may be given up later.
        let here = |deals: &[termsheet::sim::deal::Deal]| {
            deals.iter().any(|deal| {
                (deal.giant, deal.lab, deal.signed) == (missed.giant, missed.lab, missed.quarter)
                    && (deal.sheet.amount(), deal.sheet.pre_money)
                        == (missed.sheet.amount(), missed.sheet.pre_money)
            })
        };
        assert!(here(&branch.deals) && !here(&report.played.deals));
        assert!(missed.step != Step::Plan);
    }
    assert!(found > 0, "no game missed anything");
}

#[test]
fn what_a_level_or_a_player_wrote_is_text_and_never_markup() {
    let folder = TempDir::new().expect("a folder");
    let hostile = "<script>alert(1)</script> & \\\"co\\\"";
    let text = include_str!("../../levels/first-term-sheet.ron")
        .replace("real: \"Amazon\"", &format!("real: \"{hostile}\""))
        .replace("The First Term Sheet", "<img src=x onerror=alert(2)>")
        .replace("{amazon} could have waited", "<b>{amazon}</b> could have waited");
    let level = LoadedLevel {
        level: check("hostile", &text).expect("names are free").into(),
        text: text.as_str().into(),
    };
    let path = saved(folder.path(), "plain", &finished(level.clone(), 1));
    let odd = folder.path().join("<i>me<i>.json");
    fs::copy(path, &odd).expect("a copy");
    let (reports, failed) = read(&[odd.clone(), odd], &options(), || {});
    assert!(failed.is_empty());
    for page in
        [html(&reports[..1], false), html(&reports, false), briefs(&level.level, Names::Real)]
    {
        for tag in ["<script", "<img", "<b>alert", "<b><", "<i>"] {
            assert!(!page.contains(tag), "{tag}");
        }
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;"));
    }
    assert!(html(&reports, false).contains("&lt;i&gt;me&lt;i&gt;"));
}

#[test]
fn a_damaged_save_among_good_ones_is_named_and_the_others_go_on() {
    let folder = TempDir::new().expect("a folder");
    let one = saved(folder.path(), "one", &finished(short_level(), 1));
    let two = saved(folder.path(), "two", &finished(short_level(), 2));
    let bad = folder.path().join("bad.json");
    let text = fs::read_to_string(&one).expect("text");
    fs::write(&bad, &text[..text.len() / 2]).expect("written");
    let out = folder.path().join("class.html");
    let rows = folder.path().join("rows");
    let arguments = ["debrief", "--games", "2", "--csv", path(&rows), "-o", path(&out)];
    let ran =
        program(folder.path(), &[&arguments[..], &[path(&one), path(&bad), path(&two)]].concat());
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("bad.json") && ran.err.contains("cut short"), "{}", ran.err);
    assert!(ran.out.contains("2 games"), "{}", ran.out);
    let page = seen(&fs::read_to_string(&out).expect("it is there"));
    assert!(page.contains("one") && page.contains("two") && page.contains("The class"));

    // Without a good one there is no page.
    let none = folder.path().join("none.html");
    let ran = program(folder.path(), &["debrief", path(&bad), "-o", path(&none)]);
    assert_eq!(ran.code, 1);
    assert!(!none.exists());
}

#[test]
fn rows_are_one_a_decision_and_one_a_quarter_and_seat() {
    let folder = TempDir::new().expect("a folder");
    let session = finished(short_level(), 4);
    let save = saved(folder.path(), "one", &session);
    let rows = folder.path().join("rows");
    let options = Options { rows: Some(rows.clone()), ..options() };
    let page = folder.path().join("page.html");
    termsheet::host::debrief::write_with(&[save], &page, &options, || {}).expect("written");

    let level = &session.level.level;
    let results = table(&rows.join("results.csv"));
    let quarters = level.quarters as usize + 1;
    assert_eq!(results.len(), quarters * level.seats());
    let last = results.last().expect("rows");
    assert_eq!(last["quarter_number"], level.quarters.to_string());
    for row in &results {
        let score: f64 = row["score_points"].parse().expect("a number");
        assert!(score.is_finite());
    }
    let seat = level.first_seat;
    let made: usize = session.steps().iter().map(|step| step.decisions[seat.index()].len()).sum();
    let decisions = table(&rows.join("decisions.csv"));
    assert_eq!(decisions.len(), made);
    assert!(decisions.iter().all(|row| row["seat"] == level.seat_key(seat)));
    let signed =
        decisions.iter().filter(|row| row["kind"] == "accept" && row["signed_deal"] == "1");
    let accepted = session.game.deals().into_iter().filter(|deal| deal.fact.is_some()).count();
    assert!(signed.count() <= accepted);
}

fn table(file: &Path) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(file).expect("a table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn path(path: &Path) -> &str {
    path.to_str().expect("plain letters")
}

#[test]
fn a_window_writes_a_page_with_one_call() {
    let folder = TempDir::new().expect("a folder");
    let save = saved(folder.path(), "mine", &finished(short_level(), 1));
    let page = folder.path().join("debrief.html");
    let summary = write(&[save], &page).expect("written");
    assert_eq!((summary.games, summary.page.as_path()), (1, page.as_path()));
    assert!(fs::read_to_string(page).expect("there").starts_with("<!DOCTYPE html>"));
}

#[test]
fn a_brief_tells_a_seat_nothing_it_may_not_know() {
    let level = level_called("playing-the-field");
    let page = briefs(&level, Names::Real);
    let sheets: Vec<&str> = page.split("<article class=\"brief\">").skip(1).collect();
    assert_eq!(sheets.len(), level.seats());
    let game = Game::new(level.clone(), 0);
    for (seat, sheet) in level.seat_ids().zip(&sheets) {
        let text = seen(&format!("<body>{sheet}"));
        assert!(text.contains(&format!("You run {}", level.seat_name(seat).real)));
        for lab in 0..level.labs.len() as u8 {
            let lab = termsheet::ids::LabId(lab);
            let own = lab.seat(level.giants.len());
            let known = game.view(own).labs[lab.index()].clone();
            let exact = format!("cash lasts {:.1} quarters", known.runway_quarters.or(-1.0));
            assert_eq!(text.contains(&exact), own == seat, "{exact}");
        }
    }
}
