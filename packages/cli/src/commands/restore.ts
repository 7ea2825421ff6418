import { resolve } from 'node:path';
import { restoreBackup } from '@adjutant/core';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { loadConfig } from '../config/load-config.ts';
import { confirmAtTerminal } from '../confirm-at-terminal.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseInput } from '../parse-input.ts';
import { restoredText } from '../restored-text.ts';
import { installationMemory } from '../trust/installation-memory.ts';

const inputSchema = z.object({
  from: z.string().min(1).max(4_000),
  replace: z.boolean().default(false),
  yes: z.boolean().default(false),
});

/** `adjutant restore <from> [--replace] [--yes]` */
export const restore: Command = async (context, raw) => {
  const { from, replace, yes } = parseInput(inputSchema, raw);
  const loaded = await loadConfig(context);
  const { config, folder } = loaded;
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
    installation: installationMemory(context.io, loaded),
  });
  context.output.answer(restored, () => restoredText(restored));
  return exitCodes.ok;
};
