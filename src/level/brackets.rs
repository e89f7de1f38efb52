//! A look at the brackets of a text before anything parses it: how deep they nest, and which of
//! them has no partner.

use super::problem::{Problem, quote};

/// Bracket depth beyond which a text is refused unread. A level needs 8.
pub(super) const MAX_DEPTH: usize = 32;

/// What the brackets outside texts and comments look like.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Brackets {
    Balanced,
    /// The bracket here is one level too deep.
    TooDeep(usize),
    /// Nothing closes the bracket opened here.
    NeverClosed(usize),
    /// The bracket here closes nothing.
    NeverOpened(usize),
    /// The second closes the first but is of another kind.
    Mismatched(usize, usize),
    /// A text that begins here has no closing quote, or the one before it has none.
    QuoteMissing(usize),
}

impl Brackets {
    pub fn of(text: &str) -> Brackets {
        let mut scan = Scan::default();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if scan.open.len() == MAX_DEPTH && matches!(byte, b'(' | b'[' | b'{') {
                return Brackets::TooDeep(at);
            }
            let end = after(text, at);
            match byte {
                b'"' => scan.quoted(at, &bytes[at..end.min(bytes.len())]),
                _ => scan.bracket(at, byte),
            }
            at = end;
        }
        scan.finish()
    }

    /// The problem, if there is one, in words.
    pub fn problem(&self, text: &str) -> Option<Problem> {
        let character = |at: usize| quote(&text[at..at + 1]);
        Some(match *self {
            Brackets::Balanced => return None,
            Brackets::TooDeep(at) => {
                Problem::new(format!("brackets are nested more than {MAX_DEPTH} deep"))
                    .help("no level needs more than 8; is a closing bracket missing?")
                    .label("too deep")
                    .at(text, at..at + 1)
            }
            Brackets::NeverClosed(at) => {
                Problem::new(format!("this {} is never closed", character(at)))
                    .help(format!("add the {} that belongs to it", quote(partner(text, at))))
                    .label("opened here")
                    .at(text, at..at + 1)
            }
            Brackets::NeverOpened(at) => {
                Problem::new(format!("this {} closes nothing", character(at)))
                    .help("remove it, or add the bracket that it should close")
                    .at(text, at..at + 1)
            }
            Brackets::QuoteMissing(at) => Problem::new("this text has no closing quote")
                .help("text stands between two double quotes: \"text\"")
                .label("begins here")
                .at(text, at..at + 1),
            Brackets::Mismatched(opened, at) => Problem::new(format!(
                "{} cannot close the {} of line {}",
                character(at),
                character(opened),
                text[..opened].matches('\n').count() + 1,
            ))
            .help(format!("a {} is missing, here or before", quote(partner(text, opened))))
            .at(text, at..at + 1),
        })
    }
}

/// What has been seen of a text so far.
#[derive(Default)]
struct Scan {
    open: Vec<(usize, u8)>,
    /// The first bracket that is wrong.
    wrong: Option<Brackets>,
    /// The first text that goes on in another line: the suspect when a quote is missing.
    first_long: Option<usize>,
    unfinished: bool,
}

impl Scan {
    fn bracket(&mut self, at: usize, byte: u8) {
        match byte {
            b'(' | b'[' | b'{' => self.open.push((at, byte)),
            b')' | b']' | b'}' => {
                let wrong = match self.open.pop() {
                    Some((_, opener)) if closer(opener) == byte => return,
                    Some((opened, _)) => Brackets::Mismatched(opened, at),
                    None => Brackets::NeverOpened(at),
                };
                self.wrong.get_or_insert(wrong);
            }
            _ => {}
        }
    }

    fn quoted(&mut self, at: usize, token: &[u8]) {
        if token.contains(&b'\n') {
            self.first_long.get_or_insert(at);
        }
        self.unfinished = !is_closed(token);
        if self.unfinished {
            self.first_long.get_or_insert(at);
        }
    }

