import type { ActionDetail } from '@adjutant/core';
import type { Verdict } from '@adjutant/core/domain';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { actionText } from './action-text.ts';
import type { Command, CommandContext } from './command-context.ts';
import { decideAtTerminal } from './decide-at-terminal.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { findOneAction } from './find-one-action.ts';
import { type OpenAdjutant, withAdjutant } from './open-adjutant.ts';
import { parseInput } from './parse-input.ts';
import { findRunningPage, noPageWords } from './running-page.ts';
import { showWhole } from './show-whole.ts';
import { statusSentences } from './status-words.ts';
import { terminalSuffices } from './terminal-suffices.ts';

const inputSchema = z.object({
  action: z.string().min(1).max(100),
  reason: z.string().max(500).optional(),
});

interface Decision {
  verdict: Verdict;
  reason: string | undefined;
}

/**
 * Returns the command that decides one action. It wants a person at a terminal who has just seen all
 * of what is decided, and who confirms it: a script that decides would be nobody's decision.
 */
export function decideCommand(verdict: Verdict): Command {
  return async (context, raw) => {
    const { action: named, reason } = parseInput(inputSchema, raw);
    if (!context.io.isInteractive) {
      throw new AdjutantError('Permission', 'Only a person at a terminal decides.', {
        hint: 'Run it in a terminal of your own, or decide on the page: adjutant serve',
      });
    }
    return withAdjutant(context, async (opened) => {
      const action = await findOneAction(opened.handle, named);
      requirePending(action);
      const decision = { verdict, reason };
      return verdict === 'approve' && !terminalSuffices(action)
        ? leadToPage(context, opened, action, decision)
        : askAndDecide(context, opened, action, decision);
    });
  };
}

function requirePending({ id, status }: ActionDetail): void {
  if (status === 'pending') return;
  throw new AdjutantError('Conflict', `There is nothing to decide. ${statusSentences[status]}`, {
    hint:
      status === 'needs_human'
        ? `Look at the target, then: adjutant actions resolve ${id} happened|did-not-happen --reason "…"`
        : `To see all of it: adjutant actions show ${id}`,
  });
}

async function askAndDecide(
  { io, output, clock }: CommandContext,
  { handle }: OpenAdjutant,
  action: ActionDetail,
  decision: Decision,
): Promise<ExitCode> {
  const prompts = await io.prompts();
  const isSeen = await showWhole(prompts, actionText(action, clock.now(), output));
  const message = decision.verdict === 'approve' ? 'Approve exactly this?' : 'Decline it?';
  if (!isSeen || (await prompts.confirm({ message, initial: false })) !== true) {
    output.answer(action, () => 'Nothing was decided.');
    return exitCodes.failed;
  }
  const decided = await decideAtTerminal(handle, action, decision);
  output.answer(decided, () => `Noted. ${statusSentences[decided.status]}`);
  return exitCodes.ok;
}

/** A terminal proves too little for it: nothing is asked here, and the page is named instead. */
async function leadToPage(
  { io, output, clock }: CommandContext,
  opened: OpenAdjutant,
  action: ActionDetail,
  decision: Decision,
): Promise<ExitCode> {
  (await io.prompts()).show(actionText(action, clock.now(), output));
  const refusal = await refusedAtTerminal(opened, action, decision);
  const { adjutant } = opened;
  const running = await findRunningPage(opened);
  const maker = await adjutant.owner();
  const made = await running?.makeLink({ maker, actionId: action.id });
  const page = running?.addressOf(action.id) ?? null;
  const answer = { actionId: action.id, status: action.status, page, signIn: made?.link ?? null };
  output.answer(answer, () =>
    [
      `Nothing was decided: ${refusal.message} It takes a passkey, on the page.`,
      ...(page === null
        ? [noPageWords]
        : [`Open it: ${page}`, `Not signed in there? Once, within five minutes: ${made?.link}`]),
    ].join('\n'),
  );
  return exitCodes.failed;
}

/** Core is asked all the same: it refuses, and that somebody tried here stands in the ledger. */
async function refusedAtTerminal(
  { handle }: OpenAdjutant,
  action: ActionDetail,
  decision: Decision,
): Promise<AdjutantError> {
  try {
    await decideAtTerminal(handle, action, decision);
  } catch (error) {
    if (AdjutantError.isInstance(error) && error.code === 'Permission') return error;
    throw error;
  }
  throw new AdjutantError('Internal', 'A terminal was enough for what needs more.', {
    hint: `Stop it now: adjutant actions withdraw ${action.id}`,
  });
}
