// On the page for addresses that lead nowhere: look for the id in the address among all entries there ever were, and say what
// became of it. Nothing but this site's own list is asked for. Without scripts the page shows the ways in below.
(() => {
  const place = document.getElementById("found-entry");
  if (!place) return;
  const top = new URL(place.dataset.top, location.href);

  const add = (parent, name, text, href) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (href) element.href = href;
    parent.append(element);
    return element;
  };
  const link = (parent, entry) => add(parent, "a", entry.title, new URL(entry.url, top).href + location.hash);

  const tell = (id, entry) => {
    const said = add(place, "p", "");
    said.className = "summary";
    link(said, entry);
    if (entry.state === "withdrawn") {
      said.append(entry.release ? ` was withdrawn in release ${entry.release}. ` : " was withdrawn. ", entry.reason);
      const instead = add(place, "p", entry.instead.length ? "Use instead: " : "Nothing replaces it.");
      entry.instead.forEach((other, index) => {
        if (index) instead.append(", ");
        link(instead, other);
      });
    } else if (entry.state === "moved") {
      said.append(` was called “${id}” once. This is its page now.`);
    } else {
      said.append(` has that name. It is one of the entries of the kind “${entry.kind}”.`);
    }
  };

  const words = (id) => new Set(id.split("-"));
  const alike = (one, other) => {
    const mine = words(one);
    const common = [...words(other)].filter((word) => mine.has(word)).length;
    return common / Math.max(mine.size, words(other).size);
  };

  const look = ({ entries }) => {
    const named = decodeURIComponent(location.pathname)
      .toLowerCase()
      .split("/")
      .map((part) => part.replace(/\.(html|md|json|yml)$/, ""))
      .filter((part) => part && part !== "index")
      .reverse();
    const id = named.find((part) => Object.hasOwn(entries, part));
    if (id) {
      document.getElementById("not-found-lead")?.remove();
      tell(id, entries[id]);
      return;
    }
    const near = Object.keys(entries)
      .map((other) => [alike(named[0] ?? "", other), other])
      .filter(([share]) => share >= 0.5)
      .sort(([one], [other]) => other - one)
      .slice(0, 5);
    if (!near.length) return;
    add(place, "p", "Did you mean one of these?");
    const list = add(place, "ul", "");
    near.forEach(([, other]) => link(add(list, "li", ""), entries[other]));
  };

  fetch(new URL("addresses.json", top))
    .then((answer) => (answer.ok ? answer.json() : { entries: {} }))
    .then(look)
    .catch(() => {});
})();
