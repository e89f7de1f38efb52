//! What a designer reads when a level file is wrong. Each report is kept as text and reviewed as
//! text: would somebody who does not program know what to do?

use insta::assert_snapshot;
use termsheet::level::{MAX_BYTES, check};

const SMALLEST: &str = include_str!("fixtures/smallest.ron");
const FLAGSHIP: &str = include_str!("../../levels/ten-billion-courtship.ron");
/// A large level that is not tuned, so that reports about it keep their lines.
const LARGE: &str = include_str!("fixtures/calibration-idle.ron");

/// The smallest level with one piece of its text replaced, wherever it stands first.
fn changed(from: &str, to: &str) -> String {
    assert!(SMALLEST.contains(from), "the fixture has no {from:?}");
    SMALLEST.replacen(from, to, 1)
}

/// The report on a level that must be refused.
fn report(text: &str) -> String {
    check("harbour-town.ron", text).expect_err("the level should be refused").render(false)
}

#[test]
fn the_smallest_level_the_flagship_and_the_calibration_world_are_accepted() {
    for (name, text) in [
        ("smallest.ron", SMALLEST),
        ("ten-billion-courtship.ron", FLAGSHIP),
        ("calibration-idle.ron", include_str!("fixtures/calibration-idle.ron")),
    ] {
        if let Err(problems) = check(name, text) {
            panic!("{}", problems.render(false));
        }
    }
}

#[test]
fn the_designers_page_shows_the_smallest_level() {
    let page = include_str!("../../docs/levels.md");
    let (_, rest) = page.split_once("```ron\n").expect("the page shows a level");
    let (shown, _) = rest.split_once("```").expect("the example ends");
    assert_eq!(shown, SMALLEST);
}

#[test]
fn the_error_on_the_designers_page_is_a_real_one() {
    let page = include_str!("../../docs/levels.md");
    let (_, rest) = page.split_once("```text\n").expect("the page shows a report");
    let (shown, _) = rest.split_once("```").expect("the report ends");
    let text = changed("first_seat: \"north\"", "first_seat: \"nroth\"").replacen(
        "{\"everyone\": 50}",
        "{\"everyone\": 52.5}",
        1,
    );
    assert_eq!(shown, report(&text));
}

#[test]
fn a_typo_in_a_field_names_the_field_that_was_meant() {
    assert_snapshot!(report(&changed("capacity_gw: 15", "capicity_gw: 15")));
}

#[test]
fn a_field_of_another_place_is_refused_with_the_allowed_ones() {
    assert_snapshot!(report(&changed("value_tn: 2,", "value_tn: 2,\n            goodwill: 3,")));
}

#[test]
fn a_typo_in_an_id_names_the_id_that_was_meant() {
    let text = changed("compute_gw: {\"south\": 0.4", "compute_gw: {\"suoth\": 0.4")
        .replacen("first_seat: \"north\"", "first_seat: \"nroth\"", 1)
        .replacen("{\"everyone\": 50}", "{\"evryone\": 50}", 1);
    assert_snapshot!(report(&text));
}

#[test]
fn a_holder_whose_name_is_almost_a_giants_is_questioned() {
    assert_snapshot!(report(&changed("{\"south\": 15,", "{\"sauth\": 15,")));
}

#[test]
fn a_mission_is_a_sentence_and_not_a_page() {
    let long = format!("heads: 1000, mission: \"{}\"", "word ".repeat(40));
    assert_snapshot!(report(&changed("heads: 1000", &long)));
}

#[test]
fn text_where_a_number_belongs_is_refused() {
    assert_snapshot!(report(&changed("cash_bn: 100", "cash_bn: \"100\"")));
}

#[test]
fn a_fraction_where_a_whole_number_belongs_is_refused() {
    assert_snapshot!(report(&changed("heads: 1000", "heads: 1000.5")));
}

#[test]
fn a_negative_number_of_quarters_is_refused() {
    assert_snapshot!(report(&changed("quarters: 4,", "quarters: -4,")));
}

