//! How figures are written: $10.0bn, 28.4%, +0.3 pt.

use crate::sim::view::Known;
use crate::units::Money;

/// A sum of money.
pub fn money(sum: Money) -> String {
    bn(sum.bn())
}

/// A sum in billions of dollars: $2.41tn, $10.0bn, $350m, $4.2m.
pub fn bn(billions: f64) -> String {
    with_minus(billions, &magnitude(billions.abs()))
}

/// A change of a sum, with its sign.
pub fn bn_change(billions: f64) -> String {
    with_sign(billions, &magnitude(billions.abs()))
}

fn magnitude(billions: f64) -> String {
    match billions {
        b if b >= 999.95 => format!("${:.2}tn", b / 1e3),
        b if b >= 0.9995 => format!("${b:.1}bn"),
        b if b >= 0.00995 => format!("${:.0}m", b * 1e3),
        b if b >= 0.00005 => format!("${:.1}m", b * 1e3),
        _ => "$0".to_owned(),
    }
}

/// A figure in billions to two decimals, without unit, signed: for columns headed $bn.
pub fn fine_column(billions: f64) -> String {
    with_sign(billions, &format!("{:.2}", billions.abs()))
}

/// Rows rounded to tenths so that they add up to the rounded sum: what rounding leaves over goes to the
/// rows it moves least.
pub fn rows_to_tenths(rows: &[f64]) -> Vec<f64> {
    let mut tenths: Vec<f64> = rows.iter().map(|row| libm::round(10.0 * row)).collect();
    let sum = libm::round(10.0 * rows.iter().sum::<f64>());
    let mut left = sum - tenths.iter().sum::<f64>();
    while left.abs() > 0.5 {
        let way = left.signum();
        let strain = |place: &usize| way * (10.0 * rows[*place] - tenths[*place]);
        let most = (0..rows.len()).max_by(|one, other| strain(one).total_cmp(&strain(other)));
        let Some(place) = most else { break };
        tenths[place] += way;
        left -= way;
    }
    tenths.into_iter().map(|row| row / 10.0).collect()
}

/// A figure in billions to a decimal, without unit, signed: for columns headed $bn.
pub fn column(billions: f64) -> String {
    with_sign(billions, &format!("{:.1}", billions.abs()))
}

/// A change in billions to a decimal, whatever its size: for rows that are to add up.
pub fn bn_tenths(billions: f64) -> String {
    with_sign(billions, &format!("${:.1}bn", billions.abs()))
}

/// A part of 1 as a per cent.
pub fn share(part: f64) -> String {
    with_minus(part, &format!("{:.1}%", 100.0 * part.abs()))
}

/// A change of a share, in percentage points.
pub fn share_change(part: f64) -> String {
    with_sign(part, &format!("{:.1} pt", 100.0 * part.abs()))
}

/// A change in points of any other scale.
pub fn points_change(points: f64) -> String {
    with_sign(points, &format!("{:.1}", points.abs()))
}

/// A change in whole points of any scale.
pub fn whole_change(points: f64) -> String {
    with_sign(points, &format!("{:.0}", points.abs()))
}

/// A change as a per cent of what was.
pub fn growth(part: f64) -> String {
    with_sign(part, &format!("{:.1}%", 100.0 * part.abs()))
}

pub fn gigawatts(gw: f64) -> String {
    let size = gw.abs();
    let small = size > 0.0 && size < 0.095;
    let text = if small { format!("{:.0} MW", size * 1e3) } else { format!("{size:.2} GW") };
    with_minus(gw, &text)
}

/// Which way a change went, apart from whether that is good.
fn arrow(change: f64) -> &'static str {
    match change {
        c if c > 1e-9 => "▲",
        c if c < -1e-9 => "▼",
        _ => "·",
    }
}

/// A change already written, with its mark; one that rounds to nothing has none.
pub fn marked(change: f64, written: &str) -> String {
    let mark = if is_nought(written) { "·" } else { arrow(change) };
    format!("{mark} {written}")
}

