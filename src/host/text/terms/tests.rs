//! Terms as they are typed and printed.

use super::*;
use crate::host::words::{Names, clauses};
use crate::ids::SeatId;
use crate::level::Library;
use crate::sim::deal::Instrument;

fn words() -> Words {
    let entry = Library::load(None).find("ten-billion-courtship").expect("built in");
    Words::new(entry.level.expect("it loads"), Names::Real)
}

fn typed(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

fn read(line: &str) -> TermSheet {
    edit(&words(), TermSheet::default(), &typed(line)).expect(line)
}

fn full() -> TermSheet {
    TermSheet {
        cash: Money::from_bn(10.0),
        credits: Money::from_bn(2.0),
        pre_money: Money::from_bn(100.0),
        tranche_pct: 40,
        condition: Condition::AtTheFrontier,
        board: BoardSeat::Director,
        exclusivity: Exclusivity::SoleCloud,
        exclusivity_quarters: 8,
        commitment_mw: 500,
        commitment_quarters: 12,
        access: AccessTier::Early,
        access_quarters: 8,
        barred: SeatSet::EMPTY.with(SeatId(1)).with(SeatId(2)),
        break_fee: Money::from_bn(0.5),
        ..TermSheet::default()
    }
}

#[test]
fn one_sheet_can_be_typed_in_many_ways() {
    let ways = [
        "cash 10 credits 2 at 100 tranche 40 at-the-frontier board director exclusivity sole-cloud 8 commit 0.5gw 12 access early 8 breakfee 0.5 bar microsoft,google",
        "$10bn, credits $2bn, at $100bn, tranche 40% at the frontier, director, sole cloud for 8 quarters, compute 500mw 3y, early access, break fee $500m, bar microsoft and google",
        "10 plus credits 2 at 100 with access early 2y and board director tranche 40 frontier sole-cloud compute 0.5 gw for 12 quarters break-fee 0.5 bar micro, goog",
    ];
    for way in ways {
        let expected = full();
        assert_eq!(read(&way.replace("early access", "access early")), expected, "{way}");
    }
}

/// Every clause that few sheets have.
fn fuller() -> TermSheet {
    TermSheet {
        instrument: Instrument::CappedProfit,
        profit_cap: 10,
        pro_rata: true,
        anti_dilution: true,
        consent: true,
        own_chips_pct: 50,
        own_chips_quarters: 12,
        licence_quarters: 8,
        revenue_share_pct: 10,
        revenue_share_cap: Money::from_bn(5.0),
        ..full()
    }
}

#[test]
fn the_rarer_clauses_are_typed_by_their_names_and_taken_out_again() {
    let typed_out = "instrument capped 10, prorata, antidilution, consent, chips 50, licence 8, revshare 10 cap 5";
    let words = words();
    let found = edit(&words, full(), &typed(typed_out)).expect("a sheet");
    // The chips' term is that of the compute they are a part of.
    assert_eq!(found, fuller());
    let out = "no instrument no prorata no antidilution no consent no chips no licence no revshare";
    assert_eq!(edit(&words, fuller(), &typed(out)).expect("a sheet"), full());
    let other = read("10 at 100 convertible pro rata anti-dilution revenue share 8% cap $2bn");
    assert_eq!(other.instrument, Instrument::Convertible);
    assert!(other.pro_rata && other.anti_dilution);
    assert_eq!((other.revenue_share_pct, other.revenue_share_cap), (8, Money::from_bn(2.0)));
}

#[test]
fn what_is_printed_can_be_typed_back() {
    let words = words();
    let small = TermSheet { cash: Money::from_bn(0.35), ..full() };
    let note = TermSheet { instrument: Instrument::Convertible, ..read("10 at 100") };
    for sheet in [full(), small, read("10 at 100"), fuller(), note] {
        assert_eq!(read(&clauses::typed(&words, &sheet)), sheet);
    }
}

#[test]
fn an_edit_leaves_every_other_clause_alone() {
    let edited = edit(&words(), full(), &typed("at 105 no board access 12")).expect("an edit");
    let expected = TermSheet {
        pre_money: Money::from_bn(105.0),
        board: BoardSeat::None,
        access_quarters: 12,
        ..full()
    };
    assert_eq!(edited, expected);
}

#[test]
fn what_is_not_understood_is_said_in_a_sentence() {
    let lines = [
        "10 at",
        "10 acess early",
        "board chair",
        "compute lots",
        "tranche some",
        "bar nobody",
        "access early 1.5",
        "10 at -5",
        "no lunch",
        "exclusivity",
        "subject-to x",
        "instrument bond",
        "instrument capped",
        "chips many",
        "licence",
        "revshare 10",
        "revshare 10 cap",
    ];
    for line in lines {
        let refusal = edit(&words(), TermSheet::default(), &typed(line)).expect_err(line);
        assert!(refusal.ends_with('.') && refusal.contains(' '), "{line}: {refusal}");
    }
    let refusal = edit(&words(), TermSheet::default(), &typed("10 acess early"));
    assert!(refusal.expect_err("a slip").contains("access"));
}
