import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import type { Book } from "tagmata";
import { becomes, close, drop, names, picture, shown, skip } from "./page.ts";

after(close);

test("a list is searched, sorted, narrowed by a preset, and exported", { skip }, async (t) => {
  const { page } = await shown(t);
  await page.getByRole("searchbox", { name: "Search" }).fill("noel");
  await becomes(names(page), ["Bob Noël"]);
  await page.getByRole("searchbox", { name: "Search" }).fill("");
  await page.getByRole("button", { name: "Montant facturé" }).click();
  await becomes(names(page), ["Léo Petit", "Zoé Martin", "Ana Blanc", "Bob Noël", "Eve Abel"]);
  await page.getByRole("button", { name: "Montant facturé" }).click();
  await becomes(names(page), ["Ana Blanc", "Zoé Martin", "Léo Petit", "Bob Noël", "Eve Abel"]);
  assert.equal(await page.getByRole("columnheader", { name: "Montant facturé" }).getAttribute("aria-sort"), "descending");
  const lists = page.getByRole("navigation", { name: "Lists" });
  await lists.getByRole("button", { name: "Lead" }).click();
  await becomes(names(page), ["Léo Petit", "Bob Noël", "Eve Abel"]);
  assert.equal(await lists.getByRole("button", { name: "Lead" }).getAttribute("aria-current"), "true");

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export" }).click()]);
  const rows = (await readFile(await download.path(), "utf8")).trim().split("\n");
  assert.deepEqual([download.suggestedFilename(), rows.length], ["contacts.csv", 4]);
});

test("a long list is turned over page by page", { skip }, async (t) => {
  const { page, book } = await shown(t);
  book.batch((book) => {
    for (let number = 100; number < 220; number += 1) book.createContact({ first_name: "No", last_name: `Z${number}` });
  });
  await page.reload();
  const pages = page.getByRole("navigation", { name: "Pages" });
  await pages.getByText("1–50 of 125").waitFor();
  await pages.getByRole("button", { name: "Next page" }).click();
  await pages.getByText("51–100 of 125").waitFor();
  await becomes(async () => (await names(page)())[0], "No Z145");
  await pages.getByRole("button", { name: "Last page" }).click();
  await pages.getByText("101–125 of 125").waitFor();
  await becomes(async () => (await names(page)()).at(-1), "No Z219");
  await pages.getByRole("button", { name: "Previous page" }).click();
  await becomes(async () => (await names(page)())[0], "No Z145");
});

test("all that match but some are tagged after a look, and untagged by an undo", { skip }, async (t) => {
  const { page, book, ask } = await shown(t);
  book.defineTag("neuf");
  await ask("POST", "/api/segments", { name: "New", filter: "tags has neuf or tags has salon" });
  const segments = page.getByRole("navigation", { name: "Segments" });
  await segments.getByRole("button", { name: "New 1" }).waitFor();
  await page.getByRole("checkbox", { name: "Select Bob Noël" }).check();
  await page.getByRole("button", { name: "Select all 5 that match" }).click();
  await page.getByRole("checkbox", { name: "Select Ana Blanc" }).uncheck();
  const selection = page.getByRole("region", { name: "Selection" });
  await selection.getByText("4 contacts selected").waitFor();
  await selection.getByRole("button", { name: "Add tags" }).click();

  const dialog = page.getByRole("dialog", { name: "Add tags" });
  await dialog.getByRole("combobox", { name: "Tags, with commas between them" }).fill("neuf");
  await dialog.getByText("4 of 4 contacts will change.").waitFor();
  await dialog.getByText("3 contacts would enter New").waitFor();
  await picture(page, "bulk");
  assert.equal(book.count("tags has salon"), 1);
  await dialog.getByRole("button", { name: "Change 4 contacts" }).click();

  const activity = page.getByRole("log", { name: "Activity" });
  await activity.getByText("Add tags: 4 contacts changed").waitFor();
  await segments.getByRole("button", { name: "New 4" }).waitFor();
  assert.deepEqual([...book.select("tags has neuf")], [0, 1, 3, 4]);
  await activity.getByRole("button", { name: "Undo" }).click();
  await segments.getByRole("button", { name: "New 1" }).waitFor();
  assert.equal(book.count("tags has salon"), 1);
  await becomes(async () => await activity.getByText("Undone").count(), 1);
});

