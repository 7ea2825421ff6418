import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { suggestionsText, unmatchedText } from '../people-text.ts';
import { proposalsText } from '../proposals-text.ts';
import { reviewAtTerminal } from '../review-at-terminal.ts';

const inputSchema = z
  .object({
    unmatched: z.boolean().default(false),
    source: z.string().min(1).max(60).optional(),
  })
  .refine(({ unmatched, source }) => unmatched || source === undefined, {
    path: ['source'],
    message: 'goes with --unmatched',
  });

/** `adjutant people review [--unmatched [--source name]]`: asks at a terminal, lists anywhere else. */
export const peopleReview: Command = async (context, raw) => {
  const { unmatched, source } = parseInput(inputSchema, raw);
  return unmatched ? await listUnmatched(context, source) : await review(context);
};

function listUnmatched(context: Parameters<Command>[0], source: string | undefined) {
  return withAdjutant(context, async ({ handle }) => {
    const found = await handle.identityReview.unmatched({ source });
    context.output.answer(found, () => unmatchedText(found));
    return exitCodes.ok;
  });
}

function review(context: Parameters<Command>[0]) {
  const { io, output } = context;
  return withAdjutant(context, async ({ handle }) => {
    const suggestions = await handle.identitySuggestions();
    const proposals = await handle.teamProposals.list();
    const isNothing = suggestions.length === 0 && proposals.length === 0;
    if (!io.isInteractive || output.isJson || isNothing) {
      output.answer({ suggestions, proposals }, () =>
        [
          suggestionsText(suggestions),
          ...(proposals.length === 0 ? [] : ['', proposalsText(proposals, output)]),
        ].join('\n'),
      );
      return exitCodes.ok;
    }
    const prompts = await io.prompts();
    const counts = await reviewAtTerminal(prompts, handle);
    output.answer(
      counts,
      () => `${counts.merged} merged, ${counts.accepted} accepted, ${counts.dismissed} dismissed.`,
    );
    return exitCodes.ok;
  });
}
