import { plainText } from '@adjutant/insights';
import type { Command } from '../command-context.ts';
import { archivesText } from '../data-text.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';

/** `adjutant archive list` */
export const archiveList: Command = async (context) =>
  withAdjutant(context, async ({ adjutant }) => {
    const data = adjutant.data(await adjutant.owner());
    const archives = await data.archives.list();
    const { archive: place } = data.retention();
    context.output.answer({ place, archives }, () =>
      [
        archivesText(archives),
        '',
        place === null ? 'Nothing is archived here.' : `They lie at ${plainText(place, 500)}.`,
      ].join('\n'),
    );
    return exitCodes.ok;
  });
