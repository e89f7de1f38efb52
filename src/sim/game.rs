//! A game: one world, its schedules, and the only ways in and out of it.

use std::sync::{Arc, OnceLock};

use bevy::ecs::system::RunSystemOnce;
use bevy::prelude::{Schedule, World};
use serde::{Deserialize, Serialize};

use crate::ids::{LabId, Role, SeatId};
use crate::level::Level;
use crate::sim::books::{Account, Books, Posting};
use crate::sim::cause::{Inputs, Ledger};
use crate::sim::check::Checker;
use crate::sim::deal::Deal;
use crate::sim::deal::TermSheet;
use crate::sim::decision::{Decision, GiantPlan, LabPlan, Refusal};
use crate::sim::dilemmas::Dilemmas;
use crate::sim::explain::{self, Explanation, Metric, NotExplained, Past};
use crate::sim::fact::{Fact, FactId, Facts, giant_and_lab};
use crate::sim::goals::{Scores, standings};
use crate::sim::imagine::{self, PublicState};
use crate::sim::information::Grapevine;
use crate::sim::information::attention::attention;
use crate::sim::information::known::{Sight, known};
use crate::sim::lab::Ahead;
use crate::sim::negotiation::{self, Side, Table, WaiverTalk, Waivers, mood, side_of};
use crate::sim::opening;
use crate::sim::press::{self, Press};
use crate::sim::process::{Procedure, Process};
use crate::sim::rng;
use crate::sim::setting::{Clock, Orders, Roster, Setting, Step};
use crate::sim::snapshot::{self, Snapshot, prepare};
use crate::sim::turn::schedules;
use crate::sim::view::{LabKnown, Plan, ProcessView, Published, ScoreView, SeatView, TableView};
use crate::units::{CalendarQuarter, Quarter};

/// The rules' version: raised whenever the same decisions could give another game.
pub const RULES_VERSION: u32 = 3;

/// A closed quarter, for the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClosedQuarter {
    pub quarter: Quarter,
    pub published: Arc<Published>,
    pub facts: Vec<Fact>,
    pub postings: Vec<Posting>,
    /// What the rules went by.
    pub inputs: Inputs,
    pub scores: Scores,
}

/// A game in play.
pub struct Game {
    world: World,
    talk: Schedule,
    close: Schedule,
    opening: Arc<Snapshot>,
    history: Vec<Arc<ClosedQuarter>>,
    /// What everybody could work out, made when a view first needs it.
    public: OnceLock<Arc<PublicState>>,
}

impl Game {
    /// A new game of a level, with this seed of luck.
    pub fn new(level: Arc<Level>, seed: u64) -> Game {
        let mut world = World::new();
        prepare(&mut world, level.giants.len(), level.labs.len());
        world.insert_resource(Setting::new(Arc::clone(&level), seed));
        opening::snapshot(&level).restore(&mut world);
        let (talk, close) = schedules(&mut world);
        print_opening(&mut world, &level);
        let opening = Arc::new(Snapshot::capture(&world));
        Game { world, talk, close, opening, history: Vec::new(), public: OnceLock::new() }
    }

    /// Starts over with another seed, in the same world.
    pub fn restart(&mut self, seed: u64) {
        let opening = Arc::clone(&self.opening);
        self.restore(&opening, seed, Vec::new());
    }

    /// Puts this game into a saved state of the same level.
    pub fn restore(&mut self, state: &Snapshot, seed: u64, history: Vec<Arc<ClosedQuarter>>) {
        let level = Arc::clone(self.level());
        self.world.insert_resource(Setting::new(level, seed));
        state.restore(&mut self.world);
        self.history = history;
        self.public = OnceLock::new();
    }

    /// A possible world, made from what one seat knows and from nothing else, with luck of its own:
    /// the same seed gives another luck here than in a game, so that no possible world can share that
    /// of the game it was made from. It is played like any game; it has no history.
    pub fn imagine(view: &SeatView, seed: u64) -> Game {
        let mut game = Game::new(Arc::clone(&view.level), seed);
        game.imagine_into(view, seed);
        game
    }

