//! Decks as the simulation reads them: names become seats and places.

use std::sync::OnceLock;

use ron::extensions::Extensions;
use serde::Deserialize;

use super::{Card, CardFile, Dilemma, DilemmaFile, Earlier, Happening, Pick, Picks, When};
use super::{EffectKind, HappeningFile};
use crate::ids::SeatId;
use crate::level::file::LevelFile;

/// The text of the built-in deck.
pub const BUILT_IN: &str = include_str!("../../../assets/deck.ron");

/// Dilemmas and cards that every level may play with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuiltIn {
    pub dilemmas: Vec<DilemmaFile>,
    pub cards: Vec<CardFile>,
}

/// The built-in deck.
pub fn built_in() -> &'static BuiltIn {
    static DECK: OnceLock<BuiltIn> = OnceLock::new();
    DECK.get_or_init(|| {
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        options.from_str(BUILT_IN).expect("a test reads the built-in deck")
    })
}

/// What a level plays with.
pub struct Decks {
    pub happenings: Vec<Happening>,
    pub dilemmas: Vec<Dilemma>,
    pub cards: Vec<Card>,
}

/// The decks of a file that passed the checks.
pub fn resolve(file: &LevelFile) -> Decks {
    let dilemmas = dilemmas(file);
    let giants = file.giants.iter().map(|giant| giant.id.as_str());
    let seats: Vec<&str> = giants.chain(file.labs.iter().map(|lab| lab.id.as_str())).collect();
    let happenings = file.happenings.iter().map(|one| happening(one, file, &dilemmas, &seats));
    let named = |name: &Option<String>| name.as_deref().map(|name| pick(name, &seats));
    Decks {
        happenings: happenings.collect(),
        dilemmas: dilemmas
            .iter()
            .map(|one| Dilemma {
                id: one.id.clone(),
                title: one.title.clone(),
                story: one.story.clone(),
                asks: one.asks.clone(),
                picks: Picks { seat: None, giant: named(&one.giant), lab: named(&one.lab) },
                when: when(&one.when, file, &dilemmas),
                public: one.public,
                answers: one.answers.clone(),
                silence: (one.silence - 1) as u8,
            })
            .collect(),
        cards: cards(file)
            .map(|one| Card {
                id: one.id.clone(),
                title: one.title.clone(),
                story: one.story.clone(),
                helps: one.helps.clone(),
                picks: Picks { seat: None, giant: named(&one.giant), lab: named(&one.lab) },
                effects: one.effects.clone(),
            })
            .collect(),
    }
}

/// The built-in dilemmas a level keeps, then its own.
pub fn dilemmas(file: &LevelFile) -> Vec<&DilemmaFile> {
    let kept = built_in().dilemmas.iter().filter(|one| keeps(file, &one.id));
    kept.chain(&file.dilemmas).collect()
}

fn cards(file: &LevelFile) -> impl Iterator<Item = &CardFile> {
    let kept = built_in().cards.iter().filter(|one| keeps(file, &one.id));
    kept.chain(&file.cards)
}

fn keeps(file: &LevelFile, id: &str) -> bool {
    file.deck.built_in && !file.deck.without.iter().any(|left_out| left_out == id)
}

/// Who is meant by the name of a pick. Checked: it is a rule's name or a seat's.
fn pick(name: &str, seats: &[&str]) -> Pick {
    match name {
        "leader" => Pick::Leader,
        "trailing" => Pick::Trailing,
        "drawn" => Pick::Drawn,
        "partner" => Pick::Partner,
        "chip-maker" => Pick::ChipMaker,
        id => {
            let place = seats.iter().position(|seat| *seat == id);
            Pick::Is(SeatId(place.expect("checked: every seat is known") as u8))
        }
    }
}

fn when(file: &When<String>, level: &LevelFile, dilemmas: &[&DilemmaFile]) -> When<Earlier> {
    let earlier = |id: &String| {
        let happening = level.happenings.iter().position(|one| one.id.as_ref() == Some(id));
        let dilemma = dilemmas.iter().position(|one| one.id == *id);
        match (happening, dilemma) {
            (Some(place), _) => Earlier::Happening(place as u8),
            (None, Some(place)) => Earlier::Dilemma(place as u8),
            // A dilemma of the built-in deck that this level leaves out: it is never answered.
            (None, None) => Earlier::Dilemma(u8::MAX),
        }
    };
    When {
        from_quarter: file.from_quarter,
        to_quarter: file.to_quarter,
        figures: file.figures.clone(),
        news: file.news,
        after: file.after.as_ref().map(earlier),
        unless: file.unless.as_ref().map(earlier),
    }
}

fn happening(
    file: &HappeningFile,
    level: &LevelFile,
    dilemmas: &[&DilemmaFile],
    seats: &[&str],
) -> Happening {
    let named = |name: &Option<String>| name.as_deref().map(|name| pick(name, seats));
    let mut effects = file.effects.clone();
    effects.extend(file.what.map(|what| super::Effect { on: super::Part::Seat, what, after: 0 }));
    // An outage falls on whom it may, by share, unless the level names somebody.
    let drawn = matches!(file.what, Some(EffectKind::Outage { .. })).then_some(Pick::Drawn);
    Happening {
        plain: file.what.is_some(),
        title: file.title.clone(),
        story: file.story.clone(),
        chance: file.chance_pct / 100.0,
        in_quarter: file.in_quarter,
        announced: file.announced,
        at_most: file.at_most,
        picks: Picks {
            seat: named(&file.seat).or(drawn),
            giant: named(&file.giant),
            lab: named(&file.lab),
        },
        when: when(&file.when, level, dilemmas),
        effects,
    }
}
