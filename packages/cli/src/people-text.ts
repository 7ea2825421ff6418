import type {
  IdentityChangeSummary,
  IdentitySuggestion,
  Page,
  PersonSummary,
} from '@adjutant/core';
import { formatDay, formatNumber, plainText } from '@adjutant/insights';
import { freshnessText } from './answer-notes.ts';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const shortLength = 8;

/** The end of an id: the beginning of a time-ordered one is shared by all of one sync. */
export function shortId(id: string): string {
  return id.slice(-shortLength);
}

/** Returns everybody with their accounts, and how each account was linked. */
export function peopleText(page: Page<PersonSummary>, output: Output): string {
  const rows = page.items.map((person) => [
    shortId(person.id),
    plainText(person.displayName, 200),
    person.accounts.map(accountText).join(', '),
  ]);
  const wide = output.columns - 8 - 24 - 4;
  const columns = [
    { title: 'id' },
    { title: 'name', width: 24 },
    { title: 'accounts', width: wide },
  ];
  const left = page.total - page.items.length;
  return [
    `${formatNumber(page.total)} ${page.total === 1 ? 'person' : 'people'}. ${freshnessText(page.meta)}`,
    ...(rows.length === 0 ? [] : ['', renderTable(output, columns, rows)]),
    ...(left > 0 ? ['', `and ${formatNumber(left)} more: narrow it down with --find`] : []),
  ].join('\n');
}

/** Returns the pairs that may be one person, with the command that joins each. */
export function suggestionsText(suggestions: readonly IdentitySuggestion[]): string {
  if (suggestions.length === 0) return 'No two people look like one.';
  return suggestions
    .map((suggestion) => `${suggestionText(suggestion)}\n  ${mergeCommand(suggestion)}`)
    .join('\n');
}

/** Returns why two people may be one. */
export function suggestionText({ fromName, toName, message }: IdentitySuggestion): string {
  return `${plainText(fromName, 60)} and ${plainText(toName, 60)}: ${plainText(message, 200)}`;
}

/** Returns what was merged and split, newest first, with the command that takes each back. */
export function changesText(changes: readonly IdentityChangeSummary[]): string {
  if (changes.length === 0) return 'Nobody has been merged or split.';
  return changes.map(changeText).join('\n');
}

function changeText(change: IdentityChangeSummary): string {
  const [from, to] = [plainText(change.fromName, 60), plainText(change.toName, 60)];
  const accounts = change.accounts.map(([source, id]) => plainText(`${source}:${id}`, 120));
  const said = change.kind === 'merge' ? `${from} became ${to}` : `${to} was split off ${from}`;
  const by = change.isAutomatic
    ? `, by the rule ${plainText(change.actor.slice('rule:'.length), 40)}`
    : '';
  const what = `${formatDay(change.at)}  ${said}${by} (${accounts.join(', ')})`;
  return change.undoneAt === null
    ? `${what}\n  adjutant people undo ${change.id}`
    : `${what}\n  taken back on ${formatDay(change.undoneAt)}`;
}

function mergeCommand({ fromPersonId, toPersonId }: IdentitySuggestion): string {
  return `adjutant people merge ${shortId(fromPersonId)} ${shortId(toPersonId)}`;
}

function accountText({
  source,
  externalId,
  confidence,
}: PersonSummary['accounts'][number]): string {
  const sure = confidence < 1 ? ` (${formatNumber(confidence * 100)} %)` : '';
  return `${plainText(source, 20)}:${plainText(externalId, 120)}${sure}`;
}
