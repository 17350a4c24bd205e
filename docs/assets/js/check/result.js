// What the answers say: where the project stands, which barriers are most likely in play, and which insights to try first.
// The rule is written on the page in the words of RULE, so that a reader can check each result by hand.

import { answerTo } from "./answers.js";
import { chosen } from "./questions.js";
import { count, listed, quoted } from "./words.js";

/**
 * @typedef {import("./questions.js").Check} Check
 * @typedef {import("./questions.js").Question} Question
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./answers.js").AnswerSheet} AnswerSheet
 *
 * @typedef {object} Bar how many questions have which answer
 * @property {number} yes
 * @property {number} partly
 * @property {number} no
 * @property {number} unsure
 * @property {number} open not answered
 * @property {number} of how many questions there are
 * @property {number} done how many are answered
 * @property {number} points by POINTS
 * @property {number} share the points as a share of the most that the answers could have: 0 if all are yes, 1 if all are no
 *
 * @typedef {{question: Question, answer: Answer}} Reason
 * @typedef {{id: string, points: number, because: Reason[]}} Ranked
 * @typedef {{id: string, title: string} & Bar} PillarBar
 * @typedef {{sentence: string, all: Bar, pillars: PillarBar[], barriers: Ranked[], insights: Ranked[]}} Result
 */

/** How much an answer points to a barrier. @type {Record<Answer, number>} */
export const POINTS = { no: 2, partly: 1, "not sure": 1, yes: 0, "": 0 };

const MOST_POINTS = 2;

/** How many barriers and insights are shown before the rest is folded. */
export const FIRST = 5;

/** The rule, as the page and the exports say it. @type {string[]} */
export const RULE = [
  "Each no counts 2 points, each partly 1 and each not sure 1. A yes counts nothing, and neither does a question without an answer.",
  "A barrier has the points of all questions that may reveal it.",
  "An insight has the points of all questions that offer it as something to try.",
  "Those with the most points come first. Where points are equal, more answers behind them come first, and then the order of the playbook’s lists decides.",
  "Only the questions of the form that you chose count: those of the quick check, or all.",
  "The weakest pillar has the most points for each answer. A pillar counts once half of its questions are answered.",
  "Where the project stands is said once half of all questions are answered.",
];

/**
 * What a sheet of answers says.
 * @param {Check} check
 * @param {AnswerSheet} sheet
 * @returns {Result}
 */
export const resultOf = (check, sheet) => {
  const reasons = chosen(check, sheet.form).map((question) => ({ question, answer: answerTo(sheet, question.id).answer }));
  const all = barOf(reasons);
  const pillars = check.pillars
    .map(({ id, title }) => ({ id, title, ...barOf(reasons.filter(({ question }) => question.pillar === id)) }))
    .filter((pillar) => pillar.of);
  return {
    sentence: sentenceOf(all, pillars),
    all,
    pillars,
    barriers: ranked(check, reasons, (question) => question.reveals),
    insights: ranked(check, reasons, (question) => question.tries),
  };
};

/**
 * @param {Reason[]} reasons
 * @returns {Bar}
 */
const barOf = (reasons) => {
  const number = (/** @type {Answer} */ answer) => reasons.filter((each) => each.answer === answer).length;
  const points = reasons.reduce((sum, each) => sum + POINTS[each.answer], 0);
  const done = reasons.length - number("");
  const share = done ? points / (MOST_POINTS * done) : 0;
  return {
    yes: number("yes"),
    partly: number("partly"),
    no: number("no"),
    unsure: number("not sure"),
    open: number(""),
    of: reasons.length,
    done,
    points,
    share,
  };
};

/**
 * Entries that weak answers point to, the most points first.
 * @param {Check} check
 * @param {Reason[]} reasons
 * @param {(question: Question) => string[]} named the entries that a question names
 * @returns {Ranked[]}
 */
const ranked = (check, reasons, named) => {
  const weak = reasons.filter((each) => POINTS[each.answer]);
  const order = Object.keys(check.entries);
  const ids = order.filter((id) => weak.some(({ question }) => named(question).includes(id)));
  const rows = ids.map((id) => {
    const because = weak.filter(({ question }) => named(question).includes(id));
    return { id, points: because.reduce((sum, each) => sum + POINTS[each.answer], 0), because };
  });
  // sorting keeps the order of the playbook among equals
  return rows.sort((one, other) => other.points - one.points || other.because.length - one.because.length);
};

/**
 * How many answers it takes to say something of so many questions: half of them.
 * @param {number} of
 */
export const enough = (of) => Math.ceil(of / 2);

/**
 * Where the project stands, in one plain sentence.
 * @param {Bar} all
 * @param {PillarBar[]} pillars
 */
const sentenceOf = (all, pillars) => {
  const missing = enough(all.of) - all.done;
  if (!all.of) return "There are no questions to answer.";
  if (!all.done) return `No question is answered yet: answer ${missing} of ${all.of} to see where your project stands.`;
  if (missing > 0)
    return `${all.done} of ${count(all.of, "question")} ${all.done === 1 ? "is" : "are"} answered, too few to say where your project stands: answer ${missing} more.`;
  if (!all.points) return nothingWeak(all);
  return `${weakest(pillars)}${tally(all)}.`;
};

/** @param {Bar} all */
const nothingWeak = (all) =>
  all.open
    ? `Nothing stands out: you answered yes to each of the ${all.done} questions so far.`
    : `Nothing stands out: you answered yes to all ${count(all.of, "question")}.`;

/**
 * The beginning of the sentence: the pillar, or pillars, with the largest share of points.
 * @param {PillarBar[]} pillars
 */
const weakest = (pillars) => {
  const judged = pillars.filter((each) => each.done >= enough(each.of));
  const most = Math.max(...judged.map((each) => each.share));
  const worst = judged.filter((each) => each.share === most);
  if (judged.length < 2) return "In all, ";
  if (worst.length === judged.length) return "No pillar is weaker than the others: ";
  const names = listed(worst.map((each) => quoted(each.title)));
  return worst.length === 1 ? `The weakest pillar is ${names}, where ${tally(worst[0])}; in all, ` : `The weakest pillars are ${names}; in all, `;
};

/**
 * `3 of 5 answers are no and 1 is partly`.
 * @param {Bar} bar
 */
const tally = (bar) => {
  const weak = /** @type {[number, string][]} */ ([
    [bar.no, "no"],
    [bar.partly, "partly"],
    [bar.unsure, "not sure"],
  ]).filter(([number]) => number);
  return listed(
    weak.map(([number, word], place) => `${number}${place ? "" : ` of ${count(bar.done, "answer")}`} ${number === 1 ? "is" : "are"} ${word}`),
  );
};
