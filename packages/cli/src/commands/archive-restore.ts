import { formatNumber, plainText } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { confirmAtTerminal } from '../confirm-at-terminal.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  archive: z.string().min(1).max(200),
  yes: z.boolean().default(false),
});

/** `adjutant archive restore <archive> [--yes]` */
export const archiveRestore: Command = async (context, raw) => {
  const { archive, yes } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ adjutant }) => {
    const again = 'The next purge archives them again unless they are kept for longer by then.';
    const asked = `Put the rows of ${plainText(archive, 200)} back? ${again}`;
    if (!yes && !(await confirmAtTerminal(context, asked, again))) {
      const nothing = { archiveId: archive, rows: 0, present: 0 };
      context.output.answer(nothing, () => 'Nothing was put back.');
      return exitCodes.ok;
    }
    const restored = await adjutant.data(await adjutant.owner()).archives.restore(archive);
    context.output.answer(restored, () =>
      [
        `${formatNumber(restored.rows)} rows are back, ${formatNumber(restored.present)} were there.`,
        again,
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};
