// Only for pages with `data-sortable`.
// Lets readers put the rows of a table in another order. Without scripts the table stands as it was written.
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const heads = [...table.tHead.rows[0].cells]
  const body = table.tBodies[0]

  const value = (row, column) => {
    const cell = row.cells[column]
    const written = cell.dataset.sort ?? cell.textContent.trim()
    return written !== "" && !isNaN(written) ? Number(written) : written
  }

  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en"))

  const sort = (column) => {
    const down = heads[column].getAttribute("aria-sort") === "ascending"
    for (const head of heads) head.removeAttribute("aria-sort")
    heads[column].setAttribute("aria-sort", down ? "descending" : "ascending")
    const rows = [...body.rows].map((row) => [value(row, column), row])
    const blanks = rows.filter(([written]) => written === "")
    const known = rows.filter(([written]) => written !== "").sort(([a], [b]) => (down ? compare(b, a) : compare(a, b)))
    body.append(...[...known, ...blanks].map(([, row]) => row))
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "sort"
    button.append(...head.childNodes)
    button.addEventListener("click", () => sort(column))
    head.append(button)
  })
}
