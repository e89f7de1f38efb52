//! The front page: a lead and stories made of what happened, and nothing printed twice in a game.
//!
//! Every fact that can be news has several headlines, with its figures in them. Which one is printed
//! follows from what happened and from what the paper has printed before, never from luck: a game
//! played again prints the same paper.

mod deals;
mod figures;
mod giants;
mod labs;
mod remarks;
mod said;
mod shares;
#[cfg(test)]
mod tests;
mod together;
mod world;

use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

use crate::ids::SeatId;
use crate::sim::deal::Deal;
use crate::sim::fact::Fact;
use crate::sim::game::ClosedQuarter;
use crate::sim::view::Published;

use super::numbers::bn;
use super::{Words, facts, stories};

/// What stands on a front page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontPage {
    pub headline: String,
    pub stories: Vec<String>,
    /// What else is news, and had no room.
    pub further: Vec<String>,
}

/// Stories on a page beside the one under the headline.
const STORIES: usize = 3;
/// The longest headline, in characters.
const WIDEST: usize = 76;
/// How much more a fact matters to the seat it is about.
const MINE: f64 = 1.1;
/// How much less what the reader decided itself is news to it.
const DECIDED: f64 = 0.7;
/// How much less a subject matters that the page before told of.
const STALE: f64 = 0.75;

/// How much something matters, and its headlines.
struct Item {
    weight: f64,
    wordings: Vec<String>,
}

fn item<const N: usize>(weight: f64, wordings: [String; N]) -> Option<Item> {
    Some(Item { weight, wordings: wordings.into() })
}

/// What a piece of news is about, so that a page is not all of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    Fact(Discriminant<Fact>),
    Round,
    Prices,
    Winner,
    LabSales,
    Market,
}

/// A piece of news.
struct News {
    topic: Topic,
    about: Option<SeatId>,
    weight: f64,
    wordings: Vec<String>,
    story: String,
    /// What an analyst adds if it leads.
    remark: Option<String>,
}

/// What the paper has printed in the game so far.
#[derive(Default)]
struct Printed {
    headlines: Vec<String>,
    stories: Vec<String>,
    /// The wordings used, by topic and number.
    wordings: Vec<(Topic, usize)>,
    /// What the last page told of, the lead first.
    told: Vec<(Topic, Option<SeatId>)>,
}

/// The page printed after the last of these quarters, for a seat. Earlier pages are worked out
/// again, so that a game resumed prints what it would have printed.
pub fn page(
    words: &Words,
    deals: &[Deal],
    opening: &Published,
    closed: &[Arc<ClosedQuarter>],
    seat: SeatId,
) -> FrontPage {
    let last = pages(words, deals, opening, closed, seat).pop();
    last.unwrap_or_else(|| opening_page(words, opening))
}

/// Every page a seat has read: the opening's, then one a closed quarter.
pub fn pages(
    words: &Words,
    deals: &[Deal],
    opening: &Published,
    closed: &[Arc<ClosedQuarter>],
    seat: SeatId,
) -> Vec<FrontPage> {
    let mut pages = vec![opening_page(words, opening)];
    let mut printed = Printed { headlines: vec![pages[0].headline.clone()], ..Printed::default() };
    for (number, quarter) in closed.iter().enumerate() {
        let before = if number == 0 { opening } else { &*closed[number - 1].published };
        let news = gather(words, deals, before, quarter, seat);
        pages.push(printed.lay_out(news, &words.quarter(quarter.quarter)));
    }
    pages
}

fn opening_page(words: &Words, opening: &Published) -> FrontPage {
    let level = words.level();
    let leader = words.seat(opening.frontier.leader);
    let stories = vec![
        level.premise.clone(),
        format!(
            "The cloud turns over {} a quarter. {leader} has the best model, at {:.0} points; open models stand at {:.0}.",
            bn(opening.market.revenue_bn),
            opening.frontier.points,
            opening.frontier.open_weights
        ),
    ];
    FrontPage { headline: level.headline.clone(), stories, further: Vec::new() }
}

