//! Commands about segments.

use super::filters::filter;
use super::names::{SEGMENTS, contacts, name, segment};
use super::selections::selection;
use proptest::bool::ANY;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::{BoxedStrategy, Strategy, prop_oneof};
use tagmata::{Command, NewSegment, SegmentPatch};

fn new_segment() -> BoxedStrategy<NewSegment> {
    let pins = || weighted(0.2, contacts());
    let dynamic =
        (name(SEGMENTS), filter(), pins(), pins()).prop_map(|(name, filter, always_in, always_out)| {
            let segment = NewSegment::dynamic(name, filter);
            segment.always_in(always_in.unwrap_or_default()).always_out(always_out.unwrap_or_default())
        });
    prop_oneof![
        4 => dynamic,
        1 => name(SEGMENTS).prop_map(NewSegment::fixed),
        1 => (name(SEGMENTS), selection()).prop_map(|(name, members)| NewSegment::with_members(name, members)),
    ]
    .boxed()
}

fn patch() -> BoxedStrategy<SegmentPatch> {
    let pins = || weighted(0.3, contacts());
    (weighted(0.6, filter()), pins(), pins())
        .prop_map(|(filter, always_in, always_out)| {
            let mut patch = SegmentPatch::new();
            if let Some(filter) = filter {
                patch = patch.filter(filter);
            }
            if let Some(contacts) = always_in {
                patch = patch.always_in(contacts);
            }
            if let Some(contacts) = always_out {
                patch = patch.always_out(contacts);
            }
            patch
        })
        .boxed()
}

/// Segments made, changed, renamed, frozen, deleted.
pub(super) fn command() -> BoxedStrategy<Command> {
    prop_oneof![
        6 => new_segment().prop_map(|segment| Command::CreateSegments(vec![segment])),
        1 => vec(new_segment(), 0..4).prop_map(Command::CreateSegments),
        4 => (segment(), patch()).prop_map(|(segment, patch)| Command::UpdateSegment { segment, patch }),
        2 => (segment(), name(SEGMENTS)).prop_map(|(segment, name)| Command::RenameSegment { segment, name }),
        3 => (segment(), ANY).prop_map(|(segment, force)| Command::DeleteSegment { segment, force }),
        2 => segment().prop_map(Command::FreezeSegment),
    ]
    .boxed()
}
