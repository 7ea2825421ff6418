import type { CheckItem, CheckReport, TeamProposal } from '@adjutant/core';
import { formatNumber, plainText } from '@adjutant/insights';
import { type Check, failed, note, ok } from './checks.ts';

/** Looked at already, whether a source is configured or not. */
const seenElsewhere = new Set(['git_version']);

/** Returns what each source says of its access: who we are there, what is held, what is missing. */
export function sourceChecks(reports: readonly { source: string; report: CheckReport }[]): Check[] {
  return reports.flatMap(({ source, report }) => [
    ...identityCheck(source, report.identity),
    ...report.items.filter(({ id }) => !seenElsewhere.has(id)).map((item) => toCheck(source, item)),
  ]);
}

function identityCheck(source: string, identity: string | null): Check[] {
  if (identity === null) return [];
  return [ok(`${source}_identity`, `${source}: read as ${plainText(identity, 100)}`)];
}

function toCheck(source: string, item: CheckItem): Check {
  const id = `${source}_${item.id}`;
  const message = plainText(item.message, 300);
  if (item.ok) return ok(id, message);
  const hint = plainText(item.hint ?? 'See the page of this connector.', 300);
  return item.optional === true ? note(id, message, hint) : failed(id, message, hint);
}

/** Returns a note where something about teams waits for an answer. */
export function proposalChecks(proposals: readonly TeamProposal[]): Check[] {
  const { length } = proposals;
  if (length === 0) return [];
  const what = 'about teams, members and owners';
  const message =
    length === 1
      ? `1 proposal ${what} waits for an answer.`
      : `${formatNumber(length)} proposals ${what} wait for an answer.`;
  return [note('proposals', message, 'Run: adjutant people review')];
}