impl Printed {
    /// Lays a page out and takes note of it. What matters most leads; each subject has its story once.
    fn lay_out(&mut self, mut news: Vec<News>, quarter: &str) -> FrontPage {
        for item in &mut news {
            if self.told.contains(&(item.topic, item.about)) {
                item.weight *= STALE;
            }
        }
        news.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        let mut news = news.into_iter();
        let Some(lead) = news.next() else {
            let headline = format!("A quiet {quarter}");
            return FrontPage { headline, stories: Vec::new(), further: Vec::new() };
        };
        let headline = self.word(&lead, quarter);
        self.told = vec![(lead.topic, lead.about)];
        // What the headline has said is not said again below it.
        let told = lead.story.strip_prefix(&format!("{headline}. ")).unwrap_or(&lead.story);
        let story = match &lead.remark {
            Some(remark) => format!("{told} {remark}"),
            None => told.to_owned(),
        };
        let mut stories = vec![self.story(story, quarter)];
        let mut further: Vec<String> = Vec::new();
        for item in news {
            if stories.len() > STORIES {
                if !self.stories.contains(&item.story) && !further.contains(&item.story) {
                    further.push(item.story);
                }
                continue;
            }
            // A second story of a kind has to be about somebody, and worth it.
            let again = self.told.iter().filter(|(topic, _)| *topic == item.topic).count();
            // The lead has said who won and lost by it.
            let said = item.topic == Topic::Winner && item.about == lead.about;
            if self.stories.contains(&item.story) || again > 1 || said {
                continue;
            }
            self.told.push((item.topic, item.about));
            stories.push(self.story(item.story, quarter));
        }
        FrontPage { headline, stories, further }
    }

    /// A story, noted as printed; one told before in the same words says when it is.
    fn story(&mut self, story: String, quarter: &str) -> String {
        let story = match self.stories.contains(&story) {
            true => format!("{quarter}: {story}"),
            false => story,
        };
        self.stories.push(story.clone());
        story
    }

    /// The headline of a piece of news: the wording used least in this game, beginning at a place
    /// that what happened gives; never one that was printed.
    fn word(&mut self, news: &News, quarter: &str) -> String {
        let count = news.wordings.len();
        let first = news.wordings.first().map_or("", String::as_str);
        let start = turn(first, quarter) % count.max(1);
        let fresh = (0..count).map(|step| (start + step) % count).filter(|&place| {
            let wording = &news.wordings[place];
            wording.chars().count() <= WIDEST && !self.headlines.contains(wording)
        });
        let uses = |place: usize| {
            self.wordings.iter().filter(|used| **used == (news.topic, place)).count()
        };
        let headline = match fresh.min_by_key(|&place| uses(place)) {
            Some(place) => {
                self.wordings.push((news.topic, place));
                news.wordings[place].clone()
            }
            None => format!("{quarter}: {first}"),
        };
        self.headlines.push(headline.clone());
        headline
    }
}

/// A number that what happened gives: FNV-1a over the quarter and a headline.
fn turn(text: &str, quarter: &str) -> usize {
    let hash = quarter
        .bytes()
        .chain(text.bytes())
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 8) as usize
}

/// Everything that can stand on the page after a quarter.
fn gather(
    words: &Words,
    deals: &[Deal],
    before: &Published,
    closed: &ClosedQuarter,
    seat: SeatId,
) -> Vec<News> {
    let giants = words.level().giants.len();
    let seen: Vec<&Fact> = closed.facts.iter().filter(|fact| fact.seen_by(seat)).collect();
    let mut news: Vec<News> = seen
        .iter()
        .filter(|fact| !together::told(&seen, fact))
        .filter_map(|fact| {
            let Item { weight, wordings } = of_fact(words, deals, fact)?;
            let about = fact.subject(giants);
            let mine = about == Some(seat)
                || matches!(fact, Fact::Signed { lab, sheet, .. }
                    if words.lab_seat(*lab) == seat || sheet.barred.contains(seat));
            Some(News {
                topic: Topic::Fact(discriminant(*fact)),
                about,
                weight: match mine {
                    true if decided(fact) => weight * DECIDED,
                    true => weight * MINE,
                    false => weight,
                },
                wordings,
                story: story(words, deals, &seen, fact),
                remark: remarks::on(words, deals, before, closed, fact),
            })
        })
        .collect();
    news.extend(together::news(words, &seen));
    news.extend(figures::news(words, before, &closed.published));
    news
}

/// Whether a fact is one seat's own decision and nobody else's.
fn decided(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::ProcessAnnounced { .. }
            | Fact::TemplatePublished { .. }
            | Fact::AccessPolicyChanged { .. }
            | Fact::Answered { .. }
            | Fact::CardPlayed { .. }
            | Fact::OrderChanged { .. }
            | Fact::ResearchChanged { .. }
            | Fact::PushChanged { .. }
            | Fact::ChipPriceChanged { .. }
            | Fact::FavourChanged { .. }
            | Fact::ClauseLoosened { .. }
    )
}