/// `1 quarter`, `8 quarters`.
pub fn count(number: u32, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// A figure as far as it is known: `4.5`, `4–5`, `tight`.
pub fn known(value: Known<f64>, write: impl Fn(f64) -> String) -> String {
    match value {
        Known::Exact(value) => write(value),
        Known::Range(low, high) => {
            let (low, high) = (write(low), write(high));
            if low == high { low } else { format!("{low}–{high}") }
        }
        Known::Sign(sign) if sign < 0 => "tight".to_owned(),
        Known::Sign(0) => "middling".to_owned(),
        Known::Sign(_) => "comfortable".to_owned(),
        Known::Hidden => "not known".to_owned(),
    }
}

/// A score: whole points, never more than were made, so that a medal's mark is not shown before it is
/// reached.
pub fn score(points: f64) -> String {
    let whole = libm::floor(points + 1e-9);
    with_minus(whole, &format!("{:.0}", whole.abs()))
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(number: usize) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

/// A whole number with its thousands apart: 1,166.
pub fn whole(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    with_minus(value, &text)
}

/// A number as one would type it: 10, 0.5, 104.25.
pub fn plain(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn is_nought(text: &str) -> bool {
    !text.chars().any(|c| c.is_ascii_digit() && c != '0')
}

fn with_sign(value: f64, text: &str) -> String {
    match value {
        _ if is_nought(text) => text.to_owned(),
        v if v < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

fn with_minus(value: f64, text: &str) -> String {
    if value < 0.0 && !is_nought(text) { format!("−{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_reads_as_in_a_paper() {
        assert_eq!(bn(10.0), "$10.0bn");
        assert_eq!(bn(2_412.0), "$2.41tn");
        assert_eq!(bn(0.35), "$350m");
        assert_eq!(bn(0.0042), "$4.2m");
        assert_eq!(bn(-3.25), "−$3.2bn");
        assert_eq!(bn(0.0), "$0");
        assert_eq!(bn(0.9996), "$1.0bn");
    }

    #[test]
    fn rows_add_up_as_they_are_printed() {
        let rows = [14.49, 4.98, 0.36, -13.0, -0.12, -0.24];
        let printed = rows_to_tenths(&rows);
        assert!((printed.iter().sum::<f64>() - 6.5).abs() < 1e-9, "{printed:?}");
        for (exact, shown) in rows.iter().zip(&printed) {
            assert!((exact - shown).abs() < 0.1, "{exact} is shown as {shown}");
        }
        assert!(rows_to_tenths(&[]).is_empty());
    }

    #[test]
    fn a_change_carries_its_sign_and_nought_has_none() {
        assert_eq!(share_change(0.003), "+0.3 pt");
        assert_eq!(share_change(-0.003), "−0.3 pt");
        assert_eq!(share_change(-0.0001), "0.0 pt");
        assert_eq!(bn_change(-1.5), "−$1.5bn");
        assert_eq!(fine_column(-0.001), "0.00");
        assert_eq!(
            [-0.0, -0.0001, -0.02, 1.2].map(gigawatts),
            ["0.00 GW", "0 MW", "−20 MW", "1.20 GW"]
        );
    }

    #[test]
    fn what_is_half_known_is_written_as_a_range_or_a_word() {
        let whole = |value: f64| format!("{value:.0}");
        assert_eq!(known(Known::Range(4.0, 5.0), whole), "4–5");
        assert_eq!(known(Known::Sign(-1), whole), "tight");
        assert_eq!(known(Known::Hidden, whole), "not known");
    }

    #[test]
    fn a_score_is_whole_points_that_were_made() {
        let written = [59.96, 60.0, -7.3, -0.0, 0.4].map(score);
        assert_eq!(written, ["59", "60", "−8", "0", "0"]);
        assert_eq!([1, 2, 3, 7, 11, 22].map(ordinal), ["1st", "2nd", "3rd", "7th", "11th", "22nd"]);
    }

    #[test]
    fn numbers_are_written_as_they_are_typed() {
        assert_eq!(
            [0.0, 999.4, 1_166.0, -1_234_567.0].map(whole),
            ["0", "999", "1,166", "−1,234,567"]
        );
        assert_eq!(plain(10.0), "10");
        assert_eq!(plain(0.5), "0.5");
        assert_eq!(plain(104.25), "104.25");
    }
}
