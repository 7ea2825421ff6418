import { html, type SafeHtml } from '@adjutant/insights';
import { changedAddress } from './query-links.ts';

export type TableCell = SafeHtml | string | number | null;

export interface TableColumn {
  id: string;
  title: string;
  /** Numbers stand at the right, on figures of one width. */
  isNumber?: boolean;
  /** Whether the address may ask for the rows by this column. */
  isSortable?: boolean;
}

/** By which column of a table its rows stand, as the address says. */
export interface TableOrder {
  column: string;
  direction: 'ascending' | 'descending';
}

export interface DataTable {
  id: string;
  /** What the table holds, for whoever does not see the heading above it. */
  caption: string;
  columns: readonly TableColumn[];
  /** Cells in the order of the columns; the first names the row. Null is unknown. */
  rows: readonly (readonly TableCell[])[];
  order?: TableOrder | undefined;
  /** The present address, from which sorting links are made. */
  url?: URL | undefined;
  /** Whether the script offers a field that narrows the rows shown. */
  hasFilter?: boolean;
}

/** Returns a table that scrolls by itself, is reached with the keyboard and sorted by links. */
export function dataTable(table: DataTable): SafeHtml {
  const { id, caption, columns, rows, hasFilter = false } = table;
  const head = columns.map((column) => headCell(column, table));
  const body = rows.map((row) => {
    const cells = row.map((cell, place) => bodyCell(cell, columns[place], place));
    return html`<tr>${cells}</tr>`;
  });
  const narrows = hasFilter ? html` data-filters="yes"` : null;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table id="${id}"${narrows}><caption class="aside">${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function headCell(column: TableColumn, { id, order, url }: DataTable): SafeHtml {
  const kind = column.isNumber === true ? 'number' : 'text';
  if (url === undefined || column.isSortable !== true) {
    return html`<th scope="col" class="${kind}">${column.title}</th>`;
  }
  const isPresent = order?.column === column.id;
  const next = isPresent && order.direction === 'descending' ? 'ascending' : 'descending';
  const address = `${changedAddress(url, { sort: column.id, order: next })}#${id}`;
  const mark = isPresent ? (order.direction === 'ascending' ? html` ↑` : html` ↓`) : null;
  const sorted = isPresent ? html` aria-sort="${order.direction}"` : null;
  return html`<th scope="col" class="${kind}"${sorted}><a href="${address}">${column.title}<span aria-hidden="true">${mark}</span></a></th>`;
}

function bodyCell(cell: TableCell, column: TableColumn | undefined, place: number): SafeHtml {
  const kind = column?.isNumber === true ? 'number' : 'text';
  const shown = cell ?? html`<span class="unknown">unknown</span>`;
  return place === 0
    ? html`<th scope="row" class="${kind}">${shown}</th>`
    : html`<td class="${kind}">${shown}</td>`;
}

/** Returns the order that an address asks for, among the columns that can be sorted; else the given one. */
export function tableOrder(
  url: URL,
  columns: readonly TableColumn[],
  usual: TableOrder,
): TableOrder {
  const column = url.searchParams.get('sort');
  const isOffered = columns.some(({ id, isSortable }) => isSortable === true && id === column);
  if (column === null || !isOffered) return usual;
  const direction = url.searchParams.get('order') === 'ascending' ? 'ascending' : 'descending';
  return { column, direction };
}

/** Returns rows in an order by one value of each; what is unknown stands last in both directions. */
export function inOrder<Row>(
  rows: readonly Row[],
  { direction }: TableOrder,
  valueOf: (row: Row) => string | number | null,
): Row[] {
  const turn = direction === 'ascending' ? 1 : -1;
  return rows.toSorted((left, right) => {
    const [one, other] = [valueOf(left), valueOf(right)];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    if (typeof one === 'number' && typeof other === 'number') return (one - other) * turn;
    return String(one).localeCompare(String(other), 'en') * turn;
  });
}
