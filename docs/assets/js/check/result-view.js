// The result: one sentence, the bars, what to look at first and why, and what was agreed.
import { answerTo } from "./answers.js";
import { barsOf } from "./bars.js";
import { make } from "./dom.js";
import { FIRST, RULE } from "./result.js";
import { count, sayDate } from "./words.js";

const capital = (/** @type {string} */ text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/**
 * A link to a question on this page; the text alone of one that is asked no longer.
 * @param {any} question
 */
export const questionLink = (question) => (question.number ? make("a", { href: `#${question.id}` }, `${question.number}. ${question.text}`) : make("span", {}, question.text));

const because = (/** @type {any[]} */ reasons) =>
  make(
    "div",
    { class: "found-why" },
    make("p", {}, "Because you answered:"),
    make("ul", {}, ...reasons.map(({ question, answer }) => make("li", {}, make("strong", {}, capital(answer)), " to ", questionLink(question)))),
  );

const found = (/** @type {any} */ check, /** @type {any} */ { id, points, because: reasons }) => {
  const entry = check.entries[id];
  return make(
    "li",
    { class: "found-first" },
    make("a", { class: "found-first__title", href: entry.url }, entry.title),
    make("span", { class: "found-first__points" }, count(points, "point")),
    make("p", {}, entry.summary),
    because(reasons),
  );
};

const ranked = (/** @type {any} */ check, /** @type {string} */ heading, /** @type {any[]} */ items) => {
  if (!items.length) return [];
  const rest = items.slice(FIRST);
  return [
    make("h3", {}, heading),
    make("ol", { class: "found-list" }, ...items.slice(0, FIRST).map((item) => found(check, item))),
    rest.length > 0 &&
      make(
        "details",
        { class: "check-more" },
        make("summary", {}, `${rest.length} more with as many points or fewer`),
        make("ol", { class: "found-list", start: FIRST + 1 }, ...rest.map((item) => found(check, item))),
      ),
  ];
};

const agreed = (/** @type {any} */ { check, sheet }) => {
  const rows = check.questions.map((/** @type {any} */ question) => ({ question, ...answerTo(sheet, question.id) })).filter((/** @type {any} */ { note, action }) => note || action);
  if (!rows.length) return [];
  const cells = (/** @type {any} */ row) => [row.action, row.who, row.by, row.note].map((text) => make("td", {}, text));
  const heads = ["Question", "Agreed action", "Who", "By when", "Note"];
  return [
    make("h3", {}, "Notes and agreed actions"),
    make(
      "div",
      { class: "check-table", tabindex: "0", role: "region", "aria-label": "Notes and agreed actions" },
      make(
        "table",
        {},
        make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
        make("tbody", {}, ...rows.map((/** @type {any} */ row) => make("tr", {}, make("th", { scope: "row" }, questionLink(row.question)), ...cells(row)))),
      ),
    ),
  ];
};

/**
 * The section of the result, without what is done with it.
 * @param {any} context
 */
export const resultView = (context) => {
  const inside = make("div", {});
  const title = make("h2", { id: "check-result-title", tabindex: "-1" }, "Result");
  const element = make("section", { class: "check-result", id: "check-result", "aria-labelledby": "check-result-title" }, title, inside);
  const refresh = () => {
    const { check, sheet, result } = context;
    const of = [sheet.project, sayDate(sheet.date), sheet.form === "quick" ? "quick check" : "all questions"].filter(Boolean).join(" · ");
    const parts = [
      make("p", { class: "check-result__of" }, of),
      make("p", { class: "check-result__sentence" }, result.sentence),
      barsOf(result),
      ...ranked(check, "Barriers most likely in play", result.barriers),
      ...ranked(check, "Insights to try first", result.insights),
      make("details", { class: "check-more check-rule" }, make("summary", {}, "How this order is worked out"), make("ul", {}, ...RULE.map((sentence) => make("li", {}, sentence)))),
      ...agreed(context),
    ];
    inside.replaceChildren(...parts.filter(Boolean));
  };
  return { element, refresh, title };
};