#[test]
fn a_number_where_text_belongs_is_refused() {
    assert_snapshot!(report(&changed("title: \"Harbour Town\"", "title: 12")));
}

#[test]
fn a_map_where_fields_belong_is_refused() {
    assert_snapshot!(report(&changed("(year: 2030, quarter: 2)", "{\"year\": 2030}")));
}

#[test]
fn fields_where_a_map_belongs_are_refused() {
    assert_snapshot!(report(&changed("{\"everyone\": 20}", "(everyone: 20)")));
}

#[test]
fn each_kind_of_value_has_its_words() {
    let deal = "standing_deals: [(giant: \"south\", invested_bn: 3, access: \"Early\")],";
    let reports: Vec<String> = [
        ("ai_intensity: 1,", "ai_intensity: high,"),
        ("holds_labs: true", "holds_labs: yes"),
        ("arriving_gw: [1, 1, 1, 1]", "arriving_gw: 1"),
        ("{\"everyone\": 50}", "{\"everyone\": fifty}"),
        (
            "patience: 8,\n            goals",
            &format!("patience: 8,\n            {deal}\n            goals"),
        ),
        ("first_seat: \"north\",", "first_seat: \"north\", information: full,"),
        ("goals: [(measure: CloudShare, none_at: 45", "goals: [(measure: CloudShare, none_at: low"),
    ]
    .into_iter()
    .map(|(from, to)| report(&changed(from, to)))
    .collect();
    assert_snapshot!(reports.join("\n"));
}

#[test]
fn a_missing_field_is_named_with_its_unit() {
    assert_snapshot!(report(&changed("            debt_bn: 20,\n", "")));
}

#[test]
fn a_field_given_twice_is_refused() {
    assert_snapshot!(report(&changed("debt_bn: 20,", "debt_bn: 20,\n            debt_bn: 30,")));
}

#[test]
fn a_key_given_twice_is_refused() {
    assert_snapshot!(report(&changed("{\"south\": 0.4,", "{\"south\": 0.4, \"south\": 0.3,")));
}

#[test]
fn a_measure_that_does_not_exist_lists_those_that_do() {
    assert_snapshot!(report(&changed("measure: WinRate", "measure: WinRates")));
}

#[test]
fn a_measure_that_does_not_fit_the_seat_lists_those_that_do() {
    assert_snapshot!(report(&changed("measure: WinRate", "measure: Runway")));
}

#[test]
fn a_missing_comma_is_shown_where_it_is_missing() {
    assert_snapshot!(report(&changed("debt_bn: 20,", "debt_bn: 20")));
}

#[test]
fn a_missing_bracket_is_shown_by_the_one_it_leaves_open() {
    assert_snapshot!(report(&changed("arriving_gw: [1, 1, 1, 1],", "arriving_gw: [1, 1, 1, 1,")));
}

#[test]
fn a_file_that_ends_too_early_shows_what_was_left_open() {
    let end = SMALLEST.find("    labs:").expect("the fixture has labs");
    assert_snapshot!(report(&SMALLEST[..end]));
}

#[test]
fn a_missing_quote_is_found() {
    assert_snapshot!(report(&changed("title: \"Harbour Town\",", "title: \"Harbour Town,")));
}

#[test]
fn an_empty_file_is_refused() {
    assert_snapshot!(report(""));
}

#[test]
fn something_that_is_no_level_is_refused() {
    assert_snapshot!(report("# Harbour Town\n\nA level about two landlords.\n"));
}

#[test]
fn sums_that_are_off_are_added_up_for_the_designer() {
    let text = changed("share_pct: {\"everyone\": 50}", "share_pct: {\"everyone\": 52.5}")
        .replacen("win_rate_ai_pct: 35", "win_rate_ai_pct: 30", 1)
        .replacen("\"staff\": 85", "\"staff\": 80", 1)
        .replacen("weight: 100", "weight: 90", 1)
        .replacen("size_pct: 100", "size_pct: 99", 1);
    assert_snapshot!(report(&text));
}

