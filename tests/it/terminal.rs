//! The terminal game, played through its prompt.

use std::io::Cursor;

use termsheet::bot::Policy;
use termsheet::host::keeper::Saver;
use termsheet::host::session::{Control, Session};
use termsheet::host::text::{Choice, Ended, TextOptions, front_page, play};
use termsheet::host::words::{Names, Words, bridge, headlines};
use termsheet::ids::SeatId;
use termsheet::level::Library;
use termsheet::sim::books::Account;

use crate::games::{flagship, flagship_level, play_to_the_end, session};

const AMAZON: usize = 0;
const NVIDIA: usize = 4;
const OPENAI: usize = 5;

/// Counts saves and keeps nothing.
#[derive(Default)]
pub struct Counter {
    autosaves: u32,
    named: Vec<String>,
}

impl Saver for Counter {
    fn autosave(&mut self, _: &Session) -> Result<(), String> {
        self.autosaves += 1;
        Ok(())
    }

    fn save_as(&mut self, _: &Session, name: &str) -> Result<String, String> {
        self.named.push(name.to_owned());
        Ok("nowhere".to_owned())
    }
}

pub struct Played {
    pub text: String,
    ended: Ended,
    saver: Counter,
    pub session: Session,
}

fn options(names: Names) -> TextOptions {
    TextOptions { colour: false, width: 80, interactive: false, names }
}

/// Plays lines of input with people in these seats and bots of this policy in the others.
pub fn played(people: &[usize], policy: Policy, names: Names, lines: &str) -> Played {
    let level = flagship();
    let control = |seat| {
        if people.contains(&seat) { Control::Human } else { Control::Bot(policy) }
    };
    let controls = (0..level.level.seats()).map(control).collect();
    let mut session = Session::new(level, controls, 1);
    let mut saver = Counter::default();
    let mut output = Vec::new();
    let mut input = Cursor::new(lines.as_bytes().to_vec());
    let ended = play(&mut session, &mut input, &mut output, &mut saver, &options(names))
        .expect("writing to memory does not fail");
    Played { text: String::from_utf8(output).expect("text"), ended, saver, session }
}

pub fn as_amazon(lines: &str) -> Played {
    played(&[AMAZON], Policy::Normal, Names::Real, lines)
}

const FIRST_DEAL: &str = include_str!("fixtures/first-deal.txt");

/// More lines than a game takes, which go straight to the plan and close the quarter.
pub fn idly() -> String {
    "pass\nclose\n".repeat(100)
}

/// Everything one can look at.
const LOOKS: &str = "help\npaper\nwhy\nwhy share all\nwhy cash\nwhy market-value since 0\nwhy independence\nwhy runway\nwhy capability\nwhy nonsense\nmarket\nlabs\nrivals\ndeals\npromises all\nwaiver\nbooks\nhistory\ngoals\nplan\ntable\nregulators\nrumours\n";

#[test]
fn a_first_deal_reads_as_a_session() {
    insta::assert_snapshot!(as_amazon(FIRST_DEAL).text);
}

#[test]
fn a_forecast_reads_as_a_session_and_changes_nothing() {
    let lines = "forecast\nforecast openai\nforecast openai 900 at 400\nforecast openai 8 at 125 access early 8\npass\nforecast openai\n";
    let game = as_amazon(lines);
    assert!(game.text.contains("200 possible worlds"), "{}", game.text);
    assert!(game.text.lines().all(|line| line.chars().count() <= 80), "{}", game.text);
    let plain = as_amazon("pass\n");
    assert_eq!(game.session.game.state_hash(), plain.session.game.state_hash());
    assert!(game.text.contains("Nothing can be signed before the next talks"), "{}", game.text);
    let opening = game.text.find("> forecast").expect("the first line typed");
    let talks = &game.text[opening..game.text.find("> pass").expect("the end of the talks")];
    insta::assert_snapshot!(talks);
}

#[test]
fn the_same_lines_give_the_same_transcript() {
    assert_eq!(as_amazon(FIRST_DEAL).text, as_amazon(FIRST_DEAL).text);
}

#[test]
fn no_line_is_wider_than_eighty_columns() {
    let whole = format!("suggest openai\noffer openai suggestion\ndone\n{LOOKS}{}", idly());
    let topics = "offer change suggest ask accept table quarter price order research push lobby chips training goals why undo save claims investigate waiver promises renegotiate";
    let helps: String = topics.split(' ').map(|topic| format!("help {topic}\n")).collect();
    let looks = format!("{helps}{LOOKS}pass\npass\npass\n{LOOKS}close\n{LOOKS}");
    let games = [
        as_amazon(&whole),
        played(&[OPENAI], Policy::Normal, Names::Fictional, &format!("{looks}{}", idly())),
        played(&[NVIDIA], Policy::Hard, Names::Fictional, &format!("{looks}{}", idly())),
        played(&[AMAZON, OPENAI], Policy::Easy, Names::Real, &format!("{looks}{}", idly())),
        as_amazon(FIRST_DEAL),
    ];
    for game in &games {
        for line in game.text.lines() {
            assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
        }
    }
}

