//! A book that several threads share.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::thread;
use std::time::Duration;
use tagmata::{
    Access, Book, Clock, Code, Command, Draft, Error, ImportOptions, ImportReport, NewSegment, Patch,
    Progress, Run, Selection, SharedBook, Timestamp, WhenBusy,
};

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn shared(when_busy: WhenBusy) -> SharedBook {
    SharedBook::new(Book::builder().build(instant("2026-11-24T09:00:00Z")), Clock::Fixed, when_busy)
}

fn create(name: &str) -> Command {
    Command::CreateContact(Draft::new().set("first_name", name))
}

fn count(book: &SharedBook, access: Access, filter: &str) -> u64 {
    book.read(access, |book| book.count(filter)).unwrap()
}

#[test]
fn others_wait_for_a_batch_and_see_all_of_it_or_nothing() {
    let (book, has_read) = (shared(WhenBusy::Wait), AtomicBool::new(false));
    let batch = book.begin_batch(None).unwrap();
    thread::scope(|threads| {
        threads.spawn(|| {
            // Not the one of the open batch; three, if the other thread was faster.
            assert!(count(&book, Access::Direct, "everyone") >= 2);
            has_read.store(true, Ordering::SeqCst);
        });
        threads.spawn(|| book.run(Access::Direct, &create("Léo"), None).unwrap());
        book.run(batch, &create("Zoé"), None).unwrap();
        thread::sleep(Duration::from_millis(50));
        assert!(!has_read.load(Ordering::SeqCst), "a reader saw a batch that is still open");
        assert_eq!(count(&book, batch, "everyone"), 1);
        book.run(batch, &create("Ana"), None).unwrap();
        assert_eq!(book.end_batch(batch).unwrap().commit.facts().len(), 2);
    });
    assert_eq!(count(&book, Access::Direct, "everyone"), 3);
}

#[test]
fn several_threads_may_use_a_batch() {
    let book = shared(WhenBusy::Wait);
    let batch = book.begin_batch(None).unwrap();
    thread::scope(|threads| {
        for number in 0..4 {
            let book = &book;
            threads.spawn(move || {
                for turn in 0..25 {
                    book.run(batch, &create(&format!("{number}-{turn}")), None).unwrap();
                }
            });
        }
    });
    assert_eq!(book.end_batch(batch).unwrap().commit.facts().len(), 100);
    assert_eq!(count(&book, Access::Direct, "everyone"), 100);
}

#[test]
fn a_look_at_the_end_sees_the_book_as_the_change_left_it() {
    let book = shared(WhenBusy::Wait);
    let count = |book: &Book| book.count("everyone").unwrap();
    let seen = book.run_then(Access::Direct, &create("Zoé"), None, |book, made| (made.id, count(book)));
    assert_eq!(seen.unwrap(), (vec![0], 1));
    let batch = book.begin_batch(None).unwrap();
    book.run(batch, &create("Léo"), None).unwrap();
    let seen = book.end_batch_then(batch, |book, outcome| (outcome.commit.number(), count(book)));
    assert_eq!(seen.unwrap(), (2, 2));
}

#[test]
fn an_event_loop_is_refused_instead_of_waiting() {
    let book = shared(WhenBusy::Refuse);
    let batch = book.begin_batch(None).unwrap();
    thread::scope(|threads| {
        let other = threads.spawn(|| {
            [
                book.run(Access::Direct, &create("Léo"), None).unwrap_err().code(),
                book.read(Access::Direct, |book| book.count("everyone")).unwrap_err().code(),
            ]
        });
        assert_eq!(other.join().unwrap(), [Code::BookBusy, Code::BookBusy]);
    });
    // The thread that began the batch is told what it did.
    assert_eq!(book.run(Access::Direct, &create("Léo"), None).unwrap_err().code(), Code::BatchOpen);
    assert_eq!(book.begin_batch(None).unwrap_err().code(), Code::BatchOpen);
    book.drop_batch(batch).unwrap();
    assert_eq!(book.run(batch, &create("Léo"), None).unwrap_err().code(), Code::BatchOpen);
    assert_eq!(book.end_batch(batch).unwrap_err().code(), Code::BatchOpen);
}

