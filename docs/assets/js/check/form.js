// The questions on the page: what is marked and written there goes into the sheet, and what a sheet holds is shown there.
import { answerTo, withAnswer } from "./answers.js";
import { button, field, make, once } from "./dom.js";

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
  element.addEventListener("click", ({ target }) => {
    const radio = radios.find((each) => each === target);
    if (radio) change({ answer: radio.value });
  });

  /** @type {any[]} */
  let fields = [];
  const clear = once(() =>
    button("Clear the answer", () => {
      change({ answer: "" });
      context.refresh();
      radios[0].focus();
    }, { class: "check-quiet" }),
  );
  // The fields are made when they are first opened: few questions get a note, and four fields for each would keep a phone busy at the start.
  const open = once(() => {
    fields = Object.entries(TEXTS).map(([name, label]) =>
      field(label, { tag: name === "note" || name === "action" ? "textarea" : "input", rows: 2, maxlength: 2000, name: `${question.id}-${name}` }, (value) => change({ [name]: value })),
    );
    notes.append(make("div", { class: "ask__fields" }, ...fields), clear());
    show();
    return fields;
  });
  const summary = make("summary", { onclick: open }, "Add a note");
  const notes = make("details", { class: "ask__notes" }, summary);
  element.querySelector(".ask__folds")?.append(notes);
  const written = once(() => {
    const list = make("dl", { class: "ask__written on-paper" });
    element.querySelector(".ask__room")?.before(list);
    return list;
  });

  const show = () => {
    const answer = answerTo(context.sheet, question.id);
    radios.forEach((radio) => (radio.checked = radio.value === answer.answer));
    const texts = Object.entries(TEXTS).map(([name, label]) => ({ label, value: answer[/** @type {"note"} */ (name)] }));
    if (fields.length) clear().hidden = !answer.answer;
    fields.forEach((each, at) => {
      const input = each.querySelector("input, textarea");
      if (input.value !== texts[at].value) input.value = texts[at].value;
    });
    const filled = texts.filter(({ value }) => value.trim());
    const isWritten = filled.length > 0;
    if (isWritten || element.classList.contains("ask--written")) {
      summary.textContent = isWritten ? "Your note" : "Add a note";
      written().replaceChildren(...filled.map(({ label, value }) => make("div", {}, make("dt", {}, label), make("dd", {}, value))));
    }
    element.classList.toggle("ask--written", isWritten);
    element.classList.toggle("ask--answered", Boolean(answer.answer));
  };
  return show;
};