/// A fact as the paper tells it: new terms in full, a happening without its title.
fn story(words: &Words, deals: &[Deal], seen: &[&Fact], fact: &Fact) -> String {
    match fact {
        Fact::Happened { happening, cast } => stories::happening(words, *happening, cast).1,
        Fact::Renegotiated { new, .. } => {
            let signed =
                seen.iter().find(|other| matches!(other, Fact::Signed { deal, .. } if deal == new));
            facts::sentence(words, deals, signed.unwrap_or(&fact))
        }
        _ => facts::sentence(words, deals, fact),
    }
}

/// How much a fact matters and its headlines; nothing for what stays at the table, for what the page
/// says elsewhere, and for what is no news.
fn of_fact(words: &Words, deals: &[Deal], fact: &Fact) -> Option<Item> {
    match fact {
        // Between two at a table, or one seat's own.
        Fact::OfferMade { .. }
        | Fact::Asked { .. }
        | Fact::RoutesShown { .. }
        | Fact::Held { .. }
        | Fact::Insulted { .. }
        | Fact::WalkedAway { .. }
        | Fact::PatienceEnded { .. }
        | Fact::AcceptanceFailed { .. }
        | Fact::AgreedInPrinciple { .. }
        | Fact::AgreementLapsed { .. }
        | Fact::WaiverFeeNamed { .. }
        | Fact::WaiverRefused { .. }
        | Fact::BidSealed { .. }
        | Fact::Claimed { .. }
        | Fact::LeakTraced { .. }
        | Fact::LookedInto { .. }
        | Fact::CardDealt { .. } => None,
        // Nothing but that a plan changed, or sales people spread evenly again.
        Fact::LabPlanChanged { .. } | Fact::PushChanged { segment: None, .. } => None,

        Fact::Signed { .. }
        | Fact::Renegotiated { .. }
        | Fact::TranchePaid { .. }
        | Fact::TrancheLapsed { .. }
        | Fact::ExclusivityLapsed { .. }
        | Fact::AccessLapsed { .. }
        | Fact::LicenceLapsed { .. }
        | Fact::OwnChipsLapsed { .. }
        | Fact::WaiverSold { .. }
        | Fact::PromiseLate { .. }
        | Fact::PromiseBroken { .. }
        | Fact::DealEnded { .. } => deals::headlines(words, deals, fact),
        Fact::NoteConverted { .. }
        | Fact::DilutionMended { .. }
        | Fact::ProRataTaken { .. }
        | Fact::WarrantsUsed { .. }
        | Fact::WarrantsLapsed { .. }
        | Fact::RevenueShareMissed { .. }
        | Fact::RevenueShareEnded { .. } => shares::headlines(words, deals, fact),

        Fact::ProcessAnnounced { .. }
        | Fact::TemplatePublished { .. }
        | Fact::NoShopBought { .. } => labs::of_process(words, fact),
        Fact::FrontierPassed { .. }
        | Fact::RunwayShort { .. }
        | Fact::ServingShort { .. }
        | Fact::Rescued { .. }
        | Fact::CharterBroken { .. }
        | Fact::CharterMended { .. }
        | Fact::TalentLeft { .. }
        | Fact::AccessPolicyChanged { .. } => labs::headlines(words, fact),

        Fact::PriceChanged { .. }
        | Fact::OrderChanged { .. }
        | Fact::ResearchChanged { .. }
        | Fact::PushChanged { .. }
        | Fact::AccessMoved { .. }
        | Fact::CapitalSpendingCut { .. }
        | Fact::Borrowed { .. } => giants::headlines(words, fact),
        Fact::ChipPriceChanged { .. }
        | Fact::ChipsLate { .. }
        | Fact::FavourChanged { .. }
        | Fact::CapacityArrived { .. }
        | Fact::CapacityShort { .. }
        | Fact::Outage { .. } => giants::of_halls(words, fact),

        Fact::OpenWeightsShock { .. }
        | Fact::ChipShortage { .. }
        | Fact::Downturn { .. }
        | Fact::DownturnOver => world::headlines(words, fact),
        Fact::NewsMovedValue { .. }
        | Fact::CircularRevenue { .. }
        | Fact::CircularDoubted { .. } => world::of_markets(words, fact),
        Fact::InquiryOpened { .. }
        | Fact::InquiryCleared { .. }
        | Fact::RemedyImposed { .. }
        | Fact::ClauseLoosened { .. } => world::of_regulators(words, deals, fact),

        Fact::Reported { .. } | Fact::Judged { .. } => said::headlines(words, fact),
        Fact::Happened { .. } | Fact::Answered { .. } | Fact::CardPlayed { .. } => {
            said::of_decks(words, fact)
        }
    }
}