#[test]
fn numbers_that_are_not_finite_are_refused() {
    let text = changed("cash_bn: 100", "cash_bn: NaN")
        .replacen("debt_bn: 20", "debt_bn: inf", 1)
        .replacen("cash_floor_bn: 20", "cash_floor_bn: 1e400", 1)
        .replacen("none_at: 45", "none_at: -inf", 1);
    assert_snapshot!(report(&text));
}

#[test]
fn numbers_out_of_range_say_which_are_allowed() {
    let text = changed("ai_capex_pct: 70", "ai_capex_pct: 700")
        .replacen("quarters: 4", "quarters: 400", 1)
        .replacen("capacity_gw: 15", "capacity_gw: -1", 1)
        .replacen("patience: 8", "patience: 1", 1)
        .replacen("cash_bn: 5,", "cash_bn: 1e300,", 1);
    assert_snapshot!(report(&text));
}

#[test]
fn another_format_is_refused_before_anything_else() {
    assert_snapshot!(report("(format: 2, world: \"of tomorrow\")"));
}

#[test]
fn an_id_is_lower_case_words_with_hyphens() {
    for id in ["", "Harbour", "harbour_town", "-harbour", "a--b", "hafenstädtchen", &"x".repeat(41)]
    {
        let text = changed("id: \"harbour-town\"", &format!("id: \"{id}\""));
        assert!(report(&text).contains("cannot be an id"), "{id:?}");
    }
    let text = changed("id: \"harbour-town\"", "id: \"Harbour Town\"");
    assert_snapshot!(report(&text));
}

#[test]
fn two_seats_of_one_id_are_refused() {
    assert_snapshot!(report(&changed("id: \"lighthouse\"", "id: \"north\"")));
}

#[test]
fn nine_giants_are_refused() {
    let start = SMALLEST.find("        (\n            id: \"north\"").expect("a first giant");
    let end = SMALLEST.find("        (\n            id: \"south\"").expect("a second giant");
    let seven_more: String = (0..7)
        .map(|n| SMALLEST[start..end].replace("\"north\"", &format!("\"north-{n}\"")))
        .collect();
    let text = format!("{}{seven_more}{}", &SMALLEST[..start], &SMALLEST[start..]);
    assert_snapshot!(report(&text));
}

#[test]
fn a_segment_must_hold_the_labs() {
    assert_snapshot!(report(&changed("            holds_labs: true,\n", "")));
}

#[test]
fn lab_compute_must_fit_its_providers_revenue() {
    assert_snapshot!(report(&changed("{\"south\": 0.4, \"others\": 0.1}", "{\"others\": 8}")));
}

#[test]
fn a_lab_cannot_rent_from_a_giant_without_a_cloud() {
    let start = LARGE.find("new_compute_pct: {\"microsoft\"").expect("the mix of the first lab");
    let (before, after) = LARGE.split_at(start);
    let text = format!("{before}{}", after.replacen("\"oracle\": 15", "\"nvidia\": 15", 1));
    assert_snapshot!(report(&text));
}

#[test]
fn a_clause_needs_a_term_and_a_term_a_clause() {
    let deal = "standing_deals: [(giant: \"south\", invested_bn: 3, access: Early, \
                board_seat: None)],";
    let typo = changed(
        "patience: 8,\n            goals: [(measure: LabR",
        &format!("patience: 8,\n            {deal}\n            goals: [(measure: LabR"),
    );
    assert!(report(&typo).contains("did you mean `board`?"), "{}", report(&typo));
    let text = typo.replacen(
        "access: Early, board_seat: None",
        "access: Early,\n                exclusivity_quarters: 4, commitment_gw: 0.2, commitment_quarters: 60",
        1,
    );
    assert_snapshot!(report(&text));
}

#[test]
fn a_goal_needs_two_different_ends_and_a_quarter_within_the_game() {
    let text = changed("none_at: 45, full_at: 55", "none_at: 55, full_at: 55, by_quarter: 9");
    assert_snapshot!(report(&text));
}

