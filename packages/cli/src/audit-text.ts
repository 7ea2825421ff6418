import type { AuditDetail, AuditPage, LedgerReport, WrittenCheckpoint } from '@adjutant/core';
import type { AuditEntry } from '@adjutant/core/domain';
import { formatNumber, plainText } from '@adjutant/insights';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const wordLength = 200;

/** Returns entries as a table, newest first. */
export function auditListText(page: AuditPage, output: Output): string {
  if (page.items.length === 0) return 'The ledger has no such entry.';
  const rows = page.items.map((entry) => [
    entry.seq === null ? '–' : String(entry.seq),
    instantText(entry.at),
    word(entry.event),
    word(entry.subject ?? ''),
    word(entry.actor),
    entry.id,
  ]);
  const columns = [
    { title: 'number', align: 'right' as const },
    { title: 'at' },
    { title: 'event', width: 32 },
    { title: 'about', width: 40 },
    { title: 'by', width: 30 },
    { title: 'id' },
  ];
  const left = page.total - page.items.length;
  return [
    renderTable(output, columns, rows),
    ...(left > 0
      ? [
          '',
          `and ${formatNumber(left)} more: narrow it down with --event or --subject, or raise --limit`,
        ]
      : []),
  ].join('\n');
}

/** Returns one entry with its place in the chain and what of it is personal. */
export function auditEntryText(entry: AuditDetail, output: Output): string {
  const { colors } = output;
  const lines = [
    `${placeText(entry)}  ${word(entry.event)}`,
    `at       ${instantText(entry.at)}`,
    `by       ${word(entry.actor)}`,
    `about    ${word(entry.subject ?? '–')}`,
    `outcome  ${word(entry.outcome ?? '–')}`,
    `trace    ${word(entry.traceId ?? '–')}`,
    `detail   ${plainText(JSON.stringify(entry.detail), 2_000)}`,
    ...entry.personal.map(
      ({ name, value, state }) =>
        `${word(name)}: ${value === null ? `(${state})` : plainText(value, 2_000)}${
          state === 'changed' ? colors.red('  not what was written') : ''
        }`,
    ),
    `hash     ${entry.hash ?? '–'}`,
  ];
  if (entry.isIntact === false) lines.push(colors.red('Its content does not fit its hash.'));
  return lines.join('\n');
}

/** Returns what verification found in each workspace of a store, and what it could not have found. */
export function verifyText(
  [own, ...others]: readonly [LedgerReport, ...LedgerReport[]],
  output: Output,
): string {
  const advice = [own, ...others].every(({ ok }) => ok)
    ? []
    : ['Stop whatever executes actions, keep this file as it is, and compare it with a backup.'];
  if (others.length === 0) return [reportText(own, output), ...advice].join('\n');
  const texts = others.flatMap((report) => [
    '',
    `Workspace ${word(report.workspaceId)}`,
    reportText(report, output),
  ]);
  return [
    reportText(own, output),
    ...texts,
    '',
    `The store holds ${others.length === 1 ? 'another workspace' : `${formatNumber(others.length)} other workspaces`}. The commands here use none of them: if you made none, somebody else wrote to the file.`,
    ...advice,
  ].join('\n');
}

function reportText(report: LedgerReport, output: Output): string {
  const { colors } = output;
  const unchained =
    report.unchained === 0
      ? []
      : [
          `${formatNumber(report.unchained)} earlier entries are from before there was a chain: nothing can be said of them.`,
        ];
  if (report.ok) {
    return [
      colors.green(`${formatNumber(report.entries)} entries verify.`),
      ...unchained,
      ...rowLines(report),
      ...restoreLines(report),
      provenText(report),
    ].join('\n');
  }
  const left = report.findingCount - report.findings.length;
  return [
    colors.red(
      `The ledger does not verify: ${formatNumber(report.findingCount)} ${report.findingCount === 1 ? 'thing was' : 'things were'} found in ${formatNumber(report.entries)} entries.`,
    ),
    ...report.findings.map(
      ({ code, message, entryId }) =>
        `  ${code}: ${plainText(message, 400)}${entryId === null ? '' : ` (${word(entryId)})`}`,
    ),
    ...(left > 0 ? [`  and ${formatNumber(left)} more`] : []),
    ...unchained,
    ...rowLines(report),
    ...restoreLines(report),
    provenText(report),
  ].join('\n');
}

/** Returns where a checkpoint was written, and what it is good for. */
export function checkpointText({ seq, hash, keyId, path }: WrittenCheckpoint): string {
  return [
    `Entry ${formatNumber(seq)} (${hash.slice(0, 12)}…) signed with the key ${keyId}: ${path ?? ''}`,
    'Keep it where whoever owns the database cannot write. "adjutant audit verify --checkpoint" takes it.',
  ].join('\n');
}

/** What was not looked at must not pass for found in order. */
function rowLines({ rows, unknownWords }: LedgerReport): string[] {
  const erased =
    unknownWords === 0
      ? []
      : [
          `${unknownWords === 1 ? 'One revision of an action has' : `${formatNumber(unknownWords)} revisions of actions have`} words that an erasure by an earlier version left: what these were is told nowhere.`,
        ];
  if (rows === null) {
    return [
      'The store is on another machine, where rows have no seals: whether one was edited is unknown beyond what the entries tell.',
      ...erased,
    ];
  }
  const { sealed, fromBefore } = rows;
  const earlier =
    fromBefore === 0
      ? ''
      : `; of ${formatNumber(fromBefore)} from before there were seals it is not known what they were`;
  return [`${formatNumber(sealed)} rows that decisions rest on have seals${earlier}.`, ...erased];
}

function provenText({ provenUpTo, checkpoints }: LedgerReport): string {
  if (provenUpTo === null) {
    return 'No checkpoint was given: a ledger that was rewritten as a whole would pass too.';
  }
  const keys = [...new Set(checkpoints.map(({ keyId }) => keyId))].join(', ');
  return `Held against ${formatNumber(checkpoints.length)} exported ${checkpoints.length === 1 ? 'checkpoint' : 'checkpoints'} up to entry ${formatNumber(provenUpTo)}, signed by ${keys}.`;
}

const restored: Record<LedgerReport['restores'][number]['reason'], string> = {
  backup: 'a backup was restored',
  not_as_remembered: 'the store was older than this installation remembered, or was changed',
  adopted: 'a store of another installation was adopted',
};

function restoreLines({ restores }: LedgerReport): string[] {
  return restores.map(({ seq, at, reason, remembered }) => {
    const before =
      remembered === null ? '' : ` The ledger had reached entry ${formatNumber(remembered.seq)}.`;
    return `Entry ${formatNumber(seq)}, ${instantText(at)}: ${restored[reason]}.${before}`;
  });
}

function placeText({ seq }: Pick<AuditEntry, 'seq'>): string {
  return seq === null ? 'from before the chain' : `entry ${formatNumber(seq)}`;
}

function instantText(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').slice(0, 19);
}

function word(text: string): string {
  return plainText(text, wordLength);
}
