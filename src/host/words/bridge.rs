//! Why cash moved: the books' postings as rows that sum exactly to the change.

use crate::ids::SeatId;
use crate::sim::books::{Account, Posting, Reason};
use crate::sim::deal::Deal;
use crate::sim::fact::FactId;
use crate::units::Money;

use super::{Words, possessive};

/// A row of a cash bridge.
#[derive(Clone, Debug, PartialEq)]
pub struct BridgeRow {
    pub label: String,
    pub amount: Money,
}

/// Every reason a seat's cash moved, in the order of the postings, each with its sum.
pub fn cash(words: &Words, deals: &[Deal], seat: SeatId, postings: &[Posting]) -> Vec<BridgeRow> {
    let mut rows: Vec<BridgeRow> = Vec::new();
    for posting in postings {
        let Some(amount) = moved(posting, seat) else { continue };
        let label = label(words, deals, seat, posting);
        match rows.iter_mut().find(|row| row.label == label) {
            Some(row) => row.amount += amount,
            None => rows.push(BridgeRow { label, amount }),
        }
    }
    rows
}

/// What a posting adds to a seat's cash, if it touches it.
fn moved(posting: &Posting, seat: SeatId) -> Option<Money> {
    let cash = Account::Cash(seat);
    match (posting.from == cash, posting.to == cash) {
        (true, true) | (false, false) => None,
        (true, false) => Some(-posting.amount),
        (false, true) => Some(posting.amount),
    }
}

/// The change of cash: the sum of the rows.
pub fn change(seat: SeatId, postings: &[Posting]) -> Money {
    postings.iter().filter_map(|posting| moved(posting, seat)).sum()
}

fn label(words: &Words, deals: &[Deal], seat: SeatId, posting: &Posting) -> String {
    let paid = posting.from == Account::Cash(seat);
    let other = if paid { posting.to } else { posting.from };
    match posting.reason {
        Reason::ComputeBill => match (paid, other) {
            (true, Account::Cash(provider)) => {
                format!("Compute rented from {}", words.seat(provider))
            }
            (true, _) => "Compute rented elsewhere".to_owned(),
            (false, Account::Cash(tenant)) => format!("Compute rented by {}", words.seat(tenant)),
            (false, _) => "Compute rented out".to_owned(),
        },
        Reason::Reserved => match deal_of(deals, posting.fact) {
            Some(deal) => format!("Set aside for shares of {}", words.lab(deal.lab)),
            None => "Set aside at signature".to_owned(),
        },
        Reason::SharesBought => match (paid, deal_of(deals, posting.fact)) {
            (true, Some(deal)) => format!("Shares of {} bought", words.lab(deal.lab)),
            (false, Some(deal)) => format!("Shares sold to {}", words.firm(deal.giant)),
            (true, None) => tranche(words, deals, posting, true),
            (false, None) => tranche(words, deals, posting, false),
        },
        reason => plain(reason, paid).to_owned(),
    }
}

/// A later tranche carries the fact of its payment, not of its signature.
fn tranche(words: &Words, deals: &[Deal], posting: &Posting, paid: bool) -> String {
    let deal = deals.iter().find(|deal| {
        deal.sheet.staged() == posting.amount
            && (posting.from == Account::Cash(deal.giant.seat())
                || posting.to == Account::Cash(words.lab_seat(deal.lab)))
    });
    match (deal, paid) {
        (Some(deal), true) => format!("Second tranche to {}", words.lab(deal.lab)),
        (Some(deal), false) => format!("Second tranche from {}", words.firm(deal.giant)),
        (None, true) => "Shares bought".to_owned(),
        (None, false) => "Shares sold".to_owned(),
    }
}

fn deal_of(deals: &[Deal], fact: Option<FactId>) -> Option<&Deal> {
    deals.iter().find(|deal| deal.fact.is_some() && deal.fact == fact)
}

