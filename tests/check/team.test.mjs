// The answers of several people: what they differ on comes first, nothing is averaged, and no name appears.

import assert from "node:assert/strict";
import test from "node:test";

import { compareTeams, teamView } from "../../docs/assets/js/check/team.js";
import { CHECK, numbersFrom, sheetOf, someSheet } from "./sample.mjs";

const numbers = (rows) => rows.map(({ question }) => question.number);
const people = (...rows) => rows.map((row) => sheetOf(Object.fromEntries(Object.entries(row))));

test("questions with the most different answers come first, then those where more people stand apart", () => {
  const view = teamView(
    CHECK,
    people(
      { mandate: "no", goal: "yes", skills: "yes", constructor: "partly", pace: "no" },
      { mandate: "not sure", goal: "no", skills: "no", constructor: "no", pace: "no" },
      { mandate: "no", goal: "yes", skills: "partly", constructor: "not sure", pace: "no" },
    ),
  );
  assert.deepEqual(
    view.differ.map(({ question, spread, split }) => [question.number, spread, split]),
    [
      [3, 2, 2],
      [2, 2, 1],
      [4, 1, 2],
      [1, 1, 1],
    ],
  );
  assert.deepEqual(view.differ[0].counts, { yes: 1, partly: 1, no: 1, "not sure": 0, "": 0 });
  assert.deepEqual([numbers(view.weak), numbers(view.agreed), numbers(view.few)], [[5], [], []]);
  assert.equal(view.sentence, "3 people answered, and you differ on 4 of 5 questions, with both yes and no on 2; on 1 you all see a weakness.");
});

test("partly and not sure are as far from yes as from no", () => {
  const view = teamView(
    CHECK,
    people({ mandate: "yes", goal: "no", skills: "partly" }, { mandate: "not sure", goal: "not sure", skills: "not sure" }),
  );
  assert.deepEqual(
    view.differ.map(({ question, spread }) => [question.number, spread]),
    [
      [1, 1],
      [2, 1],
      [3, 0],
    ],
  );
});

test("where all agree, weaknesses come before strengths, and no before partly", () => {
  const view = teamView(
    CHECK,
    people({ mandate: "yes", goal: "partly", skills: "no", pace: "no" }, { mandate: "yes", goal: "partly", skills: "no" }),
  );
  assert.deepEqual([numbers(view.differ), numbers(view.weak), numbers(view.agreed), numbers(view.few)], [[], [3, 2], [1], [4, 5]]);
  assert.equal(view.sentence, "2 people gave the same answers to 3 questions; on 2 you all see a weakness.");
});

test("if everyone filled in the quick check, only its questions are there", () => {
  const view = teamView(CHECK, [sheetOf({ mandate: "yes" }, { form: "quick" }), sheetOf({ mandate: "no", pace: "no" }, { form: "quick" })]);
  assert.deepEqual([numbers(view.differ), numbers(view.few)], [[1], [2, 3]]);
});

test("too few answers are told, and so are sheets that do not belong together", () => {
  assert.equal(teamView(CHECK, []).sentence, "No answers are loaded yet.");
  assert.equal(
    teamView(CHECK, people({ mandate: "no" })).sentence,
    "These are the answers of one person: load those of others to see where you differ.",
  );
  assert.equal(teamView(CHECK, people({ mandate: "no" }, { goal: "no" })).sentence, "No question has answers from more than one of 2 people yet.");
  assert.deepEqual(teamView(CHECK, people({ mandate: "no" }, { mandate: "no" })).told, [
    "Some of these answers are exactly the same: check that none was loaded twice.",
  ]);
  assert.deepEqual(teamView(CHECK, [sheetOf({}, { project: "Bus" }), sheetOf({}, { project: "Rail" })]).told, [
    "These answers are about different projects: “Bus” and “Rail”.",
  ]);
});

test("an answer to a question that was renamed counts for the new one", () => {
  const [old] = people({ mandate: "no" });
  const view = teamView(CHECK, [{ ...old, answers: { permission: old.answers.mandate } }, sheetOf({ mandate: "yes" })]);
  assert.deepEqual(view.differ[0].counts, { yes: 1, partly: 0, no: 1, "not sure": 0, "": 0 });
});

test("any team: each question is in one list, each person counts once, and no word that someone wrote appears", () => {
  const next = numbersFrom(7);
  for (let round = 0; round < 200; round++) {
    const sheets = Array.from({ length: Math.floor(next() * 6) }, () => ({ ...someSheet(next), project: "" }));
    const view = teamView(CHECK, sheets);
    const rows = [...view.differ, ...view.weak, ...view.agreed, ...view.few];
    assert.deepEqual(
      numbers(rows).sort(),
      sheets.some(({ form }) => form === "all") ? [1, 2, 3, 4, 5] : sheets.length ? [1, 2, 3] : numbers(rows).sort(),
    );
    for (const { counts } of rows)
      assert.equal(
        Object.values(counts).reduce((sum, each) => sum + each, 0),
        sheets.length,
      );
    assert.doesNotMatch(JSON.stringify(view), /a note|under~tilde|100 %/);
    assert.deepEqual(teamView(CHECK, sheets.toReversed()), view);
  }
});

test("two times of a team: answers are closer together, further apart, or as they were", () => {
  const before = people({ mandate: "yes", goal: "no", skills: "yes", pace: "no" }, { mandate: "no", goal: "no", skills: "no" });
  const after = people(
    { mandate: "partly", goal: "yes", skills: "yes", pace: "no" },
    { mandate: "yes", goal: "no", skills: "no", pace: "yes" },
    { mandate: "yes" },
  );
  const { rows, sentence } = compareTeams(CHECK, before, after);
  assert.deepEqual(
    rows.map(({ question, was, now, change }) => [question.number, was.spread, now.spread, change]),
    [
      [1, 2, 1, "closer"],
      [2, 0, 2, "further apart"],
      [3, 2, 2, "same"],
      [5, 0, 2, "new"],
    ],
  );
  assert.equal(sentence, "Your answers are closer together on 1 question, further apart on 1 and as far apart as before on 1.");
  assert.equal(
    compareTeams(CHECK, [], after).sentence,
    "No question was answered by at least two people both times, so there is nothing to compare.",
  );
});
