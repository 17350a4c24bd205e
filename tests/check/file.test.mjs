// A file of answers: it holds all that was on the screen, and whatever else is loaded is told in one plain sentence.

import assert from "node:assert/strict";
import test from "node:test";

import { fileToSheet, sheetToFile } from "../../docs/assets/js/check/file.js";
import { readCheck } from "../../docs/assets/js/check/questions.js";
import { CHECK, DATA, anything, numbersFrom, sheetOf, someSheet } from "./sample.mjs";

const ANSWERS = ["yes", "partly", "no", "not sure", ""];
const written = (changes) => JSON.stringify({ ...JSON.parse(sheetToFile(CHECK, sheetOf({ mandate: "no" }))), ...changes });
const toldOf = (answers) => fileToSheet(CHECK, written({ answers })).told;

test("a file names the playbook, the version, the day, and each question", () => {
  assert.deepEqual(JSON.parse(sheetToFile(CHECK, sheetOf({ pace: "yes", goal: { answer: "no", note: "Not yet" } }, { project: "Bus" }))), {
    format: "playbook-health-check",
    format_version: 1,
    playbook: { title: "Sample playbook", address: "https://lab.example/latest/" },
    version: "1.6.0",
    saved: "2026-11-27",
    project: "Bus",
    date: "2026-11-27",
    form: "all",
    answers: [
      { question: "goal", answer: "no", note: "Not yet", action: "", who: "", by: "", wording: "00000002", text: "Is goal so?" },
      { question: "pace", answer: "yes", note: "", action: "", who: "", by: "", wording: "00000005", text: "Is pace so?" },
    ],
  });
});

test("any sheet comes back from its file as it was", () => {
  const next = numbersFrom(2);
  for (let round = 0; round < 300; round++) {
    const sheet = someSheet(next);
    assert.deepEqual(fileToSheet(CHECK, sheetToFile(CHECK, sheet)), { sheet, told: [] });
  }
});

test("answers to questions that are not asked any more stay in the file", () => {
  const sheet = sheetOf({ mandate: "no" });
  const older = { ...sheet, answers: { ...sheet.answers, budget: { ...sheet.answers.mandate, text: "Is the budget so?" } } };
  assert.deepEqual(fileToSheet(CHECK, sheetToFile(CHECK, older)).sheet, older);
});

test("what is no file of answers is told", () => {
  const problemOf = (text) => fileToSheet(CHECK, text).problem;
  assert.equal(problemOf(undefined), "This file is not text, so it holds no answers.");
  assert.equal(problemOf("PK\u0003"), "This file is not JSON. Answers that were downloaded as a file end in “.json”.");
  assert.equal(problemOf("[".repeat(900_000)), "This file is not JSON. Answers that were downloaded as a file end in “.json”.");
  for (const other of ["null", "[]", '"x"', "{}", '{"format": "another"}', '{"__proto__": {"format": "playbook-health-check"}}']) {
    assert.equal(problemOf(other), "This file holds no answers to a health check.", other);
  }
  assert.equal(problemOf(" ".repeat(1_000_001)), "This file is larger than 1 MB, so it was not read: files of answers are much smaller.");
  assert.equal(problemOf("é".repeat(600_000)), "This file is larger than 1 MB, so it was not read: files of answers are much smaller.");
  assert.equal(
    problemOf(written({ format_version: 2 })),
    "These answers were saved by a newer version of the playbook, in a format that this page cannot read: open them there.",
  );
  for (const version of [undefined, "1", 0, 1.5, null]) {
    assert.equal(problemOf(written({ format_version: version })), "These answers do not say which format they are in, so they cannot be read.");
  }
  assert.equal(problemOf(written({ answers: { mandate: "no" } })), "This file has no list of answers: it may have been cut off or edited.");
});

test("answers to another playbook are refused by its title, and can be had all the same", () => {
  const other = readCheck({ ...DATA, playbook: { ...DATA.playbook, title: "Other", address: "https://other.example/" } });
  const { problem, anyway } = fileToSheet(other, sheetToFile(CHECK, sheetOf({ mandate: "no" })));
  assert.equal(problem, "These answers are to the health check of “Sample playbook”, not of “Other”.");
  assert.equal(anyway.sheet.answers.mandate.answer, "no");
  const renamed = readCheck({ ...DATA, playbook: { ...DATA.playbook, title: "New title", address: "https://lab.example/latest/" } });
  assert.equal(fileToSheet(renamed, sheetToFile(CHECK, sheetOf({}))).problem, undefined);
});

test("a mark at the beginning that some editors add does no harm", () => {
  assert.equal(fileToSheet(CHECK, `\uFEFF${written({})}`).sheet.answers.mandate.answer, "no");
});

test("what cannot be used of a file is told, and the rest is kept", () => {
  assert.deepEqual(toldOf([{ question: "mandate", answer: "maybe", note: "kept", text: "Is mandate so?" }]), [
    "The answer to “Is mandate so?” is none of yes, partly, no and not sure, so the question was left open.",
  ]);
  assert.equal(fileToSheet(CHECK, written({ answers: [{ question: "mandate", answer: "maybe", note: "kept" }] })).sheet.answers.mandate.note, "kept");
  assert.deepEqual(toldOf([{ question: "goal", answer: "no", note: 5 }]), [
    "What stands under “note” beside “goal” is not text, so it was left out.",
  ]);
  assert.deepEqual(
    toldOf([{ question: "__proto__", answer: "no" }, 7]),
    [1, 2].map((place) => `Answer ${place} does not say which question it is to, so it was left out.`),
  );
  assert.deepEqual(
    toldOf([
      { question: "goal", answer: "no" },
      { question: "goal", answer: "yes" },
    ]),
    ["The question “goal” has two answers: the first one counts."],
  );
  assert.deepEqual(fileToSheet(CHECK, written({ date: "2026-02-30" })).told, ["Its date is not a day of the calendar, so it was left out."]);
  const many = toldOf(Array.from({ length: 5000 }, () => 0));
  assert.deepEqual([many.length, many.at(-1)], [21, "There were 4980 more faults like these."]);
});

test("whatever a file holds, nothing is thrown and only answers come out", () => {
  const next = numbersFrom(3);
  for (let round = 0; round < 2000; round++) {
    const hostile = Object.fromEntries(
      Object.entries({
        answers: anything(next, 4),
        project: anything(next),
        date: anything(next),
        form: anything(next),
        playbook: anything(next),
      }).filter(() => next() < 0.8),
    );
    const found = fileToSheet(CHECK, JSON.stringify({ format: "playbook-health-check", format_version: 1, ...hostile }));
    const read = found.anyway ?? found;
    if (!read.sheet) assert.match(read.problem, /^[A-Z].*\.$/);
    for (const [id, each] of Object.entries(read.sheet?.answers ?? {})) {
      assert.match(id, /^[a-z][a-z0-9-]*$/);
      assert.ok(ANSWERS.includes(each.answer));
      assert.ok(Object.values(each).every((value) => typeof value === "string"));
    }
  }
  assert.equal({}.answer, undefined);
});
