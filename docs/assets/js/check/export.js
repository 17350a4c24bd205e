// The answers and the result as a table for spreadsheets and as Markdown. Both name the playbook, its version, the date and each question's id.

import { answerTo } from "./answers.js";
import { carryOver } from "./carry.js";
import { chosen, own } from "./questions.js";
import { FIRST, RULE, resultOf } from "./result.js";
import { count, sayDate } from "./words.js";

/**
 * @typedef {import("./questions.js").Check} Check
 * @typedef {import("./questions.js").Question} Question
 * @typedef {import("./answers.js").AnswerSheet} AnswerSheet
 * @typedef {import("./answers.js").Answered} Answered
 * @typedef {import("./result.js").Ranked} Ranked
 * @typedef {import("./result.js").Reason} Reason
 */

const COLUMNS = [
  "playbook",
  "version",
  "date",
  "project",
  "part",
  "number",
  "id",
  "text",
  "pillar",
  "answer",
  "points",
  "because",
  "note",
  "action",
  "who",
  "by",
];

/**
 * A table (RFC 4180): a row for each question, barrier and insight, which `part` tells apart. Answers that were set apart follow at the end.
 * It begins with a byte order mark, which spreadsheets need.
 * @param {Check} check
 * @param {AnswerSheet} sheet
 * @returns {string}
 */
export const toCsv = (check, sheet) => {
  const now = carryOver(check, sheet);
  const result = resultOf(check, now.sheet);
  const { title, version } = check.playbook;
  const head = { playbook: title, version, date: sheet.date, project: sheet.project };
  const rows = [
    ...chosen(check, sheet.form).map((question) => ({ part: "question", ...question, ...answerTo(now.sheet, question.id), text: question.text })),
    ...result.barriers.map((each) => ({ part: "barrier", ...rankedRow(check, each) })),
    ...result.insights.map((each) => ({ part: "insight", ...rankedRow(check, each) })),
    ...now.apart.map((each) => ({ part: "set apart", ...each, because: each.why })),
  ];
  const table = [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => cellText(own({ ...row, ...head }, name))))];
  return `\uFEFF${table.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("")}`;
};

/**
 * @param {Check} check
 * @param {Ranked} each
 */
const rankedRow = (check, each) => ({
  id: each.id,
  text: own(check.entries, each.id)?.title ?? each.id,
  points: each.points,
  because: each.because.map(({ question, answer }) => `${question.id}: ${answer}`).join("; "),
});

/** @param {unknown} value */
const cellText = (value) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/**
 * One cell. What a spreadsheet would take for a formula gets an apostrophe first, so that it stays text.
 * @param {string} text
 */
const cell = (text) => {
  const safe = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * The result and the answers as Markdown.
 * @param {Check} check
 * @param {AnswerSheet} sheet
 * @returns {string}
 */
export const toMarkdown = (check, sheet) => {
  const now = carryOver(check, sheet);
  const result = resultOf(check, now.sheet);
  return [
    `# ${inert(sheet.project ? `Health check: ${sheet.project}` : "Health check")}`,
    aboutTable(check, sheet),
    inert(result.sentence),
    section("Pillars", pillarTable(result.pillars)),
    section("Barriers most likely in play", rankedList(check, result.barriers)),
    section("Insights to try first", rankedList(check, result.insights)),
    section(
      "Answers",
      chosen(check, sheet.form)
        .map((question) => answerItem(question, answerTo(now.sheet, question.id)))
        .join("\n"),
    ),
    section(
      "Set apart",
      now.apart
        .map((each) => `- ${inert(each.text)} (\`${each.id}\`): **${inert(each.answer || "no answer")}**. ${inert(each.why)}${words(each)}`)
        .join("\n"),
    ),
    section("How the order is made", RULE.map((sentence) => `- ${sentence}`).join("\n")),
  ]
    .filter(Boolean)
    .join("\n\n")
    .concat("\n");
};

/**
 * What a reader must know to understand the answers later.
 * @param {Check} check
 * @param {AnswerSheet} sheet
 */
const aboutTable = (check, sheet) => {
  const { title, version } = check.playbook;
  const asked = chosen(check, sheet.form).length;
  const rows = [
    ["Playbook", title],
    ["Version", version || "not released yet"],
    ["Date", sayDate(sheet.date) || "not given"],
    [
      "Form",
      asked < check.questions.length ? `quick check, ${count(asked, "question")} of ${check.questions.length}` : `all ${count(asked, "question")}`,
    ],
  ];
  return rows.map(([name, value]) => `- ${name}: ${inert(value)}`).join("\n");
};

/**
 * @param {string} heading
 * @param {string} content
 */
const section = (heading, content) => (content ? `## ${heading}\n\n${content}` : "");

/** @param {import("./result.js").PillarBar[]} pillars */
const pillarTable = (pillars) =>
  pillars.length
    ? ["| Pillar | Yes | Partly | No | Not sure | Not answered |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
        .concat(pillars.map((each) => `| ${inert(each.title)} | ${each.yes} | ${each.partly} | ${each.no} | ${each.unsure} | ${each.open} |`))
        .join("\n")
    : "";

/**
 * The first with the answers behind them in full, the others in short.
 * @param {Check} check
 * @param {Ranked[]} all
 */
const rankedList = (check, all) =>
  [...all.slice(0, FIRST).map((each) => rankedItem(check, each)), ...all.slice(FIRST).map((each) => shortItem(check, each))].join("\n");

/**
 * @param {Check} check
 * @param {Ranked} each
 */
const rankedItem = (check, each) => {
  const reasons = each.because.map(
    ({ question, answer }) => `  - you answered ${answer} to question ${question.number}: ${inert(question.text)} (\`${question.id}\`)`,
  );
  return [`- ${named(check, each)}, ${count(each.points, "point")}, because`, ...reasons].join("\n");
};

/**
 * @param {Check} check
 * @param {Ranked} each
 */
const shortItem = (check, each) =>
  `- ${named(check, each)}, ${count(each.points, "point")}: ${each.because.map(({ question, answer }) => `${answer} to ${question.number}`).join(", ")}`;

/**
 * The title of an entry, which leads to its page if the playbook has an address, and its id.
 * @param {Check} check
 * @param {Ranked} each
 */
const named = (check, each) => {
  const entry = own(check.entries, each.id);
  return `${linked(check, inert(entry?.title ?? each.id), entry?.path)} (\`${each.id}\`)`;
};

/**
 * @param {Check} check
 * @param {string} text
 * @param {string | undefined} path
 */
const linked = (check, text, path) => (check.playbook.address && path ? `[${text}](<${check.playbook.address}${path}>)` : text);

/**
 * @param {Question} question
 * @param {Answered} each
 */
const answerItem = (question, each) =>
  `- ${question.number}. ${inert(question.text)} (\`${question.id}\`): **${each.answer || "not answered"}**${words(each)}`;

/**
 * What was written beside an answer.
 * @param {Answered} each
 */
const words = (each) =>
  /** @type {[string, string][]} */ ([
    ["Note", each.note],
    ["Action", each.action],
    ["Who", each.who],
    ["By", each.by],
  ])
    .filter(([, text]) => text.trim())
    .map(([name, text]) => `\n  - ${name}: ${inert(text)}`)
    .join("");

/**
 * Text on one line in which nothing is markup.
 * @param {string} text
 */
const inert = (text) =>
  text
    .trim()
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>#|~&]/g, "\\$&");
