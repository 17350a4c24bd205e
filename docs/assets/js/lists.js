// Only for pages with `data-list` or `row__` or `"rows` or `data--figures`.
// Lists of entries: old links to an entry that a long list shows on another page, and what narrows the rows of this page, by words and by
// choices, and leads on to the search of all of them. The choice is in the address, so that it can be sent and gone back to.
// The form is on the page already, hidden, and its room is kept for it. Without scripts there is nothing to narrow with, and no room is kept.
(() => {
  const WORDS = "q";
  const FEW = 8; // rows that fit on few screens with all that is said of them

  // An anchor that is not here may be the id of an entry: go to its page, if there is one.
  const lists = [...document.querySelectorAll("[data-list]")].map((list) => new URL(list.dataset.list, document.baseURI));
  const leadOn = async () => {
    const id = location.hash.slice(1);
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || document.getElementById(id)) return;
    for (const list of lists) {
      const page = new URL(`${id}/`, list);
      const answer = await fetch(page, { method: "HEAD" }).catch(() => null);
      if (answer?.ok) return location.replace(page);
    }
  };
  if (lists.length) {
    addEventListener("hashchange", leadOn);
    leadOn();
  }

  // A row is a heading with what follows it, an item of a list, or a row of a table.
  const isHead = (element) => element.matches(":is(h2, h3, h4):has(+ :is(.row__name, .row__summary))");
  const rowFrom = (head) => {
    const row = [head];
    while (/^row__/.test(row.at(-1).nextElementSibling?.className ?? "")) row.push(row.at(-1).nextElementSibling);
    return row;
  };
  const rowsIn = (text) =>
    [...text.querySelectorAll(":is(h2, h3, h4)[id], .rows > li, .data--figures > tbody > tr")].flatMap((element) =>
      element.matches("li, tr") ? [[element]] : isHead(element) ? [rowFrom(element)] : [],
    );

  const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const after = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

  // What each row is found by: its words, and the options of the choices that it has.
  const findable = (row) => ({
    words: folded(row.map((element) => element.textContent).join(" ")),
    options: new Set(
      row
        .flatMap((element) => (element.matches("[data-fits]") ? [element] : [...element.querySelectorAll("[data-fits]")]))
        .flatMap((element) => element.dataset.fits.split(" ")),
    ),
  });

  const filterOn = (text, rows, form) => {
    const found = rows.map(findable);
    const depth = (head) => Number(head.localName[1]);
    const lowest = Math.min(...rows.map(([head]) => (head.localName[0] === "h" ? depth(head) : 9)));
    const groups = [...text.querySelectorAll("[id^=group-]")].filter((head) => depth(head) < lowest);
    const ends = [...text.querySelectorAll(".more:not([data-list])")];
    const whole = text.querySelector("[data-search-whole]");
    const isPart = "part" in form.dataset;
    const field = form.querySelector("input");
    const status = form.querySelector("[role=status]");
    const choices = [...form.querySelectorAll("select")];
    const labels = new Map(choices.flatMap((choice) => [...choice.options].map((option) => [option, option.textContent])));

    const said = make("span", {});
    const link = make("a", { textContent: whole ? `Search ${whole.dataset.whole} for these words` : "" });
    const clear = make("a", { href: location.pathname, className: "filter__clear", textContent: "Show all again", hidden: true });
    form.append(clear);

    // The filter knows the rows of this page alone. What follows is part of the status, so that a screen reader tells of it too.
    const leadOnToSearch = () => {
      const search = new URL(whole.dataset.searchWhole, document.baseURI);
      search.searchParams.set("q", field.value.trim());
      link.href = search;
      status.append(" ", link);
    };

    const wantedWords = () => folded(field.value).split(/\s+/).filter(Boolean);
    const fitsBut = (one) => {
      const wanted = wantedWords();
      const chosen = choices.filter((choice) => choice !== one && choice.value).map((choice) => `${choice.name}:${choice.value}`);
      return ({ words, options }) => wanted.every((word) => words.includes(word)) && chosen.every((option) => options.has(option));
    };
    // Each option says how many rows it would leave, beside the other choices; one that would leave none cannot be chosen.
    const countOptions = () => {
      for (const choice of choices) {
        const rest = found.filter(fitsBut(choice));
        for (const option of [...choice.options].filter((each) => each.value)) {
          const left = rest.filter(({ options }) => options.has(`${choice.name}:${option.value}`)).length;
          option.textContent = `${labels.get(option)} (${left})`;
          option.disabled = !left && !option.selected;
        }
      }
    };
    const say = (left, isNarrowed) => {
      const all = isPart ? `the ${rows.length} rows on this page` : choices.length ? `${rows.length} ${form.dataset.many}` : `${rows.length} shown`;
      said.textContent = isNarrowed ? `${left || "None"} of ${all}.` : choices.length && !isPart ? `${all}.` : "";
      status.replaceChildren(said);
      if (whole && wantedWords().length && (isPart || !left)) leadOnToSearch();
    };
    const narrow = () => {
      const fits = found.map(fitsBut(null));
      const isNarrowed = Boolean(wantedWords().length) || choices.some((choice) => choice.value);
      rows.forEach((row, index) => row.forEach((element) => (element.hidden = !fits[index])));
      for (const [index, head] of groups.entries()) {
        const next = groups[index + 1];
        const its = rows.filter(([first]) => after(head, first) && !(next && after(next, first)));
        head.hidden = its.length > 0 && its.every(([first]) => first.hidden);
      }
      ends.forEach((end) => (end.hidden = isNarrowed));
      clear.hidden = !isNarrowed;
      countOptions();
      const left = fits.filter(Boolean).length;
      form.toggleAttribute("data-few", isNarrowed && left <= FEW);
      say(left, isNarrowed);
    };

    // The address holds what is chosen. A choice is a step that "back" takes back; typing is none.
    const address = (fragment) => {
      const query = new URLSearchParams(location.search);
      for (const { name, value } of [{ name: WORDS, value: field.value.trim() }, ...choices]) {
        if (value) query.set(name, value);
        else query.delete(name);
      }
      const asked = query.toString();
      return `${location.pathname}${asked ? `?${asked}` : ""}${fragment}`;
    };
    const read = () => {
      const query = new URLSearchParams(location.search);
      field.value = query.get(WORDS) ?? "";
      for (const choice of choices) {
        const wanted = query.get(choice.name) ?? "";
        choice.value = [...choice.options].some((option) => option.value === wanted) ? wanted : "";
      }
      narrow();
    };
    const empty = (fragment = "") => {
      field.value = "";
      for (const choice of choices) choice.value = "";
      narrow();
      history.pushState(null, "", address(fragment));
    };

    field.addEventListener("input", () => {
      narrow();
      history.replaceState(null, "", address(location.hash));
    });
    field.addEventListener("keydown", (event) => event.key === "Escape" && empty());
    form.addEventListener("change", (event) => {
      if (!choices.includes(event.target)) return;
      narrow();
      history.pushState(null, "", address(""));
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    clear.addEventListener("click", (event) => {
      event.preventDefault();
      empty();
      field.focus();
    });
    const showTarget = () => {
      const target = document.getElementById(location.hash.slice(1));
      if (!target?.hidden) return;
      empty(location.hash);
      target.scrollIntoView();
    };
    addEventListener("popstate", read);
    addEventListener("hashchange", showTarget);
    read();
    form.hidden = false;
    showTarget();
  };

  const text = document.querySelector("article");
  const form = text?.querySelector("form.filter"); // of several lists on a page, the first has the form for all
  if (form) filterOn(text, rowsIn(text), form);
})();
