//! The rules for happenings, dilemmas and cards: texts, conditions, and effects that fit the part
//! they are on.

use super::parts::{
    ANYTHING, CHIP_MAKER, CLOUD, Cast, GIANT, Has, LAB, Needs, OTHERS, comparison, needs, ranges,
    text,
};
use super::{
    Answer, CardFile, DilemmaFile, Effect, EffectKind, HappeningFile, Part, When, built_in,
};
use crate::level::file::LevelFile;
use crate::level::problem::{Problem, one_of, quote};
use crate::level::report::Report;
use crate::level::rules::{Names, PCT};

/// Names of picks that are no seat's id.
const PICKS: [&str; 5] = ["leader", "trailing", "drawn", "partner", "chip-maker"];
/// Dilemmas a level may have in all: what was answered is kept in 64 bits.
const MOST_DILEMMAS: usize = 64;

/// Checks a level's decks.
pub fn check(file: &LevelFile, names: &Names<'_>, report: &mut Report<'_>) {
    let whole = Whole { file, names };
    for (index, one) in file.happenings.iter().enumerate() {
        whole.happening(one, &format!("happenings[{index}]"), report);
    }
    for (index, one) in file.dilemmas.iter().enumerate() {
        whole.dilemma(one, &format!("dilemmas[{index}]"), report);
    }
    for (index, one) in file.cards.iter().enumerate() {
        whole.card(one, &format!("cards[{index}]"), report);
    }
    whole.deck(report);
}

/// Lists that are too long or too short. False if one is too long to go on.
pub fn lengths(file: &LevelFile, report: &mut Report<'_>) -> bool {
    let mut bounded = report.length("happenings", file.happenings.len(), 0..=40);
    let built_in = if file.deck.built_in { built_in().dilemmas.len() } else { 0 };
    bounded &= report.length("dilemmas", file.dilemmas.len(), 0..=MOST_DILEMMAS - built_in);
    bounded &= report.length("cards", file.cards.len(), 0..=40);
    for (index, one) in file.happenings.iter().enumerate().take(40) {
        bounded &= conditions(&one.when, &format!("happenings[{index}].when"), report);
        bounded &= report.length(&format!("happenings[{index}].effects"), one.effects.len(), 0..=8);
    }
    for (index, one) in file.dilemmas.iter().enumerate().take(MOST_DILEMMAS) {
        let path = format!("dilemmas[{index}]");
        bounded &= conditions(&one.when, &format!("{path}.when"), report);
        bounded &= report.length(&format!("{path}.asks"), one.asks.len(), 1..=4);
        bounded &= report.length(&format!("{path}.answers"), one.answers.len(), 2..=3);
        for (number, answer) in one.answers.iter().enumerate().take(3) {
            let path = format!("{path}.answers[{number}]");
            bounded &= report.length(&format!("{path}.effects"), answer.effects.len(), 0..=8);
            let luck =
                answer.luck.as_ref().map_or((0, 0), |luck| (luck.well.len(), luck.ill.len()));
            bounded &= report.length(&format!("{path}.luck.well"), luck.0, 0..=8);
            bounded &= report.length(&format!("{path}.luck.ill"), luck.1, 0..=8);
        }
    }
    for (index, one) in file.cards.iter().enumerate().take(40) {
        bounded &= report.length(&format!("cards[{index}].helps"), one.helps.len(), 1..=4);
        bounded &= report.length(&format!("cards[{index}].effects"), one.effects.len(), 1..=8);
    }
    bounded
}

fn conditions(when: &When<String>, path: &str, report: &mut Report<'_>) -> bool {
    report.length(&format!("{path}.figures"), when.figures.len(), 0..=6)
}

struct Whole<'a> {
    file: &'a LevelFile,
    names: &'a Names<'a>,
}

