//! What a seat sees of a game: its view, and nothing beyond it.

use std::sync::Arc;

use crate::ids::{LabId, Role, SeatId};
use crate::sim::books::Account;
use crate::sim::deal::Deal;
use crate::sim::decision::{GiantPlan, LabPlan};
use crate::sim::dilemmas::Dilemmas;
use crate::sim::fact::{FactId, Facts, giant_and_lab};
use crate::sim::game::Game;
use crate::sim::goals::Scores;
use crate::sim::happenings::Chronicle;
use crate::sim::imagine::PublicState;
use crate::sim::information::attention::attention;
use crate::sim::information::known::{Sight, known};
use crate::sim::information::{Grapevine, Said};
use crate::sim::lab::Ahead;
use crate::sim::negotiation::{Side, Table, WaiverTalk, Waivers, mood, side_of};
use crate::sim::press::Press;
use crate::sim::process::{Procedure, Process};
use crate::sim::setting::{Clock, Roster, Setting};
use crate::sim::view::{LabKnown, Plan, ProcessView, Published, ScoreView, SeatView, TableView};
use crate::units::Quarter;

/// What anybody could work out, and what each seat alone knows of effects to come.
pub(super) struct Known {
    public: Arc<PublicState>,
    private: Vec<(SeatId, Arc<Chronicle>)>,
}

impl Game {
    /// All a seat may know.
    pub fn view(&self, seat: SeatId) -> SeatView {
        let setting = self.world.resource::<Setting>();
        let clock = self.world.resource::<Clock>();
        let published = Arc::clone(&self.world.resource::<Press>().0);
        let grapevine = self.world.resource::<Grapevine>();
        let attention = attention(&self.world, seat, None);
        let depths = self.diligence(seat);
        let role = setting.role(seat);
        let scores = self.world.resource::<Scores>();
        let worked_out = self.public.get_or_init(|| self.work_out());
        let own_effects = worked_out.private.iter().find(|(whose, _)| *whose == seat);
        SeatView {
            seat,
            role,
            level: Arc::clone(&setting.level),
            quarter: clock.quarter,
            step: clock.step,
            cash: self.books().balance(Account::Cash(seat)),
            labs: self.labs_known(role, &depths, &published),
            hearsay: grapevine.heard_by(seat),
            records: Arc::clone(grapevine.records()),
            diligence: depths,
            published,
            deals: self.deals(),
            tables: self.tables(seat),
            own_path: self.own_path(role),
            processes: self.processes(),
            waivers: self.waivers(role),
            plan: self.plan(role),
            dilemma: self.world.resource::<Dilemmas>().pending(seat),
            cards: self.world.resource::<Dilemmas>().hand(seat),
            attention_left: attention.left(),
            attention,
            score: ScoreView {
                raw: scores.raw(&setting.level, seat),
                scaled: scores.scaled(&setting.level, seat),
                goals: scores.goals[seat.index()].clone(),
            },
            public: Arc::clone(&worked_out.public),
            own_effects: own_effects.map(|(_, effects)| Arc::clone(effects)),
            looks: grapevine.looks_of(seat, clock.quarter),
            docket: self.world.resource::<Dilemmas>().docket(seat),
            decided: self.decided()[seat.index()].clone(),
        }
    }

    /// What can be worked out, effects of answers that only one seat knows of told apart.
    fn work_out(&self) -> Known {
        let author = |id: FactId| {
            let closed = self.history.iter().find(|closed| closed.quarter == id.quarter);
            let old = closed.and_then(|closed| closed.facts.get(usize::from(id.number)));
            let fact = old.or_else(|| self.world.resource::<Facts>().get(id));
            fact.and_then(|fact| fact.known_to_one())
        };
        let (public, private) = PublicState::of(&self.world, author);
        Known { public, private }
    }

    /// Every deal signed so far, by id.
    pub fn deals(&self) -> Vec<Deal> {
        let roster = self.world.resource::<Roster>();
        roster.deals.iter().filter_map(|&deal| self.world.get::<Deal>(deal).copied()).collect()
    }

    /// What was said of late, with its authors and its truth: for the debrief of a finished game. No
    /// view has it.
    pub fn hearsay_opened(&self) -> Vec<Said> {
        self.world.resource::<Grapevine>().opened()
    }

