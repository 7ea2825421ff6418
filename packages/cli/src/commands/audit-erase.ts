import type { WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command, CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOnePersonForAuthority } from '../find-one-person.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z
  .object({
    entry: z.string().min(1).max(80).optional(),
    person: z.string().min(1).max(200).optional(),
    yes: z.boolean().default(false),
  })
  .refine(({ entry, person }) => (entry === undefined) !== (person === undefined), {
    message: 'name either --entry or --person',
  });

/** `adjutant audit erase --entry <id> | --person <who> [--yes]` */
export const auditErase: Command = async (context, raw) => {
  const { entry, person, yes } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const { of, what } = await named(handle, entry, person);
    if (!yes && !(await isConfirmed(context, what))) {
      context.output.answer({ entries: 0 }, () => 'Nothing was erased.');
      return exitCodes.ok;
    }
    const { entries } = await handle.audit.erasePersonalData(of);
    context.output.answer({ entries }, () =>
      [
        `Erased from ${entries} ${entries === 1 ? 'entry' : 'entries'}: ${what}.`,
        'The chain holds, and an entry tells of it. Backups still hold what they held.',
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};

async function named(handle: WorkspaceHandle, entryId?: string, person?: string) {
  if (entryId !== undefined) {
    return { of: { entryId }, what: `what is personal of the entry ${plainText(entryId, 80)}` };
  }
  const { id, displayName } = await findOnePersonForAuthority(handle, person ?? '');
  const what = `what is personal of everything that ${plainText(displayName, 80)} did or that is about them`;
  return { of: { personId: id }, what };
}

/** @throws AdjutantError `InvalidInput` where there is nobody to ask */
async function isConfirmed({ io, output }: CommandContext, what: string): Promise<boolean> {
  if (!io.isInteractive || output.isJson) {
    throw new AdjutantError('InvalidInput', 'There is nobody to ask whether that may be erased.', {
      hint: 'Add --yes. What was erased cannot be brought back.',
    });
  }
  const message = `Erase ${what}? It cannot be brought back.`;
  return (await (await io.prompts()).confirm({ message, initial: false })) === true;
}
