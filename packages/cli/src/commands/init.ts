import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { configFileName } from '../config/find-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { askInit } from '../init/ask-init.ts';
import { ignoreStore } from '../init/git-ignore.ts';
import { proposedAnswers } from '../init/init-answers.ts';
import { lookAround } from '../init/look-around.ts';
import { renderConfig } from '../init/render-config.ts';
import { alreadyThere, writeConfig } from '../init/write-config.ts';
import { parseInput } from '../parse-input.ts';

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
  const answers = yes ? proposedAnswers(here) : await askInit(await io.prompts(), here);
  if (answers === null) return exitCodes.interrupted;
  const path = writeConfig(here.folder, renderConfig(answers, here.repository), force);
  if (answers.ignoreStore) ignoreStore(here.folder);
  const ignored = answers.ignoreStore ? ' and added .adjutant/ to .gitignore' : '';
  const next =
    answers.repositories.length === 0
      ? 'Name a clone in it, then: adjutant sync'
      : 'Next: adjutant sync';
  output.answer({ path, ...answers }, () => `Wrote ${path}${ignored}.\n${next}`);
  return exitCodes.ok;
};

function nobodyToAsk(): AdjutantError {
  return new AdjutantError('InvalidInput', 'Nobody can be asked here: this is not a terminal.', {
    hint: 'Add --yes to take what is proposed.',
  });
}