    /// Like [`Game::imagine`], in a game of the same level that already exists.
    pub fn imagine_into(&mut self, view: &SeatView, seed: u64) {
        let luck = rng::imagined(seed);
        self.restore(&imagine::snapshot(view, luck), luck, Vec::new());
    }

    /// A second game in the same state, to play on without touching this one. History is shared.
    pub fn fork(&self) -> Game {
        let mut fork = Game::new(Arc::clone(self.level()), self.seed());
        self.fork_into(&mut fork);
        fork
    }

    /// Like [`Game::fork`], into a game of the same level that already exists.
    pub fn fork_into(&self, other: &mut Game) {
        other.restore(&self.snapshot(), self.seed(), self.history.clone());
    }

    /// Lets two seats sign a sheet here and now, if the rules allow it, whether or not they would: to
    /// find out what would come of it. A sheet that is subject to a waiver waits for it.
    pub fn suppose_signed(
        &mut self,
        seat: SeatId,
        with: SeatId,
        sheet: TermSheet,
    ) -> Result<(), Refusal> {
        Checker::new(&self.world, seat).signable(with, &sheet)?;
        let giants = self.level().giants.len();
        let pair = giant_and_lab(seat, with, giants).ok_or(Refusal::NotACounterpart)?;
        negotiation::suppose_signed(&mut self.world, pair, sheet);
        self.public = OnceLock::new();
        Ok(())
    }

    /// Lets two seats sign nothing with each other for the rest of the quarter.
    pub fn suppose_apart(&mut self, seat: SeatId, with: SeatId) -> Result<(), Refusal> {
        let giants = self.level().giants.len();
        let (giant, lab) = giant_and_lab(seat, with, giants).ok_or(Refusal::NotACounterpart)?;
        let (now, entity) = (self.quarter(), self.world.resource::<Roster>().table(giant, lab));
        let mut table = self.world.get_mut::<Table>(entity).ok_or(Refusal::NoTable)?;
        table.rest(now);
        Ok(())
    }

    /// The world itself, for tests of single systems.
    #[cfg(test)]
    pub(in crate::sim) fn world_mut(&mut self) -> &mut World {
        &mut self.world
    }

    pub fn snapshot(&self) -> Snapshot {
        Snapshot::capture(&self.world)
    }

    /// Names of components and resources of this game that a snapshot would miss: there are none, and
    /// a test sees to it.
    pub fn unsaved_components(&mut self) -> Vec<String> {
        snapshot::unsaved(&mut self.world)
    }

    /// The hash of the whole state. The same level, seed and decisions give the same hash everywhere.
    pub fn state_hash(&self) -> [u8; 32] {
        self.snapshot().hash()
    }

    pub fn level(&self) -> &Arc<Level> {
        &self.world.resource::<Setting>().level
    }

    pub fn seed(&self) -> u64 {
        self.world.resource::<Setting>().seed
    }

    pub fn quarter(&self) -> Quarter {
        self.world.resource::<Clock>().quarter
    }

    pub fn step(&self) -> Step {
        self.world.resource::<Clock>().step
    }

    pub fn is_over(&self) -> bool {
        self.step() == Step::Over
    }

    pub fn calendar(&self, quarter: Quarter) -> CalendarQuarter {
        self.world.resource::<Setting>().calendar(quarter)
    }

    /// Every closed quarter, the first played first.
    pub fn history(&self) -> &[Arc<ClosedQuarter>] {
        &self.history
    }

