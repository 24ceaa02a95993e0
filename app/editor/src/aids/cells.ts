/** Tables from cells that somebody has elsewhere. */

/** A table of rows of words; the first row is its head. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const line = (row: readonly string[]) => `| ${Array.from({ length: columns }, (_, at) => cell(row[at] ?? "")).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), `|${" --- |".repeat(columns)}`, ...body.map(line)].join("\n");
}

/** Plain text as a spreadsheet gives it, lines of cells between tabs; none: it is no such text. */
export function tableOfCells(plain: string): string | null {
  const lines = plain.replace(/\n+$/, "").split("\n");
  const rows = lines.map((line) => line.split("\t"));
  const columns = rows[0]!.length;
  // Indented text has tabs too, in front.
  const isSheet = rows.length > 1 && columns > 1 && rows.every((row) => row.length === columns) && !lines.every((line) => line.startsWith("\t"));
  return isSheet ? `${table(rows)}\n` : null;
}

/** A line break would end the row, a bar the cell. */
function cell(words: string): string {
  return words.trim().replace(/\s*\n\s*/g, "<br>").replace(/(?<!\\)\|/g, "\\|");
}
