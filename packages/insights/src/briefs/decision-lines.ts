import type { ActionSummary } from '@adjutant/core';
import { formatMoment } from '../format.ts';
import { type BriefLine, lineOf } from './brief.ts';
import type { BriefReader } from './brief-reader.ts';

const mostActions = 50;

/** Returns the actions that wait for somebody to decide, or to say what became of them. */
export async function decisionLines(handle: BriefReader): Promise<BriefLine[]> {
  const { items } = await handle.actions.list({
    status: ['pending', 'needs_human'],
    limit: mostActions,
  });
  return items.map((action) =>
    lineOf({
      text: decisionText(action, handle.timeZone),
      about: { id: action.id, key: action.targetRef ?? action.type, title: null, url: null },
      since: action.createdAt,
      severity: action.risk === 'high' ? 'high' : 'medium',
      evidence: [action.id],
    }),
  );
}

function decisionText({ title, risk, status, expiresAt }: ActionSummary, timeZone: string): string {
  if (status === 'needs_human') return `Nobody knows whether this was carried out: ${title}.`;
  const until = expiresAt === null ? '' : ` until ${formatMoment(expiresAt, timeZone)}`;
  return `${title} (${risk ?? 'unknown'} risk) waits for a decision${until}.`;
}