    /// A fact of a closed quarter.
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        let place = id.quarter.0.checked_sub(1)? as usize;
        self.history.get(place)?.facts.get(usize::from(id.number))
    }

    pub fn books(&self) -> &Books {
        self.world.resource::<Books>()
    }

    /// Facts of the current quarter that a seat may know, in order.
    pub fn facts(&self, seat: SeatId) -> impl Iterator<Item = (FactId, &Fact)> {
        self.world.resource::<Facts>().iter().filter(move |(_, fact)| fact.seen_by(seat))
    }

    /// Whether a seat may decide this now. Changes nothing; `submit` runs the same check.
    pub fn quote(&self, seat: SeatId, decision: &Decision) -> Result<(), Refusal> {
        Checker::new(&self.world, seat).check(decision)
    }

    /// Records what a seat decides in the current step, in place of what it decided before on the
    /// same matter. Nothing happens until [`Game::advance`].
    pub fn submit(&mut self, seat: SeatId, decision: Decision) -> Result<(), Refusal> {
        self.quote(seat, &decision)?;
        let orders = &mut self.world.resource_mut::<Orders>().0[seat.index()];
        orders.retain(|earlier| !decision.replaces(earlier));
        orders.push(decision);
        Ok(())
    }

    /// Takes back the last decision of this step: nobody has seen it yet.
    pub fn withdraw(&mut self, seat: SeatId) -> Option<Decision> {
        self.world.resource_mut::<Orders>().0[seat.index()].pop()
    }

    /// What every seat has decided in the current step.
    pub fn decided(&self) -> &[Vec<Decision>] {
        &self.world.resource::<Orders>().0
    }

    /// Runs the current step for the whole world: a half-step of talks, or the close of the quarter.
    /// Nothing happens once the game is over.
    pub fn advance(&mut self) {
        match self.step() {
            Step::Offers(_) | Step::Answers(_) => {
                let signed = self.world.resource::<Roster>().deals.len();
                self.talk.run(&mut self.world);
                // A signature is public at once.
                if self.world.resource::<Roster>().deals.len() != signed {
                    self.public = OnceLock::new();
                }
            }
            Step::Plan => {
                let quarter = self.quarter();
                self.close.run(&mut self.world);
                self.public = OnceLock::new();
                self.archive(quarter);
            }
            Step::Over => {}
        }
    }

    /// Moves the quarter's facts, postings and inputs into history.
    fn archive(&mut self, quarter: Quarter) {
        let next = self.quarter();
        let facts = self.world.resource_mut::<Facts>().turn(next);
        let postings = self.world.resource_mut::<Books>().take_postings();
        let inputs = self.world.resource_mut::<Ledger>().take();
        let published = Arc::clone(&self.world.resource::<Press>().0);
        let scores = self.world.resource::<Scores>().clone();
        let closed = ClosedQuarter { quarter, published, facts, postings, inputs, scores };
        self.history.push(Arc::new(closed));
    }

    /// Why a figure of a seat moved from one close to a later one, as far as another seat may know.
    pub fn explain(
        &self,
        viewer: SeatId,
        of: SeatId,
        metric: Metric,
        (since, quarter): (Quarter, Quarter),
    ) -> Result<Explanation, NotExplained> {
        let past = Past {
            level: self.level(),
            opening: Arc::clone(&self.opening.press.0),
            opening_inputs: explain::opening_inputs(self.level(), &self.opening),
            history: &self.history,
            deals: self.deals(),
        };
        explain::explain(&past, viewer, of, metric, (since, quarter))
    }

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
            public: Arc::clone(self.public.get_or_init(|| self.public_state())),
            docket: self.world.resource::<Dilemmas>().docket(seat),
            decided: self.decided()[seat.index()].clone(),
        }
    }

    fn public_state(&self) -> Arc<PublicState> {
        let private = |id: FactId| {
            let closed = self.history.iter().find(|closed| closed.quarter == id.quarter);
            let old = closed.and_then(|closed| closed.facts.get(usize::from(id.number)));
            let fact = old.or_else(|| self.world.resource::<Facts>().get(id));
            fact.is_some_and(Fact::is_private_answer)
        };
        PublicState::of(&self.world, private)
    }

    /// Every deal signed so far, by id.
    pub fn deals(&self) -> Vec<Deal> {
        let roster = self.world.resource::<Roster>();
        roster.deals.iter().filter_map(|&deal| self.world.get::<Deal>(deal).copied()).collect()
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

/// Prints the opening's figures and judges where everybody starts.
fn print_opening(world: &mut World, level: &Level) {
    let clock = *world.resource::<Clock>();
    world.resource_mut::<Clock>().quarter = Quarter(0);
    world.run_system_once(press::publish).expect("the press has all it needs");
    world.insert_resource(clock);
    let published = Arc::clone(&world.resource::<Press>().0);
    let scores = standings(level, &published, &Scores::default(), Quarter(0));
    world.insert_resource(scores);
    world.resource_mut::<Dilemmas>().open(level, &published);
}
