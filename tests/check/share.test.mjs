// A link with answers: it holds what a sheet holds as long as that fits, and no damaged link does any harm.

import assert from "node:assert/strict";
import test from "node:test";

import { LIMIT, carriesAnswers, fromFragment, toFragment } from "../../docs/assets/js/check/share.js";
import { CHECK, anything, numbersFrom, pick, sheetOf, someSheet } from "./sample.mjs";

const withoutTexts = (sheet) => ({
  ...sheet,
  answers: Object.fromEntries(Object.entries(sheet.answers).map(([id, each]) => [id, { ...each, text: "" }])),
});

test("a link says form, day, project and each answer with its wording", () => {
  const { fragment } = toFragment(
    sheetOf({ mandate: "not sure", goal: { answer: "no", note: "Why? A.B~C" } }, { project: "Bus & rail", form: "quick" }),
  );
  assert.equal(fragment, "#answers=1.q.20261127.Bus_%26_rail.goal~n~00000002~Why%3F_A%2EB%7EC.mandate~u~00000001");
});

test("any sheet comes back from its link as it was, but for the texts of the questions", () => {
  const next = numbersFrom(4);
  for (let round = 0; round < 300; round++) {
    const sheet = someSheet(next);
    const { fragment, told } = toFragment(sheet);
    assert.deepEqual(told, []);
    assert.match(fragment, /^#answers=[\w.~%-]*[\w-]$/);
    assert.deepEqual(fromFragment(CHECK, `https://lab.example/health-check/${fragment}`), { sheet: withoutTexts(sheet), told: [] });
  }
});

test("the same answers make the same link, in whichever order they were given", () => {
  assert.equal(toFragment(sheetOf({ mandate: "no", goal: "yes" })).fragment, toFragment(sheetOf({ goal: "yes", mandate: "no" })).fragment);
});

test("notes are left out of a link that would be too long, and that is told", () => {
  const { fragment, told } = toFragment(sheetOf({ mandate: { answer: "no", note: "x".repeat(LIMIT) }, goal: { action: "y" }, pace: "yes" }));
  assert.equal(fragment, "#answers=1.a.20261127..mandate~n~00000001.pace~y~00000005");
  assert.deepEqual(told, [
    "The link leaves out notes and actions, because it would be too long with them: download the answers as a file to pass those on.",
  ]);
  const exactly = LIMIT - toFragment(sheetOf({ mandate: { answer: "no", note: "x" } })).fragment.length + 1;
  assert.equal(toFragment(sheetOf({ mandate: { answer: "no", note: "x".repeat(exactly) } })).fragment.length, LIMIT);
  assert.equal(toFragment(sheetOf({ mandate: { answer: "no", note: "x".repeat(exactly + 1) } })).told.length, 1);
});

test("a sheet that fits no link says what to do instead", () => {
  assert.deepEqual(toFragment(sheetOf({ mandate: "no" }, { project: "x".repeat(LIMIT) })), {
    fragment: "",
    told: [],
    problem: "These answers are too long for a link: download them as a file instead.",
  });
});

test("what is no link with answers is told", () => {
  const problemOf = (text) => fromFragment(CHECK, text).problem;
  for (const other of ["", "#mandate", "https://lab.example/health-check/", undefined, 5])
    assert.equal(problemOf(other), "This link holds no answers.");
  assert.equal(
    problemOf("#answers=2.q"),
    "These answers were saved by a newer version of the playbook, in a format that this page cannot read: open them there.",
  );
  assert.equal(problemOf("#answers="), "These answers do not say which format they are in, so they cannot be read.");
  assert.equal(
    problemOf("#answers=1.q.20261127.Bus%E2%8"),
    "This link is damaged: it may have been cut off on its way. Ask for it again, or for the file.",
  );
  assert.equal(problemOf("#answers=1.q...elsewhere~n"), "None of the answers in this link is to a question of this playbook.");
  assert.equal(problemOf(`#answers=1.q...${"x".repeat(100_000)}`), "This link is too long to hold answers.");
  assert.deepEqual([carriesAnswers("#mandate"), carriesAnswers("#answers=1.q")], [false, true]);
});

test("a link may be pasted as it stood in a message", () => {
  const { fragment } = toFragment(sheetOf({ goal: "no", pace: { answer: "yes", note: "Soon" } }));
  const whole = fromFragment(CHECK, fragment);
  const address = `https://lab.example/health-check/${fragment}`;
  for (const pasted of [`<${address}>`, `(see ${address}).`, `“${address}”`, `${address}\n`, address.replaceAll("~", "%7E")]) {
    assert.deepEqual(fromFragment(CHECK, pasted), whole, pasted);
  }
});

test("a link to a question that was withdrawn or renamed still belongs to this playbook", () => {
  assert.equal(fromFragment(CHECK, "#answers=1.q...budget~n").sheet.answers.budget.answer, "no");
  assert.equal(fromFragment(CHECK, "#answers=1.q...permission~n").sheet.answers.permission.answer, "no");
});

test("whatever happened to a link on its way, nothing is thrown", () => {
  const next = numbersFrom(5);
  for (let round = 0; round < 3000; round++) {
    const { fragment } = toFragment(someSheet(next));
    const from = Math.floor(next() * fragment.length);
    const damaged =
      next() < 0.5
        ? fragment.slice(0, from)
        : fragment.slice(0, from) + pick(next, ["%", "~", ".", "%ff", "\u0000", "__proto__", String(anything(next, 0))]) + fragment.slice(from + 1);
    const { sheet, problem } = fromFragment(CHECK, damaged);
    assert.equal(typeof (problem ?? sheet?.project), "string", damaged);
  }
});
