import type { Command } from '../command-context.ts';
import { verificationText } from '../data-text.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';

/** `adjutant archive verify` */
export const archiveVerify: Command = async (context) =>
  withAdjutant(context, async ({ adjutant }) => {
    const found = await adjutant.data(await adjutant.owner()).archives.verify();
    context.output.answer(found, () => verificationText(found));
    return found.isIntact ? exitCodes.ok : exitCodes.failed;
  });