    fn plan(&self, role: Role) -> Plan {
        let roster = self.world.resource::<Roster>();
        match role {
            Role::Giant(firm) => {
                let plan = self.world.get::<GiantPlan>(roster.giant(firm));
                Plan::Giant(*plan.expect("every giant has a plan"))
            }
            Role::Lab(lab) => {
                let plan = self.world.get::<LabPlan>(roster.lab(lab));
                Plan::Lab(*plan.expect("every lab has a plan"))
            }
        }
    }

    /// Talks over waivers in which a giant wants or holds the covenant. Their patience is not hidden:
    /// the moves that cost it are plain to both.
    fn waivers(&self, role: Role) -> Vec<WaiverTalk> {
        let Role::Giant(firm) = role else { return Vec::new() };
        let talks = self.world.resource::<Waivers>().0.iter();
        talks.filter(|talk| talk.side_of(firm).is_some()).copied().collect()
    }

    fn tables(&self, seat: SeatId) -> Vec<TableView> {
        let setting = self.world.resource::<Setting>();
        let roster = self.world.resource::<Roster>();
        let giants = setting.giants();
        let side = side_of(seat, giants);
        setting
            .level
            .seat_ids()
            .filter_map(|with| {
                let (giant, lab) = giant_and_lab(seat, with, giants)?;
                let table = self.world.get::<Table>(roster.table(giant, lab))?;
                let mut theirs = *table.hand(side.other());
                let their_mood = mood(theirs.patience, theirs.full_patience);
                theirs.patience = 0;
                theirs.full_patience = 0;
                let process = self.world.get::<Process>(roster.lab(lab)).copied();
                let rounds = setting.level.talk_rounds;
                let sealed = process.is_some_and(|process| process.sealed(self.step(), rounds));
                if sealed && side == Side::Lab {
                    theirs.hide_offer();
                }
                Some(TableView {
                    with,
                    giant,
                    lab,
                    side,
                    open: table.open,
                    closed_until: table.closed_until,
                    mine: *table.hand(side),
                    theirs,
                    agreed: table.agreed.map(|(sheet, _)| sheet),
                    their_mood,
                })
            })
            .collect()
    }

    /// A lab's own path now and a quarter ago.
    fn own_path(&self, role: Role) -> Option<(Ahead, Option<Ahead>)> {
        let Role::Lab(lab) = role else { return None };
        let now = self.world.resource::<Press>().0.secrets[lab.index()].ahead;
        let before = match self.history.len() {
            0 => None,
            1 if self.history[0].quarter == Quarter(1) => {
                self.opening.press.0.secrets.get(lab.index())
            }
            1 => None,
            more => self.history[more - 2].published.secrets.get(lab.index()),
        };
        Some((now, before.map(|secret| secret.ahead)))
    }

    fn processes(&self) -> Vec<ProcessView> {
        let setting = self.world.resource::<Setting>();
        let roster = self.world.resource::<Roster>();
        let giants = setting.giants();
        let labs = roster.labs.iter().enumerate();
        labs.filter_map(|(place, &entity)| {
            let process = *self.world.get::<Process>(entity)?;
            let tables = &roster.tables[place * giants..(place + 1) * giants];
            let bids = tables.iter().filter(|&&table| {
                let table = self.world.get::<Table>(table);
                table.is_some_and(|table| table.hand(Side::Giant).offer.is_some())
            });
            let bidders = match process.procedure {
                Procedure::Competitive => bids.count() as u32,
                _ => 0,
            };
            Some(ProcessView { process, bidders })
        })
        .collect()
    }

    fn labs_known(&self, role: Role, depths: &[u8], published: &Published) -> Vec<LabKnown> {
        let information = self.level().information;
        let secrets = published.secrets.iter().zip(depths).enumerate();
        secrets
            .map(|(place, (secret, &depth))| {
                let own = role == Role::Lab(LabId(place as u8));
                known(secret, Sight { own, role, information, depth })
            })
            .collect()
    }

    /// How deeply a seat has looked into each lab's books.
    fn diligence(&self, seat: SeatId) -> Vec<u8> {
        let (grapevine, now) = (self.world.resource::<Grapevine>(), self.quarter());
        let labs = 0..self.level().labs.len();
        labs.map(|place| grapevine.depth(seat, LabId(place as u8), now)).collect()
    }
}
