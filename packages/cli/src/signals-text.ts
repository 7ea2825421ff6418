import { replaceHidden } from '@adjutant/core/ports';
import type { SignalDetail } from '@adjutant/core';
import type { SignalFinding } from '@adjutant/core/domain';
import { countOf, formatMinute, plainText, wrapToWidth } from '@adjutant/insights';
import { durationText } from './duration-text.ts';
import type { Output } from './output.ts';

const idEnd = 8;
const sentenceCharacters = 600;

/** Returns the end of a finding's id, which is enough to name it here. */
export function shortFindingId(id: string): string {
  return id.slice(-idEnd);
}

const severityWords = { high: 'High', medium: 'Medium', low: 'Low', info: 'For information' };

/** Returns findings under their severities, each with its age and how many rows stand behind it. */
export function signalsText(
  items: readonly SignalFinding[],
  total: number,
  now: number,
  output: Output,
): string {
  if (items.length === 0) return 'Nothing was found.';
  const lines: string[] = [];
  for (const [severity, found] of Map.groupBy(items, (finding) => finding.severity)) {
    if (lines.length > 0) lines.push('');
    lines.push(output.colors.bold(severityWords[severity]));
    for (const finding of found) lines.push(...findingLines(finding, now, output));
  }
  if (total > items.length) {
    lines.push('', `${total - items.length} more; add --severity or --rule to narrow.`);
  }
  lines.push('', 'One in full: adjutant signals show <id>');
  return lines.join('\n');
}

function findingLines(finding: SignalFinding, now: number, { colors, columns }: Output): string[] {
  const sentence = wrapToWidth(plainText(finding.sentence, sentenceCharacters), columns - 2, 8);
  const details = [
    plainText(finding.subjectKey, 80),
    durationText(now - finding.since),
    finding.ruleId,
    countOf(finding.evidence.length, 'row'),
    ...marksOf(finding, now),
    shortFindingId(finding.id),
  ];
  return [
    ...sentence.map((line) => `  ${line}`),
    ...wrapToWidth(details.join(' · '), columns - 4, 4).map((line) => `    ${colors.dim(line)}`),
  ];
}

function marksOf(
  { state, snoozedUntil, isMuted, assignedPersonId }: SignalFinding,
  now: number,
): string[] {
  return [
    ...(state === 'resolved' ? ['over'] : []),
    ...(snoozedUntil !== null && snoozedUntil > now
      ? [`hidden until ${formatMinute(snoozedUntil)}`]
      : []),
    ...(isMuted ? ['muted'] : []),
    ...(assignedPersonId === null ? [] : ['assigned']),
  ];
}

export interface SignalNames {
  /** Who it was given to; null where it is nobody's. */
  assignee: string | null;
}

/** Returns one finding with what it follows from, what became of it and what can be done. */
export function signalText(
  finding: SignalDetail,
  { assignee }: SignalNames,
  now: number,
  output: Output,
): string {
  const { colors } = output;
  const { subjectTitle, repository, recomputed } = finding;
  const facts = Object.entries(finding.facts).map(
    ([name, value]) => `${plainText(name, 60)}: ${plainText(String(value ?? 'unknown'), 80)}`,
  );
  return [
    colors.bold(plainText(finding.sentence, sentenceCharacters)),
    `${severityWords[finding.severity]}, ${plainText(finding.ruleTitle, 100)} (${finding.ruleId})`,
    `${plainText(finding.subjectKey, 80)}${subjectTitle === null ? '' : `: “${plainText(subjectTitle, 120)}”`}`,
    ...(repository === null ? [] : [`In ${plainText(repository, 120)}`]),
    `Since ${formatMinute(finding.since)}, found ${formatMinute(finding.openedAt)}${countWords(finding)}`,
    ...(finding.resolvedAt === null ? [] : [`Over since ${formatMinute(finding.resolvedAt)}`]),
    ...(assignee === null ? [] : [`Given to ${plainText(assignee, 80)}`]),
    ...marksOf({ ...finding, assignedPersonId: null, state: 'open' }, now),
    ...(facts.length === 0 ? [] : ['', ...facts]),
    '',
    recomputedWords(finding.sentence, recomputed),
    '',
    colors.bold(countOf(finding.evidence.length, 'row') + ' behind it'),
    ...finding.evidenceRows.map(
      ({ id, kind, key, at }) =>
        `  ${[
          kind ?? 'unknown',
          key === null ? null : plainText(key, 80),
          at === null ? null : formatMinute(at),
          id,
        ]
          .filter((part) => part !== null)
          .join(' · ')}`,
    ),
    '',
    colors.bold('What became of it'),
    ...finding.history.map(
      ({ at, kind, actor, detail }) =>
        `  ${formatMinute(at)} ${kind} by ${plainText(actor, 80)}${detailWords(detail)}`,
    ),
    ...suggestionLines(finding, output),
  ].join('\n');
}

function countWords({ openedCount }: SignalDetail): string {
  return openedCount > 1 ? `, for the ${openedCount}. time` : '';
}

function recomputedWords(sentence: string, recomputed: string | null): string {
  if (recomputed === null) return 'Out of the rows as they are now it does not come out again.';
  if (recomputed === sentence) return 'It comes out of these rows again, word for word.';
  return `Out of the rows as they are now: ${plainText(recomputed, sentenceCharacters)}`;
}

function detailWords(detail: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(detail).map(([name, value]) => {
    const shown =
      typeof value === 'number' && (name === 'since' || name === 'until')
        ? formatMinute(value)
        : typeof value === 'string'
          ? value
          : JSON.stringify(value ?? 'none');
    return `${name} ${shown}`;
  });
  return words.length === 0 ? '' : ` (${plainText(words.join(', '), 200)})`;
}

function suggestionLines(finding: SignalDetail, { colors }: Output): string[] {
  if (finding.suggestions.length === 0) return [];
  return [
    '',
    colors.bold('What can be proposed'),
    ...finding.suggestions.flatMap((suggestion, at) => [
      `  ${plainText(suggestion.why, 200)}`,
      `  ${proposeLine(finding, at)}`,
    ]),
  ];
}

/** Returns the command that proposes a suggestion; it is proposed once, however often it is run. */
export function proposeLine({ suggestions, id, openedCount }: SignalFinding, at: number): string {
  const suggestion = suggestions[at];
  if (suggestion === undefined) return '';
  const payload = quoted(JSON.stringify(suggestion.payload));
  const key = `signal-${shortFindingId(id)}-${openedCount}-${at + 1}`;
  return `adjutant actions propose ${plainText(suggestion.type, 60)} --payload ${payload} --key ${key}`;
}

/** One word for a shell, whatever stands in it: the text of a payload may come from outside. */
function quoted(text: string): string {
  const escaped = replaceHidden(text, (sign) =>
    Array.from(
      { length: sign.length },
      (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
  return `'${escaped.replaceAll("'", `'\\''`)}'`;
}
