//! What holds for whatever is refused.

use tagmata::Error;

/// What holds for every refusal: some problems, in order, inside the source; and it can be drawn.
pub fn is_sound(error: &Error, source: &str) -> bool {
    let problems = error.diagnostics();
    let places: Vec<_> = problems.iter().filter_map(|problem| problem.place().span()).collect();
    let inside = places.iter().all(|span| source.get(span.clone()).is_some());
    let ordered = places.is_sorted_by_key(|span| span.start);
    let complete =
        problems.iter().all(|problem| !problem.message().is_empty() && !problem.message().ends_with('.'));
    (1..=20).contains(&problems.len()) && inside && ordered && complete && !error.render().is_empty()
}
