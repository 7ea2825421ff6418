import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { configFileName } from '../config/find-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { askInit } from '../init/ask-init.ts';
import { firstReading, initText } from '../init/first-reading.ts';
import { ignoreStore } from '../init/git-ignore.ts';
import { proposedAnswers } from '../init/init-answers.ts';
import { lookAround } from '../init/look-around.ts';
import { renderConfig } from '../init/render-config.ts';
import { alreadyThere, writeConfig } from '../init/write-config.ts';
import { parseInput } from '../parse-input.ts';
import { trustWritten } from '../trust/trust-written.ts';
import { failureIn } from '../sync-summary.ts';

const inputSchema = z.object({
  yes: z.boolean().default(false),
  force: z.boolean().default(false),
});

/** `adjutant init` */
export const init: Command = async (context, raw) => {
  const { io, output } = context;
  const { yes, force } = parseInput(inputSchema, raw);
  const isThere = existsSync(join(io.cwd, configFileName));
  if (isThere && !force) throw alreadyThere(join(io.cwd, configFileName));
  if (!yes && (!io.isInteractive || output.isJson)) throw nobodyToAsk();
  const here = await lookAround(context);
  const answers = yes ? proposedAnswers(here) : await askInit(await io.prompts(), here, context);
  if (answers === null) return exitCodes.interrupted;
  const text = renderConfig(answers, here.repository);
  const path = trustWritten(context, join(here.folder, configFileName), () =>
    writeConfig(here.folder, text, force),
  );
  if (answers.ignoreStore) ignoreStore(here.folder);
  const { summary, waiting } = answers.readNow
    ? await firstReading({ ...context, configPath: path })
    : { summary: null, waiting: 0 };
  output.answer({ path, ...answers, summary, waiting }, () =>
    initText({ path, isIgnored: answers.ignoreStore, summary, waiting }, output),
  );
  return summary === null || failureIn(summary) === null ? exitCodes.ok : exitCodes.failed;
};

function nobodyToAsk(): AdjutantError {
  return new AdjutantError('InvalidInput', 'Nobody can be asked here: this is not a terminal.', {
    hint: 'Add --yes to take what is proposed.',
  });
}