#[test]
fn event_loops_on_several_threads_wait_for_short_changes_and_are_refused_during_long_work() {
    let book = shared(WhenBusy::WaitForShort);
    thread::scope(|threads| {
        for number in 0..4 {
            let book = &book;
            threads.spawn(move || {
                for turn in 0..50 {
                    book.run(Access::Direct, &create(&format!("{number}-{turn}")), None).unwrap();
                    let batch = book.begin_batch(None).unwrap();
                    book.run(batch, &create("in a batch"), None).unwrap();
                    book.end_batch(batch).unwrap();
                    assert!(book.read(Access::Direct, |book| book.count("everyone")).unwrap() > 0);
                }
            });
        }
    });
    assert_eq!(count(&book, Access::Direct, "everyone"), 400);
    let refused = book.read_still(|_| {
        thread::scope(|threads| {
            let other = threads.spawn(|| {
                // Questions are answered all the same.
                assert_eq!(count(&book, Access::Direct, "everyone"), 400);
                [
                    book.run(Access::Direct, &create("Léo"), None).unwrap_err().code(),
                    book.begin_batch(None).unwrap_err().code(),
                ]
            });
            Ok(other.join().unwrap())
        })
    });
    assert_eq!(refused.unwrap(), [Code::BookBusy; 2]);
}

#[test]
fn every_call_from_inside_a_callback_is_refused_and_others_go_on() {
    let book = shared(WhenBusy::Wait);
    book.begin_callback();
    let codes = [
        book.run(Access::Direct, &create("Zoé"), None).unwrap_err().code(),
        book.read(Access::Direct, |book| book.count("everyone")).unwrap_err().code(),
        book.change(Access::Direct, None, |book, _| book.advance(book.now())).unwrap_err().code(),
        book.begin_batch(None).unwrap_err().code(),
    ];
    assert_eq!(codes, [Code::BookBusy; 4]);
    // Another thread, and another book, are not inside of it.
    thread::scope(|threads| {
        let other = threads.spawn(|| book.run(Access::Direct, &create("Léo"), None).is_ok());
        assert!(other.join().unwrap());
    });
    assert_eq!(count(&shared(WhenBusy::Wait), Access::Direct, "everyone"), 0);
    book.end_callback();
    assert_eq!(count(&book, Access::Direct, "everyone"), 1);
}

#[test]
fn a_running_clock_moves_the_book_with_each_change_and_never_back() {
    let start = instant("2026-11-24T09:00:00Z");
    let now = Arc::new(AtomicI64::new(start.as_micros()));
    let clock = {
        let now = Arc::clone(&now);
        Clock::Running(Arc::new(move || Timestamp::from_micros(now.load(Ordering::SeqCst)).unwrap()))
    };
    let book = SharedBook::new(Book::builder().build(start), clock, WhenBusy::Wait);
    let stands_at = || book.read(Access::Direct, |book| Ok(book.now())).unwrap();
    let hour = 3_600_000_000;
    now.fetch_add(hour, Ordering::SeqCst);
    assert_eq!(stands_at(), start);
    book.run(Access::Direct, &create("Zoé"), None).unwrap();
    assert_eq!(stands_at(), instant("2026-11-24T10:00:00Z"));
    now.fetch_sub(2 * hour, Ordering::SeqCst);
    let outcome = book.run(Access::Direct, &create("Léo"), Some("ana")).unwrap().outcome;
    assert_eq!((outcome.commit.at(), outcome.commit.actor()), (instant("2026-11-24T10:00:00Z"), Some("ana")));
}

#[test]
fn many_threads_lose_no_change_and_never_stop() {
    let book = shared(WhenBusy::Wait);
    book.run(Access::Direct, &create("Zoé"), None).unwrap();
    let (threads_count, rounds) = (4, 25);
    thread::scope(|threads| {
        for thread in 0..threads_count {
            let book = &book;
            threads.spawn(move || {
                for round in 0..rounds {
                    let name = format!("{thread}-{round}");
                    if round % 5 == 0 {
                        let batch = book.begin_batch(None).unwrap();
                        book.run(batch, &create(&name), None).unwrap();
                        book.end_batch(batch).unwrap();
                    } else {
                        book.run(Access::Direct, &create(&name), None).unwrap();
                    }
                    let patch = Patch::new().set("source", name.as_str());
                    let selection = Selection::filter(format!("first_name = \"{name}\"")).expect(1);
                    book.run(Access::Direct, &Command::UpdateContacts { selection, patch }, None).unwrap();
                    assert_eq!(count(book, Access::Direct, &format!("source = \"{name}\"")), 1);
                }
            });
        }
    });
    assert_eq!(count(&book, Access::Direct, "everyone"), 1 + threads_count * rounds);
    // A creation and an update for each, numbered without a gap.
    let last = book.read(Access::Direct, |book| Ok(book.last_commit())).unwrap();
    assert_eq!(last, 1 + 2 * threads_count * rounds);
}

