// On the page for addresses that lead nowhere: look the address up among all that there ever were, then its parts among the ids of all
// entries, and say what stands there now. Nothing but this site's own list is asked for. Without scripts the page shows the ways in below.
(() => {
  const place = document.getElementById("found-entry");
  if (!place) return;
  const top = new URL(place.dataset.top, location.href);

  const add = (parent, name, text, href) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (href !== undefined) element.href = href;
    parent.append(element);
    return element;
  };
  const link = (parent, { title, url }) => add(parent, "a", title, new URL(url || "./", top).href + location.hash);

  const say = (found, after, before = "") => {
    document.getElementById("not-found-lead")?.remove();
    const said = add(place, "p", before);
    said.className = "summary";
    link(said, found);
    said.append(after);
    return said;
  };

  const tellEntry = (id, entry) => {
    if (entry.state === "withdrawn") {
      say(entry, entry.release ? ` was withdrawn in release ${entry.release}. ` : " was withdrawn. ").append(entry.reason);
      const instead = add(place, "p", entry.instead.length ? "Use instead: " : "Nothing replaces it.");
      entry.instead.forEach((other, index) => {
        if (index) instead.append(", ");
        link(instead, other);
      });
    } else if (entry.state === "moved") {
      say(entry, ` was called “${id}” once. This is its page now.`);
    } else {
      say(entry, "?", `Do you mean the ${entry.kind.toLowerCase()} `);
    }
  };

  const tellPage = (url, page) => {
    if (page.state === "moved") say(page, ` was at /${url} once. This is its page now.`);
    else if (page.state === "withdrawn") say(page, " was withdrawn. Its address says why.");
    else say(page, "?", "Do you mean ");
  };

  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // a lone % is no code
    }
  };

  // What mails and sentences leave at the ends of an address: spaces, full stops, brackets, quotation marks.
  const bare = (part) => part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");

  // The parts of an address as people write them: in capitals, with doubled slashes, a version, an ending or the name of a file.
  const partsOf = (address) => {
    const base = top.pathname.replace(/latest\/$/, "");
    const path = address.toLowerCase().startsWith(base.toLowerCase()) ? address.slice(base.length) : address;
    const written = decoded(decoded(path)).normalize("NFKC").toLowerCase().split(/[#?]/)[0];
    const parts = written.replace(/\u00ad/g, "").split("/").map(bare).filter(Boolean);
    while (/^(latest|v?\d+(\.\d+)+)$/.test(parts[0] ?? "")) parts.shift();
    if (/^index(\.\w+)?$/.test(parts.at(-1) ?? "")) parts.pop();
    return parts;
  };
  const withoutEnding = (part) => part.replace(/\.(html?|md|json|ya?ml)$/, "");

  const hyphened = (text) => text.replace(/[\s_\p{Pd}]+/gu, "-");

  const words = (id) => new Set(id.split(/[-/]/).filter(Boolean));
  const alike = (one, other) => {
    const mine = words(one);
    const common = [...words(other)].filter((word) => mine.has(word)).length;
    return common / Math.max(mine.size, words(other).size);
  };

  // The list whose further page an address names: these come and go with the number of entries.
  const listOf = (named) => `${named.slice(0, Math.max(named.indexOf("list"), 0)).join("/")}/`;

  const look = ({ entries = {}, pages = {}, files = [] }) => {
    const parts = partsOf(location.pathname);
    const file = files.find((path) => path.toLowerCase() === parts.join("/"));
    if (file) {
      say({ title: `/${file}`, url: file }, "?", "Do you mean ");
      return;
    }
    const named = parts.map(withoutEnding).map(hyphened);
    const address = named.length ? `${named.join("/")}/` : "";
    const page = Object.keys(pages).find((url) => hyphened(url.toLowerCase()) === address);
    const id = [...named].reverse().find((part) => Object.hasOwn(entries, part));
    if (page !== undefined && !(id && entries[id].url === pages[page].url)) {
      tellPage(page, pages[page]);
    } else if (id) {
      tellEntry(id, entries[id]);
    } else if (Object.hasOwn(pages, listOf(named))) {
      say(pages[listOf(named)], " has fewer pages now. What this one showed is on one of them.");
    } else {
      suggest(named.at(-1) ?? "", { ...pages, ...entries });
    }
  };

  const suggest = (name, known) => {
    const near = Object.keys(known)
      .map((other) => [alike(name, other), known[other]])
      .filter(([share]) => share >= 0.5)
      .sort(([one], [other]) => other - one)
      .map(([, found]) => found);
    const each = [...new Map(near.map((found) => [found.url, found])).values()].slice(0, 5);
    if (!each.length) return;
    add(place, "p", "Did you mean one of these?");
    const list = add(place, "ul", "");
    each.forEach((found) => link(add(list, "li", ""), found));
  };

  fetch(new URL("addresses.json", top))
    .then((answer) => (answer.ok ? answer.json() : {}))
    .then(look)
    .catch(() => {});
})();
