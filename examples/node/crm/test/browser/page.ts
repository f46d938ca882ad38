// The page in Chromium, for tests: found on the machine, with a server and a book of its own for each test.

import assert from "node:assert/strict";
import { accessSync, constants, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, type Page, chromium } from "playwright-core";
import { world, type World } from "../world.ts";

/** Where the page was built: beside the folder of the compiled tests. */
const PAGE = fileURLToPath(new URL("../../page", import.meta.url));
/** How long anything on the page may take. */
const PATIENCE = 20_000;

/** The browser: what the variable `CHROMIUM` says, or the first one on the path. */
function find(): string | null {
  const given = process.env["CHROMIUM"];
  if (given !== undefined) return given;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const name of ["chromium", "chromium-browser", "google-chrome", "chrome"]) {
    for (const folder of folders) {
      try {
        const program = join(folder, name);
        accessSync(program, constants.X_OK);
        return program;
      } catch {
        // It is in another folder, or has another name.
      }
    }
  }
  return null;
}

const program = find();
/** Why the tests in the browser are left out; `false` if they are not. */
export const skip = program === null ? "Chromium is not installed" : false;
if (program === null) {
  console.log("SKIPPED: the tests in a browser, since Chromium is not on the path: install it, or name it in CHROMIUM");
}

let running: Promise<Browser> | undefined;

/** One browser for all tests. Its own sandbox does not work for root. */
function browser(): Promise<Browser> {
  running ??= chromium.launch({
    executablePath: program ?? "",
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-dev-shm-usage"],
  });
  return running;
}

export async function close(): Promise<void> {
  await (await running)?.close();
}

export interface Shown extends World {
  page: Page;
  address: string;
}

/** The page over a small book. Whatever the page complains of fails the test. */
export async function shown(test: TestContext, options: BrowserContextOptions = {}): Promise<Shown> {
  const served = await world(test, { page: PAGE });
  const address = await served.app.listen({ port: 0, host: "127.0.0.1" });
  const context = await (await browser()).newContext({
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // That something was refused is said on the page; the browser says it too.
    const refused = message.text().startsWith("Failed to load resource");
    if (["error", "warning"].includes(message.type()) && !refused) complaints.push(message.text());
  });
  test.after(async () => {
    await context.close();
    assert.deepEqual(complaints, []);
  });
  await page.goto(address);
  await page.getByRole("table").first().waitFor();
  return { ...served, page, address };
}

/** Waits until something is as it should be. */
export async function becomes<T>(ask: () => Promise<T>, expected: T): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    try {
      assert.deepEqual(answer, expected);
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await wait(50);
    }
  }
}

/** The names in the list, from top to bottom. */
export function names(page: Page): () => Promise<string[]> {
  return () => page.getByRole("main").getByRole("rowheader").allInnerTexts();
}

/** Takes a picture, where the variable `TAGMATA_PICTURES` names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env["TAGMATA_PICTURES"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Drops a file on the page, as from a folder. */
export async function drop(page: Page, name: string, content: string): Promise<void> {
  await page.evaluate(
    ([name = "", content = ""]) => {
      const { DataTransfer, File, DragEvent, document } = globalThis as unknown as {
        DataTransfer: new () => { items: { add(file: object): void } };
        File: new (parts: string[], name: string, options: object) => object;
        DragEvent: new (type: string, options: object) => object;
        document: { body: { dispatchEvent(event: object): void } };
      };
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], name, { type: "text/csv" }));
      for (const type of ["dragover", "drop"]) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    [name, content],
  );
}
