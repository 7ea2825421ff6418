import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
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
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { syncOnce } from '../sync-once.ts';
import { failureIn, syncSummaryText } from '../sync-summary.ts';

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
  const read = answers.readNow
    ? await withAdjutant({ ...context, configPath: path }, async ({ adjutant, handle }) => {
        const summary = await syncOnce(context, adjutant);
        return { summary, waiting: await countWaiting(handle) };
      })
    : { summary: null, waiting: 0 };
  const { summary, waiting } = read;
  output.answer({ path, ...answers, summary, waiting }, () => {
    const ignored = answers.ignoreStore ? ' and added .adjutant/ to .gitignore' : '';
    const told = summary === null ? [] : [syncSummaryText(summary, output)];
    const review = waiting > 0 ? ', adjutant people review' : '';
    const next =
      summary === null
        ? 'Next: adjutant sync'
        : `Next: adjutant metrics${review}, adjutant mcp install --client claude`;
    return [`Wrote ${path}${ignored}.`, ...told, next].join('\n');
  });
  return summary === null || failureIn(summary) === null ? exitCodes.ok : exitCodes.failed;
};

/** How many questions about people and teams what was read leaves open. */
async function countWaiting(handle: WorkspaceHandle): Promise<number> {
  const suggestions = await handle.identitySuggestions();
  return suggestions.length + (await handle.teamProposals.list()).length;
}

function nobodyToAsk(): AdjutantError {
  return new AdjutantError('InvalidInput', 'Nobody can be asked here: this is not a terminal.', {
    hint: 'Add --yes to take what is proposed.',
  });
}