#[test]
fn a_happening_needs_a_chance_or_a_quarter() {
    let text = changed(
        "    segments: [",
        "    happenings: [\n        (what: Outage(utils: 0.3)),\n        \
         (what: ChipShortage(cost_pct: 900), in_quarter: 5),\n    ],\n    segments: [",
    );
    assert_snapshot!(report(&text));
}

#[test]
fn all_problems_of_a_file_are_reported_at_once() {
    let text = LARGE
        .replacen("first_seat: \"amazon\"", "first_seat: \"amazn\"", 1)
        .replacen("ai_capex_pct: 70", "ai_capex_pct: 170", 1)
        .replacen("\"enterprise\": 26.2", "\"enterprise\": 28.2", 1)
        .replacen("measure: NetCash, none_at: -200", "measure: LabValue, none_at: -200", 1)
        .replacen("{\"microsoft\": 35,", "{\"mircosoft\": 35,", 1);
    let problems = check("my-level.ron", &text).expect_err("refused");
    assert_eq!(problems.list.len(), 5);
    assert!(problems.list.iter().all(|problem| problem.span.is_some()));
    assert_snapshot!(problems.render(false));
}

#[test]
fn two_mebibytes_are_refused_unread() {
    assert_snapshot!(report(&" ".repeat(2 * MAX_BYTES)));
}

#[test]
fn ten_thousand_nested_brackets_are_refused_unread() {
    for opener in ["(", "[", "{", "(a:", "Some(", "[(", "{\"a\":"] {
        assert!(report(&opener.repeat(10_000)).contains("nested more than 32 deep"), "{opener}");
    }
    assert_snapshot!(report(&"[".repeat(10_000)));
}

#[test]
fn characters_that_could_mislead_a_reader_are_refused_and_not_printed() {
    // A terminal escape, a right-to-left override, a zero-width space, a null.
    for c in ['\u{1b}', '\u{202e}', '\u{200b}', '\0', '\u{9b}'] {
        let text = changed("Harbour Town", &format!("Harbour{c}Town"));
        let report = report(&text);
        assert!(report.contains("invisible character"), "{c:?}: {report}");
        assert!(!report.contains(c), "{c:?} was printed");
        // The same, hidden behind an escape in the text.
        let text = changed("Harbour Town", &format!("Harbour\\u{{{:x}}}Town", u32::from(c)));
        let report = self::report(&text);
        assert!(report.contains("invisible character"), "{c:?} escaped: {report}");
        assert!(!report.contains(c), "{c:?} escaped was printed");
    }
    assert_snapshot!(report(&changed("Harbour Town", "Harbour\u{202e}Town")));
}

#[test]
fn names_and_keys_in_other_scripts_are_reported_whole() {
    let text = changed("{\"everyone\": 20}", "{\"всё-подряд-👩‍🚀-é\": 20}");
    // The joiner inside the emoji is one of the characters that hide.
    assert!(report(&text).contains("U+200D"));
    let text = changed("{\"everyone\": 20}", "{\"всё-подряд-🚀\": 20}");
    assert_snapshot!(report(&text));
}

#[test]
fn a_line_too_long_to_show_is_located_in_words() {
    let padding = format!("/* {} */ capicity_gw: 15", "x".repeat(5_000));
    let report = report(&changed("capacity_gw: 15", &padding));
    assert!(report.len() < 2_000);
    assert_snapshot!(report);
}

#[test]
fn a_hundred_problems_are_enough() {
    let keys: String = (0..12).map(|n| format!("\"no-{n}\": 900, ")).collect();
    let lab = &SMALLEST[SMALLEST.find("        (\n            id: \"lighthouse\"").expect("a lab")
        ..SMALLEST.rfind("    ],").expect("the end of labs")];
    let bad = lab
        .replace(
            "compute_gw: {\"south\": 0.4, \"others\": 0.1}",
            &format!("compute_gw: {{{keys}}}"),
        )
        .replace("patience: 8,", &format!("patience: 8, trust_pct: {{{keys}}},"));
    let text = SMALLEST.replace(lab, &bad.repeat(3));
    let problems = check("harbour-town.ron", &text).expect_err("refused");
    assert_eq!(problems.list.len(), 101);
    assert!(problems.render(false).contains("there are more problems"));
}

