/** Tables as lines of text: one line a row, "header: value; header: value". */
import { attribute, childElements, type Element, find, isHeading } from './html-tree.js';

interface Cell {
  text: string;
  isHeader: boolean;
  /** It began in a column further left or in a row further up. */
  isContinued: boolean;
}

const longestLabel = 80;
const mostSpanned = 1000; // as the HTML standard bounds colspan

/** Tables that only arrange things, or hold what does not fit a line: their cells are read as text. */
export function isLayoutTable(table: Element): boolean {
  const role = attribute(table, 'role');
  if (role === 'presentation' || role === 'none') return true;
  const holdsBlocks = (e: Element) => e.tagName === 'pre' || e.tagName === 'table' || isHeading(e);
  return find(table, holdsBlocks) !== undefined || rowsOf(table).every((row) => row.length < 2);
}

export function captionOf(table: Element): Element | undefined {
  return childElements(table).find((e) => e.tagName === 'caption');
}

/** `textOf` gives the text of a cell on one line. */
export function tableLines(table: Element, textOf: (cell: Element) => string): string[] {
  const grid = toGrid(table, textOf);
  const headCount = headRowCount(table, grid);
  const headers = columnHeaders(grid.slice(0, headCount));
  return grid
    .slice(headCount)
    .map((row) => rowLine(row, headers))
    .filter((line) => line !== '');
}

function rowsOf(table: Element): Element[][] {
  const groups = childElements(table).flatMap((e) => (e.tagName === 'tr' ? [e] : childElements(e)));
  const rows = groups.filter((e) => e.tagName === 'tr');
  return rows.map((row) =>
    childElements(row).filter((e) => e.tagName === 'td' || e.tagName === 'th'),
  );
}

/** Cells by row and column, with spans filled in, so that a value stands under each of its headers. */
function toGrid(table: Element, textOf: (cell: Element) => string): Cell[][] {
  const grid: Cell[][] = rowsOf(table).map(() => []);
  rowsOf(table).forEach((cells, rowIndex) => {
    let column = 0;
    for (const element of cells) {
      const row = grid[rowIndex] as Cell[];
      while (row[column] !== undefined) column += 1;
      const text = textOf(element);
      const isHeader = element.tagName === 'th';
      const width = spanOf(element, 'colspan');
      const height = Math.min(spanOf(element, 'rowspan'), grid.length - rowIndex);
      for (let down = 0; down < height; ++down)
        for (let right = 0; right < width; ++right)
          (grid[rowIndex + down] as Cell[])[column + right] = {
            text,
            isHeader,
            isContinued: right > 0,
          };
      column += width;
    }
  });
  return grid.map((row) => Array.from(row, (cell) => cell ?? emptyCell));
}

const emptyCell: Cell = { text: '', isHeader: false, isContinued: false };

function spanOf(cell: Element, name: string): number {
  const value = Number.parseInt(attribute(cell, name) ?? '1', 10);
  if (name === 'rowspan' && value === 0) return mostSpanned; // to the end of the table
  return value >= 1 ? Math.min(value, mostSpanned) : 1;
}

function headRowCount(table: Element, grid: Cell[][]): number {
  const head = childElements(table).find((e) => e.tagName === 'thead');
  if (head !== undefined) return childElements(head).filter((e) => e.tagName === 'tr').length;
  const isHead = (row: Cell[]) => row.length > 1 && row.every((cell) => cell.isHeader);
  const first = grid.findIndex((row) => !isHead(row));
  return first === -1 ? 0 : first;
}

/** Headers that stand above each other are joined: "2014 exports". */
function columnHeaders(rows: Cell[][]): string[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, column) => {
    const texts = rows.map((row) => row[column]?.text ?? '').filter((text) => text !== '');
    return [...new Set(texts)].join(' ').replace(/:$/, '');
  });
}

function rowLine(row: Cell[], headers: string[]): string {
  const cells = row.map((cell, column) => ({ ...cell, header: headers[column] ?? '' }));
  const shown = cells.filter((cell) => !cell.isContinued && cell.text !== '');
  const [first, ...rest] = shown;
  if (first === undefined) return '';
  if (rest.length === 0) return first.text; // a title inside the table
  const labelled = (cell: { header: string; text: string }) =>
    cell.header === '' ? cell.text : `${cell.header}: ${cell.text}`;
  const isLabel = first.isHeader || (headers.length === 0 && cells.length === 2);
  if (isLabel && headers.every((header) => header === '') && first.text.length <= longestLabel)
    return `${first.text.replace(/:$/, '')}: ${rest.map(labelled).join('; ')}`;
  return shown.map(labelled).join('; ');
}
