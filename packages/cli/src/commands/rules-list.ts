import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { rulesText } from '../rules-text.ts';

/** `adjutant rules list`, and `adjutant rules` */
export const rulesList: Command = async (context) =>
  withAdjutant(context, async ({ handle }) => {
    const rules = await handle.signals.rules();
    context.output.answer({ rules }, () => rulesText(rules, context.output));
    return exitCodes.ok;
  });
