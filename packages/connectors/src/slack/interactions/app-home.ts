import type { WorkspaceHandle } from '@adjutant/core';
import { instantText } from '../cards/instant-text.ts';
import { type Block, lines, words } from '../cards/rich-text.ts';
import { answerOf } from './answer-after.ts';
import { type PersonalAnswer, said } from './answer-person.ts';
import { howToBeMapped } from './decide-by-press.ts';
import type { Desk } from './desk.ts';
import { plain, showView } from './personal-view.ts';
import { accountOf, type SlackActor } from './request-form.ts';
import { waitingBlocks, whereToDecide } from './waiting-actions.ts';

/** As many as Slack takes in a view. */
const mostBlocks = 100;
const mostActions = 25;

/**
 * Shows somebody, in their own home tab, what waits for a decision and what needs them today: what
 * they may see and no more. Never rejects.
 */
export async function publishHome(desk: Desk, actor: SlackActor): Promise<void> {
  const { blocks = [] } = await answerOf(desk, () => homeOf(desk, actor));
  const place = { method: 'views.publish', user_id: actor.externalId } as const;
  await showView(desk, place, { type: 'home', blocks: blocks.slice(0, mostBlocks) });
}

async function homeOf(desk: Desk, actor: SlackActor): Promise<PersonalAnswer> {
  const { adjutant, workspaceId, clock, config } = desk;
  const viewer = await adjutant.approvers(workspaceId).viewerOf(accountOf(actor));
  if (viewer === null) return said(howToBeMapped);
  const handle = adjutant.workspace(workspaceId).as(viewer);
  const now = clock.now();
  const pageUrl = config.approvals?.pageUrl ?? null;
  const blocks = [
    heading('What waits for a decision'),
    ...(await waitingBlocks(handle, { now, pageUrl, most: mostActions })),
    whereToDecide(pageUrl),
    ...(await todayBlocks(desk, handle)),
    lines([
      [words(`As of ${instantText(now)}. Open this tab again for the present state.`, small)],
    ]),
  ];
  return { text: 'Home', blocks };
}

/** What cannot be made leaves room for the rest. */
async function todayBlocks(desk: Desk, handle: WorkspaceHandle): Promise<readonly Block[]> {
  const { brief } = desk;
  if (brief === null) return [];
  const { blocks = [] } = await answerOf(desk, () => brief(handle, 'today'));
  return blocks;
}

const small = { italic: true } as const;

function heading(text: string): Block {
  return { type: 'header', text: plain(text) };
}
