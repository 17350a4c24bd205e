// A sheet of answers: it is never changed, it is blank where nothing was written, and it remembers to which wording an answer was given.

import assert from "node:assert/strict";
import test from "node:test";

import { answerTo, answered, emptySheet, isEmpty, withAnswer, withoutAnswer } from "../../docs/assets/js/check/answers.js";
import { chosen, readCheck } from "../../docs/assets/js/check/questions.js";
import { CHECK, DATA, sheetOf } from "./sample.mjs";

const [MANDATE] = CHECK.questions;

test("the quick check asks the questions that are marked, and all if none is", () => {
  assert.deepEqual(
    chosen(CHECK, "quick").map(({ number }) => number),
    [1, 2, 3],
  );
  assert.deepEqual(
    chosen(CHECK, "all").map(({ number }) => number),
    [1, 2, 3, 4, 5],
  );
  const unmarked = readCheck({ ...DATA, questions: DATA.questions.map((each) => ({ ...each, quick: false })) });
  assert.equal(chosen(unmarked, "quick").length, 5);
});

test("the playbook's address is what stands before the page in the canonical address", () => {
  assert.equal(readCheck(JSON.stringify(DATA), "https://lab.example/latest/health-check/").playbook.address, "https://lab.example/latest/");
  assert.equal(readCheck(DATA, "https://lab.example/elsewhere/").playbook.address, "");
  assert.equal(readCheck(DATA).playbook.address, "");
});

test("an answer makes a new sheet and remembers the wording it was given to", () => {
  const empty = emptySheet("quick", "2026-11-27");
  const sheet = withAnswer(empty, MANDATE, { answer: "no" });
  assert.deepEqual(empty, { project: "", date: "2026-11-27", form: "quick", answers: {} });
  assert.deepEqual(sheet.answers, { mandate: { answer: "no", note: "", action: "", who: "", by: "", wording: "00000001", text: "Is mandate so?" } });
});

test("a note leaves the wording as it was, and a new answer brings it up to date", () => {
  const old = { ...emptySheet("all", ""), answers: { mandate: { ...sheetOf({ mandate: "no" }).answers.mandate, wording: "aaaaaaaa" } } };
  assert.equal(withAnswer(old, MANDATE, { note: "x" }).answers.mandate.wording, "aaaaaaaa");
  assert.equal(withAnswer(old, MANDATE, { answer: "no" }).answers.mandate.wording, "00000001");
});

test("a sheet is empty when nothing stands in it any more", () => {
  const sheet = sheetOf({ mandate: "no" });
  assert.deepEqual(
    [isEmpty(sheet), isEmpty(withAnswer(sheet, MANDATE, { answer: "" })), isEmpty(withoutAnswer(sheet, "mandate"))],
    [false, true, true],
  );
  assert.deepEqual(withAnswer(sheet, MANDATE, { answer: "" }).answers, {});
  assert.equal(isEmpty(withAnswer(emptySheet("all", ""), MANDATE, { note: "x" })), false);
  assert.equal(isEmpty({ ...emptySheet("all", ""), project: "x" }), false);
});

test("progress counts answers, not notes, of the questions asked", () => {
  const sheet = sheetOf({ mandate: "no", goal: { note: "x" }, pace: "yes" });
  assert.deepEqual(answered(sheet, chosen(CHECK, "quick")), { done: 1, of: 3 });
  assert.deepEqual(answered(sheet, chosen(CHECK, "all")), { done: 2, of: 5 });
});

test("a question may be called like something that objects have already", () => {
  assert.equal(answerTo(emptySheet("all", ""), "constructor").answer, "");
  assert.equal(answerTo(sheetOf({ constructor: "no" }), "constructor").answer, "no");
});
