//! Effects of happenings, answers and cards in words, to the unit: what is shown is what comes.

use crate::ids::{FirmId, Role, SeatId};
use crate::level::deck::{Answer, Effect, EffectKind, Part};
use crate::sim::happenings::{Cast, Player, settled};
use crate::sim::view::Published;

use super::numbers::{bn, count, gigawatts, growth, points_change};
use super::refusals::upper_first;
use super::{Words, listed, possessive};

/// Who reads, and the figures that per cents are of.
pub struct Reader<'a> {
    pub words: &'a Words,
    pub published: &'a Published,
    pub seat: SeatId,
}

impl Reader<'_> {
    /// An answer's effects as sentences, the certain ones first; luck with its chance.
    pub fn answer(&self, answer: &Answer, cast: &Cast) -> Vec<String> {
        let mut out = Vec::new();
        if !answer.effects.is_empty() {
            out.push(self.effects(&answer.effects, cast));
        }
        if let Some(luck) = &answer.luck {
            let or_nothing = |effects: &[Effect]| match effects {
                [] => "nothing more".to_owned(),
                effects => self.joined(effects, cast),
            };
            out.push(format!(
                "With a chance of {:.0}%: {}. Else: {}.",
                luck.chance_pct,
                or_nothing(&luck.well),
                or_nothing(&luck.ill)
            ));
        }
        if out.is_empty() {
            out.push("Nothing changes.".to_owned());
        }
        out
    }

    /// Effects as one sentence.
    pub fn effects(&self, effects: &[Effect], cast: &Cast) -> String {
        format!("{}.", upper_first(&self.joined(effects, cast)))
    }

    fn joined(&self, effects: &[Effect], cast: &Cast) -> String {
        let each: Vec<String> = effects.iter().map(|effect| self.effect(effect, cast)).collect();
        each.join("; ")
    }

    fn effect(&self, effect: &Effect, cast: &Cast) -> String {
        let level = self.words.level();
        let players = cast.players(effect.on, level);
        let (what, who) = match (effect.on, players.as_slice()) {
            (Part::Clouds, _) => (effect.what, "every giant with a cloud".to_owned()),
            (Part::Labs, _) => (effect.what, "every lab".to_owned()),
            (_, [player]) => {
                (settled(effect.what, *player, level, self.published), self.name(*player))
            }
            _ => (effect.what, String::new()),
        };
        let own = players == [Player::Seat(self.seat)];
        let text = self.kind(what, players.first().copied(), cast, &who, own);
        match effect.after {
            0 => text,
            after => format!("after {}, {text}", count(after, "quarter")),
        }
    }

    fn name(&self, player: Player) -> String {
        match player {
            Player::Seat(seat) => self.words.seat(seat).to_owned(),
            Player::Others => self.words.level().market.others_name.clone(),
            Player::Nobody => String::new(),
        }
    }

    fn kind(
        &self,
        what: EffectKind,
        player: Option<Player>,
        cast: &Cast,
        who: &str,
        own: bool,
    ) -> String {
        if let Some(text) = the_world(what) {
            return text;
        }
        let whose = if own { "your".to_owned() } else { possessive(who) };
        let of = |thing: &str| format!("{whose} {thing}");
        let for_quarters = |quarters: u32| format!("for {}", count(quarters, "quarter"));
        match what {
            EffectKind::Cash { bn: sum } => match (own, sum < 0.0) {
                (true, true) => format!("you pay {}", bn(-sum)),
                (true, false) => format!("you receive {}", bn(sum)),
                (false, true) => format!("{who} pays {}", bn(-sum)),
                (false, false) => format!("{who} receives {}", bn(sum)),
            },
            EffectKind::CashPct { pct } => {
                format!("{} {} of a quarter's revenue", of("cash"), growth(pct / 100.0))
            }
            EffectKind::Appeal { utils, quarters } => format!(
                "{} {} {}{}",
                of("appeal to new customers"),
                finely(utils),
                for_quarters(quarters),
                self.about_win_rate(player, utils)
            ),
            EffectKind::Outage { utils } => {
                format!("{} {} this quarter", of("appeal to new customers"), finely(-utils))
            }
            EffectKind::PaidPrice { pct } => {
                format!("prices {} present customers pay {}", whose, growth(pct / 100.0))
            }
            EffectKind::UnitCost { pct } => {
                format!("{} {}", of("cost of running the cloud"), growth(pct / 100.0))
            }
            EffectKind::Capacity { pct } => {
                format!("{} {}", of("capacity"), growth(pct / 100.0))
            }
            EffectKind::Arriving { pct, quarters } => format!(
                "{}, {} more of {} capacity on line {}",
                self.part_of_capacity(player, pct),
                growth(pct / 100.0).trim_start_matches('+'),
                whose,
                if quarters == 0 {
                    "with the close".to_owned()
                } else {
                    format!("after {}", count(quarters, "quarter"))
                }
            ),
            EffectKind::Late => of("next capacity comes a quarter late"),
            EffectKind::Sooner { quarters } => {
                format!("{} {} sooner", of("capacity on order comes"), count(quarters, "quarter"))
            }
            EffectKind::CoreRevenue { pct } => {
                format!("{} {}", of("core revenue"), growth(pct / 100.0))
            }
            EffectKind::Heat { pct } => format!("{} {}", of("regulatory heat"), whole(pct)),
            EffectKind::Sentiment { pct } => {
                format!("{} {} on the news, which fades", of("market value"), growth(pct / 100.0))
            }
            EffectKind::Loyalty { pct } => format!("{} {}", of("hold on its buyers"), whole(pct)),
            EffectKind::Trust { giant, pct } => {
                format!("{} {} {}", of("trust in"), self.trusted(giant, cast), whole(pct))
            }
            EffectKind::Talent { points } => {
                format!("{} {} of capability", of("talent"), signed(points, "point"))
            }
            EffectKind::Staff { pct } if pct < 0.0 => {
                format!("{:.0}% of {} leave", -pct, of("staff"))
            }
            EffectKind::Staff { pct } => format!("{} +{pct:.0}%", of("staff")),
            EffectKind::ProductAppeal { utils, quarters } => {
                format!("{} {} {}", of("products' appeal"), finely(utils), for_quarters(quarters))
            }
            EffectKind::Independence { pct, quarters } => {
                format!("{} {} {}", of("independence"), whole(pct), for_quarters(quarters))
            }
            _ => String::new(),
        }
    }

    /// ` (about +1.9 pt of win rate)`, from the giant's last win rate.
    fn about_win_rate(&self, player: Option<Player>, utils: f64) -> String {
        let Some(figures) = self.giant(player) else { return String::new() };
        let by = figures.win_rate * (1.0 - figures.win_rate) * utils;
        format!(" (about {} of win rate)", super::numbers::share_change(by))
    }

    fn part_of_capacity(&self, player: Option<Player>, pct: f64) -> String {
        match self.giant(player) {
            Some(figures) => gigawatts(pct / 100.0 * figures.capacity_gw),
            None => format!("{pct}%"),
        }
    }

    fn giant(&self, player: Option<Player>) -> Option<&crate::sim::view::GiantFigures> {
        let Some(Player::Seat(seat)) = player else { return None };
        match seat.role(self.words.level().giants.len()) {
            Role::Giant(FirmId(firm)) => self.published.giants.get(usize::from(firm)),
            Role::Lab(_) => None,
        }
    }

    fn trusted(&self, giant: Part, cast: &Cast) -> String {
        if giant == Part::Clouds {
            return "every giant with a cloud".to_owned();
        }
        let players = cast.players(giant, self.words.level());
        let names: Vec<String> = players
            .into_iter()
            .map(|player| match player {
                Player::Seat(seat) if seat == self.seat => "you".to_owned(),
                other => self.name(other),
            })
            .collect();
        listed(&names)
    }
}

