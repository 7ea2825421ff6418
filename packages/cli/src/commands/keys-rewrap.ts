import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { counted, unreadableLines } from '../keys-text.ts';
import { withAdjutant } from '../open-adjutant.ts';

/** `adjutant keys rewrap` */
export const keysRewrap: Command = async (context) =>
  withAdjutant(context, async ({ secrets }) => {
    const result = await secrets.rewrap();
    const { keyId, rewrapped, unreadable } = result;
    context.output.answer(result, () =>
      [
        `${counted(rewrapped, 'data key')} wrapped anew; the key "${keyId}" protects them.`,
        ...unreadableLines(unreadable),
      ].join('\n'),
    );
    return unreadable.length === 0 ? exitCodes.ok : exitCodes.failed;
  });
