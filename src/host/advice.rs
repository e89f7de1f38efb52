//! The advisor: what a sheet is worth to either side, and terms both might sign.

use super::dealings::History;
use crate::ids::{DealId, SeatId};
use crate::sim::deal::appraise::round_to;
use crate::sim::deal::brief::{Brief, FULL_OUTLOOK, round_of, within_covenants};
use crate::sim::deal::{AccessTier, BoardSeat, Exclusivity, TermSheet, conflict};
use crate::sim::decision::{Because, Blocker};
use crate::sim::information::heard::with_hearsay;
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};
use crate::units::Money;

/// A seat's advisor at one table.
pub(crate) struct Advisor<'a> {
    view: &'a SeatView,
    pub(crate) table: &'a TableView,
    pub(crate) brief: Brief,
    round: u32,
    rounds: u32,
    /// By how much the estimate was too kind to what they refused, $bn.
    too_kind_bn: f64,
}

/// Terms the advisor found, with what either side has above its bar, $bn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Suggestion {
    pub(crate) sheet: TermSheet,
    pub(crate) mine_bn: f64,
    pub(crate) theirs_bn: f64,
}

/// How the other side takes a sheet, as far as the advisor can tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reply {
    Signs,
    /// The terms would do, and it may wait for other bids until the last answers.
    Waits,
    /// It has money enough and sells no more of itself.
    NotSelling,
    /// So much is missing, $bn.
    Short(f64),
}

/// A lab with so many quarters of cash waits for other bids: it wants this part of its template's
/// amount above its bar, less with each round (what labs' bots do; docs/model.md, 9).
const CAN_WAIT: f64 = 2.0;
const WAITING: f64 = 0.3;
/// Part of the room between two prices that the advisor leaves to the other side.
const LEFT_TO_THEM: f64 = 0.3;
/// What a live rival bid counts against an offer.
const IN_THE_HAND: f64 = 0.9;

/// The deal that keeps a table's giant from putting any money into its lab, if one does.
pub(crate) fn barred_by(view: &SeatView, table: &TableView) -> Option<DealId> {
    let any = TermSheet { cash: Money(1), pre_money: Money::from_bn(1.0), ..TermSheet::default() };
    conflict(&any, table.giant, table.lab, view.quarter, view.deals.iter()).map(|(deal, _)| deal)
}

/// What the table's lab has raised in this quarter's talks so far, $bn.
fn raised(view: &SeatView, table: &TableView) -> f64 {
    let signed = view
        .deals
        .iter()
        .filter(|deal| deal.lab == table.lab && deal.signed == view.quarter && deal.fact.is_some());
    signed.map(|deal| deal.sheet.raised().bn()).sum()
}

/// The best live bid on a lab's other tables, $bn of value to it; a giant sees none.
fn rival_bid(view: &SeatView, table: &TableView) -> f64 {
    if table.side == Side::Giant {
        return 0.0;
    }
    let others = view.tables.iter().filter(|other| other.with != table.with);
    others
        .filter_map(|other| {
            let sheet = other.theirs.offer?;
            let brief = Brief::new(view, other.giant, other.lab, FULL_OUTLOOK);
            let value = brief.lab_case.appraise(&sheet).value() + brief.lab_case.alternative_bn;
            Some(IN_THE_HAND * value)
        })
        .fold(0.0, f64::max)
}

