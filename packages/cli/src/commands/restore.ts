import { resolve } from 'node:path';
import { restoreBackup, type RestoredBackup } from '@adjutant/core';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { loadConfig } from '../config/load-config.ts';
import { confirmAtTerminal } from '../confirm-at-terminal.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  from: z.string().min(1).max(4_000),
  replace: z.boolean().default(false),
  yes: z.boolean().default(false),
});

/** `adjutant restore <from> [--replace] [--yes]` */
export const restore: Command = async (context, raw) => {
  const { from, replace, yes } = parseInput(inputSchema, raw);
  const { config, folder } = loadConfig(context);
  const aside = 'What is there is set aside beside it.';
  const asked = `Put ${plainText(from, 500)} in the place of the store? ${aside}`;
  if (!yes && !(await confirmAtTerminal(context, asked, aside))) {
    context.output.answer({ path: null }, () => 'Nothing was restored.');
    return exitCodes.ok;
  }
  const restored = await restoreBackup({
    from: resolve(context.io.cwd, from),
    to: config.store,
    baseDirectory: folder,
    replaceNewer: replace,
    clock: context.clock,
  });
  context.output.answer(restored, () => restoredText(restored));
  return exitCodes.ok;
};

function restoredText({ path, setAside, erasedSince }: RestoredBackup): string {
  const erased = erasedSince.map(({ personId }) => `  adjutant people erase ${personId}`);
  return [
    `The store at ${plainText(path, 500)} is the backup now; its ledger verifies.`,
    ...(setAside === null ? [] : [`What was there lies at ${plainText(setAside, 500)}.`]),
    ...(erased.length === 0
      ? []
      : [
          '',
          'These were erased after the backup was taken, and are in it. Erase them again:',
          ...erased,
        ]),
  ].join('\n');
}
