import type {
  IdentityChangeSummary,
  IdentitySuggestion,
  Page,
  PersonSummary,
  UnmatchedPerson,
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

/** Returns why two people may be one, and how sure that is. */
export function suggestionText(suggestion: IdentitySuggestion): string {
  const { message, confidence, isAmbiguous, rolesDiffer } = suggestion;
  const notes = [
    percentText(confidence),
    ...(isAmbiguous ? ['another one is as likely'] : []),
    ...(rolesDiffer ? ['their roles differ'] : []),
  ];
  const [from, to] = pairNames(suggestion);
  return `${from} and ${to}: ${plainText(message, 200)} (${notes.join('; ')})`;
}

/** Returns what would be merged, or was, a line for each. */
export function mergesText(merges: readonly IdentitySuggestion[]): string {
  return merges
    .map((merge) => {
      const [from, to] = pairNames(merge);
      const reason = merge.reason.replaceAll('_', ' ');
      return `${from} becomes ${to}  (${percentText(merge.confidence)}: ${reason})`;
    })
    .join('\n');
}

/** Returns whom only one source knows, each with whom they look most like. */
export function unmatchedText({
  items,
  total,
}: {
  items: readonly UnmatchedPerson[];
  total: number;
}): string {
  if (total === 0) return 'Nobody is known by one source alone.';
  const left = total - items.length;
  return [
    `${formatNumber(total)} ${total === 1 ? 'person is' : 'people are'} known by one source alone.`,
    '',
    ...items.map(unmatchedLine),
    ...(left > 0 ? ['', `and ${formatNumber(left)} more: narrow it down with --source`] : []),
  ].join('\n');
}

function unmatchedLine({
  personId,
  displayName,
  source,
  standing,
  suggestion,
}: UnmatchedPerson): string {
  const who = `${shortId(personId)}  ${plainText(displayName, 60)} (${plainText(source, 20)})`;
  if (suggestion === null) return `${who}: looks like nobody`;
  const isFrom = suggestion.fromPersonId === personId;
  const [from, to] = pairNames(suggestion);
  const what = standing === 'ambiguous' ? 'one of several' : percentText(suggestion.confidence);
  return `${who}: like ${isFrom ? to : from}, ${what}\n  ${mergeCommand(suggestion)}`;
}

/** Both may be called alike: their sources tell which is which. */
function pairNames(suggestion: IdentitySuggestion): [from: string, to: string] {
  const { fromName, toName, fromSources, toSources } = suggestion;
  const named = (name: string, sources: readonly string[]): string =>
    `${plainText(name, 60)} (${plainText(sources.join(', '), 80)})`;
  return [named(fromName, fromSources), named(toName, toSources)];
}

function percentText(confidence: number): string {
  return `${formatNumber(Math.round(confidence * 100))} %`;
}

/** Returns what was merged and split, newest first, with the command that takes each back. */
export function changesText(changes: readonly IdentityChangeSummary[]): string {
  if (changes.length === 0) return 'Nobody has been merged or split.';
  return changes.map(changeText).join('\n');
}

function changeText(change: IdentityChangeSummary): string {
  const [from, to] = [plainText(change.fromName, 60), plainText(change.toName, 60)];
  const accounts = change.accounts.map(([source, id]) => plainText(`${source}:${id}`, 120));
  const stays = change.fromPersonId === change.toPersonId;
  const said = {
    merge: `${from} became ${to}`,
    split: stays ? `confirmed as ${to}’s` : `${to} was split off ${from}`,
    bot: `${from} was called a bot`,
  }[change.kind];
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
  isLent,
}: PersonSummary['accounts'][number]): string {
  const notes = [
    ...(confidence < 1 ? [`${formatNumber(confidence * 100)} %`] : []),
    ...(isLent ? ['for figures only'] : []),
  ];
  const sure = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  return `${plainText(source, 20)}:${plainText(externalId, 120)}${sure}`;
}
