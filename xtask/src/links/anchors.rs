//! The anchors that GitHub gives the headings of a page.

use super::markdown::Found;

/// The anchors of headings, in their order. The second of two alike ends with `-1`, the third with `-2`.
pub(super) fn anchors(headings: &[Found<'_>]) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    for heading in headings {
        let plain = anchor(heading.text);
        let (mut unique, mut number) = (plain.clone(), 0);
        while anchors.contains(&unique) {
            number += 1;
            unique = format!("{plain}-{number}");
        }
        anchors.push(unique);
    }
    anchors
}

/// Small letters, digits, `-` and `_` stay, a space is `-`, everything else is dropped. Of a link its text counts.
fn anchor(heading: &str) -> String {
    let mut kept = String::new();
    let (mut rest, mut in_target) = (heading.to_lowercase(), false);
    if rest.contains("](") {
        rest = rest.replace("](", "\u{0}");
    }
    for sign in rest.chars() {
        match sign {
            '\u{0}' => in_target = true,
            ')' if in_target => in_target = false,
            _ if in_target => {}
            ' ' => kept.push('-'),
            sign if sign.is_alphanumeric() || matches!(sign, '-' | '_') => kept.push(sign),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{Found, anchors};

    #[test]
    fn anchors_are_those_of_github() {
        let table = [
            ("What survives", "what-survives"),
            (
                "E1509: settings that are not those of a stored book",
                "e1509-settings-that-are-not-those-of-a-stored-book",
            ),
            ("`count` & sum_of", "count--sum_of"),
            ("What survives", "what-survives-1"),
            ("Été: ½ [a link](b.md)", "été-½-a-link"),
            ("What survives", "what-survives-2"),
        ];
        let headings: Vec<_> = table.iter().map(|(text, _)| Found { line: 1, text }).collect();
        let expected: Vec<_> = table.iter().map(|(_, anchor)| *anchor).collect();
        assert_eq!(anchors(&headings), expected);
    }
}
