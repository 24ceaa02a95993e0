//! Somebody who takes part: their copy, their connection, and what they can take back.

use bytes::Bytes;

use super::line::Line;
use super::marks::{Books, Deed};
use super::plan::Kind;
use super::replica::{Edit, Replica};

/// Somebody with the document open; without a line they are offline.
pub struct Person {
    pub account: usize,
    /// The number of their document's life in the books.
    pub life: usize,
    pub replica: Box<dyn Replica>,
    pub line: Option<Line>,
    undo: Vec<Deed>,
    redo: Vec<Deed>,
}

impl Person {
    /// With an empty copy.
    pub fn new(account: usize, life: usize, replica: Box<dyn Replica>) -> Self {
        Self { account, life, replica, line: None, undo: Vec::new(), redo: Vec::new() }
    }

    /// Takes what has come, and answers it.
    pub async fn listen(&mut self, books: &mut Books) -> usize {
        let Some(line) = &mut self.line else { return 0 };
        let refused = line.refused;
        let Ok(heard) = line.listen() else {
            self.line = None;
            books.tally.endings += 1;
            return 1;
        };
        if !heard.is_empty() {
            for (client, name) in line.carets.drain(..) {
                assert_eq!(Some(name.as_str()), books.name(client), "a caret under another's name");
            }
            let answers = self.replica.hear(&heard);
            line.send(answers, books.lives[self.life].done).await;
            books.tally.refusals += line.refused - refused;
            let promised = &mut books.lives[self.life].promised;
            *promised = line.promised().max(*promised);
        }
        heard.len()
    }

    /// Sends what an edit has made of it.
    async fn send(&mut self, frames: Vec<Bytes>, books: &Books) {
        if let Some(line) = &mut self.line {
            line.send(frames, books.lives[self.life].done).await;
        }
    }

    /// Edits, and notes what was done. False: there was nothing to do.
    async fn edit(&mut self, edit: Edit<'_>, books: &mut Books, note: impl FnOnce(&mut Books)) -> bool {
        let frames = self.replica.edit(&edit);
        let did = frames.is_some();
        if let Some(frames) = frames {
            note(books);
            self.send(frames, books).await;
        }
        did
    }

    /// Writes a mark.
    pub async fn insert(&mut self, mark: u32, kind: Kind, at: u32, filler: u16, books: &mut Books) {
        let text = books.insert(self.life, mark, kind, filler);
        let tracked = kind == Kind::Own;
        self.edit(Edit::Insert { at, text: &text, tracked }, books, |_| {}).await;
        if tracked {
            self.note(Deed::Insert(mark));
        }
    }

    /// Deletes one of their marks.
    pub async fn remove(&mut self, which: u32, books: &mut Books) {
        let Some(mark) = choose(&books.removable(self.life), which) else { return };
        let text = books.text(mark);
        let deed = Deed::Remove(mark);
        let did = self.edit(Edit::Remove { text: &text, tracked: true }, books, |books| books.change(deed, true)).await;
        assert!(did, "{text} is not in its author's text");
        self.note(deed);
    }

    /// Deletes a mark that is everybody's, if they have seen it.
    pub async fn erase(&mut self, which: u32, books: &mut Books) {
        let Some(mark) = choose(&books.common(), which) else { return };
        let (text, life) = (books.text(mark), self.life);
        self.edit(Edit::Remove { text: &text, tracked: false }, books, |books| books.erase(life, mark)).await;
    }

    /// Breaks a surrogate pair of theirs.
    pub async fn cut(&mut self, which: u32, part: super::plan::Break, books: &mut Books) {
        let Some(mark) = choose(&books.whole_pairs(self.life), which) else { return };
        let text = books.text(mark);
        let deed = Deed::Cut(mark, part);
        let did = self.edit(Edit::Cut { text: &text, part }, books, |books| books.change(deed, true)).await;
        assert!(did, "{text} is not in its author's text");
        if self.replica.mends() {
            self.note(deed);
        } else {
            (self.undo, self.redo) = (Vec::new(), Vec::new());
        }
    }

    /// Takes the last edit back.
    pub async fn undo(&mut self, books: &mut Books) {
        if self.might_double() {
            return;
        }
        if let Some(deed) = self.undo.pop() {
            let did = self.edit(Edit::Undo, books, |books| books.change(deed, false)).await;
            assert!(did, "{deed:?} cannot be taken back");
            self.redo.push(deed);
        }
    }

    /// Does it again.
    pub async fn redo(&mut self, books: &mut Books) {
        if self.might_double() {
            return;
        }
        if let Some(deed) = self.redo.pop() {
            let did = self.edit(Edit::Redo, books, |books| books.change(deed, true)).await;
            assert!(did, "{deed:?} cannot be done again");
            self.undo.push(deed);
        }
    }

    /// What a program deleted offline is still in the log until it has answered the server, and stays there if it is lost before. Written again before
    /// that, it would be there twice: which is why a page waits with its edits.
    fn might_double(&self) -> bool {
        self.line.as_ref().is_some_and(Line::overtakes)
    }

    /// Moves the caret.
    pub async fn caret(&mut self, books: &mut Books) {
        self.edit(Edit::Move, books, |_| {}).await;
    }

    fn note(&mut self, deed: Deed) {
        self.undo.push(deed);
        self.redo.clear();
    }
}

fn choose(marks: &[u32], which: u32) -> Option<u32> {
    (!marks.is_empty()).then(|| marks[which as usize % marks.len()])
}
