import { AdjutantError } from '../errors.ts';
import type { KeyProvider } from './key-provider.ts';
import { type NamedKey, parseKey, refuseDoubleIds } from './parse-keys.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns a key provider over a list that is asked for each time, the current key first. This is the
 * form for a function of the host's own, such as one that asks a vault or a keychain.
 */
export function keysFrom(
  read: () => readonly NamedKey[] | Promise<readonly NamedKey[]>,
): KeyProvider {
  return {
    async currentKeyId() {
      const [current] = await read();
      if (current !== undefined) return current.id;
      throw new AdjutantError('Configuration', 'There is no key to store secrets with.', {
        hint: 'Make one with: openssl rand -base64 32',
      });
    },
    async key(keyId) {
      const found = (await read()).find(({ id }) => id === keyId);
      return found === undefined ? null : Uint8Array.from(found.key);
    },
  };
}

/**
 * Returns the keys of an environment variable, `id:base64,id:base64`; the first is the current one.
 * @throws AdjutantError `Configuration` when asked, where the variable is not set or not of that form
 */
export function environmentKeys(env: Environment, variable = 'ADJUTANT_KEYS'): KeyProvider {
  return keysFrom(() => {
    const keys = (env[variable] ?? '')
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map((text, at) => parseKey(text, `Key ${at + 1} in ${variable}`));
    refuseDoubleIds(keys, variable);
    if (keys.length > 0) return keys;
    throw new AdjutantError('Configuration', `${variable} holds no key.`, {
      hint: `Set it: export ${variable}="k1:$(openssl rand -base64 32)"`,
    });
  });
}
