import type { WorkspaceHandle, WorkSummary } from '@adjutant/core';
import { neutralText } from '../../writing/neutral-text.ts';
import { instantText } from '../cards/instant-text.ts';
import { type Block, bullets, type InlineElement, lines, words } from '../cards/rich-text.ts';
import type { PersonalAnswer } from './answer-person.ts';

const dayMs = 86_400_000;
const mostShown = 10;
const mostLookedAt = 100;

/** Returns what was merged in the last day and what is open, as far as this viewer may see. */
export async function standup(handle: WorkspaceHandle, now: number): Promise<PersonalAnswer> {
  const kind = 'pull_request';
  const merged = await handle.listWork({ kind, state: 'merged', limit: mostLookedAt });
  const open = await handle.listWork({ kind, state: 'open', limit: mostLookedAt });
  const recent = merged.items.filter(
    ({ finishedAt }) => finishedAt !== null && finishedAt > now - dayMs && finishedAt <= now,
  );
  const isMore = recent.length === mostLookedAt;
  const { syncedAt, gaps } = merged.meta;
  const read = syncedAt === null ? 'nothing was read yet' : `read ${instantText(syncedAt)}`;
  return {
    text: 'What was merged since yesterday, and what is open.',
    blocks: [
      ...section(
        `Merged in the last 24 hours: ${recent.length}${isMore ? ' or more' : ''}`,
        recent,
      ),
      ...section(`Open: ${open.total}`, open.items),
      lines([[words(`${read}; ${gaps.length} known gaps`, { italic: true })]]),
    ],
  };
}

function section(title: string, items: readonly WorkSummary[]): Block[] {
  const shown = items.slice(0, mostShown).map(({ key, title: name, author, repository }) => {
    const where = `${repository ?? ''} ${key}`.trim();
    const line: InlineElement[] = [
      words(`${neutralText(where, 100)} `, { code: true }),
      words(` ${neutralText(name, 150)}`),
    ];
    return author === null ? line : [...line, words(`, ${neutralText(author, 60)}`)];
  });
  const rest = items.length - shown.length;
  const listed = rest > 0 ? [...shown, [words(`and ${rest} more`)]] : shown;
  const head = lines([[words(title, { bold: true })]]);
  return listed.length === 0 ? [head] : [head, bullets(listed)];
}
