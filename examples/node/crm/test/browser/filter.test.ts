import assert from "node:assert/strict";
import { after, test } from "node:test";
import { becomes, close, names, picture, shown, skip } from "./page.ts";

after(close);

test("a filter that is written is built, and one that is built is written", { skip }, async (t) => {
  const { page } = await shown(t);
  const text = page.getByRole("textbox", { name: "As text" });
  const rules = page.getByRole("group", { name: "As rules" });
  await becomes(names(page), ["Eve Abel", "Ana Blanc", "Zoé Martin", "Bob Noël", "Léo Petit"]);

  await text.fill("status = lead and tags has any (salon, fidèle)");
  await becomes(names(page), ["Bob Noël", "Léo Petit"]);
  const values = () => rules.getByRole("combobox", { name: /Field|Operator|^Value/ }).evaluateAll((all) => {
    return all.map((select) => (select as unknown as { selectedOptions: { label: string }[] }).selectedOptions[0]?.label);
  });
  await becomes(values, ["Status", "is", "Lead", "Tags", "have any of"]);
  assert.equal(await rules.getByRole("button", { name: "Remove fidèle" }).count(), 1);
  await picture(page, "filter");

  await rules.getByRole("button", { name: "Remove salon" }).click();
  await becomes(() => text.inputValue(), 'status = "lead" and tags has any ("fidèle")');
  await becomes(names(page), ["Léo Petit"]);
  await rules.getByRole("button", { name: "Remove", exact: true }).last().click();
  await rules.getByRole("combobox", { name: "Value" }).selectOption("VIP");
  await becomes(() => text.inputValue(), 'status = "vip"');
  await becomes(names(page), ["Zoé Martin"]);

  await rules.getByRole("button", { name: "Add rule" }).click();
  await rules.getByRole("combobox", { name: "Field" }).last().selectOption("Created at");
  await rules.getByRole("combobox", { name: "Operator" }).last().selectOption("is in the last");
  await rules.getByRole("spinbutton", { name: "How many" }).fill("2");
  await becomes(() => text.inputValue(), 'status = "vip" and created_at in last 2 days');
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await becomes(async () => (await names(page)()).length, 5);
  assert.equal(await rules.getByRole("combobox", { name: "Field" }).count(), 0);
});

test("what is wrong with a text is marked at its place, told below, and mended", { skip }, async (t) => {
  const { page } = await shown(t);
  const text = page.getByRole("textbox", { name: "As text" });
  await text.fill("status = lead");
  await becomes(async () => (await names(page)()).length, 3);
  await text.fill("status = lead and biled > 50");
  const problems = page.getByRole("list", { name: "Problems of the filter" });
  await problems.getByText("there is no field").waitFor();
  assert.deepEqual(await page.locator("mark.error").allInnerTexts(), ["biled"]);
  assert.equal(await text.getAttribute("aria-invalid"), "true");
  const about = await text.getAttribute("aria-describedby");
  assert.equal(about, await problems.getAttribute("id"));
  await page.getByText("The list still shows the last filter that could be read.").waitFor();
  assert.equal((await names(page)()).length, 3);

  // The mark lies where the word is: as far from the beginning as the letters before it are wide.
  const [area, mark] = [await text.boundingBox(), await page.locator("mark.error").boundingBox()];
  assert.ok(area !== null && mark !== null && mark.x > area.x + 100 && mark.y > area.y && mark.y < area.y + 40);
  await picture(page, "problem");

  await problems.getByRole("button", { name: "Replace by billed" }).click();
  await becomes(() => text.inputValue(), "status = lead and billed > 50");
  await becomes(names(page), ["Léo Petit"]);
  assert.equal(await text.getAttribute("aria-invalid"), null);

  await text.fill("not billed > 50");
  const hints = page.getByRole("list", { name: "Hints on the filter" });
  await hints.getByText("is not empty").first().waitFor();
  assert.deepEqual(await page.locator("mark.warning").allInnerTexts(), ["billed > 50"]);
});

test("what is wrong with a rule is told at the rule", { skip }, async (t) => {
  const { page } = await shown(t);
  const rules = page.getByRole("group", { name: "As rules" });
  await rules.getByRole("button", { name: "Add rule" }).click();
  await rules.getByRole("button", { name: "Add rule" }).click();
  await rules.getByRole("combobox", { name: "Field" }).last().selectOption("Montant facturé");
  const wrong = page.locator(".marked-rule.wrong");
  await wrong.getByRole("alert").waitFor();
  assert.equal(await wrong.count(), 1);
  assert.equal(await wrong.getByRole("combobox", { name: "Field" }).inputValue(), "billed");
  await picture(page, "rule");
  await wrong.getByRole("spinbutton", { name: "Value" }).fill("80");
  await becomes(names(page), ["Léo Petit"]);
  assert.equal(await wrong.count(), 0);
});

test("what rules cannot show is said, and is a filter all the same", { skip }, async (t) => {
  const { page } = await shown(t);
  await page.getByRole("textbox", { name: "As text" }).fill("nobody");
  await page.getByText("The rules cannot show this filter").waitFor();
  await page.getByText("Nobody matches.").waitFor();
  await page.getByRole("button", { name: "Show everyone" }).click();
  await becomes(async () => (await names(page)()).length, 5);
});
