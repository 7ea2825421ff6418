import { formatHours, formatMinute, formatNumber, hourMs, unknownLabel } from '../format.ts';
import { plainText } from '../outside-text/plain-text.ts';
import { trustedPage } from '../report/code-host.ts';
import type { Evidence, EvidenceRow } from '../report/evidence.ts';
import { html, type SafeHtml } from './escape.ts';

type Value = EvidenceRow['values'][string];

/** Columns that the table already shows as its own. */
const shownAnyway = new Set(['key', 'title', 'repository']);
const mostColumns = 9;
/** Instants that are not named as such: the ends of a stretch of status. */
const spanEnds = new Set(['from', 'to']);

/** Returns a number that opens its rows; without rows it is only the number. */
export function opensRows(shown: SafeHtml, evidence: Evidence, label: string): SafeHtml {
  if (evidence.rows.length === 0) return html`<div>${shown}</div>`;
  return html`<details class="rows"><summary>${shown} <span class="opens">${countLabel(evidence)}</span></summary>${evidenceTable(evidence, label)}</details>`;
}

/** Returns a count in a line of text that is itself what opens its rows. */
export function countOpensRows(shown: SafeHtml, evidence: Evidence, label: string): SafeHtml {
  if (evidence.rows.length === 0) return html`<span>${shown}</span>`;
  return html`<details class="rows"><summary><span class="opens">${shown}</span></summary>${evidenceTable(evidence, label)}</details>`;
}

function countLabel({ total, totalIsLowerBound, rows }: Evidence): string {
  const all = Math.max(total, rows.length);
  return `${totalIsLowerBound ? 'at least ' : ''}${formatNumber(all)} ${all === 1 ? 'row' : 'rows'}`;
}

/** Returns the rows behind a number as a table, and says where there are more than it holds. */
export function evidenceTable(evidence: Evidence, label: string): SafeHtml {
  const { rows } = evidence;
  const columns = columnsOf(rows);
  const hasRepository = rows.some(({ repository }) => repository !== null);
  const hasTitle = rows.some(({ title, key }) => title !== '' && title !== key);
  const hasInstant = !columns.some((name) => name.endsWith('At'));
  const head = [
    'Key',
    ...(hasTitle ? ['Title'] : []),
    ...(hasRepository ? ['Repository'] : []),
    ...(hasInstant ? ['When (UTC)'] : []),
    ...columns.map(evidenceColumn),
  ];
  const body = rows.map(
    (row) =>
      html`<tr><td class="key">${keyCell(row)}</td>${hasTitle && html`<td class="title"><bdi>${row.title}</bdi></td>`}${hasRepository && html`<td class="key"><bdi>${row.repository}</bdi></td>`}${hasInstant && html`<td>${row.at === null ? unknownCell() : formatMinute(row.at)}</td>`}${columns.map((name) => html`<td>${evidenceValue(name, row.values[name] ?? null)}</td>`)}</tr>`,
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}: rows"><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${body}</tbody></table></div>${moreNote(evidence)}`;
}

function moreNote({ rows, total, totalIsLowerBound, order }: Evidence): SafeHtml {
  const order1 = order.charAt(0).toUpperCase() + order.slice(1);
  if (rows.length >= total && !totalIsLowerBound) return html`<p class="caption">${order1}.</p>`;
  const atLeast = totalIsLowerBound ? 'at least ' : '';
  return html`<p class="caption">${order1}. ${formatNumber(rows.length)} of ${atLeast}${formatNumber(total)} rows are kept in this page; “adjutant metrics --explain” lists every one.</p>`;
}

function columnsOf(rows: readonly EvidenceRow[]): string[] {
  const names = new Set(rows.flatMap(({ values }) => Object.keys(values)));
  return [...names].filter((name) => !shownAnyway.has(name)).slice(0, mostColumns);
}

/** Returns the name of a column as a person reads it. `firstCommitToMergeMs` is stored in milliseconds and shown as a duration: "First commit to merge". */
export function evidenceColumn(name: string): string {
  const words = name
    .replace(/Ms$/, '')
    .replace(/At$/, 'At (UTC)')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace('(utc)', '(UTC)');
  return plainText(words.charAt(0).toUpperCase() + words.slice(1), 60);
}

function keyCell(row: EvidenceRow): SafeHtml {
  const key = html`<bdi>${plainText(row.key, 60)}</bdi>`;
  const address = trustedPage(row.url);
  return address === null ? key : html`<a href="${address}" rel="noopener noreferrer">${key}</a>`;
}

/** Returns a value of a row as a person reads it; its column says whether it is a time or a duration. */
export function evidenceValue(name: string, value: Value): SafeHtml {
  if (value === null) return unknownCell();
  if (typeof value === 'boolean') return html`${value ? 'yes' : 'no'}`;
  if (typeof value === 'string') return html`<bdi>${value}</bdi>`;
  if (name.endsWith('Ms')) return html`${formatHours(value / hourMs)}`;
  if (name.endsWith('At') || spanEnds.has(name)) return html`${formatMinute(value)}`;
  return html`${formatNumber(value, 2)}`;
}

function unknownCell(): SafeHtml {
  return html`<span class="unknown">${unknownLabel}</span>`;
}
