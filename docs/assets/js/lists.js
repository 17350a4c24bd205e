// Only for pages with `data-list` or `row__` or `"rows` or `data--figures`.
// Lists of entries: old links to an entry that a long list shows on another page, and a field that narrows the rows of this page,
// and leads on to the search of all of them. Without scripts there is no field, and the list with its ways in stands at the top.
(() => {
  const LEAST = 15; // rows that are worth a field

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

  const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const fieldOn = (text, rows) => {
    const words = rows.map((row) => folded(row.map((element) => element.textContent).join(" ")));
    const depth = (head) => Number(head.localName[1]);
    const lowest = Math.min(...rows.map(([head]) => (head.localName[0] === "h" ? depth(head) : 9)));
    const groups = [...text.querySelectorAll("[id^=group-]")].filter((head) => depth(head) < lowest);
    const ends = [...text.querySelectorAll(".more:not([data-list])")];
    const whole = text.querySelector("[data-search-whole]");
    const isPart = Boolean(text.querySelector("[data-list], .pages"));

    const form = document.createElement("form");
    form.className = "filter";
    const label = document.createElement("label");
    label.htmlFor = "filter-words";
    label.textContent = isPart ? "Filter the rows on this page" : "Filter this list";
    const field = document.createElement("input");
    field.type = "search";
    field.id = "filter-words";
    field.autocomplete = "off";
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    const said = document.createElement("span");
    const link = document.createElement("a");
    link.textContent = whole ? `Search ${whole.dataset.whole} for these words` : "";
    form.append(label, field, status);

    const after = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
    // The field knows the rows of this page alone. What follows is part of the status, so that a screen reader tells of it too.
    const leadOnToSearch = () => {
      const search = new URL(whole.dataset.searchWhole, document.baseURI);
      search.searchParams.set("q", field.value.trim());
      link.href = search;
      status.append(" ", link);
    };
    const narrow = () => {
      const wanted = folded(field.value).split(/\s+/).filter(Boolean);
      const fits = words.map((its) => wanted.every((word) => its.includes(word)));
      rows.forEach((row, index) => row.forEach((element) => (element.hidden = !fits[index])));
      for (const [index, head] of groups.entries()) {
        const next = groups[index + 1];
        const its = rows.filter(([first]) => after(head, first) && !(next && after(next, first)));
        head.hidden = its.length > 0 && its.every(([first]) => first.hidden);
      }
      ends.forEach((end) => (end.hidden = wanted.length > 0));
      const left = fits.filter(Boolean).length;
      const all = isPart ? `the ${rows.length} rows on this page` : `${rows.length} shown`;
      said.textContent = wanted.length ? `${left || "None"} of ${all}.` : "";
      status.replaceChildren(said);
      if (whole && wanted.length && (isPart || !left)) leadOnToSearch();
    };

    const clear = () => {
      field.value = "";
      narrow();
    };
    field.addEventListener("input", narrow);
    field.addEventListener("keydown", (event) => event.key === "Escape" && clear());
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", () => {
      const target = document.getElementById(location.hash.slice(1));
      if (!target?.hidden) return;
      clear();
      target.scrollIntoView();
    });
    return form;
  };

  const text = document.querySelector("article");
  const rows = text ? rowsIn(text) : [];
  if (rows.length >= LEAST) {
    const form = fieldOn(text, rows);
    const first = rows[0][0];
    const list = first.closest(".rows, table") ?? first;
    const above = list.previousElementSibling;
    (above?.id.startsWith("group-") ? above : list).before(form);
  }
})();
