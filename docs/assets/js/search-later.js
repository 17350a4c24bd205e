// The theme asks for the whole search index as soon as a page is open. Most readers never search:
// hold that one request back until the search field is used.
(() => {
  const send = XMLHttpRequest.prototype.send;
  const open = XMLHttpRequest.prototype.open;
  const isIndex = new WeakSet();
  let wanted = false;
  const held = [];

  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (String(url).endsWith("/search_index.json")) isIndex.add(this);
    return open.call(this, method, url, ...rest);
  };

  XMLHttpRequest.prototype.send = function (...body) {
    if (wanted || !isIndex.has(this)) return send.apply(this, body);
    held.push(() => send.apply(this, body));
  };

  const release = () => {
    wanted = true;
    held.splice(0).forEach((go) => go());
  };
  document.addEventListener("focusin", (event) => event.target.closest?.(".md-search") && release());
  document.addEventListener("change", (event) => event.target.id === "__search" && release());
})();
