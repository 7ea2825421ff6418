import type { ActionTypeView } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { actionTypesText, actionTypeText } from '../action-types-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { nearestName } from '@adjutant/core/ports';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ type: z.string().min(1).max(80).optional() });

/** `adjutant actions types [type]` */
export const actionsTypes: Command = async (context, raw) => {
  const { output } = context;
  const { type: named } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const types = await handle.actions.types();
    if (named === undefined) output.answer({ types }, () => actionTypesText(types, output));
    else {
      const type = findType(types, named);
      output.answer(type, () => actionTypeText(type, output));
    }
    return exitCodes.ok;
  });
};

function findType(types: readonly ActionTypeView[], named: string): ActionTypeView {
  const found = types.find(({ id }) => id === named);
  if (found !== undefined) return found;
  const meant = nearestName(
    named,
    types.map(({ id }) => id),
  );
  throw new AdjutantError('NotFound', `Nothing of type "${named.slice(0, 80)}" can be proposed.`, {
    hint: `${meant === null ? '' : `Did you mean ${meant}? `}"adjutant actions types" lists what can; a connector with a write token brings its own.`,
  });
}
