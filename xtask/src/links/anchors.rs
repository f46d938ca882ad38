//! The anchors that GitHub gives the headings of a page.

use super::markdown::Found;

/// The anchors of headings, in their order. The second of two alike ends with `-1`, the third with `-2`.
pub(super) fn anchors(headings: &[Found]) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    for heading in headings {
        let plain = anchor(&heading.text);
        let (mut unique, mut number) = (plain.clone(), 0);
        while anchors.contains(&unique) {
            number += 1;
            unique = format!("{plain}-{number}");
        }
        anchors.push(unique);
    }
    anchors
}

/// Small letters, digits, `-` and `_` stay, a space is `-`, everything else is dropped.
fn anchor(heading: &str) -> String {
    let kept = |sign: char| match sign {
        ' ' => Some('-'),
        sign => (sign.is_alphanumeric() || matches!(sign, '-' | '_')).then_some(sign),
    };
    heading.to_lowercase().chars().filter_map(kept).collect()
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
            ("count & sum_of", "count--sum_of"),
            ("What survives", "what-survives-1"),
            ("Été: ½ a link", "été-½-a-link"),
            ("What survives", "what-survives-2"),
        ];
        let headings: Vec<_> =
            table.iter().map(|(text, _)| Found { line: 1, text: (*text).to_owned() }).collect();
        let expected: Vec<_> = table.iter().map(|(_, anchor)| *anchor).collect();
        assert_eq!(anchors(&headings), expected);
    }
}
