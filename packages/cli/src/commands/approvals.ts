import { actionsText } from '../actions-text.ts';
import { approveAtTerminal } from '../approve-at-terminal.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';

const shown = 50;

/** `adjutant approvals`: an inbox at a terminal, a list anywhere else. */
export const approvals: Command = async (context) => {
  const { io, output, clock } = context;
  return withAdjutant(context, async (opened) => {
    const { handle } = opened;
    const page = await handle.actions.list({ status: ['pending'], limit: shown });
    if (page.items.length === 0) {
      output.answer(page, () => 'Nothing waits for a decision.');
      return exitCodes.ok;
    }
    if (!io.isInteractive || output.isJson) {
      output.answer(page, () => actionsText(page.items, page.total, clock.now(), output));
      return exitCodes.ok;
    }
    const counts = await approveAtTerminal(context, await io.prompts(), opened);
    output.answer(
      counts,
      () => `${counts.approved} approved, ${counts.declined} declined, ${counts.left} left.`,
    );
    const worker = await handle.actions.worker();
    if (counts.approved > 0 && !worker.running) {
      output.warn(`No process carries them out. To start one: ${worker.start}`);
    }
    return exitCodes.ok;
  });
};