impl<'a> Advisor<'a> {
    pub(crate) fn new(view: &'a SeatView, with: SeatId) -> Option<Advisor<'a>> {
        let table = view.table_with(with)?;
        let brief = Brief::new(view, table.giant, table.lab, FULL_OUTLOOK)
            .with_money_raised(raised(view, table))
            .with_rival_bid(rival_bid(view, table));
        let brief = with_hearsay(view, brief);
        let rounds = view.level.talk_rounds;
        let round = round_of(view.step, rounds);
        Some(Advisor { view, table, brief, round, rounds, too_kind_bn: 0.0 })
    }

    /// What they say of my terms is surer than the estimate: it moves what they sign from.
    pub(crate) fn heard(mut self, history: &History) -> Advisor<'a> {
        let said = history.because.filter(|said| !said.waits && said.short_by_tenths > 0);
        if let Some((said, mine)) = said.zip(self.my_sheet()) {
            let round = match self.view.step {
                Step::Offers(round) => round.saturating_sub(1),
                _ => self.round,
            };
            // Tenths are rounded up.
            let short = (f64::from(said.short_by_tenths) - 0.5) / 10.0 * mine.amount().bn();
            let estimated = self.brief.margin(self.side().other(), round, self.rounds, &mine);
            self.too_kind_bn = (estimated + short).max(0.0);
        }
        self
    }

    /// What the estimate for a side is corrected by, $bn.
    fn correction(&self, side: Side) -> f64 {
        if side == self.side() { 0.0 } else { self.too_kind_bn }
    }

    pub(crate) fn side(&self) -> Side {
        self.table.side
    }

    /// What a side signs from in this round, $bn.
    pub(crate) fn bar(&self, side: Side, sheet: &TermSheet) -> f64 {
        self.brief.signs_from(side, self.round, self.rounds, sheet) + self.correction(side)
    }

    pub(crate) fn margin(&self, side: Side, sheet: &TermSheet) -> f64 {
        self.brief.margin(side, self.round, self.rounds, sheet) - self.correction(side)
    }

    /// The sheet of mine that matters: standing, else the last of this quarter's talks.
    pub(crate) fn my_sheet(&self) -> Option<TermSheet> {
        self.table.mine.named()
    }

    pub(crate) fn their_sheet(&self) -> Option<TermSheet> {
        self.table.theirs.named()
    }

    /// How the other side takes a sheet, on the estimate.
    pub(crate) fn reply(&self, sheet: &TermSheet) -> Reply {
        let them = self.side().other();
        if self.table.theirs.stands_by(sheet) {
            return Reply::Signs;
        }
        let sells = them == Side::Lab && sheet.amount().is_positive();
        if sells && self.brief.lab_case.need_bn <= 0.0 {
            return Reply::NotSelling;
        }
        let margin = self.margin(them, sheet);
        match margin {
            m if m < 0.0 => Reply::Short(-m),
            m if m < self.waits_for(sheet, self.round) => Reply::Waits,
            _ => Reply::Signs,
        }
    }

    /// What a lab that can wait wants above its bar while other bids may still come, $bn.
    fn waits_for(&self, sheet: &TermSheet, round: u32) -> f64 {
        let lab = &self.brief.lab_case;
        let patient = self.side() == Side::Giant
            && sheet.replaces.is_none()
            && lab.runway_quarters >= CAN_WAIT;
        let left = f64::from(self.rounds.saturating_sub(1 + round)) / f64::from(self.rounds);
        if patient { WAITING * left * lab.template_bn } else { 0.0 }
    }

    /// The price from which they would sign a sheet in the last answers, if that is still to come.
    pub(crate) fn last_price(&self, sheet: &TermSheet) -> Option<Money> {
        let last = self.rounds.saturating_sub(1);
        if self.round >= last || self.side() != Side::Giant {
            return None;
        }
        let them = self.side().other();
        self.brief.price_for(them, last, self.rounds, sheet, self.correction(them))
    }

    /// Why I do not sign a sheet, as the other side will see it.
    pub(crate) fn because(&self, sheet: &TermSheet) -> Because {
        let mine = self.brief.appraise(self.side(), sheet);
        let short = -self.margin(self.side(), sheet) / sheet.amount().bn().max(1e-9);
        let deals = self.view.deals.iter();
        let barred = conflict(sheet, self.table.giant, self.table.lab, self.view.quarter, deals);
        let poor = self.side() == Side::Giant && sheet.first_tranche() > self.view.cash;
        Because {
            waits: false,
            worst: mine.worst_clause(),
            blocker: match barred {
                Some((deal, _)) => Some(Blocker::Covenant(deal)),
                None => poor.then_some(Blocker::Cash),
            },
            short_by_tenths: libm::ceil(10.0 * short.clamp(0.0, 25.0)) as u8,
        }
    }