    /// A missing quote turns everything after it inside out, so it is named before any bracket.
    fn finish(self) -> Brackets {
        match (self.first_long.filter(|_| self.unfinished), self.wrong, self.open.last()) {
            (Some(at), _, _) => Brackets::QuoteMissing(at),
            (None, Some(wrong), _) => wrong,
            (None, None, Some(&(opened, _))) => Brackets::NeverClosed(opened),
            (None, None, None) => Brackets::Balanced,
        }
    }
}

/// Whether a quoted text ends in a quote of its own.
fn is_closed(token: &[u8]) -> bool {
    let backslashes = token.iter().rev().skip(1).take_while(|&&byte| byte == b'\\').count();
    token.len() > 1 && token.ends_with(b"\"") && backslashes % 2 == 0
}

fn closer(opener: u8) -> u8 {
    match opener {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

fn partner(text: &str, opened: usize) -> &'static str {
    match closer(text.as_bytes()[opened]) {
        b')' => ")",
        b']' => "]",
        _ => "}",
    }
}

/// The place after the token that begins here: a whole text or comment, else one byte.
fn after(text: &str, at: usize) -> usize {
    let rest = &text.as_bytes()[at..];
    let length = match rest {
        [b'/', b'/', ..] => rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len()),
        [b'/', b'*', ..] => block_comment(rest),
        [b'"', ..] => string(rest),
        [b'r', b'"' | b'#', ..] => raw_string(rest).unwrap_or(1),
        // A character in single quotes: 'x', '\n'.
        [b'\'', b'\\', _, b'\'', ..] => 4,
        [b'\'', _, b'\'', ..] => 3,
        _ => 1,
    };
    at + length.max(1)
}

fn block_comment(rest: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at + 1 < rest.len() {
        match (rest[at], rest[at + 1]) {
            (b'/', b'*') => depth += 1,
            (b'*', b'/') => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn string(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string(rest: &[u8]) -> Option<usize> {
    let hashes = rest[1..].iter().take_while(|&&byte| byte == b'#').count();
    let body = rest.get(1 + hashes..)?;
    if body.first() != Some(&b'"') {
        return None;
    }
    let end = body[1..]
        .windows(hashes + 1)
        .position(|window| window[0] == b'"' && window[1..].iter().all(|&byte| byte == b'#'));
    // An endless one reaches to the end of the text.
    Some(end.map_or(rest.len(), |end| 1 + hashes + 1 + end + 1 + hashes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_texts_and_comments_do_not_count() {
        for text in [
            r#"(a: "((", b: '(', c: r"((", d: "\"(")"#,
            "( // ((\n /* ( /* ( */ ( */ )",
            r##"(a: r#"(" ("#)"##,
            "(rate: 1, r: 2)",
        ] {
            assert_eq!(Brackets::of(text), Brackets::Balanced, "{text}");
        }
    }

    #[test]
    fn a_bracket_without_a_partner_is_found() {
        assert_eq!(Brackets::of("(a: [1, 2)"), Brackets::Mismatched(4, 9));
        assert_eq!(Brackets::of("(a: (b: 1)"), Brackets::NeverClosed(0));
        assert_eq!(Brackets::of("(a: 1))"), Brackets::NeverOpened(6));
    }

    #[test]
    fn unfinished_texts_end_the_text_and_do_not_panic() {
        for text in ["(r#\"", "(/*", "(/* *", "('", "(r", "(r#", "(//"] {
            assert_eq!(Brackets::of(text), Brackets::NeverClosed(0), "{text}");
        }
        for text in ["(\"", "(\"\\", "(\"\\\"", "(\"a\\"] {
            assert_eq!(Brackets::of(text), Brackets::QuoteMissing(1), "{text}");
        }
    }

    #[test]
    fn a_missing_quote_is_named_where_its_text_begins() {
        let text = "(\n a: \"one,\n b: \"two\",\n c: {\"d\": 1},\n)";
        assert_eq!(Brackets::of(text), Brackets::QuoteMissing(6));
    }

    #[test]
    fn ten_thousand_brackets_are_refused_at_the_limit() {
        assert_eq!(Brackets::of(&"(".repeat(10_000)), Brackets::TooDeep(MAX_DEPTH));
        assert_eq!(Brackets::of(&"[".repeat(MAX_DEPTH)), Brackets::NeverClosed(MAX_DEPTH - 1));
    }
}
