import type { ActionSummary, WorkspaceHandle } from '@adjutant/core';
import { actionText, shortActionId } from './actions-text.ts';
import type { CommandContext } from './command-context.ts';
import { decideAtTerminal, terminalSuffices } from './decide-at-terminal.ts';
import type { Choice, Prompts } from './prompts.ts';

type Answer = 'approve' | 'decline' | 'skip' | 'stop';

const pageSize = 200;
const approve: Choice<Answer> = { value: 'approve', label: 'Approve' };
const others: readonly Choice<Answer>[] = [
  { value: 'decline', label: 'Decline' },
  { value: 'skip', label: 'Not now' },
  { value: 'stop', label: 'Stop here' },
];

export interface InboxCounts {
  approved: number;
  declined: number;
  left: number;
}

/** Goes through what waits for a decision, one by one. @returns what was decided */
export async function approveAtTerminal(
  context: CommandContext,
  prompts: Prompts,
  handle: WorkspaceHandle,
): Promise<InboxCounts> {
  const counts: InboxCounts = { approved: 0, declined: 0, left: 0 };
  const waiting = (await handle.actions.list({ status: ['pending'], limit: pageSize })).items;
  for (const [position, summary] of waiting.entries()) {
    const answer = await askAbout(context, prompts, handle, summary);
    if (answer === 'stop') return { ...counts, left: waiting.length - position };
    if (answer === 'skip') counts.left += 1;
    else counts[answer === 'approve' ? 'approved' : 'declined'] += 1;
  }
  return counts;
}

async function askAbout(
  { clock, output }: CommandContext,
  prompts: Prompts,
  handle: WorkspaceHandle,
  { id }: ActionSummary,
): Promise<Answer> {
  const action = await handle.actions.get(id);
  if (action.status !== 'pending') return 'skip';
  prompts.note(actionText(action, clock.now(), output));
  const suffices = terminalSuffices(action);
  if (!suffices) {
    prompts.note(
      `A terminal proves too little for this. Approve it with a passkey on the page: adjutant serve`,
    );
  }
  const message = `${shortActionId(id)}: what is your decision?`;
  const choices = suffices ? [approve, ...others] : others;
  const answer = (await prompts.choose({ message, choices })) ?? 'stop';
  if (answer === 'skip' || answer === 'stop') return answer;
  const reason = await prompts.text({ message: 'Why? (may be empty)', initial: '' });
  if (reason === null) return 'skip';
  const decided = await decideAtTerminal(handle, action, {
    verdict: answer,
    ...(reason === '' ? {} : { reason }),
  });
  prompts.note(`It is ${decided.status.replaceAll('_', ' ')} now.`);
  return answer;
}
