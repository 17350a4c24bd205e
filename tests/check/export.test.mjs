// The result as a table and as Markdown: whole, named, and nothing in it can run.

import assert from "node:assert/strict";
import test from "node:test";

import { toCsv, toMarkdown } from "../../docs/assets/js/check/export.js";
import { CHECK, numbersFrom, sheetOf, someSheet } from "./sample.mjs";

// Reads a table by the letter of RFC 4180.
const readCsv = (text) => {
  const rows = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  cells.lastIndex = 1; // after the byte order mark
  for (let found; (found = cells.exec(text));) {
    rows.at(-1).push(found[1]?.replaceAll('""', '"') ?? found[2]);
    if (found[3] === "\r\n") rows.push([]);
    if (cells.lastIndex === text.length) break;
  }
  assert.deepEqual(rows.pop(), [], "it ends with a whole line");
  const [head, ...body] = rows;
  return body.map((row) => (assert.equal(row.length, head.length), Object.fromEntries(row.map((each, place) => [head[place], each]))));
};

test("a table has a row for each question, barrier and insight, and each row names playbook, version and day", () => {
  const text = toCsv(CHECK, sheetOf({ goal: { answer: "no", note: 'He said "no", twice' } }, { form: "quick", project: "Bus" }));
  assert.equal(
    text,
    [
      "\uFEFFplaybook,version,date,project,part,number,id,text,pillar,answer,points,because,note,action,who,by",
      "Sample playbook,1.6.0,2026-11-27,Bus,question,1,mandate,Is mandate so?,aims,,,,,,,",
      'Sample playbook,1.6.0,2026-11-27,Bus,question,2,goal,Is goal so?,aims,no,,,"He said ""no"", twice",,,',
      "Sample playbook,1.6.0,2026-11-27,Bus,question,3,skills,Is skills so?,work,,,,,,,",
      "Sample playbook,1.6.0,2026-11-27,Bus,barrier,,rules,The rules,,,2,goal: no,,,,",
      "Sample playbook,1.6.0,2026-11-27,Bus,insight,,talk,The talk,,,2,goal: no,,,,",
      "Sample playbook,1.6.0,2026-11-27,Bus,insight,,share,The share,,,2,goal: no,,,,",
      "",
    ].join("\r\n"),
  );
});

test("no cell can be taken for a formula", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "＝1+1", "\u200b=1"]) {
    const [row] = readCsv(toCsv(CHECK, sheetOf({ mandate: { answer: "no", note: text } })));
    assert.equal(row.note, `'${text}`);
  }
});

test("any sheet: each note comes back from its cell, and no cell begins like a formula", () => {
  const next = numbersFrom(8);
  for (let round = 0; round < 200; round++) {
    const sheet = someSheet(next);
    const rows = readCsv(toCsv(CHECK, sheet));
    for (const row of rows) {
      if (row.part === "question") assert.equal(row.note.replace(/^'/, ""), sheet.answers[row.id]?.note ?? "");
      for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[\s\p{Cf}]*[=+\-@]/u);
    }
  }
});

test("an answer that was set apart is in the table with the reason", () => {
  const sheet = sheetOf({ mandate: "no" });
  const row = readCsv(toCsv(CHECK, { ...sheet, answers: { budget: { ...sheet.answers.mandate, text: "Is the budget so?" } } })).at(-1);
  assert.deepEqual(
    [row.part, row.id, row.answer, row.because],
    ["set apart", "budget", "no", "The question was withdrawn. The reason given: Nobody could answer it."],
  );
});

test("Markdown says where the project stands, why, and what was answered", () => {
  const text = toMarkdown(
    CHECK,
    sheetOf({ mandate: "yes", goal: { answer: "no", note: "Ask\nagain", who: "Ann" } }, { form: "quick", project: "Bus *1*" }),
  );
  assert.equal(
    text.slice(0, text.indexOf("## How the order is made")),
    `# Health check: Bus \\*1\\*

- Playbook: Sample playbook
- Version: 1.6.0
- Date: 27 November 2026
- Form: quick check, 3 questions of 5

In all, 1 of 2 answers is no.

## Pillars

| Pillar | Yes | Partly | No | Not sure | Not answered |
| --- | ---: | ---: | ---: | ---: | ---: |
| Aims | 1 | 0 | 1 | 0 | 0 |
| Work | 0 | 0 | 0 | 0 | 1 |

## Barriers most likely in play

- [The rules](<https://lab.example/latest/barriers/rules/>) (\`rules\`), 2 points, because
  - you answered no to question 2: Is goal so? (\`goal\`)

## Insights to try first

- [The talk](<https://lab.example/latest/insights/talk/>) (\`talk\`), 2 points, because
  - you answered no to question 2: Is goal so? (\`goal\`)
- [The share](<https://lab.example/latest/insights/share/>) (\`share\`), 2 points, because
  - you answered no to question 2: Is goal so? (\`goal\`)

## Answers

- 1. Is mandate so? (\`mandate\`): **yes**
- 2. Is goal so? (\`goal\`): **no**
  - Note: Ask again
  - Who: Ann
- 3. Is skills so? (\`skills\`): **not answered**

`,
  );
});

test("nothing that someone wrote is markup in Markdown", () => {
  const text = toMarkdown(
    CHECK,
    sheetOf({ mandate: { answer: "no", note: "<img src=x> [a](javascript:b) ![c](d) `e` | *f* _g_ # h &lt;\n\n## i" } }),
  );
  assert.match(text, /  - Note: \\<img src=x\\> \\\[a\\\]\(javascript:b\) !\\\[c\\\]\(d\) \\`e\\` \\\| \\\*f\\\* \\_g\\_ \\# h \\&lt; \\#\\# i\n/);
});