#[test]
fn a_report_is_the_same_each_time_and_has_colour_only_when_asked() {
    let text = changed("cash_bn: 100", "cash_bn: -5");
    let problems = check("harbour-town.ron", &text).expect_err("refused");
    assert_eq!(problems.render(false), report(&text));
    assert!(!problems.render(false).contains('\u{1b}'));
    assert!(problems.render(true).contains('\u{1b}'));
}

#[test]
fn a_mark_at_the_start_of_the_file_and_windows_line_ends_are_allowed() {
    let windows = format!("\u{feff}{}", SMALLEST.replace('\n', "\r\n"));
    assert!(check("harbour-town.ron", &windows).is_ok());
}

#[test]
fn some_may_be_written_or_left_out() {
    let text = changed(
        "cloud: (\n                share_pct: {\"everyone\": 50}",
        "cloud: Some((\n                share_pct: {\"everyone\": 50}",
    )
    .replacen("cost_index: 1,\n            ),", "cost_index: 1,\n            )),", 1);
    let level = check("harbour-town.ron", &text).expect("accepted");
    assert_eq!(level, check("harbour-town.ron", SMALLEST).expect("accepted"));
}

#[test]
fn any_one_character_changed_is_accepted_or_explained() {
    let replacements = ["", "(", ")", "\"", ",", "9", "é", "-", "/*", "\\", "{", "a"];
    let places: Vec<usize> = SMALLEST.char_indices().map(|(at, _)| at).collect();
    for (turn, &at) in places.iter().enumerate() {
        let to = replacements[turn % replacements.len()];
        let text = format!("{}{to}{}", &SMALLEST[..at], &SMALLEST[at + 1..]);
        if let Err(problems) = check("harbour-town.ron", &text) {
            assert!(!problems.list.is_empty());
            assert!(problems.render(false).contains("harbour-town.ron"));
        }
    }
}

#[test]
fn every_beginning_of_a_level_is_explained() {
    for end in (0..SMALLEST.trim_end().len()).step_by(7) {
        assert!(report(&SMALLEST[..end]).contains("1 problem"), "{end}");
    }
}

#[test]
fn hostile_text_of_the_largest_size_is_answered_soon() {
    let keys: String = (0..50_000).map(|n| format!("\"h{n}\": 1, ")).collect();
    for (text, words) in [
        (changed("{\"south\": 15,", &format!("{{{keys}\"south\": 15,")), "50002 entries"),
        (changed("arriving_gw: []", &format!("arriving_gw: [{}]", "NaN,".repeat(100_000))), "NaN"),
        (changed("cash_bn: 100", &format!("cash_bn: 1{}", "0".repeat(1_000_000))), "not a finite"),
        (
            changed("{\"everyone\": 20}", &format!("{{{}}}", "\"everyone\": 20,".repeat(50_000))),
            "twice",
        ),
        (changed("Harbour Town", &"é".repeat(500_000)), "500000 characters"),
        (changed("harbour-town", &"a-".repeat(500_000)), "cannot be"),
        (changed("cash_bn: 100", &format!("{}: 100", "x".repeat(1_000_000))), "has no field"),
        ("\"".repeat(1_000_000), "must begin with"),
        ("/*".repeat(500_000), "never closed"),
    ] {
        #[expect(clippy::disallowed_methods, reason = "how long a report takes is the question")]
        let begun = std::time::Instant::now();
        let report = report(&text);
        assert!(report.contains(words), "{words:?} is not in: {report}");
        assert!(report.len() < 40_000);
        assert!(begun.elapsed().as_secs() < 10, "{words:?} took {:?}", begun.elapsed());
    }
}
