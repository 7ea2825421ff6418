import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneFinding } from '../find-one-finding.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { personName } from '../person-name.ts';
import { signalText } from '../signals-text.ts';

const inputSchema = z.object({ finding: z.string().min(1).max(100) });

/** `adjutant signals show <finding>` */
export const signalsShow: Command = async (context, raw) => {
  const { finding: named } = parseInput(inputSchema, raw);
  const { output, clock } = context;
  return withAdjutant(context, async ({ handle }) => {
    const finding = await handle.signals.get(await findOneFinding(handle.signals, named));
    const assignee = await personName(handle, finding.assignedPersonId);
    output.answer(finding, () => signalText(finding, { assignee }, clock.now(), output));
    return exitCodes.ok;
  });
};
