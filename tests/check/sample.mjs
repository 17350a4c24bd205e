// A small health check: two pillars, and five questions of which three are quick. One was renamed, one withdrawn, one merged.

import { emptySheet, withAnswer } from "../../docs/assets/js/check/answers.js";
import { readCheck } from "../../docs/assets/js/check/questions.js";

const question = (number, id, pillar, quick, reveals, tries, more = {}) => ({
  id,
  number,
  pillar,
  quick,
  reveals,
  tries,
  text: `Is ${id} so?`,
  title: `It is ${id}`,
  wording: `0000000${number}`,
  url: `../questions/${id}/`,
  path: `questions/${id}/`,
  former: [],
  ...more,
});
const entry = (folder, id) => ({ title: `The ${id}`, summary: `What ${id} is.`, url: `../${folder}/${id}/`, path: `${folder}/${id}/` });

export const DATA = {
  playbook: { title: "Sample playbook", page: "health-check/", version: "1.6.0", released: "2026-11-27" },
  pillars: [
    { id: "aims", title: "Aims" },
    { id: "work", title: "Work" },
  ],
  questions: [
    question(1, "mandate", "aims", true, ["money", "rules"], ["talk"], { former: ["permission"] }),
    question(2, "goal", "aims", true, ["rules"], ["talk", "share"]),
    question(3, "skills", "work", true, ["money"], ["share"]),
    question(4, "constructor", "work", false, ["rules"], ["wait"]),
    question(5, "pace", "work", false, ["delay"], []),
  ],
  entries: {
    delay: entry("barriers", "delay"),
    rules: entry("barriers", "rules"),
    money: entry("barriers", "money"),
    wait: entry("insights", "wait"),
    talk: entry("insights", "talk"),
    share: entry("insights", "share"),
  },
  gone: {
    budget: { reason: "Nobody could answer it.", replaced_by: [], text: "Is the budget so?" },
    sponsor: { reason: "It asked the same", replaced_by: ["goal"], text: "Is the sponsor so?" },
  },
  former_wordings: { aaaaaaaa: "Is the mandate clear?" },
};
export const CHECK = readCheck(DATA, "https://lab.example/latest/health-check/");

// A sheet from answers by the ids of questions: `sheetOf({mandate: "no"})`.
export const sheetOf = (answers, more = {}) => {
  const add = (sheet, [id, answer]) => withAnswer(sheet, CHECK.byId.get(id), typeof answer === "string" ? { answer } : answer);
  return { ...Object.entries(answers).reduce(add, emptySheet("all", "2026-11-27")), ...more };
};

// Numbers from 0 up to 1 that are the same in each run (mulberry32).
export const numbersFrom = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
export const pick = (next, list) => list[Math.floor(next() * list.length)];

const WORDS = [
  "",
  "a note",
  "_under~tilde.",
  "=1+1",
  "“é” 😀",
  "100 % & more",
  "two\nlines",
  '"quoted", and; so',
  "%7E%",
  "<b>",
  "__proto__",
  "#answers=1.q",
  "\t",
];
export const someSheet = (next) => {
  const answers = {};
  for (const { id } of CHECK.questions) {
    if (next() < 0.3) continue;
    answers[id] = {
      answer: pick(next, ["yes", "partly", "no", "not sure", ""]),
      note: pick(next, WORDS),
      action: pick(next, WORDS),
      who: pick(next, WORDS),
      by: pick(next, WORDS),
    };
  }
  return sheetOf(answers, { project: pick(next, WORDS), form: pick(next, ["quick", "all"]), date: pick(next, ["2026-11-27", "2028-02-29", ""]) });
};

// Something that nobody should have put into a file: of each type, deep, and with the names that objects have already.
const KEYS = [
  "answers",
  "question",
  "answer",
  "note",
  "who",
  "by",
  "project",
  "date",
  "form",
  "wording",
  "text",
  "format",
  "__proto__",
  "constructor",
  "toString",
  "length",
];
const VALUES = [
  null,
  true,
  0,
  -1.5,
  1e308,
  "",
  "yes",
  "YES",
  "mandate",
  "__proto__",
  "constructor",
  "2026-02-30",
  "\u0000",
  "\ud800",
  [],
  {},
  "x".repeat(500),
];
export const anything = (next, depth = 3) => {
  if (!depth || next() < 0.4) return pick(next, VALUES);
  const inner = Array.from({ length: Math.floor(next() * 5) }, () => anything(next, depth - 1));
  return next() < 0.5 ? inner : Object.fromEntries(inner.map((value) => [pick(next, KEYS), value]));
};
