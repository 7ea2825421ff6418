import { approversText } from '../approvers-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';

/** `adjutant approvers list`, and `adjutant approvers` */
export const approversList: Command = async (context) =>
  withAdjutant(context, async ({ adjutant }) => {
    const approvers = adjutant.approvers();
    const { assurance, reasons, nextStep } = await approvers.grade();
    const answer = {
      grants: await approvers.list(),
      passkeys: await approvers.listPasskeys(),
      grade: { assurance, reasons, nextStep },
    };
    context.output.answer(answer, () => approversText(answer, context.output));
    return exitCodes.ok;
  });