impl Whole<'_> {
    fn happening(&self, one: &HappeningFile, path: &str, report: &mut Report<'_>) {
        let at = |field: &str| format!("{path}.{field}");
        report.number(&at("chance_pct"), one.chance_pct, PCT);
        if let Some(quarter) = one.in_quarter {
            report.count(&at("in_quarter"), quarter, 1..=self.file.quarters.max(1));
        }
        if let Some(times) = one.at_most {
            report.count(&at("at_most"), times, 1..=40);
        }
        if one.chance_pct == 0.0 && one.in_quarter.is_none() {
            let problem = Problem::new("this can never happen")
                .help("give it a `chance_pct` above 0 or a quarter, `in_quarter: 5`")
                .label("neither chance nor quarter");
            report.at(path, problem);
        }
        if one.announced && one.in_quarter.is_none() {
            let problem = Problem::new("only what has a date can be announced")
                .help("give it a quarter, `in_quarter: 5`, or leave `announced` out");
            report.at(&at("announced"), problem);
        }
        if let Some(id) = &one.id {
            report.id(&at("id"), id);
        }
        let outage = matches!(one.what, Some(EffectKind::Outage { .. }));
        let cast = Cast {
            seat: match &one.seat {
                Some(name) => self.picked(name, &at("seat"), Part::Seat, report),
                None => outage.then_some(OTHERS),
            },
            giant: self.part(&one.giant, &at("giant"), Part::Giant, report),
            lab: self.part(&one.lab, &at("lab"), Part::Lab, report),
            asked: false,
        };
        match (&one.what, one.effects.is_empty()) {
            (Some(what), true) if !has_words(what) => {
                let problem = Problem::new("this effect has no words of its own")
                    .help("give the happening a `title`, a `story` and `effects: [(what: …)]`")
                    .label("needs a story");
                report.at(&at("what"), problem);
            }
            (Some(what), true) => {
                let effect = Effect { on: Part::Seat, what: *what, after: 0 };
                self.effect(&effect, path, &cast, report);
            }
            (None, false) => {
                text(&at("title"), &one.title, 60, &cast, report);
                text(&at("story"), &one.story, 400, &cast, report);
            }
            _ => {
                let problem = Problem::new("a happening is either `what` or `effects`")
                    .help("write `what: …`, or a `title`, a `story` and `effects: […]`");
                report.at(path, problem);
            }
        }
        self.effects(&one.effects, &at("effects"), &cast, report);
        self.when(&one.when, &at("when"), &cast, report);
    }

    fn dilemma(&self, one: &DilemmaFile, path: &str, report: &mut Report<'_>) {
        let at = |field: &str| format!("{path}.{field}");
        report.id(&at("id"), &one.id);
        let cast = Cast {
            seat: one.asks.iter().copied().map(Has::of).reduce(Has::and),
            giant: self.part(&one.giant, &at("giant"), Part::Giant, report),
            lab: self.part(&one.lab, &at("lab"), Part::Lab, report),
            asked: true,
        };
        text(&at("title"), &one.title, 60, &cast, report);
        text(&at("story"), &one.story, 500, &cast, report);
        self.when(&one.when, &at("when"), &cast, report);
        for (number, answer) in one.answers.iter().enumerate() {
            self.answer(answer, &at(&format!("answers[{number}]")), &cast, report);
        }
        report.count(&at("silence"), one.silence, 1..=one.answers.len() as u32);
        let silent = one.answers.get(one.silence.wrapping_sub(1) as usize);
        if silent.is_some_and(costs_cash) {
            let problem = Problem::new("silence would cost cash")
                .help("let `silence` be an answer that takes no cash from the one who is asked")
                .label("this answer has a price");
            report.at(&at("silence"), problem);
        }
    }

    fn answer(&self, answer: &Answer, path: &str, cast: &Cast, report: &mut Report<'_>) {
        text(&format!("{path}.title"), &answer.title, 100, cast, report);
        self.effects(&answer.effects, &format!("{path}.effects"), cast, report);
        let Some(luck) = &answer.luck else { return };
        report.number(&format!("{path}.luck.chance_pct"), luck.chance_pct, 1.0..=99.0);
        self.effects(&luck.well, &format!("{path}.luck.well"), cast, report);
        self.effects(&luck.ill, &format!("{path}.luck.ill"), cast, report);
    }

    fn card(&self, one: &CardFile, path: &str, report: &mut Report<'_>) {
        let at = |field: &str| format!("{path}.{field}");
        report.id(&at("id"), &one.id);
        let cast = Cast {
            seat: one.helps.iter().copied().map(Has::of).reduce(Has::and),
            giant: self.part(&one.giant, &at("giant"), Part::Giant, report),
            lab: self.part(&one.lab, &at("lab"), Part::Lab, report),
            asked: true,
        };
        text(&at("title"), &one.title, 60, &cast, report);
        text(&at("story"), &one.story, 400, &cast, report);
        self.effects(&one.effects, &at("effects"), &cast, report);
    }

    fn deck(&self, report: &mut Report<'_>) {
        let dilemmas = built_in().dilemmas.iter().map(|one| one.id.as_str());
        let known: Vec<&str> =
            dilemmas.chain(built_in().cards.iter().map(|one| one.id.as_str())).collect();
        for (index, id) in self.file.deck.without.iter().enumerate() {
            if !known.contains(&id.as_str()) {
                let path = format!("deck.without[{index}]");
                report.unknown_value(&path, "dilemma or card in the built-in deck", id, &known);
            }
        }
        for (index, quarter) in self.file.deck.cards_after_quarters.iter().enumerate() {
            let path = format!("deck.cards_after_quarters[{index}]");
            report.count(&path, *quarter, 1..=40);
        }
        self.distinct(report);
    }

    /// Ids of a level's own dilemmas, cards and happenings differ from each other and from those of
    /// the built-in deck.
    fn distinct(&self, report: &mut Report<'_>) {
        let deck = built_in().dilemmas.iter().map(|one| one.id.as_str());
        let mut seen: Vec<&str> =
            deck.chain(built_in().cards.iter().map(|c| c.id.as_str())).collect();
        let happenings = self.file.happenings.iter().enumerate();
        let happenings = happenings.filter_map(|(index, one)| {
            Some((format!("happenings[{index}].id"), one.id.as_deref()?))
        });
        let dilemmas = self.file.dilemmas.iter().enumerate();
        let dilemmas =
            dilemmas.map(|(index, one)| (format!("dilemmas[{index}].id"), one.id.as_str()));
        let cards = self.file.cards.iter().enumerate();
        let cards = cards.map(|(index, one)| (format!("cards[{index}].id"), one.id.as_str()));
        for (path, id) in happenings.chain(dilemmas).chain(cards) {
            if seen.contains(&id) {
                let problem = Problem::new(format!("the id {} is taken", quote(id)))
                    .help("happenings, dilemmas and cards, the built-in ones too, need ids of their own")
                    .label("the second of this id");
                report.at(&path, problem);
            }
            seen.push(id);
        }
    }

    fn part(
        &self,
        name: &Option<String>,
        path: &str,
        part: Part,
        report: &mut Report<'_>,
    ) -> Option<Has> {
        name.as_deref().and_then(|name| self.picked(name, path, part, report))
    }

    /// What the pick of a part surely has; a problem if it is none for this part.
    fn picked(&self, name: &str, path: &str, part: Part, report: &mut Report<'_>) -> Option<Has> {
        let rules: &[&str] = match part {
            Part::Seat => &["leader", "trailing", "drawn", "chip-maker"],
            Part::Lab => &["leader", "trailing", "partner"],
            _ => &["leader", "trailing", "partner", "chip-maker"],
        };
        if rules.contains(&name) {
            return Some(match (part, name) {
                (Part::Lab, _) => LAB,
                (_, "drawn") => OTHERS,
                (_, "chip-maker") => CHIP_MAKER,
                _ => CLOUD,
            });
        }
        let giant = self.file.giants.iter().find(|giant| giant.id == name).map(|giant| Has {
            cloud: giant.cloud.is_some(),
            chips: giant.chips.is_some(),
            models: giant.models.is_some(),
            ..GIANT
        });
        let lab = self.names.labs.contains(&name).then_some(LAB);
        let found = match part {
            Part::Lab => lab,
            Part::Giant => giant,
            _ => giant.or(lab),
        };
        if found.is_none() {
            let seats: Vec<&str> = match part {
                Part::Lab => self.names.labs.clone(),
                Part::Giant => self.names.giants.clone(),
                _ => self.names.giants.iter().chain(&self.names.labs).copied().collect(),
            };
            if PICKS.contains(&name) {
                let problem = Problem::new(format!("{} cannot play this part", quote(name)))
                    .help(format!("allowed: {}", one_of(rules.iter().chain(&seats).copied())));
                report.at(path, problem);
            } else {
                let known: Vec<&str> = rules.iter().chain(&seats).copied().collect();
                report.unknown_value(path, "pick or seat", name, &known);
            }
        }
        found.or(Some(ANYTHING))
    }

    fn when(&self, when: &When<String>, path: &str, cast: &Cast, report: &mut Report<'_>) {
        for (field, quarter) in
            [("from_quarter", when.from_quarter), ("to_quarter", when.to_quarter)]
        {
            if let Some(quarter) = quarter {
                report.count(&format!("{path}.{field}"), quarter, 1..=40);
            }
        }
        for (index, one) in when.figures.iter().enumerate() {
            comparison(one, &format!("{path}.figures[{index}]"), cast, report);
        }
        for (field, id) in [("after", &when.after), ("unless", &when.unless)] {
            let Some(id) = id else { continue };
            let happenings = self.file.happenings.iter().filter_map(|one| one.id.as_deref());
            let own = self.file.dilemmas.iter().map(|one| one.id.as_str());
            let built_in = built_in().dilemmas.iter().map(|one| one.id.as_str());
            let known: Vec<&str> = happenings.chain(own).chain(built_in).collect();
            if !known.contains(&id.as_str()) {
                report.unknown_value(
                    &format!("{path}.{field}"),
                    "happening or dilemma",
                    id,
                    &known,
                );
            }
        }
    }

    fn effects(&self, effects: &[Effect], path: &str, cast: &Cast, report: &mut Report<'_>) {
        for (index, effect) in effects.iter().enumerate() {
            let path = format!("{path}[{index}]");
            report.count(&format!("{path}.after"), effect.after, 0..=8);
            self.effect(effect, &path, cast, report);
        }
    }

    fn effect(&self, effect: &Effect, path: &str, cast: &Cast, report: &mut Report<'_>) {
        ranges(&effect.what, &format!("{path}.what"), report);
        if let EffectKind::Trust { giant, .. } = effect.what
            && !cast.of(giant).is_some_and(|has| has.giant)
        {
            let problem = Problem::new("trust is in a giant").help(
                "`giant` names the part the lab trusts: `Seat`, `Giant` or `Clouds`, and the story \
                 needs one there",
            );
            report.at(&format!("{path}.what.giant"), problem);
        }
        let needs = needs(&effect.what);
        match cast.of(effect.on) {
            _ if needs == Needs::Nothing => {}
            None => {
                let problem = Problem::new(format!("nobody plays the part `{:?}`", effect.on))
                    .help("name who does: `giant: \"leader\"`, `lab: \"partner\"` and the like");
                report.at(path, problem);
            }
            Some(has) if !needs.met_by(has) => {
                let problem = Problem::new("this effect does not fit whom it is on")
                    .help(format!("it needs {}", needs.words()))
                    .label("not for this part");
                report.at(&format!("{path}.what"), problem);
            }
            Some(_) => {}
        }
    }
}

