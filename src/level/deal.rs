//! A deal as somebody writes it down: one term sheet in the units of a level file, for `appraise`.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Level;
use super::brackets::Brackets;
use super::check::{deceptive_character, too_long};
use super::library::read_text;
use super::problem::{Problem, Problems};
use super::report::Report;
use super::spans::Spans;
use super::{MAX_BYTES, syntax};
use crate::ids::{FirmId, LabId, Role, SeatId, SeatSet};
use crate::sim::deal::{
    AccessTier, BoardSeat, Clause, Condition, Exclusivity, Instrument, MAX_AMOUNT_BN,
    MAX_COMMITMENT_MW, MAX_PRE_MONEY_BN, MAX_REVENUE_SHARE_PCT, Means, PROFIT_CAPS, TermSheet,
    check_sheet,
};
use crate::sim::decision::{Refusal, SheetProblem};
use crate::units::Money;

/// The exact shape of a deal file. Field names carry their units, as in a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DealFile {
    /// Ids of the level's seats. The command line may name them instead.
    #[serde(default)]
    pub giant: Option<String>,
    #[serde(default)]
    pub lab: Option<String>,
    /// Cash for shares, all tranches together.
    #[serde(default)]
    pub cash_bn: f64,
    /// Compute credits for shares, at face value.
    #[serde(default)]
    pub credits_bn: f64,
    pub pre_money_bn: f64,
    /// Part of the cash that waits for the condition, 0 to 90.
    #[serde(default)]
    pub tranche_pct: u32,
    #[serde(default)]
    pub condition: Condition,
    #[serde(default)]
    pub board: BoardSeat,
    #[serde(default)]
    pub access: AccessTier,
    #[serde(default)]
    pub access_quarters: u32,
    #[serde(default)]
    pub exclusivity: Exclusivity,
    #[serde(default)]
    pub exclusivity_quarters: u32,
    /// Compute the lab will rent from the giant by the end of the term.
    #[serde(default)]
    pub commitment_gw: f64,
    #[serde(default)]
    pub commitment_quarters: u32,
    /// Ids of giants the lab may not take money from for a year.
    #[serde(default)]
    pub barred: Vec<String>,
    #[serde(default)]
    pub instrument: Instrument,
    /// Times the money that a capped profit may return.
    #[serde(default)]
    pub profit_cap: u32,
    #[serde(default)]
    pub pro_rata: bool,
    #[serde(default)]
    pub anti_dilution: bool,
    #[serde(default)]
    pub consent: bool,
    /// Part of the lab's revenue that the giant is paid, until it has come to the cap.
    #[serde(default)]
    pub revenue_share_pct: u32,
    #[serde(default)]
    pub revenue_share_cap_bn: f64,
    /// What the side pays that ends the deal early.
    #[serde(default)]
    pub break_fee_bn: f64,
    #[serde(default)]
    pub licence_quarters: u32,
    /// Part of the committed compute that runs on the giant's own chips.
    #[serde(default)]
    pub own_chips_pct: u32,
    #[serde(default)]
    pub own_chips_quarters: u32,
}

/// A deal file that was checked against a level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DealDraft {
    pub giant: FirmId,
    pub lab: LabId,
    pub sheet: TermSheet,
}

/// Reads and checks a deal file's text against a level. `giant` and `lab` take the place of what the
/// file names; a level with one lab needs none named.
pub fn check_deal(
    source_name: &str,
    text: &str,
    level: &Level,
    giant: Option<&str>,
    lab: Option<&str>,
) -> Result<DealDraft, Problems> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_BYTES {
        return Err(Problems::one(source_name, too_long(text.len() as u64)));
    }
    read(text, level, giant, lab).map_err(|list| Problems::new(source_name, text, list))
}

/// The same for the file at a path.
pub fn deal_from_path(
    path: &Path,
    level: &Level,
    giant: Option<&str>,
    lab: Option<&str>,
) -> Result<DealDraft, Problems> {
    let name = path.display().to_string();
    let text = read_text(path).map_err(|problem| Problems::one(&name, problem))?;
    check_deal(&name, &text, level, giant, lab)
}

