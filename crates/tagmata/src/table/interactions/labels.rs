//! The labels of interactions, every different one once.

use super::super::hashing::Hasher;
use crate::value::Text;
use std::collections::HashMap;

/// The number of a label. 0 is that of no label.
pub(super) type LabelCode = u32;

/// Labels by their numbers, and how often each is used. A number that nobody uses any more is given out again.
#[derive(Debug, Clone, Default)]
pub(super) struct Labels {
    texts: Vec<Option<Text>>,
    pub(super) uses: Vec<u32>,
    /// The numbers of all spellings that fold to the same text.
    spellings: HashMap<Box<str>, Vec<LabelCode>, Hasher>,
    free: Vec<LabelCode>,
}

impl Labels {
    /// The label of a number.
    pub(super) fn get(&self, code: LabelCode) -> Option<&Text> {
        self.texts.get(place(code)?)?.as_ref()
    }

    /// The numbers of all labels that fold to a text.
    pub(super) fn folding_to(&self, folded: &str) -> &[LabelCode] {
        self.spellings.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The number of a label, if it is used.
    pub(super) fn find(&self, label: &Text) -> Option<LabelCode> {
        let spellings = self.folding_to(label.folded()).iter().copied();
        spellings.into_iter().find(|code| self.get(*code).is_some_and(|text| text == label))
    }

    /// The number of a label that is used so often from now on, beside its uses so far.
    pub(super) fn take(&mut self, label: &Text, uses: u32) -> LabelCode {
        let code = self.find(label).unwrap_or_else(|| self.add(label));
        if let Some(count) = place(code).and_then(|at| self.uses.get_mut(at)) {
            *count = count.saturating_add(uses);
        }
        code
    }

    fn add(&mut self, label: &Text) -> LabelCode {
        let code = self.free.pop().unwrap_or_else(|| {
            self.texts.push(None);
            self.uses.push(0);
            LabelCode::try_from(self.texts.len()).unwrap_or(LabelCode::MAX)
        });
        if let Some(slot) = place(code).and_then(|at| self.texts.get_mut(at)) {
            *slot = Some(label.clone());
        }
        match self.spellings.get_mut(label.folded()) {
            Some(spellings) => spellings.push(code),
            None => drop(self.spellings.insert(label.folded().into(), vec![code])),
        }
        code
    }

    /// One use less of a label; without any it is forgotten.
    pub(super) fn release(&mut self, code: LabelCode) {
        let Some(at) = place(code) else { return };
        let Some(uses) = self.uses.get_mut(at) else { return };
        *uses = uses.saturating_sub(1);
        if *uses > 0 {
            return;
        }
        let Some(label) = self.texts.get_mut(at).and_then(Option::take) else { return };
        self.free.push(code);
        if let Some(spellings) = self.spellings.get_mut(label.folded()) {
            spellings.retain(|other| *other != code);
            if spellings.is_empty() {
                self.spellings.remove(label.folded());
            }
        }
    }

    /// The labels that are used, with their numbers and how often.
    pub(super) fn iter(&self) -> impl Iterator<Item = (LabelCode, &Text, u32)> {
        let all = (1..).zip(&self.texts).zip(&self.uses);
        all.filter_map(|((code, text), uses)| Some((code, text.as_ref()?, *uses)))
    }

    /// About how many bytes they take.
    pub(super) fn size_in_bytes(&self) -> usize {
        let slots = size_of::<Option<Text>>() + size_of::<u32>();
        let texts = self.texts.iter().flatten().map(|text| {
            // As written and folded in the text, and folded once more where it is found by that.
            text.as_str().len() + 2 * text.folded().len() + size_of::<(Box<str>, Vec<LabelCode>, LabelCode)>()
        });
        texts.sum::<usize>() + self.texts.capacity() * slots
    }
}

/// Where the label of a number is; nowhere for that of no label.
fn place(code: LabelCode) -> Option<usize> {
    code.checked_sub(1).map(|at| at as usize)
}
