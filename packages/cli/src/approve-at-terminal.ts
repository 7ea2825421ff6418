import type { ActionSummary } from '@adjutant/core';
import { actionText } from './action-text.ts';
import { shortActionId } from './actions-text.ts';
import type { CommandContext } from './command-context.ts';
import { decideAtTerminal } from './decide-at-terminal.ts';
import type { OpenAdjutant } from './open-adjutant.ts';
import type { Choice, Prompts } from './prompts.ts';
import { findRunningPage, noPageWords } from './running-page.ts';
import { showWhole } from './show-whole.ts';
import { statusSentences } from './status-words.ts';
import { terminalSuffices } from './terminal-suffices.ts';

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
  opened: OpenAdjutant,
): Promise<InboxCounts> {
  const counts = { approved: 0, declined: 0 };
  const { actions } = opened.handle;
  const { items, total } = await actions.list({ status: ['pending'], limit: pageSize });
  for (const summary of items) {
    const answer = await askAbout(context, prompts, opened, summary);
    if (answer === 'stop') break;
    if (answer !== 'skip') counts[answer === 'approve' ? 'approved' : 'declined'] += 1;
  }
  return { ...counts, left: total - counts.approved - counts.declined };
}

async function askAbout(
  { clock, output }: CommandContext,
  prompts: Prompts,
  opened: OpenAdjutant,
  { id }: ActionSummary,
): Promise<Answer> {
  const { handle } = opened;
  const action = await handle.actions.get(id);
  if (action.status !== 'pending') return 'skip';
  const isSeen = await showWhole(prompts, actionText(action, clock.now(), output));
  const suffices = isSeen && terminalSuffices(action);
  if (!terminalSuffices(action)) {
    const page = await findRunningPage(opened);
    const way =
      page === null
        ? noPageWords
        : `Open it: ${page.addressOf(id)} (not signed in there? adjutant approvals link)`;
    prompts.show(`A terminal proves too little for this; it takes a passkey.\n${way}`);
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
  prompts.note(`Noted. ${statusSentences[decided.status]}`);
  return answer;
}
