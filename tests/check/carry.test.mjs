// Answers to questions that have changed since: carried over or set apart, with a word why, and never dropped.

import assert from "node:assert/strict";
import test from "node:test";

import { withAnswer } from "../../docs/assets/js/check/answers.js";
import { carryOver } from "../../docs/assets/js/check/carry.js";
import { compareSheets, olderFirst } from "../../docs/assets/js/check/compare.js";
import { CHECK, numbersFrom, pick, sheetOf, someSheet } from "./sample.mjs";

const ANSWERED = { answer: "no", note: "", action: "", who: "", by: "", wording: "", text: "" };
const older = (answers) => ({
  ...sheetOf({}),
  answers: Object.fromEntries(Object.entries(answers).map(([id, each]) => [id, { ...ANSWERED, ...each }])),
});

test("an answer to a question that was renamed is carried over", () => {
  const { sheet, carried, reworded, apart } = carryOver(CHECK, older({ permission: { note: "kept", wording: "00000001" } }));
  assert.deepEqual(sheet.answers, { mandate: { ...ANSWERED, note: "kept", wording: "00000001", text: "Is mandate so?" } });
  assert.deepEqual([carried, reworded, apart], [[{ from: "permission", to: "mandate" }], [], []]);
});

test("an answer to a question that was reworded is carried over and told, until it is given again", () => {
  const old = carryOver(
    CHECK,
    older({ mandate: { wording: "aaaaaaaa" }, goal: { wording: "bbbbbbbb", text: "Is the goal shared?" }, pace: { wording: "cccccccc" } }),
  );
  assert.deepEqual(old.reworded, [
    { id: "mandate", was: "Is the mandate clear?", now: "Is mandate so?" },
    { id: "goal", was: "Is the goal shared?", now: "Is goal so?" },
    { id: "pace", was: "", now: "Is pace so?" },
  ]);
  const again = withAnswer(old.sheet, CHECK.byId.get("goal"), { answer: "no" });
  assert.deepEqual(
    carryOver(CHECK, again).reworded.map(({ id }) => id),
    ["mandate", "pace"],
  );
});

test("an answer to a question that is gone is set apart with the reason, and stays in the sheet", () => {
  const old = older({ budget: { note: "kept" }, sponsor: {}, stranger: { text: "Is it new?" }, goal: {} });
  const { sheet, apart } = carryOver(CHECK, old);
  assert.deepEqual(
    apart.map(({ id, text, answer, note, why }) => [id, text, answer, note, why]),
    [
      ["budget", "Is the budget so?", "no", "kept", "The question was withdrawn. The reason given: Nobody could answer it."],
      [
        "sponsor",
        "Is the sponsor so?",
        "no",
        "",
        "The question was merged into another. The reason given: It asked the same. See instead: “Is goal so?”.",
      ],
      ["stranger", "Is it new?", "no", "", "This version of the playbook has no such question: it may come from a newer one."],
    ],
  );
  assert.deepEqual(Object.keys(sheet.answers), Object.keys(old.answers));
});

test("an answer to a former question does not replace the answer to the new one", () => {
  const { sheet, carried, apart } = carryOver(CHECK, older({ permission: { answer: "no" }, mandate: { answer: "yes", wording: "00000001" } }));
  assert.equal(sheet.answers.mandate.answer, "yes");
  assert.deepEqual([carried, apart.map(({ why }) => why)], [[], ["The question is now “Is mandate so?”, which has an answer of its own."]]);
});

test("any sheet: no answer is lost, and to carry over twice changes nothing", () => {
  const next = numbersFrom(6);
  for (let round = 0; round < 300; round++) {
    const some = someSheet(next);
    const answers = Object.fromEntries(
      Object.entries(some.answers).map(([id, each]) => [
        next() < 0.3 ? pick(next, ["permission", "budget", "sponsor", "stranger"]) : id,
        { ...each, wording: pick(next, ["", "aaaaaaaa", each.wording]) },
      ]),
    );
    const once = carryOver(CHECK, { ...some, answers });
    assert.deepEqual(
      Object.values(once.sheet.answers)
        .map(({ answer, note }) => answer + note)
        .sort(),
      Object.values(answers)
        .map(({ answer, note }) => answer + note)
        .sort(),
    );
    const twice = carryOver(CHECK, once.sheet);
    assert.deepEqual([twice.sheet, twice.carried, twice.reworded, twice.apart], [once.sheet, [], once.reworded, once.apart]);
  }
});

test("two days are compared question by question", () => {
  const before = sheetOf({ mandate: "no", goal: "partly", skills: "yes", constructor: "yes" }, { date: "2026-03-01" });
  const after = sheetOf({ mandate: "not sure", goal: "no", skills: "yes", pace: "no" });
  const { rows, counts, sentence } = compareSheets(CHECK, before, after);
  assert.deepEqual(
    rows.map(({ question, was, now, change }) => [question.number, was, now, change]),
    [
      [1, "no", "not sure", "better"],
      [2, "partly", "no", "worse"],
      [3, "yes", "yes", "same"],
      [4, "yes", "", "gone"],
      [5, "", "no", "new"],
    ],
  );
  assert.deepEqual(counts, { better: 1, worse: 1, same: 1, new: 1, gone: 1 });
  assert.equal(sentence, "Since 1 March 2026, 1 answer is better, 1 is worse, 1 is the same, 1 is new and 1 is no longer there.");
});

test("a question that was renamed is one row, and one that is gone comes last", () => {
  const before = older({ permission: { answer: "no", wording: "aaaaaaaa" }, budget: { answer: "yes" } });
  const { rows, reworded } = compareSheets(CHECK, before, sheetOf({ mandate: "yes" }));
  assert.deepEqual(
    rows.map(({ question, was, now, change }) => [question.number, question.text, was, now, change]),
    [
      [1, "Is mandate so?", "no", "yes", "better"],
      [0, "Is the budget so?", "yes", "", "gone"],
    ],
  );
  assert.deepEqual(reworded, ["mandate"]);
});

test("the older day is the one before, and two sheets without answers have nothing to compare", () => {
  const [one, other] = [sheetOf({}, { date: "2026-05-01" }), sheetOf({}, { date: "2026-03-01" })];
  assert.deepEqual(
    [olderFirst(one, other), olderFirst(other, one)],
    [
      [other, one],
      [other, one],
    ],
  );
  assert.equal(compareSheets(CHECK, one, other).sentence, "Neither sheet has an answer, so there is nothing to compare.");
});