#[test]
fn the_end_of_the_input_saves_and_is_no_error() {
    for lines in ["", "offer openai 10 at 100\n", "pass\n", "pass\nclose\n", "\u{7}\u{0}garbage"] {
        let game = as_amazon(lines);
        assert_eq!(game.ended, Ended::Quit, "{lines:?}");
        assert!(game.saver.autosaves > 0, "{lines:?}");
    }
}

#[test]
fn a_whole_game_ends_with_a_judgement() {
    let game = as_amazon(&idly());
    assert_eq!(game.ended, Ended::GameOver);
    assert!(game.session.game.is_over());
    assert!(game.text.contains("The judgement"), "no judgement");
    assert!(game.text.contains("How everybody ended"), "no standings");
    assert!(!game.text.contains("NaN") && !game.text.contains("inf "), "a figure that is none");
}

#[test]
fn every_refusal_is_a_sentence_that_helps() {
    let talks = [
        "offer",
        "offer nobody 10 at 100",
        "offer google 10 at 100",
        "offer amazon 10 at 100",
        "offer openai",
        "offer openai 10",
        "offer openai at 100",
        "offer openai 10 at 100 acess early",
        "offer openai 500 at 100",
        "offer openai 10 at 100 access early 99",
        "offer openai 10 at 100 tranche 95",
        "offer openai 10 at 100 bar amazon",
        "offer openai 10 at 100 sole-cloud 8",
        "offer openai 10 at 20000",
        "offer openai 10 at 100 subject-to 0",
        "change anthropic at 90",
        "counter openai at 90",
        "accept openai",
        "hold openai",
        "answer openai",
        "walk openai",
        "price all 0.9",
        "close",
        "undo",
        "save",
        "save two words",
        "save ../up",
        "help lunch",
        "claim",
        "claim openai",
        "claim openai google 10 at 100",
        "claim openai anthropic 10",
        "plant",
        "plant google oracle 10 at 100",
        "plant trouble openai",
        "investigate",
        "investigate google",
        "investigate claim openai",
        "press 1",
        "dnoe",
        "x",
    ];
    let plan = [
        "offer openai 10 at 100",
        "accept openai",
        "ask openai",
        "price",
        "price lunch 0.9",
        "price all 9",
        "price all cheap",
        "order -1",
        "order 99",
        "order nan",
        "research 999",
        "push",
        "push lunch",
        "lobby 9",
        "lobby -1",
        "lobby 0.5",
        "press 9",
        "press x",
        "claim openai anthropic 10 at 100",
        "chips 1.1",
        "pace 1.2",
        "training 50",
        "hire 5",
        "pass",
    ];
    let plan_of_lab =
        ["price 9", "pace 9", "training 99", "hire 90", "order 1", "push builders", "chips 1"];
    for (people, before, lines) in
        [(AMAZON, 0, &talks[..]), (AMAZON, 1, &plan[..]), (OPENAI, 1, &plan_of_lab[..])]
    {
        for line in lines {
            let script = format!("{}{line}\n", "pass\n".repeat(before));
            // Nobody else moves, so that one `pass` leads to the plan.
            let game = played(&[people], Policy::Idle, Names::Real, &script);
            let answer = answer_to(&game.text, line);
            let sentence = answer.ends_with('.') && answer.contains(' ') && answer.len() > 20;
            assert!(sentence, "{line}: {answer:?}");
            assert!(
                game.session.game.decided().iter().all(Vec::is_empty),
                "{line} was not refused"
            );
        }
    }
}

/// What stands between a command's line and the next prompt.
pub fn answer_to(text: &str, line: &str) -> String {
    let echoed = format!("> {line}\n");
    let after = text.rsplit(&echoed).next().filter(|after| after.len() < text.len());
    let after = after.unwrap_or_else(|| panic!("{line} is not echoed"));
    let lines = after.lines().take_while(|line| !line.contains("> "));
    lines.collect::<Vec<_>>().join(" ").trim().to_owned()
}

#[test]
fn a_comment_and_an_empty_line_do_nothing() {
    let game = as_amazon("# a comment\n\n   \nquit\n");
    assert_eq!(game.ended, Ended::Quit);
    assert!(game.session.steps().is_empty());
}

#[test]
fn a_save_has_the_name_it_was_given() {
    let game = as_amazon("save before-the-deal\nquit\n");
    assert_eq!(game.saver.named, ["before-the-deal"]);
    assert!(game.text.contains("Saved as before-the-deal.") && !game.text.contains("nowhere"));
}

#[test]
fn undo_brings_back_what_was_decided_before() {
    let lines = "offer openai 10 at 100\nchange openai at 110\nundo\n";
    let game = as_amazon(lines);
    let decided = &game.session.game.decided()[AMAZON];
    match decided[..] {
        [termsheet::sim::decision::Decision::Offer { sheet, .. }] => {
            assert_eq!(sheet.pre_money.bn(), 100.0);
        }
        ref other => panic!("{other:?}"),
    }
    assert!(as_amazon(&format!("{lines}undo\n")).session.game.decided()[AMAZON].is_empty());
}

