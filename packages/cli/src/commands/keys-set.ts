import { isSecretName } from '@adjutant/core';
import { AdjutantError, secretForms } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  // Checked before anybody types a secret. The message does not quote it: it may be the secret.
  name: z.string().refine(isSecretName, 'write a name such as connector:github:read'),
});

/** `adjutant keys set <name>` */
export const keysSet: Command = async (context, raw) => {
  const { io, output } = context;
  const { name } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ secrets, keys }) => {
    const replaced = (await secrets.list()).some((secret) => secret.name === name);
    const value = await read(io, `Value of ${name}${replaced ? ', in place of the old one' : ''}`);
    if (value === null) return exitCodes.interrupted;
    context.secrets.push(...secretForms(value));
    await secrets.put(name, value);
    const text = [
      `${name} is ${replaced ? 'replaced' : 'stored'}.`,
      `Its key is in ${keys.place}: keep a copy of that apart from the store.`,
    ].join('\n');
    output.answer({ name, replaced, place: keys.place }, () => text);
    return exitCodes.ok;
  });
};

async function read(
  { readSecret }: Parameters<Command>[0]['io'],
  message: string,
): Promise<string | null> {
  if (readSecret !== undefined) return readSecret(message);
  throw new AdjutantError('InvalidInput', 'There is nobody to ask for the secret.', {
    hint: 'Pipe it in: pass show github | adjutant keys set connector:github:read',
  });
}
