// What answers say, held against sums that were made by hand.

import assert from "node:assert/strict";
import test from "node:test";

import { chosen } from "../../docs/assets/js/check/questions.js";
import { POINTS, resultOf } from "../../docs/assets/js/check/result.js";
import { CHECK, numbersFrom, sheetOf, someSheet } from "./sample.mjs";

const brief = (ranked) =>
  ranked.map(({ id, points, because }) => [id, points, because.map(({ question, answer }) => `${question.number} ${answer}`).join(", ")]);
const said = (answers, more) => resultOf(CHECK, sheetOf(answers, more)).sentence;

test("each entry has the points of the answers that name it, and most come first", () => {
  const result = resultOf(CHECK, sheetOf({ mandate: "no", goal: "partly", skills: "not sure", constructor: "yes" }));
  assert.deepEqual(brief(result.barriers), [
    ["rules", 3, "1 no, 2 partly"],
    ["money", 3, "1 no, 3 not sure"],
  ]);
  assert.deepEqual(brief(result.insights), [
    ["talk", 3, "1 no, 2 partly"],
    ["share", 2, "2 partly, 3 not sure"],
  ]);
});

test("where points are equal, more answers come first, then the playbook's order", () => {
  const more = resultOf(CHECK, sheetOf({ mandate: "yes", goal: "partly", constructor: "partly", skills: "no", pace: "no" }));
  assert.deepEqual(brief(more.barriers), [
    ["rules", 2, "2 partly, 4 partly"],
    ["delay", 2, "5 no"],
    ["money", 2, "3 no"],
  ]);
});

test("the quick check counts its own questions only", () => {
  const result = resultOf(CHECK, sheetOf({ goal: "no", constructor: "no", pace: "no" }, { form: "quick" }));
  assert.deepEqual(brief(result.barriers), [["rules", 2, "2 no"]]);
  assert.deepEqual([result.all.of, result.all.done], [3, 1]);
});

test("a bar counts each answer, and its share is that of the points they could have", () => {
  const { all, pillars } = resultOf(CHECK, sheetOf({ mandate: "no", goal: "yes", skills: "not sure", constructor: "partly" }));
  assert.deepEqual(all, { yes: 1, partly: 1, no: 1, unsure: 1, open: 1, of: 5, done: 4, points: 4, share: 0.5 });
  assert.deepEqual(
    pillars.map(({ id, yes, partly, no, unsure, open, share }) => [id, yes, partly, no, unsure, open, share]),
    [
      ["aims", 1, 0, 1, 0, 0, 0.5],
      ["work", 0, 1, 0, 1, 1, 0.5],
    ],
  );
});

test("one sentence says where the project stands", () => {
  assert.equal(said({}), "No question is answered yet: answer 3 of 5 to see where your project stands.");
  assert.equal(said({ goal: "no" }), "1 of 5 questions is answered, too few to say where your project stands: answer 2 more.");
  assert.equal(said({ goal: "no", pace: "no" }), "2 of 5 questions are answered, too few to say where your project stands: answer 1 more.");
  assert.equal(said({ mandate: "yes", goal: "yes", skills: "yes" }), "Nothing stands out: you answered yes to each of the 3 questions so far.");
  assert.equal(said({ mandate: "yes", goal: "yes", skills: "yes" }, { form: "quick" }), "Nothing stands out: you answered yes to all 3 questions.");
  assert.equal(
    said({ mandate: "no", goal: "partly", skills: "yes", constructor: "not sure", pace: "yes" }),
    "The weakest pillar is “Aims”, where 1 of 2 answers is no and 1 is partly; in all, 1 of 5 answers is no, 1 is partly and 1 is not sure.",
  );
  assert.equal(
    said({ mandate: "no", goal: "yes", skills: "partly", pace: "partly" }),
    "No pillar is weaker than the others: 1 of 4 answers is no and 2 are partly.",
  );
});

test("a pillar of which too little is known is not called the weakest", () => {
  assert.equal(said({ mandate: "partly", goal: "partly", skills: "no" }), "In all, 1 of 3 answers is no and 2 are partly.");
});

test("two weakest pillars are both named", () => {
  const check = {
    ...CHECK,
    pillars: [...CHECK.pillars, { id: "proof", title: "Proof" }],
    questions: [...CHECK.questions, { ...CHECK.questions[4], id: "value", number: 6, pillar: "proof" }],
  };
  const sheet = sheetOf({ mandate: "no", goal: "yes", skills: "yes", constructor: "no", pace: "partly" });
  const value = { answer: "yes", note: "", action: "", who: "", by: "", wording: "", text: "" };
  assert.equal(
    resultOf(check, { ...sheet, answers: { ...sheet.answers, pace: { ...value, answer: "partly" }, value } }).sentence,
    "The weakest pillars are “Aims” and “Work”; in all, 2 of 6 answers are no and 1 is partly.",
  );
});

test("any sheet: points are what a reader adds up, and the order is the one that is stated", () => {
  const next = numbersFrom(1);
  for (let round = 0; round < 300; round++) {
    const sheet = someSheet(next);
    const result = resultOf(CHECK, sheet);
    const asked = chosen(CHECK, sheet.form);
    for (const [ranked, relation] of [
      [result.barriers, "reveals"],
      [result.insights, "tries"],
    ]) {
      for (const { id, points } of ranked) {
        const naming = asked.filter((question) => question[relation].includes(id));
        assert.equal(
          points,
          naming.reduce((sum, question) => sum + POINTS[sheet.answers[question.id]?.answer ?? ""], 0),
        );
        assert.ok(points > 0);
      }
      const order = Object.keys(CHECK.entries);
      const keys = ranked.map(({ id, points, because }) => [-points, -because.length, order.indexOf(id)]);
      assert.deepEqual(
        keys,
        keys.toSorted((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2]),
      );
    }
    const { yes, partly, no, unsure, open, of } = result.all;
    assert.equal(yes + partly + no + unsure + open, of);
    assert.match(result.sentence, /^[A-Z0-9][^\n]+[.]$/);
  }
});
