// The answers of several people side by side, without names. Nothing is averaged: where people differ is what a team should talk about first.

import { answerTo } from "./answers.js";
import { carryOver } from "./carry.js";
import { chosen } from "./questions.js";
import { POINTS } from "./result.js";
import { count, listed, quoted } from "./words.js";

/**
 * @typedef {import("./questions.js").Check} Check
 * @typedef {import("./questions.js").Question} Question
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./answers.js").AnswerSheet} AnswerSheet
 * @typedef {Record<Answer, number>} Counts how many people gave which answer; nothing stands for none
 *
 * @typedef {object} Row
 * @property {Question} question
 * @property {Counts} counts
 * @property {number} answered how many people answered it
 * @property {number} spread how far the most different answers are apart: 2 from yes to no, 1 from either to partly or not sure
 * @property {number} split how many people did not give the commonest answer
 *
 * @typedef {object} TeamView Each question is in one of the four lists.
 * @property {number} people
 * @property {Row[]} differ questions with different answers, the most different first
 * @property {Row[]} weak questions that everybody who answered sees alike, and not as a yes: no first
 * @property {Row[]} agreed questions to which everyone who answered said yes
 * @property {Row[]} few questions that fewer than two people answered
 * @property {string[]} told what a reader should know of the sheets
 * @property {string} sentence
 *
 * @typedef {"closer" | "further apart" | "same" | "new" | "gone"} Movement
 * @typedef {{question: Question, was: Row, now: Row, change: Movement}} MovedRow
 */

/** How the view is made, as the page says it. @type {string[]} */
export const TEAM_RULE = [
  "Each person counts once, and nothing is averaged.",
  "Questions with the most different answers come first: yes and no are furthest apart, and partly and not sure stand between them.",
  "Where answers are equally far apart, those come first where more people did not give the commonest answer, and then the order of the check decides.",
  "Then come the questions where everyone gave the same answer and it is no, partly or not sure, and last those where everyone said yes.",
];

/**
 * What several people answered. Each sheet is brought to the questions of today first.
 * @param {Check} check
 * @param {AnswerSheet[]} sheets one for each person
 * @returns {TeamView}
 */
export const teamView = (check, sheets) => {
  const rows = rowsOf(check, sheets);
  const shared = rows.filter((row) => row.answered > 1);
  const alike = shared.filter((row) => !row.split);
  const differ = shared.filter((row) => row.split).sort((one, other) => other.spread - one.spread || other.split - one.split);
  const weak = alike.filter((row) => !row.counts.yes).sort((one, other) => other.counts.no - one.counts.no || other.answered - one.answered);
  const agreed = alike.filter((row) => row.counts.yes);
  const few = rows.filter((row) => row.answered < 2);
  return { people: sheets.length, differ, weak, agreed, few, told: toldOf(sheets), sentence: sentenceOf(sheets.length, differ, weak, shared.length) };
};

/**
 * The same at two times: whether answers to each question came closer together. The people need not be the same, nor as many.
 * @param {Check} check
 * @param {AnswerSheet[]} older
 * @param {AnswerSheet[]} newer
 * @returns {{rows: MovedRow[], sentence: string}}
 */
export const compareTeams = (check, older, newer) => {
  const before = new Map(rowsOf(check, older).map((row) => [row.question.id, row]));
  const after = new Map(rowsOf(check, newer).map((row) => [row.question.id, row]));
  const rows = check.questions.flatMap((question) => {
    const [was, now] = [before, after].map((found) => found.get(question.id) ?? rowOf(question, []));
    return was.answered || now.answered ? [{ question, was, now, change: movement(was, now) }] : [];
  });
  return { rows, sentence: sentenceOfMoves(rows) };
};

/**
 * @param {Check} check
 * @param {AnswerSheet[]} sheets
 */
const rowsOf = (check, sheets) => {
  const carried = sheets.map((sheet) => carryOver(check, sheet).sheet);
  const form = sheets.some((sheet) => sheet.form === "all") ? "all" : "quick";
  return chosen(check, form).map((question) =>
    rowOf(
      question,
      carried.map((sheet) => answerTo(sheet, question.id).answer),
    ),
  );
};

/**
 * @param {Question} question
 * @param {Answer[]} answers
 * @returns {Row}
 */
const rowOf = (question, answers) => {
  /** @type {Counts} */
  const counts = { yes: 0, partly: 0, no: 0, "not sure": 0, "": 0 };
  for (const answer of answers) counts[answer] += 1;
  const given = answers.filter(Boolean);
  const points = given.map((answer) => POINTS[answer]);
  const spread = given.length ? Math.max(...points) - Math.min(...points) : 0;
  return {
    question,
    counts,
    answered: given.length,
    spread,
    split: given.length - Math.max(counts.yes, counts.partly, counts.no, counts["not sure"]),
  };
};

/**
 * @param {Row} was
 * @param {Row} now
 * @returns {Movement}
 */
const movement = (was, now) => {
  if (was.answered < 2 || now.answered < 2) return now.answered < 2 ? (was.answered < 2 ? "same" : "gone") : "new";
  if (was.spread === now.spread) return "same";
  return now.spread < was.spread ? "closer" : "further apart";
};

/**
 * @param {AnswerSheet[]} sheets
 * @returns {string[]}
 */
const toldOf = (sheets) => {
  const projects = [...new Set(sheets.map((sheet) => sheet.project).filter(Boolean))];
  const different = new Set(sheets.map((sheet) => JSON.stringify([sheet.project, sheet.date, Object.entries(sheet.answers).sort()])));
  return [
    ...(projects.length > 1 ? [`These answers are about different projects: ${listed(projects.map(quoted))}.`] : []),
    ...(different.size < sheets.length ? ["Some of these answers are exactly the same: check that none was loaded twice."] : []),
  ];
};

/**
 * @param {number} people
 * @param {Row[]} differ
 * @param {Row[]} weak
 * @param {number} shared how many questions at least two people answered
 */
const sentenceOf = (people, differ, weak, shared) => {
  if (people < 2) return people ? "These are the answers of one person: load those of others to see where you differ." : "No answers are loaded yet.";
  if (!shared) return `No question has answers from more than one of ${people} people yet.`;
  const apart = differ.filter((row) => row.spread === 2).length;
  const most = apart ? `, with both yes and no on ${apart}` : "";
  const same = weak.length ? `; on ${weak.length} you all see a weakness` : "";
  if (!differ.length) return `${people} people gave the same answers to ${count(shared, "question")}${same}.`;
  return `${people} people answered, and you differ on ${differ.length} of ${count(shared, "question")}${most}${same}.`;
};

/** @param {MovedRow[]} rows */
const sentenceOfMoves = (rows) => {
  const number = (/** @type {Movement} */ change) => rows.filter((row) => row.change === change).length;
  const compared = number("closer") + number("further apart") + number("same");
  if (!compared) return "No question was answered by at least two people both times, so there is nothing to compare.";
  const on = (/** @type {number} */ some) => count(some, "question");
  return `Your answers are closer together on ${on(number("closer"))}, further apart on ${number("further apart")} and as far apart as before on ${number("same")}.`;
};
