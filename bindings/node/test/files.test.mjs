// CSV files come in and go out on other threads.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { Readable, Writable } from "node:stream";
import { test } from "node:test";
import { Book, ConflictError, CsvError, InvalidValueError, importTemplate } from "tagmata";
import { inFolder } from "./world.mjs";

const CLOCK = { clock: "2026-11-24T09:00:00Z" };
const FILE = "country,first name,last name,email,Hobby\nFR,Zoé,Martin,zoe@example.com,\nFR,Léo,Petit,leo@,\n";

/** A file with so many contacts. */
const many = (rows) => `Country,First name,Last name,E-mail\n${Array.from({ length: rows }, (_, row) => `FR,Zoé,Martin,zoe${row}@example.com`).join("\n")}\n`;

test("a file comes as bytes, by its path or as a stream", async () => {
  await inFolder(async (file) => {
    writeFileSync(file("contacts.csv"), FILE);
    for (const source of [Buffer.from(FILE), new TextEncoder().encode(FILE), file("contacts.csv"), Readable.from([FILE]), new Blob([FILE]).stream()]) {
      const book = new Book(CLOCK);
      const report = await book.importCsv(source, { actor: "ana" });
      assert.deepEqual([report.created, report.updated, report.unchanged, report.rejected], [1, 0, 0, 1]);
      assert.deepEqual(report.ignoredColumns, ["Hobby"]);
      const [{ row, line, column, code, value }] = report.problems;
      assert.deepEqual([row, line, column, code, value], [2, 3, "email", "E0405", "leo@"]);
      const { cause, actor, contacts } = report.outcome.commit;
      assert.deepEqual([cause, actor, Array.from(contacts)], ["import", "ana", [0]]);
      assert.equal(book.lastOutcome.commit.number, report.outcome.commit.number);
      const mended = report.rejectedCsv().replaceAll("leo@,", "leo@example.com,");
      assert.equal((await book.importCsv(Buffer.from(mended))).created, 1);
      book.undo(report.outcome);
      assert.equal(book.count("everyone"), 1);
    }
  });
});

test("a dry run changes nothing", async () => {
  const book = new Book(CLOCK);
  assert.equal((await book.importCsv(Buffer.from(FILE), { dryRun: true })).created, 1);
  assert.deepEqual([book.count("everyone"), book.lastOutcome], [0, null]);
});

test("of very many problems the others are counted", async () => {
  const book = new Book(CLOCK);
  const numbers = Array.from({ length: 100 }, (_, at) => `n${at}`);
  numbers.forEach((key) => book.defineField(key, "number"));
  const report = await book.importCsv(Buffer.from(`${numbers}\n${`${numbers.map(() => "many")}\n`.repeat(1_001)}`));
  assert.deepEqual([report.rejected, report.problems.length, report.problemsLeftOut], [1_001, 100_000, 100]);
  const few = await book.importInteractions(Buffer.from("Email,Kind,Time,Amount\nzoe@example.com,payment,soon,much\n"));
  assert.deepEqual([few.problems.length, few.problemsLeftOut], [2, 0]);
});

test("wrong options and files are refused", async () => {
  const book = new Book(CLOCK);
  const file = Buffer.from(FILE);
  for (const [source, options, Class, code] of [
    [file, { updat: "never" }, InvalidValueError, "E0602"],
    [file, { update: "sometimes" }, InvalidValueError, "E0805"],
    [file, { match: ["phone"] }, InvalidValueError, "E0805"],
    [7, {}, InvalidValueError, "E0407"],
    ["/there/is/no.csv", {}, CsvError, undefined],
  ]) {
    await assert.rejects(book.importCsv(source, options), (error) => {
      assert.ok(error instanceof Class, error);
      return code === undefined || assert.equal(error.code, code) === undefined;
    });
  }
  assert.throws(() => importTemplate("de"), InvalidValueError);
  assert.match(importTemplate("fr"), /^Code pays,Prénom,Nom/);
});

test("progress is told, and the book takes no calls meanwhile", async () => {
  const book = new Book(CLOCK);
  const told = [];
  await book.importCsv(Buffer.from(FILE), {
    onProgress(progress) {
      told.push(progress);
      assert.throws(() => book.count("everyone"), (error) => error instanceof ConflictError && error.code === "E1208");
    },
  });
  const last = told.at(-1);
  assert.deepEqual([last.doneBytes, last.totalBytes], [Buffer.byteLength(FILE), Buffer.byteLength(FILE)]);
  assert.equal(book.count("everyone"), 1);
});

test("a callback that throws stops the import, and so does a signal", async () => {
  const book = new Book(CLOCK);
  const thrown = new Error("enough");
  const onProgress = () => {
    throw thrown;
  };
  await assert.rejects(book.importCsv(Buffer.from(FILE), { onProgress }), (error) => error === thrown);
  const stop = new AbortController();
  const stopped = book.importCsv(Buffer.from(FILE), { signal: stop.signal, onProgress: () => stop.abort() });
  await assert.rejects(stopped, { name: "AbortError" });
  await assert.rejects(book.importCsv(Buffer.from(FILE), { signal: AbortSignal.abort() }), { name: "AbortError" });
  assert.equal(book.count("everyone"), 0);
});

test("a batch takes no work that goes on after it", async () => {
  const book = new Book(CLOCK);
  let promise;
  book.batch((inside) => {
    promise = inside.importCsv(Buffer.from(FILE));
    promise.catch(() => {});
  });
  await assert.rejects(promise, InvalidValueError);
});

