// The questions on the page: what is marked and written there goes into the sheet, and what a sheet holds is shown there.
import { answerTo, withAnswer } from "./answers.js";
import { button, field, make } from "./dom.js";

/** The four texts that a question may have besides its answer. */
const TEXTS = /** @type {const} */ ({ note: "Note", action: "Agreed action", who: "Who does it", by: "By when" });

/**
 * Binds the questions; returns a function that shows a sheet in them.
 * @param {any} context
 */
export const bindForm = (context) => {
  const blocks = context.check.questions.flatMap((/** @type {any} */ question) => {
    const element = document.getElementById(question.id);
    return element ? [boundQuestion(context, question, element)] : [];
  });
  return () => blocks.forEach((/** @type {() => void} */ show) => show());
};

const boundQuestion = (/** @type {any} */ context, /** @type {any} */ question, /** @type {HTMLElement} */ element) => {
  const change = (/** @type {any} */ changes) => context.set(withAnswer(context.sheet, question, changes));
  const radios = /** @type {HTMLInputElement[]} */ ([...element.querySelectorAll("input[type=radio]")]);
  // a click, not a change: after a question was reworded, the same answer is chosen again to confirm it
  radios.forEach((radio) => radio.addEventListener("click", () => change({ answer: radio.value })));

  const fields = Object.entries(TEXTS).map(([name, label]) =>
    field(label, { tag: name === "note" || name === "action" ? "textarea" : "input", rows: 2, maxlength: 2000, name: `${question.id}-${name}` }, (value) => change({ [name]: value })),
  );
  const clear = button("Clear the answer", () => {
    change({ answer: "" });
    context.refresh();
    radios[0].focus();
  }, { class: "check-quiet" });
  const summary = make("summary", {}, "Add a note");
  const notes = make("details", { class: "ask__notes" }, summary, make("div", { class: "ask__fields" }, ...fields), clear);
  element.querySelector(".ask__folds")?.append(notes);
  const written = make("dl", { class: "ask__written on-paper" });
  element.querySelector(".ask__room")?.before(written);

  return () => {
    const answer = answerTo(context.sheet, question.id);
    radios.forEach((radio) => (radio.checked = radio.value === answer.answer));
    clear.hidden = !answer.answer;
    const texts = Object.entries(TEXTS).map(([name, label]) => ({ label, value: answer[/** @type {"note"} */ (name)] }));
    fields.forEach((each, at) => {
      const input = each.querySelector("input, textarea");
      if (input.value !== texts[at].value) input.value = texts[at].value;
    });
    const filled = texts.filter(({ value }) => value.trim());
    summary.textContent = filled.length ? "Your note" : "Add a note";
    written.replaceChildren(...filled.map(({ label, value }) => make("div", {}, make("dt", {}, label), make("dd", {}, value))));
    element.classList.toggle("ask--written", filled.length > 0);
    element.classList.toggle("ask--answered", Boolean(answer.answer));
  };
};
