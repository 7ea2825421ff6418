import type { ActionSummary, WorkspaceHandle } from '@adjutant/core';
import { neutralText } from '../../writing/neutral-text.ts';
import { instantText } from '../cards/instant-text.ts';
import {
  type Block,
  bullets,
  type InlineElement,
  lines,
  linkTo,
  words,
} from '../cards/rich-text.ts';

const hourMs = 3_600_000;

/**
 * Returns what waits for somebody, the riskiest first and of one risk the oldest first; after it what
 * needs a person to look. Everything as this viewer may see it.
 */
export async function waitingBlocks(
  handle: WorkspaceHandle,
  { now, pageUrl, most }: { now: number; pageUrl: string | null; most: number },
): Promise<Block[]> {
  const status = ['pending', 'needs_human'] as const;
  const { items, total } = await handle.actions.list({ status, limit: most });
  if (total === 0) return [lines([[words('Nothing waits for a decision.')]])];
  const listed = items.map((action) => actionLine(action, { now, pageUrl }));
  const rest = total - items.length;
  return [
    lines([[words(`Waits for somebody: ${total}`, { bold: true })]]),
    bullets(rest > 0 ? [...listed, [words(`and ${rest} more`)]] : listed),
  ];
}

/** Returns where to decide, and what a card's buttons are for. */
export function whereToDecide(pageUrl: string | null): Block {
  const page = linkTo(pageUrl, 'the approvals page');
  return lines([
    [
      words('Decide with the buttons of its card, or on '),
      pageUrl === null ? words('the page of "adjutant serve"') : page,
      words('.'),
    ],
  ]);
}

function actionLine(
  { id, title, risk, status, targetRef, sponsorName, createdAt, expiresAt }: ActionSummary,
  { now, pageUrl }: { now: number; pageUrl: string | null },
): InlineElement[] {
  const url =
    pageUrl === null ? null : `${pageUrl.replace(/\/+$/, '')}/actions/${encodeURIComponent(id)}`;
  const target = targetRef === null ? '' : `, ${neutralText(targetRef, 120)}`;
  const whom = sponsorName === null ? '' : `, for ${neutralText(sponsorName, 80)}`;
  const until = expiresAt === null ? '' : `; until ${instantText(expiresAt)}`;
  const what =
    status === 'needs_human' ? 'nobody knows whether it was done' : ageText(now - createdAt);
  return [
    words(`${risk ?? 'unknown'} risk`, { bold: true }),
    words(' '),
    linkTo(url, neutralText(title, 120)),
    words(`${target}${whom} (${what}${until})`),
  ];
}

function ageText(ageMs: number): string {
  const hours = Math.floor(ageMs / hourMs);
  if (hours < 1) return 'new';
  return hours < 48 ? `${hours} h old` : `${Math.floor(hours / 24)} days old`;
}