/// A file of so many contacts.
fn file(rows: u32) -> Cursor<String> {
    let mut file = "Country,First name,Last name,E-mail\n".to_owned();
    for row in 0..rows {
        file.push_str(&format!("FR,Zoé,Martin,zoe{row}@example.com\n"));
    }
    Cursor::new(file)
}

fn import(
    book: &SharedBook,
    rows: u32,
    callback: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<ImportReport, Error> {
    book.import(Access::Direct, file(rows), &ImportOptions::new(), Run::Really, None, Some(callback))
}

#[test]
fn a_callback_may_wait_for_another_thread_that_changes_the_book() {
    let book = shared(WhenBusy::Wait);
    let mut changed = 0;
    let report = thread::scope(|threads| {
        import(&book, 5_000, &mut |_| {
            // The other thread waits for its turn, and this one for the other thread: the import must not wait for this one.
            let other = threads.spawn(|| book.run(Access::Direct, &create("Léo"), None).unwrap());
            other.join().unwrap();
            changed += 1;
            ControlFlow::Continue(())
        })
    });
    assert_eq!(report.unwrap().created, 5_000);
    assert!(changed >= 1);
    assert_eq!(count(&book, Access::Direct, "everyone"), 5_000 + changed);
}

#[test]
fn an_import_that_is_stopped_has_changed_nothing_and_the_last_call_tells_of_the_whole_file() {
    let book = shared(WhenBusy::Wait);
    let stopped = import(&book, 2_000, &mut |_| ControlFlow::Break(()));
    assert_eq!(stopped.unwrap_err().code(), Code::Cancelled);
    assert_eq!(book.read(Access::Direct, |book| Ok(book.last_commit())).unwrap(), 0);

    let mut last = None;
    import(&book, 2_000, &mut |progress| {
        last = Some(progress);
        ControlFlow::Continue(())
    })
    .unwrap();
    let last = last.unwrap();
    assert_eq!((last.done_bytes, last.rows), (last.total_bytes, 2_000));
}

/// A file that is not read on while it is held.
struct Held<'h> {
    file: Cursor<String>,
    is_held: &'h AtomicBool,
}

impl Read for Held<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.is_held.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(5));
        }
        self.file.read(buffer)
    }
}

impl Seek for Held<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[test]
fn an_import_that_is_read_once_more_can_be_stopped_as_well() {
    let (book, is_held) = (shared(WhenBusy::Wait), AtomicBool::new(false));
    let file = Held { file: file(2_000), is_held: &is_held };
    let mut told = Vec::new();
    let stopped = thread::scope(|threads| {
        let mut callback = |progress: Progress| {
            let is_again = told.last() == Some(&progress);
            told.push(progress);
            if is_again {
                is_held.store(false, Ordering::SeqCst);
                return ControlFlow::Break(());
            }
            if progress.rows == 2_000 {
                // The plan is done, and no longer fits: it is made anew, from a file that is not read on for now.
                threads.spawn(|| book.run(Access::Direct, &create("Léo"), None).unwrap()).join().unwrap();
                is_held.store(true, Ordering::SeqCst);
            }
            ControlFlow::Continue(())
        };
        let options = ImportOptions::new();
        book.import(Access::Direct, file, &options, Run::Really, None, Some(&mut callback))
    });
    assert_eq!(stopped.unwrap_err().code(), Code::Cancelled);
    assert_eq!(count(&book, Access::Direct, "everyone"), 1);
}

#[test]
fn the_book_cannot_be_called_from_the_progress_of_its_own_import() {
    let book = shared(WhenBusy::Wait);
    let mut codes = Vec::new();
    let report = import(&book, 10, &mut |_| {
        codes.push(book.read(Access::Direct, |book| book.count("everyone")).unwrap_err().code());
        codes.push(import(&book, 1, &mut |_| ControlFlow::Continue(())).unwrap_err().code());
        ControlFlow::Continue(())
    });
    assert_eq!(report.unwrap().created, 10);
    assert!(!codes.is_empty() && codes.iter().all(|code| *code == Code::BookBusy), "{codes:?}");
    assert_eq!(count(&book, Access::Direct, "everyone"), 10);
}

