import { AdjutantError } from '@adjutant/core/ports';
import { hostIn } from './connector-credential.ts';
import { storeTokenVariable } from './trust/credentials.ts';
import { storePlace } from './trust/store-place.ts';

const hostVariable = `${storeTokenVariable}_HOST`;

/**
 * Returns the token of a remote store as an option of `createAdjutant`. It goes to the host that stands
 * beside it in the environment, or else to the one that a person trusted it with; a file gets none.
 * @throws AdjutantError `Configuration` where the configuration names another host
 */
export function storeTokenFor(
  store: string,
  env: Readonly<Record<string, string | undefined>>,
): { authToken?: string } {
  const token = env[storeTokenVariable];
  const { host } = storePlace(store, '/');
  if (token === undefined || token === '' || host === null) return {};
  const bound = hostIn(env[hostVariable]);
  if (bound === null || bound === host) return { authToken: token };
  throw new AdjutantError(
    'Configuration',
    `The token in ${storeTokenVariable} was entered for ${bound}; the configuration names ${host}, which got nothing.`,
    { hint: `If it was made for ${host}, say so beside it: export ${hostVariable}=${host}` },
  );
}