fn read(
    text: &str,
    level: &Level,
    giant: Option<&str>,
    lab: Option<&str>,
) -> Result<DealDraft, Vec<Problem>> {
    deceptive_character(text)?;
    let brackets = Brackets::of(text);
    if let Brackets::TooDeep(_) = brackets {
        return Err(brackets.problem(text).into_iter().collect());
    }
    let spans = Spans::of_a("deal", text);
    let mut file: DealFile =
        syntax::read(text, &spans, &brackets).map_err(|problem| vec![problem])?;
    file.giant = giant.map(str::to_owned).or(file.giant);
    file.lab = lab.map(str::to_owned).or(file.lab);
    let mut report = Report::new(text, &spans);
    numbers(&file, &mut report);
    let sides = sides(&file, level, &mut report);
    let barred = barred(&file, level, &mut report);
    let problems = report.finish();
    let (Some((giant, lab)), true) = (sides, problems.is_empty()) else { return Err(problems) };
    let sheet = sheet(&file, barred);
    let means = Means::of(&level.giants[giant.index()]);
    match check_sheet(&sheet, giant, level.giants.len(), means) {
        Ok(()) => Ok(DealDraft { giant, lab, sheet }),
        Err(refusal) => {
            let mut report = Report::new(text, &spans);
            impossible(refusal, &mut report);
            Err(report.finish())
        }
    }
}

fn numbers(file: &DealFile, report: &mut Report<'_>) {
    report.number("cash_bn", file.cash_bn, 0.0..=MAX_AMOUNT_BN);
    report.number("credits_bn", file.credits_bn, 0.0..=MAX_AMOUNT_BN);
    report.number("pre_money_bn", file.pre_money_bn, 0.001..=MAX_PRE_MONEY_BN);
    report.count("tranche_pct", file.tranche_pct, 0..=90);
    report.count("access_quarters", file.access_quarters, 0..=40);
    report.count("exclusivity_quarters", file.exclusivity_quarters, 0..=20);
    let most_gw = f64::from(MAX_COMMITMENT_MW) / 1_000.0;
    report.number("commitment_gw", file.commitment_gw, 0.0..=most_gw);
    report.count("commitment_quarters", file.commitment_quarters, 0..=40);
    report.count("profit_cap", file.profit_cap, 0..=u32::from(PROFIT_CAPS.1));
    let most_pct = u32::from(MAX_REVENUE_SHARE_PCT);
    report.count("revenue_share_pct", file.revenue_share_pct, 0..=most_pct);
    report.number("revenue_share_cap_bn", file.revenue_share_cap_bn, 0.0..=MAX_AMOUNT_BN);
    report.number("break_fee_bn", file.break_fee_bn, 0.0..=MAX_AMOUNT_BN);
    report.count("licence_quarters", file.licence_quarters, 0..=40);
    report.count("own_chips_pct", file.own_chips_pct, 0..=100);
    report.count("own_chips_quarters", file.own_chips_quarters, 0..=40);
}

/// Who the deal is between.
fn sides(file: &DealFile, level: &Level, report: &mut Report<'_>) -> Option<(FirmId, LabId)> {
    let giants: Vec<&str> = level.giants.iter().map(|giant| giant.id.as_str()).collect();
    let labs: Vec<&str> = level.labs.iter().map(|lab| lab.id.as_str()).collect();
    let only_lab = (labs.len() == 1).then(|| labs[0]);
    let giant = named("giant", file.giant.as_deref(), &giants, report);
    let lab = named("lab", file.lab.as_deref().or(only_lab), &labs, report);
    Some((FirmId(giant? as u8), LabId(lab? as u8)))
}

fn named(
    what: &'static str,
    found: Option<&str>,
    known: &[&str],
    report: &mut Report<'_>,
) -> Option<usize> {
    let Some(found) = found else {
        let problem = Problem::new(format!("the deal does not say which {what} it is with"))
            .help(format!(
                "add `{what}: \"{}\"` to the file, or --{what} to the command; the level has {}",
                known.first().unwrap_or(&""),
                known.join(", ")
            ))
            .label("it is missing in here");
        report.at("", problem);
        return None;
    };
    let place = known.iter().position(|id| *id == found);
    if place.is_none() {
        report.unknown_value(what, what, found, known);
    }
    place
}

fn barred(file: &DealFile, level: &Level, report: &mut Report<'_>) -> SeatSet {
    let known: Vec<&str> = level.giants.iter().map(|giant| giant.id.as_str()).collect();
    let mut seats = SeatSet::EMPTY;
    for (place, id) in file.barred.iter().enumerate() {
        let seat = level.seat_by_key(id);
        let is_giant = |seat: &SeatId| matches!(seat.role(known.len()), Role::Giant(_));
        match seat.filter(is_giant) {
            Some(seat) => seats = seats.with(seat),
            None => report.unknown_value(&format!("barred[{place}]"), "giant", id, &known),
        }
    }
    seats
}