#[test]
fn a_callback_that_panics_stops_the_import_and_leaves_the_book_as_it_was() {
    let book = shared(WhenBusy::Wait);
    let import = || import(&book, 2_000, &mut |_| panic!("of the callback"));
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(import)).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"of the callback"));
    assert_eq!(count(&book, Access::Direct, "everyone"), 0);
    book.run(Access::Direct, &create("Zoé"), None).unwrap();
}

/// Imports with and without a callback.
fn import_either(book: &SharedBook, rows: u32, is_watched: bool) -> Result<ImportReport, Error> {
    match is_watched {
        true => import(book, rows, &mut |_| ControlFlow::Continue(())),
        false => book.import(Access::Direct, file(rows), &ImportOptions::new(), Run::Really, None, None),
    }
}

#[test]
fn imports_wait_for_each_other_even_where_others_are_refused() {
    for when_busy in [WhenBusy::Wait, WhenBusy::Refuse, WhenBusy::WaitForShort] {
        let book = shared(when_busy);
        let reports: Vec<_> = thread::scope(|threads| {
            let import = |is_watched| {
                threads.spawn({
                    let book = &book;
                    move || import_either(book, 500, is_watched).unwrap()
                })
            };
            let running = [import(true), import(false), import(true), import(false)];
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        // The first makes all of them, and the others find them.
        let mut counts: Vec<_> = reports.iter().map(|report| (report.created, report.unchanged)).collect();
        counts.sort_unstable();
        assert_eq!(counts, [(0, 500), (0, 500), (0, 500), (500, 0)], "{when_busy:?}");
        assert_eq!(count(&book, Access::Direct, "everyone"), 500);
    }
}

#[test]
fn an_import_waits_for_the_batch_of_another_thread_and_is_refused_by_that_of_its_own() {
    for (when_busy, is_watched) in [WhenBusy::Wait, WhenBusy::Refuse, WhenBusy::WaitForShort]
        .map(|busy| [(busy, true), (busy, false)])
        .concat()
    {
        let book = shared(when_busy);
        let batch = book.begin_batch(None).unwrap();
        assert_eq!(import_either(&book, 1, is_watched).unwrap_err().code(), Code::BatchOpen);
        thread::scope(|threads| {
            let other = threads.spawn(|| import_either(&book, 10, is_watched).unwrap());
            book.run(batch, &create("Zoé"), None).unwrap();
            thread::sleep(Duration::from_millis(50));
            assert!(!other.is_finished(), "an import came into the batch of somebody else");
            book.end_batch(batch).unwrap();
            assert_eq!(other.join().unwrap().outcome.commit.number(), 2);
        });
    }
}

#[test]
fn a_callback_may_wait_for_another_import() {
    let (book, mut made) = (shared(WhenBusy::Refuse), 0);
    let report = thread::scope(|threads| {
        import(&book, 2_000, &mut |_| {
            let other = threads.spawn(|| import_either(&book, 3_000, true).unwrap());
            made += other.join().unwrap().created;
            ControlFlow::Continue(())
        })
    });
    assert_eq!((made, report.unwrap().unchanged), (3_000, 2_000));
}

#[test]
fn a_look_at_the_end_of_an_import_comes_before_the_next_change() {
    let north = Command::CreateSegments(vec![NewSegment::fixed("Nord")]);
    let rename = Command::RenameSegment { segment: "Nord".into(), name: "Sud".to_owned() };
    for (run, is_watched) in [Run::Really, Run::Dry].map(|run| [(run, true), (run, false)]).concat() {
        let book = shared(WhenBusy::Wait);
        book.run(Access::Direct, &north, None).unwrap();
        let file =
            Cursor::new("Country,First name,Last name,E-mail,Segments\nFR,Zoé,Martin,zoe@example.com,Nord\n");
        let (options, has_renamed) = (ImportOptions::new(), AtomicBool::new(false));
        let mut go_on = |_| ControlFlow::Continue(());
        let callback = is_watched.then_some(&mut go_on as &mut dyn FnMut(_) -> _);
        thread::scope(|threads| {
            let entered =
                book.import_then(Access::Direct, file, &options, run, None, callback, |core, report| {
                    threads.spawn(|| {
                        book.run(Access::Direct, &rename, None).unwrap();
                        has_renamed.store(true, Ordering::SeqCst);
                    });
                    thread::sleep(Duration::from_millis(20));
                    assert!(!has_renamed.load(Ordering::SeqCst), "somebody changed the book in between");
                    let name = |id| report.outcome.segment_name(id, core.schema()).to_owned();
                    report.outcome.effects.entered.keys().copied().map(name).collect::<Vec<_>>()
                });
            assert_eq!(entered.unwrap(), ["Nord"]);
        });
        assert!(has_renamed.load(Ordering::SeqCst));
    }
}

#[test]
fn a_book_closes_behind_whoever_has_it_and_refuses_whoever_waits() {
    let book = shared(WhenBusy::Wait);
    let batch = book.begin_batch(None).unwrap();
    thread::scope(|threads| {
        let closing = threads.spawn(|| book.close(Some("crm.db"), |book| book.count("everyone")));
        book.run(batch, &create("Zoé"), None).unwrap();
        thread::sleep(Duration::from_millis(50));
        assert!(!book.is_closed(), "closed in the middle of a batch");
        let waiting: Vec<_> = (0..4)
            .map(|number| {
                let book = &book;
                threads.spawn(move || match number % 2 {
                    // Asked before it closed, or refused: never something in between.
                    0 => book
                        .read(Access::Direct, |book| book.count("everyone"))
                        .map(|count| assert!(count >= 1)),
                    _ => book.run(Access::Direct, &create("Léo"), None).map(drop),
                })
            })
            .collect();
        book.end_batch(batch).unwrap();
        let last = closing.join().unwrap().unwrap().unwrap().unwrap();
        assert!((1..=3).contains(&last), "{last} contacts");
        for waited in waiting {
            if let Err(error) = waited.join().unwrap() {
                assert_eq!(error.code(), Code::StoreClosed);
            }
        }
    });
    let told = "error[E1508]: the book `crm.db` is closed; help: open it again";
    let refused = [
        book.read(Access::Direct, |book| book.count("everyone")).map(drop),
        book.run(Access::Direct, &create("Léo"), None).map(drop),
        book.change(Access::Direct, None, |_, _| Ok(())),
        book.begin_batch(None).map(drop),
        book.end_batch(batch).map(drop),
        book.import(
            Access::Direct,
            Cursor::new("First name\nZoé\n"),
            &ImportOptions::new(),
            Run::Really,
            None,
            None,
        )
        .map(drop),
    ];
    for refused in refused {
        assert_eq!(refused.unwrap_err().to_string(), told);
    }
    assert_eq!(book.close(None, drop).unwrap(), None);
    assert_eq!(book.read(Access::Direct, |_| Ok(())).unwrap_err().to_string(), told);
}

#[test]
fn a_book_is_not_closed_where_closing_would_wait_for_itself() {
    let book = shared(WhenBusy::Refuse);
    let batch = book.begin_batch(None).unwrap();
    assert_eq!(book.close(None, drop).unwrap_err().code(), Code::BatchOpen);
    book.drop_batch(batch).unwrap();
    book.begin_callback();
    assert_eq!(book.close(None, drop).unwrap_err().code(), Code::BookBusy);
    book.end_callback();
    assert_eq!(count(&book, Access::Direct, "everyone"), 0);
}

#[test]
fn long_work_waits_where_calls_are_refused() {
    let book = shared(WhenBusy::Refuse);
    let in_batch = |work: &(dyn Fn() -> tagmata::Result<u64> + Sync)| {
        let batch = book.begin_batch(None).unwrap();
        thread::scope(|threads| {
            let working = threads.spawn(work);
            book.run(batch, &create("Zoé"), None).unwrap();
            thread::sleep(Duration::from_millis(50));
            assert!(!working.is_finished(), "it did not wait for the end of the batch");
            book.end_batch(batch).unwrap();
            working.join().unwrap().unwrap()
        })
    };
    assert_eq!(in_batch(&|| book.read_still(|book| book.count("everyone"))), 1);
    assert_eq!(in_batch(&|| book.change_patiently(|book| book.count("everyone"))), 2);
    assert_eq!(in_batch(&|| book.close(None, |book| book.count("everyone"))?.unwrap_or(Ok(0))), 3);
}