/// The reason of a posting, in a row's words.
pub fn plain(reason: Reason, paid: bool) -> &'static str {
    match (reason, paid) {
        (Reason::Opening, _) => "Opening balance",
        (Reason::CoreIncome, _) => "Core business",
        (Reason::CloudRevenue, _) => "Cloud revenue",
        (Reason::CloudCosts, _) => "Running the cloud",
        (Reason::ComputeBill, true) => "Compute rented",
        (Reason::ComputeBill, false) => "Compute rented out",
        (Reason::CreditsSpent, _) => "Compute credits used",
        (Reason::CreditsGranted, _) => "Compute credits granted",
        (Reason::Reserved, _) => "Set aside at signature",
        (Reason::SharesBought, true) => "Shares bought",
        (Reason::SharesBought, false) => "Shares sold",
        (Reason::RevenueShare, true) => "Revenue shared",
        (Reason::RevenueShare, false) => "Part of a lab's revenue",
        (Reason::ChipMargin, _) => "Margin on own chips",
        (Reason::CapitalSpending, _) => "Capacity ordered",
        (Reason::Tax, _) => "Tax",
        (Reason::Interest, _) => "Interest",
        (Reason::Payout, _) => "Paid out to shareholders",
        (Reason::Borrowing, _) => "Borrowed",
        (Reason::ProductRevenue, _) => "Product revenue",
        (Reason::SellingCosts, _) => "Selling",
        (Reason::Salaries, _) => "People",
        (Reason::CostsNotPaidInCash, _) => "Paid in shares and credit",
        (Reason::RescueRound, _) => "Rescue round",
        (Reason::Fine, _) => "A regulator's fine",
        (Reason::NoShopFee, _) => "Fee for talks of one's own",
        (Reason::WaiverFee, true) => "Waiver bought",
        (Reason::WaiverFee, false) => "Waiver sold",
        (Reason::Release, _) => "Release from a deal's terms",
        (Reason::BreakFee, _) => "Deal ended early",
        (Reason::Damages, _) => "Damages for a promise not kept",
        (Reason::Happening, true) => "What answers and events cost",
        (Reason::Happening, false) => "What answers and events brought",
    }
}

/// What a posting is for, in a sentence.
pub fn meaning(reason: Reason, paid: bool) -> &'static str {
    match (reason, paid) {
        (Reason::Opening, _) => "What the level begins with.",
        (Reason::CoreIncome, _) => "What the rest of the firm earns; the level sets how it grows.",
        (Reason::CloudRevenue, _) => "Our share of the cloud market, at our prices.",
        (Reason::CloudCosts, _) => "Power, people and wear of what customers use.",
        (Reason::ComputeBill, true) => "Compute our models train and are served on.",
        (Reason::ComputeBill, false) => "Compute that a lab rents from us.",
        (Reason::CreditsSpent, _) => "Compute delivered against credits: no cash moves.",
        (Reason::CreditsGranted, _) => {
            "Compute promised at its face value, as a part of the price of shares."
        }
        (Reason::Reserved, _) => {
            "Set aside when a deal is signed, so that it is there when it is due."
        }
        (Reason::SharesBought, _) => "The price of shares, paid once what it waits for has come.",
        (Reason::RevenueShare, _) => {
            "A part of a lab's revenue, until the cap of the deal is paid."
        }
        (Reason::ChipMargin, _) => "What our own chips save or earn on a lab's compute.",
        (Reason::CapitalSpending, _) => {
            "Rooms, chips and power ordered this quarter; they come on line four quarters on."
        }
        (Reason::Tax, _) => "A part of the income of the quarter.",
        (Reason::Interest, _) => "On the debt at the beginning of the quarter.",
        (Reason::Payout, _) => "Dividends and shares bought back: a part of income.",
        (Reason::Borrowing, _) => "What keeps cash above its floor.",
        (Reason::ProductRevenue, _) => "What the lab's products sell for.",
        (Reason::SellingCosts, _) => "The sales force, and what customers are won with.",
        (Reason::Salaries, _) => "People, in cash.",
        (Reason::CostsNotPaidInCash, _) => {
            "Pay in shares and suppliers' credit: no cash moves now."
        }
        (Reason::RescueRound, _) => {
            "Cash had run out; investors who are no seat bought shares at a discount."
        }
        (Reason::Fine, _) => "A regulator's remedy.",
        (Reason::NoShopFee, _) => "The price of a quarter's talks with one giant alone.",
        (Reason::WaiverFee, _) => "The price of a covenant not called on.",
        (Reason::Release, _) => "For what a giant gives up in new terms.",
        (Reason::BreakFee, _) => "The price of an early end.",
        (Reason::Damages, _) => "A promise stayed unkept for a second quarter.",
        (Reason::Happening, _) => "An event, or the price of an answer.",
    }
}

/// An account's name for the books.
pub fn account(words: &Words, account: Account) -> String {
    match account {
        Account::Cash(seat) => words.seat(seat).to_owned(),
        Account::Escrow(seat) => format!("{}, set aside", words.seat(seat)),
        Account::Debt(firm) => format!("{} debt", possessive(words.firm(firm))),
        Account::CreditsOwed(firm) => format!("{}, credits owed", words.firm(firm)),
        Account::Credits(lab, firm) => {
            format!("{}, credits at {}", words.lab(lab), words.firm(firm))
        }
        Account::Customers => "customers".to_owned(),
        Account::Suppliers => "suppliers".to_owned(),
        Account::Staff => "staff".to_owned(),
        Account::Lenders => "lenders".to_owned(),
        Account::Investors => "investors".to_owned(),
        Account::Tax => "tax".to_owned(),
    }
}
