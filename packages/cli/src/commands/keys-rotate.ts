import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { rotationText } from '../keys-text.ts';
import { withAdjutant } from '../open-adjutant.ts';

/** `adjutant keys rotate` */
export const keysRotate: Command = async (context) =>
  withAdjutant(context, async ({ secrets, keys }) => {
    const used = (await secrets.keys()).filter(({ dataKeys }) => dataKeys > 0);
    const earlier = used.map(({ keyId }) => keyId);
    const isUnfinished = await secrets.hasUnfinishedRotation();
    // Cut off before it began to use its new key, a rotation must not make another one.
    if (keys.file !== null && !isUnfinished && earlier.includes(await keys.file.currentKeyId())) {
      await keys.file.addKey();
    }
    const result = await secrets.rotate();
    context.output.answer(result, () => rotationText(result, earlier));
    return result.unreadable.length === 0 ? exitCodes.ok : exitCodes.failed;
  });
