import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { becomes, close, names, picture, shown, skip } from "./page.ts";

after(close);

const focused = (page: Page) => () =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as {
      document: { activeElement: { getAttribute(name: string): string | null; textContent: string } };
    };
    const element = document.activeElement;
    return element.getAttribute("aria-label") ?? element.textContent;
  });

test("the page speaks the language of the browser, and another when it is told to", { skip }, async (t) => {
  const { page } = await shown(t, { locale: "fr-FR" });
  await page.getByRole("heading", { name: "Contacts" }).waitFor();
  await page.getByRole("button", { name: "Nouveau contact" }).waitFor();
  await page.getByText("5 contacts", { exact: true }).first().waitFor();
  const language = page.getByRole("combobox", { name: "Langue" });
  await language.selectOption("Español");
  await page.getByRole("button", { name: "Nuevo contacto" }).waitFor();
  await page.getByRole("navigation", { name: "Listas" }).getByRole("button", { name: "Potencial" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
  await picture(page, "spanish");
  await page.reload();
  await page.getByRole("button", { name: "Nuevo contacto" }).waitFor();
  await page.getByRole("combobox", { name: "Idioma" }).selectOption("English");
  await page.getByRole("button", { name: "New contact" }).waitFor();
});

test("all of it can be done with the keyboard", { skip }, async (t) => {
  const { page, book } = await shown(t);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 80; presses += 1) {
      if ((await focused(page)()) === name) return;
      await press("Tab");
    }
    assert.fail(`the tabulator does not come to ${name}`);
  };
  // The first stop is the way past everything.
  await press("Tab");
  await becomes(focused(page), "Skip to the contacts");
  await press("Enter");
  await becomes(() => page.evaluate(() => (globalThis as unknown as { document: { activeElement: { id: string } } }).document.activeElement.id), "contacts");

  // A contact is opened, read, and closed: the focus comes back.
  await tabTo("Open Zoé Martin");
  await press("Enter");
  await becomes(focused(page), "Zoé Martin");
  await tabTo("Why Big?");
  await press("Space");
  await page.getByRole("complementary", { name: "Contact" }).getByText("billed > 1000").waitFor();
  await press("Escape");
  await becomes(focused(page), "Open Zoé Martin");

  // Two are ticked and tagged, and that is undone.
  await tabTo("Select Bob Noël");
  await press("Space");
  await tabTo("Select Léo Petit");
  await press("Space");
  for (let presses = 0; presses < 40 && (await focused(page)()) !== "Add tags"; presses += 1) await press("Shift+Tab");
  await press("Enter");
  const dialog = page.getByRole("dialog", { name: "Add tags" });
  await dialog.waitFor();
  await page.keyboard.type("neuf");
  await dialog.getByRole("button", { name: "Change 2 contacts" }).waitFor();
  await press("Enter");
  await becomes(() => dialog.count(), 0);
  await becomes(focused(page), "Add tags");
  assert.deepEqual([...book.select("tags has neuf")], [1, 3]);
  await tabTo("Undo");
  await press("Enter");
  await becomes(async () => [...book.select("count(tags) = 1")].length, 3);

  // A menu is opened with Enter, walked with arrows, and left with Escape.
  await page.getByRole("button", { name: "What to do with Big" }).focus();
  await press("Enter", "ArrowDown");
  await becomes(focused(page), "Rename");
  await press("Escape");
  await becomes(focused(page), "What to do with Big");
  await press("Enter", "End", "Enter");
  await page.getByRole("dialog", { name: "Delete Big" }).waitFor();
  await press("Escape");
  await becomes(focused(page), "What to do with Big");
});

/** The parts of the page that anybody may want to go to or to work, without a name. */
async function nameless(page: Page): Promise<string[]> {
  const snapshot = await page.locator("body").ariaSnapshot();
  const worked = /^\s*- (button|link|textbox|searchbox|combobox|checkbox|radio|spinbutton|dialog|region|navigation|complementary|table|menu|menuitem)(?! ")/;
  return snapshot.split("\n").filter((line) => worked.test(line));
}

test("screen readers are told what everything is", { skip }, async (t) => {
  const { page, book } = await shown(t);
  book.addTags(0, ["salon"]);
  await page.getByRole("textbox", { name: "As text" }).fill("status in (lead, vip) and created_at in last 30 days or billed > 100");
  await page.getByText("5 contacts match").waitFor();
  await page.getByRole("checkbox", { name: "Select Zoé Martin" }).check();
  await page.getByRole("button", { name: "Open Zoé Martin" }).click();
  await page.getByRole("button", { name: "Why Big?" }).click();
  await page.getByText("decides").waitFor();
  assert.deepEqual(await nameless(page), []);

  const landmarks = ["banner", "search", "main", "complementary", "log"] as const;
  for (const role of landmarks) assert.equal(await page.getByRole(role).count(), 1, role);
  for (const name of ["Lists", "Segments", "Tags"]) assert.equal(await page.getByRole("navigation", { name }).count(), 1, name);
  const table = page.getByRole("table", { name: /contacts/ });
  assert.deepEqual(await table.getByRole("columnheader").count(), 9);
  // Five contacts, and the row of the headers.
  assert.equal(await table.getAttribute("aria-rowcount"), "6");
  await becomes(names(page), ["Eve Abel", "Ana Blanc", "Zoé Martin", "Bob Noël", "Léo Petit"]);
  await picture(page, "all");

  for (const name of ["Set a field", "Delete"]) {
    await page.getByRole("region", { name: "Selection" }).getByRole("button", { name, exact: true }).click();
    await page.getByRole("dialog", { name }).waitFor();
    assert.deepEqual(await nameless(page), [], name);
    await page.keyboard.press("Escape");
  }
  for (const [button, dialog] of [["Import", "Import a CSV file"], ["New contact", "New contact"], ["New segment", "New segment"]]) {
    await page.getByRole("button", { name: button ?? "", exact: true }).click();
    await page.getByRole("dialog", { name: dialog ?? "" }).waitFor();
    assert.deepEqual(await nameless(page), [], dialog);
    await page.keyboard.press("Escape");
  }
});

test("the page is dark where the system is, and fits a small screen", { skip }, async (t) => {
  const { page } = await shown(t, { colorScheme: "dark", viewport: { width: 420, height: 900 } });
  await picture(page, "small");
  const wider = await page.evaluate(() => {
    const { document } = globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } };
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
  });
  assert.equal(wider, 0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("textbox", { name: "As text" }).fill("status = laed or billed > 1000");
  await page.getByRole("list", { name: "Problems of the filter" }).waitFor();
  await picture(page, "dark");
});

test("a page without its server says so, and goes on when it is back", { skip }, async (t) => {
  const { page, book } = await shown(t);
  await page.route("**/api/events", (route) => route.abort());
  await page.reload();
  await page.getByRole("alert").getByText("The server does not answer.").waitFor();
  // Nobody tells the page of this change; it asks once it is connected again.
  book.updateContact(4, { last_name: "Zola" });
  await page.unroute("**/api/events");
  await becomes(names(page), ["Ana Blanc", "Zoé Martin", "Bob Noël", "Léo Petit", "Eve Zola"]);
  await becomes(() => page.getByText("The server does not answer.").count(), 0);
});