test("an undo that would overwrite says so, and undoes the rest", { skip }, async (t) => {
  const { page, book, ask } = await shown(t);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Set status" }).click();
  const dialog = page.getByRole("dialog", { name: "Set status" });
  await dialog.getByRole("combobox", { name: "Status" }).selectOption("Inactive");
  await dialog.getByRole("button", { name: "Change 5 contacts" }).click();
  const activity = page.getByRole("log", { name: "Activity" });
  await activity.getByText("Set status: 5 contacts changed").waitFor();
  await ask("PATCH", "/api/contacts/0", { values: { status: "active" } });
  await activity.getByRole("button", { name: "Undo" }).click();
  await activity.getByRole("button", { name: "Undo the rest" }).click();
  await becomes(async () => [0, 1, 2, 3, 4].map((id) => book.contact(id).status), ["active", "lead", "active", "lead", "lead"]);
});

const FILE =
  "Pays;Prénom;Nom;E-mail;Montant facturé;Fidélité\nFR;Max;Roux;max@example.com;1500;or\nFR;Lou;Vidal;lou@;20;\nFR;Zoé;Martin;zoe@example.com;10;\n";

/** Lets imports, but no dry runs, wait in their middle until the function that it gives is called. */
function held(book: Book): () => void {
  const importing = book.importCsv.bind(book);
  let release = () => {};
  book.importCsv = async (source, options) => {
    if (options?.dryRun !== true) {
      options?.onProgress?.({ doneBytes: 70, totalBytes: 100, rows: 2 });
      await new Promise<void>((resolve) => (release = resolve));
    }
    return importing(source, options);
  };
  return () => release();
}

test("an import goes on in the background, or is stopped", { skip }, async (t) => {
  const { page, book } = await shown(t);
  const release = held(book);
  const dialog = page.getByRole("dialog", { name: "Import a CSV file" });
  const activity = page.getByRole("log", { name: "Activity" });
  await drop(page, "export.csv", FILE);
  await dialog.getByRole("button", { name: "Import 2 rows" }).click();
  await dialog.getByText("2 rows").waitFor();
  const stopped = page.waitForResponse((response) => response.request().method() === "DELETE");
  await dialog.getByRole("button", { name: "Stop" }).click();
  await stopped;
  release();
  await activity.getByText("The import was stopped; nothing has changed.").waitFor();
  assert.deepEqual([await dialog.count(), book.count("everyone")], [0, 5]);

  await drop(page, "export.csv", FILE);
  await dialog.getByRole("button", { name: "Import 2 rows" }).click();
  await dialog.getByRole("button", { name: "Go on in the background" }).click();
  await page.getByRole("status").getByText("A file is being imported: 2 rows").waitFor();
  await picture(page, "background");
  release();
  await activity.getByText("Import: 1 new, 1 changed, 1 rejected").waitFor();
  await becomes(() => page.getByText("A file is being imported").count(), 0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    activity.getByRole("link", { name: "Download the rejected rows" }).click(),
  ]);
  assert.match(await readFile(await download.path(), "utf8"), /FR;Lou;Vidal;lou@/);
  await becomes(async () => (await names(page)()).includes("Max Roux"), true);
});

test("a dropped file is tried, its mistakes are told, and it is imported", { skip }, async (t) => {
  const { page, book } = await shown(t);
  await drop(page, "export.csv", FILE);
  const dialog = page.getByRole("dialog", { name: "Import a CSV file" });
  await dialog.getByText("export.csv").waitFor();
  const tried = dialog.getByRole("region", { name: "What it would come to" });
  await tried.getByText("1 rejected").waitFor();
  const row = tried.getByRole("row").last();
  assert.match((await row.innerText()).replaceAll("\t", " "), /^2 E-mail .*is not an e-mail address.* lou@$/);
  await tried.getByText("1 contact would enter Big").waitFor();
  await picture(page, "import");
  assert.equal(book.count("everyone"), 5);

  await dialog.getByRole("combobox", { name: "Fidélité" }).selectOption("Source");
  await dialog.getByRole("button", { name: "Import 2 rows" }).click();
  const report = dialog.getByRole("region", { name: "What it came to" });
  await report.getByText("1 new").waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    report.getByRole("link", { name: "Download the rejected rows" }).click(),
  ]);
  assert.match(await readFile(await download.path(), "utf8"), /FR;Lou;Vidal;lou@;20;/);
  await dialog.getByRole("button", { name: "Done" }).click();
  await becomes(async () => (await names(page)()).includes("Max Roux"), true);
  assert.deepEqual([book.contact(5).source, book.count("everyone")], ["or", 6]);
  await page.getByRole("log", { name: "Activity" }).getByText("Import: 1 new, 1 changed, 1 rejected").waitFor();
});
