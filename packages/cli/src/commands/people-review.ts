import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { suggestionsText, suggestionText } from '../people-text.ts';

const choices = [
  { value: 'same', label: 'One person', hint: 'merge; can be undone' },
  { value: 'skip', label: 'Not sure, or not one' },
  { value: 'stop', label: 'Stop here' },
] as const;

/** `adjutant people review`: asks at a terminal, lists anywhere else. */
export const peopleReview: Command = async (context) => {
  const { io, output } = context;
  return withAdjutant(context, async ({ handle }) => {
    const suggestions = await handle.identitySuggestions();
    if (!io.isInteractive || output.isJson || suggestions.length === 0) {
      output.answer({ suggestions }, () => suggestionsText(suggestions));
      return exitCodes.ok;
    }
    const prompts = await io.prompts();
    let merged = 0;
    for (const suggestion of suggestions) {
      const answer = await prompts.choose({ message: suggestionText(suggestion), choices });
      if (answer === null || answer === 'stop') break;
      if (answer === 'skip') continue;
      const change = await handle.mergePeople(suggestion.fromPersonId, suggestion.toPersonId);
      prompts.note(`Merged. To take it back: adjutant people undo ${change.id}`);
      merged += 1;
    }
    output.answer({ merged }, () => `${merged} merged.`);
    return exitCodes.ok;
  });
};
