// Two sheets of one project, question by question: what is better, and what is worse.

import { answerTo } from "./answers.js";
import { carryOver } from "./carry.js";
import { count, listed, sayDate } from "./words.js";

/**
 * @typedef {import("./questions.js").Check} Check
 * @typedef {import("./questions.js").Question} Question
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./answers.js").AnswerSheet} AnswerSheet
 * @typedef {"better" | "worse" | "same" | "new" | "gone"} Change
 *
 * @typedef {object} Row
 * @property {Question} question one that this version does not ask has the number 0
 * @property {Answer} was
 * @property {Answer} now
 * @property {Change} change
 *
 * @typedef {{rows: Row[], counts: Record<Change, number>, reworded: string[], sentence: string}} Comparison
 */

/** The answers from the weakest to the best: to be not sure is better than no, and to know that something holds partly is better still. @type {Answer[]} */
export const WORST_FIRST = ["no", "not sure", "partly", "yes"];

/** The rule, as the page says it. */
export const COMPARE_RULE = "An answer is better if it moved up this list, and worse if it moved down: no, not sure, partly, yes.";

/**
 * What changed from an older sheet to a newer one. Both are brought to the questions of today first; a question that neither answers is left out.
 * @param {Check} check
 * @param {AnswerSheet} older
 * @param {AnswerSheet} newer
 * @returns {Comparison}
 */
export const compareSheets = (check, older, newer) => {
  const [before, after] = [carryOver(check, older), carryOver(check, newer)];
  const rows = [...check.questions, ...noLongerAsked(check, [before.sheet, after.sheet])]
    .map((question) => rowOf(question, answerTo(before.sheet, question.id).answer, answerTo(after.sheet, question.id).answer))
    .filter((row) => row.was || row.now);
  const counts = { better: 0, worse: 0, same: 0, new: 0, gone: 0 };
  for (const row of rows) counts[row.change] += 1;
  const reworded = check.questions.map(({ id }) => id).filter((id) => isReworded(before.sheet, after.sheet, id));
  return { rows, counts, reworded, sentence: sentenceOf(counts, older.date) };
};

/**
 * Whether a question was worded differently when it was answered first.
 * @param {AnswerSheet} before
 * @param {AnswerSheet} after
 * @param {string} id
 */
const isReworded = (before, after, id) => {
  const [was, now] = [answerTo(before, id), answerTo(after, id)];
  return Boolean(was.answer && now.answer && was.wording && now.wording && was.wording !== now.wording);
};

/**
 * @param {Question} question
 * @param {Answer} was
 * @param {Answer} now
 * @returns {Row}
 */
const rowOf = (question, was, now) => ({ question, was, now, change: changeOf(was, now) });

/**
 * @param {Answer} was
 * @param {Answer} now
 * @returns {Change}
 */
const changeOf = (was, now) => {
  if (was === now) return "same";
  if (!was) return "new";
  if (!now) return "gone";
  return WORST_FIRST.indexOf(now) > WORST_FIRST.indexOf(was) ? "better" : "worse";
};

/**
 * Two sheets, the older one first; the order in which they were given decides if their dates do not.
 * @param {AnswerSheet} one
 * @param {AnswerSheet} other
 * @returns {[AnswerSheet, AnswerSheet]}
 */
export const olderFirst = (one, other) => (one.date && other.date && other.date < one.date ? [other, one] : [one, other]);

/**
 * Questions that sheets answer and the check does not ask, in the order of their ids.
 * @param {Check} check
 * @param {AnswerSheet[]} sheets
 * @returns {Question[]}
 */
export const noLongerAsked = (check, sheets) => {
  const texts = new Map(
    sheets
      .flatMap((sheet) => Object.entries(sheet.answers))
      .filter(([id, each]) => each.answer && !check.byId.has(id))
      .map(([id, each]) => [id, each.text || id]),
  );
  return [...texts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, text]) => ({
      id,
      number: 0,
      pillar: "",
      quick: false,
      text,
      title: text,
      wording: "",
      url: "",
      path: "",
      former: [],
      reveals: [],
      tries: [],
    }));
};

/**
 * @param {Record<Change, number>} counts
 * @param {string} since
 */
const sentenceOf = (counts, since) => {
  /** @type {[number, string][]} */
  const kinds = [
    [counts.better, "better"],
    [counts.worse, "worse"],
    [counts.same, "the same"],
    [counts.new, "new"],
    [counts.gone, "no longer there"],
  ];
  const parts = kinds.filter(([number]) => number);
  if (!parts.length) return "Neither sheet has an answer, so there is nothing to compare.";
  const said = parts.map(([number, word], place) => `${place ? number : count(number, "answer")} ${number === 1 ? "is" : "are"} ${word}`);
  return `Since ${sayDate(since) || "the older answers"}, ${listed(said)}.`;
};