/// Whether the program tells of an effect in words of its own.
fn has_words(what: &EffectKind) -> bool {
    matches!(
        what,
        EffectKind::OpenWeightsShock { .. }
            | EffectKind::ChipShortage { .. }
            | EffectKind::Downturn { .. }
            | EffectKind::Outage { .. }
    )
}

/// Whether an answer surely or perhaps takes cash from the one who is asked.
fn costs_cash(answer: &Answer) -> bool {
    let luck = answer.luck.iter().flat_map(|luck| luck.well.iter().chain(&luck.ill));
    answer.effects.iter().chain(luck).any(|effect| {
        effect.on == Part::Seat
            && match effect.what {
                EffectKind::Cash { bn } => bn < 0.0,
                EffectKind::CashPct { pct } => pct < 0.0,
                _ => false,
            }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::deck::resolve::BUILT_IN;
    use crate::level::spans::Spans;

    /// The built-in deck is checked as if a level had written it.
    #[test]
    fn the_built_in_deck_keeps_the_rules_of_decks() {
        let options = ron::Options::default()
            .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let level = include_str!("../../../levels/ten-billion-courtship.ron");
        let mut file: LevelFile = options.from_str(level).unwrap();
        let deck: super::super::resolve::BuiltIn = options.from_str(BUILT_IN).unwrap();
        file.deck.built_in = false;
        file.dilemmas = deck.dilemmas;
        file.cards = deck.cards;
        let spans = Spans::of(BUILT_IN);
        let mut report = Report::new(BUILT_IN, &spans);
        let names = Names::of(&file);
        let whole = Whole { file: &file, names: &names };
        assert!(lengths(&file, &mut report));
        for (index, one) in file.dilemmas.iter().enumerate() {
            whole.dilemma(one, &format!("dilemmas[{index}]"), &mut report);
        }
        for (index, one) in file.cards.iter().enumerate() {
            whole.card(one, &format!("cards[{index}]"), &mut report);
        }
        let problems = report.finish();
        assert!(problems.is_empty(), "{problems:#?}");
        let mut ids: Vec<&str> = file.dilemmas.iter().map(|one| one.id.as_str()).collect();
        ids.extend(file.cards.iter().map(|one| one.id.as_str()));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), file.dilemmas.len() + file.cards.len());
        assert!(file.dilemmas.len() >= 16 && file.cards.len() >= 4);
    }
}