    /// The best terms for me that, on the estimate, both would sign in this round; else those that
    /// come nearest. What they offer already is never bettered for them.
    pub(crate) fn suggest(&self) -> Option<Suggestion> {
        let bases = match self.my_sheet() {
            Some(mine) => vec![mine],
            None => [self.their_sheet(), Some(self.brief.reference.sheet)]
                .into_iter()
                .flatten()
                .collect(),
        };
        let mut found: Vec<Suggestion> = bases
            .iter()
            .flat_map(|base| self.variants(base))
            .filter_map(|sheet| self.priced(sheet))
            .collect();
        // Their own terms cost nobody a round.
        let theirs = self.table.theirs.offer.map(|sheet| self.judged(sheet));
        let as_they_stand = theirs.filter(|theirs| theirs.mine_bn >= 0.0);
        found.extend(as_they_stand.map(|theirs| Suggestion { theirs_bn: 0.0, ..theirs }));
        let both = found.iter().filter(|found| found.mine_bn >= 0.0 && found.theirs_bn >= 0.0);
        // What would be signed at once goes before what may have to wait.
        let at_once = |found: &Suggestion| self.reply(&found.sheet) == Reply::Signs;
        let best = both.max_by(|one, other| {
            let first = at_once(one).cmp(&at_once(other));
            first.then(one.mine_bn.total_cmp(&other.mine_bn))
        });
        let worse_off = |found: &Suggestion| found.mine_bn.min(found.theirs_bn);
        best.or_else(|| {
            found.iter().max_by(|one, other| worse_off(one).total_cmp(&worse_off(other)))
        })
        .copied()
    }

    /// A sheet with what either side has above its bar.
    fn judged(&self, sheet: TermSheet) -> Suggestion {
        let (me, them) = (self.side(), self.side().other());
        Suggestion { sheet, mine_bn: self.margin(me, &sheet), theirs_bn: self.margin(them, &sheet) }
    }

    /// Up to three sheets I would sign today: as they stand, more cash, fewer strings.
    pub(crate) fn routes(&self) -> [Option<TermSheet>; 3] {
        let base = self.their_sheet().or(self.my_sheet()).unwrap_or(self.brief.reference.sheet);
        let larger = TermSheet { cash: round_to(1.25 * base.cash.bn().max(0.1), 2), ..base };
        let freer = TermSheet {
            exclusivity: Exclusivity::None,
            exclusivity_quarters: 0,
            board: BoardSeat::None,
            ..base
        };
        let mut routes = [None; 3];
        let mut count = 0;
        for sheet in [base, larger, freer] {
            let Some(route) = self.mine_at_least(sheet) else { continue };
            if !routes[..count].contains(&Some(route)) {
                routes[count] = Some(route);
                count += 1;
            }
        }
        routes
    }

    /// A sheet at the price where I just sign, rounded to my side.
    fn mine_at_least(&self, sheet: TermSheet) -> Option<TermSheet> {
        let fitted = self.fitted(sheet)?;
        let ask = 0.02 * fitted.amount().bn();
        let price = self.brief.price_for(self.side(), self.round, self.rounds, &fitted, ask)?;
        Some(TermSheet { pre_money: round_to(price.bn(), 3), ..fitted })
    }

    fn fitted(&self, sheet: TermSheet) -> Option<TermSheet> {
        let fitted = within_covenants(self.view, self.table.giant, self.table.lab, sheet)?;
        let held = self.view.published.giants[self.table.giant.index()].cash_bn;
        let cash = match self.side() {
            Side::Giant => self.view.cash,
            Side::Lab => Money::from_bn(held),
        };
        (fitted.first_tranche() <= cash).then_some(fitted)
    }

