// Small pieces of plain English that the modules of the health check share.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/**
 * `1 question`, `2 questions`.
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 */
export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/**
 * `a`, `a and b`, `a, b and c`.
 * @param {string[]} parts
 */
export const listed = (parts) => (parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`);

/**
 * A title or another text that is quoted.
 * @param {string} text
 */
export const quoted = (text) => `“${text}”`;

/**
 * `27 November 2026` for `2026-11-27`, and nothing for what is no date.
 * @param {string} date
 */
export const sayDate = (date) => {
  if (!isDate(date)) return "";
  const [year, month, day] = date.split("-").map(Number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
};

/**
 * Whether a text is a day of the calendar, as `2026-11-27`.
 * @param {unknown} text
 * @returns {text is string}
 */
export const isDate = (text) => {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = text.split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};
