import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { GatewayContext } from '../../gateway-context.ts';
import type { SetupSteps, SetupValues } from '../../setup/setup-steps.ts';
import { type AnyForm, defineForm } from './define-form.ts';

/** What is chosen of what the other side listed is sent beside what was typed. */
const chosenSuffix = '.chosen';
const valuesSchema = z.record(
  z.string().max(100),
  z.union([z.string().max(100_000), z.array(z.string().max(500)).max(10_000)]),
);

/** Setting the installation up, step by step. */
export const setupForms: readonly AnyForm[] = [
  defineForm({
    path: 'setup/check',
    role: 'admin',
    body: valuesSchema,
    async perform({ gateway, body }) {
      const { step, values } = stepOf(body);
      return await stepsOf(gateway).check(step, values);
    },
  }),
  defineForm({
    path: 'setup/apply',
    role: 'admin',
    body: valuesSchema,
    async perform({ gateway, body }) {
      const { step, values } = stepOf(body);
      const { said, needsRestart } = await stepsOf(gateway).apply(step, values);
      return {
        said: needsRestart
          ? `${said} It holds once this process is started anew: stop it with Ctrl-C and run "adjutant serve" again.`
          : said,
      };
    },
  }),
  defineForm({
    path: 'setup/skip',
    role: 'admin',
    body: z.strictObject({ step: z.string().min(1).max(100), skipped: z.enum(['yes', 'no']) }),
    async perform({ gateway, body: { step, skipped } }) {
      await stepsOf(gateway).skip(step, skipped === 'yes');
      return { said: skipped === 'yes' ? 'Left out.' : 'Back again.' };
    },
  }),
];

function stepsOf({ setup }: GatewayContext): SetupSteps {
  if (setup !== null) return setup;
  throw new AdjutantError('NotFound', 'This installation is set up by the program around it.');
}

/** Returns the step and its values; what was chosen joins what was typed, a line each. */
function stepOf(body: z.infer<typeof valuesSchema>): { step: string; values: SetupValues } {
  const { step, ...given } = body;
  if (typeof step !== 'string') throw new AdjutantError('InvalidInput', 'No step was named.');
  const values: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(given)) {
    if (name.endsWith(chosenSuffix)) continue;
    const chosen = given[`${name}${chosenSuffix}`];
    if (!Array.isArray(chosen)) {
      values[name] = value;
      continue;
    }
    const typed = typeof value === 'string' ? value.split(/[\n,]/) : value;
    const all = [...typed, ...chosen].map((line) => line.trim()).filter((line) => line !== '');
    values[name] = [...new Set(all)];
  }
  return { step, values };
}