    /// A sheet with its cheap clauses varied.
    fn variants(&self, base: &TermSheet) -> Vec<TermSheet> {
        let cloud = self.view.published.giants[self.table.giant.index()].has_cloud;
        let tiers = [base.access, AccessTier::None, AccessTier::Resale, AccessTier::Early];
        let boards = [base.board, BoardSeat::None, BoardSeat::Observer];
        let mut sheets = Vec::new();
        for access in tiers.into_iter().filter(|&tier| cloud || tier == AccessTier::None) {
            for board in boards {
                let kept = base.access_quarters.max(8);
                let access_quarters = if access == AccessTier::None { 0 } else { kept };
                let free = TermSheet { access, access_quarters, board, ..*base };
                let plain =
                    TermSheet { exclusivity: Exclusivity::None, exclusivity_quarters: 0, ..free };
                for sheet in [free, plain] {
                    if !sheets.contains(&sheet) {
                        sheets.push(sheet);
                    }
                }
            }
        }
        sheets
    }

    /// A sheet at a price inside both sides' limits, nearer to theirs; mine, where that would do.
    fn priced(&self, sheet: TermSheet) -> Option<Suggestion> {
        let sheet = self.fitted(sheet)?;
        let (me, them) = (self.side(), self.side().other());
        let limit = |side, above: f64| {
            let above = above + self.correction(side);
            self.brief.price_for(side, self.round, self.rounds, &sheet, above)
        };
        let mine = limit(me, 0.0)?.bn();
        // At once if there is room for what a patient lab waits for, else from its bar.
        let at_once = limit(them, self.waits_for(&sheet, self.round)).map(Money::bn);
        let open = |theirs: &f64| match me {
            Side::Giant => *theirs <= mine,
            Side::Lab => *theirs >= mine,
        };
        let theirs = match at_once.filter(open) {
            Some(theirs) => theirs,
            None => limit(them, 0.0)?.bn(),
        };
        let price = theirs + LEFT_TO_THEM * (mine - theirs);
        let fair = self.judged(TermSheet { pre_money: round_to(price, 3), ..sheet });
        let named = self.my_sheet().map(|own| TermSheet { pre_money: own.pre_money, ..sheet });
        let kept = named.map(|sheet| self.judged(sheet));
        let kept = kept
            .filter(|kept| self.reply(&kept.sheet) == Reply::Signs && kept.mine_bn >= fair.mine_bn);
        Some(kept.unwrap_or(fair))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::deal::Clause;
    use crate::sim::decision::Decision;
    use crate::sim::game::Game;
    use crate::sim::games::flagship;

    const AMAZON: SeatId = SeatId(0);
    const OPENAI: SeatId = SeatId(5);

    #[test]
    fn a_refusal_is_surer_than_the_estimate() {
        let mut game = Game::new(flagship(), 3);
        let view = game.view(AMAZON);
        let advisor = Advisor::new(&view, OPENAI).expect("a table");
        let sheet = advisor.suggest().expect("terms").sheet;
        game.submit(AMAZON, Decision::Offer { to: OPENAI, sheet }).expect("an offer");
        game.advance();
        game.advance();
        let view = game.view(AMAZON);
        let before = Advisor::new(&view, OPENAI).expect("a table");
        assert!(!matches!(before.reply(&sheet), Reply::Short(_)));
        let because =
            Because { worst: Some(Clause::PreMoney), short_by_tenths: 4, ..Because::default() };
        let history = History { their_offers: Vec::new(), because: Some(because) };
        let told = Advisor::new(&view, OPENAI).expect("a table").heard(&history);
        assert!(
            matches!(told.reply(&sheet), Reply::Short(by) if by > 0.0),
            "{:?}",
            told.reply(&sheet)
        );
        let next = told.suggest().expect("terms").sheet;
        assert!(told.margin(Side::Lab, &next) > told.margin(Side::Lab, &sheet));
        assert_eq!(told.margin(Side::Giant, &sheet), before.margin(Side::Giant, &sheet));
    }
}
