import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { suggestionsText } from '../people-text.ts';
import { proposalsText } from '../proposals-text.ts';
import { reviewAtTerminal } from '../review-at-terminal.ts';

/** `adjutant people review`: asks at a terminal, lists anywhere else. */
export const peopleReview: Command = async (context) => {
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
};