/// Effects that fall on everybody.
fn the_world(what: EffectKind) -> Option<String> {
    Some(match what {
        EffectKind::OpenWeightsShock { points } => {
            format!("open models gain {}, at most up to the frontier", signed(points, "point"))
        }
        EffectKind::Method { points } => format!("every model gains {}", signed(points, "point")),
        EffectKind::ScalingWall { quarters } => {
            format!("methods stop improving for {}", count(quarters, "quarter"))
        }
        EffectKind::Downturn { quarters, growth_pct } => format!(
            "capital is cautious for {}, and the market grows {growth_pct}% a quarter less",
            count(quarters, "quarter")
        ),
        EffectKind::ChipShortage { cost_pct } => {
            format!("capacity on order comes a quarter late, and new orders cost {cost_pct}% more")
        }
        EffectKind::OrderCost { pct, quarters } => {
            format!(
                "orders of capacity cost {} for {}",
                growth(pct / 100.0),
                count(quarters, "quarter")
            )
        }
        _ => return None,
    })
}

/// `+12 points`.
fn whole(points: f64) -> String {
    signed(points, "point")
}

fn signed(value: f64, thing: &str) -> String {
    let number = points_change(value);
    let number = number.strip_suffix(".0").unwrap_or(&number);
    let s = if value.abs() == 1.0 { "" } else { "s" };
    format!("{number} {thing}{s}")
}

/// An appeal to two decimals, with its sign.
fn finely(utils: f64) -> String {
    super::numbers::fine_column(utils)
}