test("contacts go out to a file, or as text", async () => {
  const book = new Book(CLOCK);
  book.createContact({ first_name: "Zoé", organization: "=SUM(A1)" });
  const columns = ["first_name", "organization"];
  assert.equal(await book.exportCsv(null, { columns }), "first_name,organization\nZoé,'=SUM(A1)\n");
  const text = await book.exportCsv(undefined, { columns, guardFormulas: false, filter: "status = lead" });
  assert.equal(text, "first_name,organization\nZoé,=SUM(A1)\n");
  await inFolder(async (file) => {
    assert.equal(await book.exportCsv(file("out.csv"), { columns }), 1);
    assert.match(readFileSync(file("out.csv"), "utf8"), /^first_name/);
  });
  await assert.rejects(book.exportCsv(null, { columns: ["frist_name"] }), { code: "E0201" });
});

test("a stream takes a file at its own pace, and is ended", async () => {
  const book = new Book(CLOCK);
  await book.importCsv(Buffer.from(many(5_000)));
  const whole = await book.exportCsv();
  const [told, taken] = [[], []];
  let most = 0;
  const slow = new Writable({
    highWaterMark: 1,
    write(chunk, _, done) {
      most = Math.max(most, told.length - taken.length);
      taken.push(chunk);
      setTimeout(done, 1);
    },
  });
  assert.equal(await book.exportCsv(slow, { onProgress: ({ doneBytes, totalBytes }) => told.push([doneBytes, totalBytes]) }), 5_000);
  assert.ok(slow.writableFinished);
  assert.ok(Buffer.concat(taken).equals(Buffer.from(whole)));
  assert.deepEqual(told.at(-1), [Buffer.byteLength(whole), Buffer.byteLength(whole)]);
  assert.ok(told.length > 3 && most <= 2, `${told.length} chunks, ${most} ahead of who takes them`);

  const { readable, writable } = new TransformStream();
  const [rows, text] = await Promise.all([book.exportCsv(writable, { filter: "country = FR" }), new Response(readable).text()]);
  assert.deepEqual([rows, text], [5_000, whole]);
});

test("an export to a stream stops where it is told to, or where the stream fails", async () => {
  const book = new Book(CLOCK);
  await book.importCsv(Buffer.from(many(5_000)));
  const sink = () => new Writable({ write: (_, __, done) => setTimeout(done, 1) });
  const controller = new AbortController();
  const stops = { signal: controller.signal, onProgress: () => controller.abort(new Error("enough")) };
  await assert.rejects(book.exportCsv(sink(), stops), { message: "enough" });
  await assert.rejects(book.exportCsv(sink(), stops), { message: "enough" });
  await assert.rejects(book.exportCsv(null, stops), { message: "enough" });
  const failing = new Writable({ write: (_, __, done) => done(new Error("no room")) });
  await assert.rejects(book.exportCsv(failing), { message: "no room" });
  const throwing = { onProgress: () => { throw new Error("thrown"); } };
  await assert.rejects(book.exportCsv(sink(), throwing), { message: "thrown" });
  await assert.rejects(book.exportCsv({}, {}), { name: "InvalidValueError", message: /`exportCsv` takes a path or a writable stream, not an object/ });
  assert.equal(await book.exportCsv(sink()), 5_000);
});

test("a file is written as a whole, or stays as it was", async () => {
  const book = new Book(CLOCK);
  book.createContact({ first_name: "Zoé" });
  const options = { columns: ["first_name"] };
  const TEXT = "first_name\nZoé\n";
  await inFolder(async (file) => {
    const names = () => readdirSync(file("")).sort();
    mkdirSync(file("folder"));
    await assert.rejects(book.exportCsv(file("no/out.csv"), options), CsvError);
    await assert.rejects(book.exportCsv(file("folder"), options), CsvError);
    await assert.rejects(book.exportCsv(file("out.csv"), { columns: ["frist_name"] }), { code: "E0201" });
    assert.deepEqual(names(), ["folder"]);

    await book.exportCsv(file("out.csv"), options);
    assert.equal(readFileSync(file("out.csv"), "utf8"), TEXT);
    chmodSync(file("out.csv"), 0o640);
    writeFileSync(file("out.csv"), "what was there before, and longer than what comes");
    symlinkSync(file("out.csv"), file("link.csv"));
    await book.exportCsv(file("link.csv"), options);
    assert.equal(readFileSync(file("out.csv"), "utf8"), TEXT);
    assert.ok(lstatSync(file("link.csv")).isSymbolicLink());
    assert.equal(statSync(file("out.csv")).mode & 0o777, 0o640);
    assert.deepEqual(names(), ["folder", "link.csv", "out.csv"]);
  });
});

const NO_LIMITS = process.platform === "win32" && "no limits of file sizes here";
test("a disk that is full leaves what was there", { skip: NO_LIMITS }, async () => {
  await inFolder(async (file) => {
    writeFileSync(file("out.csv"), "as before");
    const child = new URL("./export_worker.mjs", import.meta.url).pathname;
    const limited = `ulimit -f 1; exec "$0" "$@"`;
    const { stdout, stderr } = spawnSync("sh", ["-c", limited, process.execPath, child, file("out.csv")], { encoding: "utf8" });
    assert.match(stdout, /^CsvError: the file cannot be written: /, stderr);
    assert.equal(readFileSync(file("out.csv"), "utf8"), "as before");
    assert.deepEqual(readdirSync(file("")), ["out.csv"]);
  });
});
