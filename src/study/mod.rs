//! Many games: plays them, and says what came of them as plain data. Nothing here prints.

mod appraisal;
mod balance;
mod bargain;
mod batch;
mod branch;
mod causes;
mod determinism;
mod duel;
mod forecast;
mod freeze;
mod frontier;
mod missed;
mod opened;
mod pace;
mod play;
mod simulation;
mod strategies;
mod summary;
mod variance;
mod watch;
mod world;
mod worth;

pub use appraisal::{Obstacle, RowValue, SheetAppraisal, SideAppraisal, appraise, play_to};
pub use balance::{SeatBalance, Standing, balance, balance_games};
pub use bargain::{Bargain, LOWBALLER_AT_MOST, ScriptResult, bargain};
pub use batch::{Batch, StudyError};
pub use branch::{
    Branch, BranchQuarter, Broken, Change, Comparison, Departure, Difference, Dropped, NoBranch,
    Others, Played, RefusedChange, Signature, Tape, TapeStep, Why, compare, notable,
};
pub use causes::{SUMS_WITHIN, Summed, causes};
pub use determinism::{Determinism, Differing, PlayedHashes, determinism};
pub use duel::{Duel, DuelResult, duel};
pub use forecast::{
    Compared, DRIVERS, Draft, FORECAST_QUARTERS, FORECAST_RUNS, Forecast, ForecastQuarter, Horizon,
    NoForecast, Tried, forecast, forecast_until,
};
pub use freeze::{Held, Hold, holding};
pub use frontier::{Frontier, Gains};
pub use missed::{Chance, MissedDeal};
pub use opened::{LabBooks, OpenBook, Opened, opened};
pub use pace::{Bar, Measured, Pace, pace};
pub use play::{Player, Table, play};
pub use simulation::{SeatSummary, SegmentSummary, Simulation, simulate, summarise};
pub use strategies::{
    BotScore, Contest, ContestResult, Contestant, HoldResult, LEVER_POINTS, STRONG_POINTS,
    STRONG_STRATEGIES, StrategyScore, WORLDS_WITH_ANOTHER_BEST, WorldResult, contest,
    contest_games, hold_games, holds,
};
pub use summary::{Band, Mean, Spread, median};
pub use variance::Variance;
pub use watch::{GameRecord, SeatQuarter, SeatRecord, Talks};
pub use world::{WORLDS, World};
pub use worth::{
    DealWorth, Made, SkillAndLuck, Trials, TurningPoint, Worth, trials, worth, worth_watched,
};
