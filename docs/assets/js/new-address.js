// On a page that stands in for one that has moved: go to its new address, and take the anchor along.
// Without scripts the reader stays here, with the same text and the same anchors.
(() => {
  const address = new URL(document.baseURI);
  address.search = location.search;
  address.hash = location.hash;
  location.replace(address);
})();