#[test]
fn two_people_at_one_keyboard_can_sign_a_deal() {
    let lines = "offer openai 10 at 130 access early 8\ndone\ndone\naccept amazon\ndone\n";
    let game = played(&[AMAZON, OPENAI], Policy::Idle, Names::Real, lines);
    let signed = game.session.game.deals().into_iter().find(|deal| deal.signed.0 == 1);
    let deal = signed.unwrap_or_else(|| panic!("no deal:\n{}", game.text));
    assert_eq!((deal.sheet.cash.bn(), deal.sheet.pre_money.bn()), (10.0, 130.0));
    assert!(game.text.contains("Hand the keyboard to OpenAI"));
}

#[test]
fn fictional_names_show_no_real_one() {
    let lines = format!("{LOOKS}help offer\nsuggest lanternworks\npass\n{LOOKS}close\n{LOOKS}");
    let game = played(&[AMAZON], Policy::Normal, Names::Fictional, &lines);
    for name in ["Amazon", "Microsoft", "Google", "Oracle", "Nvidia", "OpenAI", "Anthropic"] {
        assert!(!game.text.contains(name), "{name} is shown");
    }
}

#[test]
fn no_headline_is_printed_twice_in_a_game() {
    let words = Words::new(flagship_level(), Names::Real);
    for seed in 0..6 {
        let mut session = session(Policy::Normal, seed);
        let opening = session.game.view(SeatId(0)).published;
        play_to_the_end(&mut session);
        let (deals, history) = (session.game.deals(), session.game.history());
        let mut printed: Vec<String> = (0..=history.len())
            .map(|closed| {
                headlines::page(&words, &deals, &opening, &history[..closed], SeatId(0)).headline
            })
            .collect();
        assert!(printed.iter().all(|headline| headline.chars().count() <= 80), "{printed:?}");
        printed.sort();
        let all = printed.len();
        printed.dedup();
        assert_eq!(printed.len(), all, "seed {seed}");
    }
}

#[test]
fn the_rows_of_a_cash_bridge_sum_to_the_change_of_cash() {
    let words = Words::new(flagship_level(), Names::Real);
    let mut session = session(Policy::Normal, 5);
    let level = flagship_level();
    let cash = |session: &Session, seat| session.game.books().balance(Account::Cash(seat));
    let opening: Vec<_> = level.seat_ids().map(|seat| cash(&session, seat)).collect();
    play_to_the_end(&mut session);
    for seat in level.seat_ids() {
        let deals = session.game.deals();
        let rows = session.game.history().iter().flat_map(|closed| {
            bridge::cash(&words, &deals, seat, &closed.postings).into_iter().map(|row| row.amount)
        });
        let change = rows.fold(termsheet::units::Money::ZERO, |sum, amount| sum + amount);
        assert_eq!(opening[seat.index()] + change, cash(&session, seat));
    }
}

#[test]
fn the_shelf_shows_a_users_levels_and_why_one_does_not_load() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file");
    };
    write("town.ron", include_str!("fixtures/smallest.ron"));
    write("broken.ron", "(format: 1");
    let library = Library::load(Some(folder.path()));
    let mut output = Vec::new();
    let mut input = Cursor::new(b"harbour-town\n\n\n\n7\n".to_vec());
    let choice = front_page(&library, &[], &mut input, &mut output, &options(Names::Real));
    let text = String::from_utf8(output).expect("text");
    assert!(text.contains("HARBOUR TOWN"), "{text}");
    assert!(text.contains("broken does not load: this `(` is never closed."), "{text}");
    assert!(text.contains("with lessons"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    match choice.expect("writing to memory does not fail") {
        Choice::New { level, seed, .. } => {
            assert_eq!((level.as_str(), seed), ("harbour-town", Some(7)))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_shelf_offers_a_game_and_takes_any_answer() {
    let library = Library::load(None);
    let choose = |lines: &str, saves: &[String]| {
        let mut output = Vec::new();
        let mut input = Cursor::new(lines.as_bytes().to_vec());
        let choice = front_page(&library, saves, &mut input, &mut output, &options(Names::Real));
        choice.expect("writing to memory does not fail")
    };
    let saves = ["one".to_owned(), "two".to_owned()];
    assert_eq!(choose("", &saves), Choice::Quit);
    assert_eq!(choose("c\n", &saves), Choice::Continue(0));
    assert_eq!(choose("c2\n", &saves), Choice::Continue(1));
    assert_eq!(choose("c\nc7\nlunch\nq\n", &[]), Choice::Quit);
    let Choice::New { level, seats, rivals, names, seed } =
        choose("ten-billion-courtship\nfictional\nparcel,6\nhard\n9\n", &saves)
    else {
        panic!("no new game");
    };
    assert_eq!(level, crate::games::FLAGSHIP);
    assert_eq!(seats, [SeatId(0), SeatId(5)]);
    assert_eq!((rivals, names, seed), (Policy::Hard, Names::Fictional, Some(9)));
}
