import { credentialName } from '@adjutant/core';
import { secretForms } from '@adjutant/core/ports';
import { credentialOf, type CredentialSystem } from '../connector-credential.ts';
import { valueOf } from '../init/variables.ts';
import { publicHosts } from '../open-adjutant.ts';
import type { SetupContext } from './cli-setup-step.ts';

/**
 * Returns what gives a vendor's token to the host that is asked: the one that was typed, else the one
 * of the environment or of the store, each only for the host that it was entered for.
 */
export function tokenFor(
  { context, opened }: SetupContext,
  system: CredentialSystem,
  { typed, variable }: { typed: string; variable: string },
): (host: string) => Promise<string> {
  const { env } = context.io;
  if (typed !== '') {
    context.secrets.push(...secretForms(typed));
    return async () => typed;
  }
  const reference = valueOf(env, variable) === null ? undefined : `\${${variable}}`;
  return credentialOf(system, 'read', reference, { env, stored: opened.stored });
}

/**
 * Stores a typed token, encrypted and for one host, and returns what the configuration says of it: the
 * name of a variable, or nothing where the store has it.
 */
export async function keepToken(
  { context, opened }: SetupContext,
  system: CredentialSystem,
  { typed, variable, host }: { typed: string; variable: string; host: string },
): Promise<{ token?: string }> {
  if (typed !== '') {
    context.secrets.push(...secretForms(typed));
    const use = { source: system.source, purpose: 'read', host } as const;
    await opened.secrets.put(credentialName(use, publicHosts), typed);
    return {};
  }
  return valueOf(context.io.env, variable) === null ? {} : { token: `\${${variable}}` };
}

/** Says where a token is, without a letter of it. */
export function tokenHint({ context }: SetupContext, variable: string): string {
  return valueOf(context.io.env, variable) === null
    ? 'It is stored encrypted and never shown again. Leave it empty to use one that is stored already.'
    : `Leave it empty to use the one in ${variable}. A typed one is stored encrypted and never shown again.`;
}