fn sheet(file: &DealFile, barred: SeatSet) -> TermSheet {
    TermSheet {
        cash: Money::from_bn(file.cash_bn),
        credits: Money::from_bn(file.credits_bn),
        pre_money: Money::from_bn(file.pre_money_bn),
        tranche_pct: file.tranche_pct as u8,
        condition: file.condition,
        board: file.board,
        exclusivity: file.exclusivity,
        exclusivity_quarters: file.exclusivity_quarters as u8,
        commitment_mw: libm::rint(1_000.0 * file.commitment_gw) as u32,
        commitment_quarters: file.commitment_quarters as u8,
        access: file.access,
        access_quarters: file.access_quarters as u8,
        barred,
        instrument: file.instrument,
        profit_cap: file.profit_cap as u8,
        pro_rata: file.pro_rata,
        anti_dilution: file.anti_dilution,
        consent: file.consent,
        revenue_share_pct: file.revenue_share_pct as u8,
        revenue_share_cap: Money::from_bn(file.revenue_share_cap_bn),
        break_fee: Money::from_bn(file.break_fee_bn),
        licence_quarters: file.licence_quarters as u8,
        own_chips_pct: file.own_chips_pct as u8,
        own_chips_quarters: file.own_chips_quarters as u8,
        ..TermSheet::default()
    }
}

/// What the rules of the game refuse in the sheet itself, at the field that says it.
fn impossible(refusal: Refusal, report: &mut Report<'_>) {
    let Refusal::Clause { clause, problem } = refusal else {
        report.at("", Problem::new("the rules refuse this deal"));
        return;
    };
    let (field, other) = match clause {
        Clause::Amount => ("cash_bn", ""),
        Clause::PreMoney => ("pre_money_bn", ""),
        Clause::Instrument => ("instrument", "profit_cap"),
        Clause::Tranche => ("tranche_pct", ""),
        Clause::Board => ("board", ""),
        Clause::Consent => ("consent", ""),
        Clause::ProRata => ("pro_rata", ""),
        Clause::AntiDilution => ("anti_dilution", ""),
        Clause::Exclusivity => ("exclusivity", "exclusivity_quarters"),
        Clause::Commitment => ("commitment_gw", "commitment_quarters"),
        Clause::OwnChips => ("own_chips_pct", "own_chips_quarters"),
        Clause::Access => ("access", "access_quarters"),
        Clause::Licence => ("licence_quarters", ""),
        Clause::RevenueShare => ("revenue_share_pct", "revenue_share_cap_bn"),
        Clause::Barred => ("barred", ""),
        Clause::BreakFee => ("break_fee_bn", ""),
        // A deal of a file stands alone.
        Clause::Replaces | Clause::Release | Clause::SubjectTo => ("", ""),
    };
    let words = report.words(field);
    let both = || format!("give `{field}` and `{other}` together, or neither");
    let leave = |why: &str| format!("leave it out, or choose {why}");
    let (message, help) = match problem {
        SheetProblem::NotPositive => {
            (format!("{words} must be above 0"), "a deal is about money".to_owned())
        }
        SheetProblem::TooLarge => {
            (format!("{words} is larger than the rules allow"), "write less".to_owned())
        }
        SheetProblem::Term => (format!("{words} and its term do not fit"), both()),
        SheetProblem::NeedsCap => (format!("{words} and its cap do not fit"), both()),
        SheetProblem::NeedsCloud => (
            format!("{words} needs a cloud, and this giant has none"),
            leave("a giant with a cloud"),
        ),
        SheetProblem::NeedsChips => (
            format!("{words} needs chips of its own, and this giant makes none"),
            leave("a giant that makes chips"),
        ),
        SheetProblem::NeedsModels => (
            format!("{words} is of no use to a giant with neither a cloud nor models"),
            leave("a giant that has one of them"),
        ),
        SheetProblem::NeedsCompute => (
            format!("{words} is counted in compute, and the deal has none"),
            "add `commitment_gw` and `commitment_quarters`".to_owned(),
        ),
        SheetProblem::NotWithInstrument => (
            format!("{words} does not go with this instrument"),
            "notes and warrants have no tranche, and warrants no credits".to_owned(),
        ),
        SheetProblem::OutOfBounds { most: 0, .. } => (
            "only a capped profit has a `profit_cap`".to_owned(),
            "write `instrument: CappedProfit`, or leave the cap out".to_owned(),
        ),
        SheetProblem::OutOfBounds { least, most } => {
            (format!("{words} and its number do not fit"), format!("allowed: {least} to {most}"))
        }
        SheetProblem::NeedsOldDeal => {
            (format!("{words} needs a deal in force between the two"), "leave it out".to_owned())
        }
        SheetProblem::Named => {
            (format!("{words} names the investor itself"), "name other giants".to_owned())
        }
    };
    report.at(field, Problem::new(message).help(help));
}
