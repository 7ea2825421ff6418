import type {
  AnyActionDefinition,
  ConfiguredConnector,
  CredentialProvider,
  CredentialPurpose,
} from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { GithubSection } from './config/github-schema.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const publicHost = 'api.github.com';

/**
 * Returns the connector for GitHub, loaded only where it is configured. A credential comes from the
 * variable that the configuration names, else from the stored secrets; reading and writing have one each.
 */
export async function configuredGithub(
  section: GithubSection,
  env: Environment,
  stored: CredentialProvider,
): Promise<ConfiguredConnector> {
  const { github } = await import('@adjutant/connectors/github');
  const { token, writeToken, app, ...rest } = section;
  const read = credentialOf('read', app?.privateKey ?? token, env, stored);
  return github({
    ...withoutUndefined(rest),
    ...(app === undefined
      ? { token: read }
      : {
          app: {
            appId: app.appId,
            installationId: Number(app.installationId),
            privateKey: read,
          },
        }),
    writeToken: credentialOf('write', writeToken, env, stored),
  });
}

function credentialOf(
  purpose: CredentialPurpose,
  reference: string | undefined,
  env: Environment,
  stored: CredentialProvider,
): (host: string) => Promise<string> {
  return async (host) => {
    const variable = reference?.slice(2, -1);
    if (reference !== undefined && env[variable ?? '']) return credentialFrom(reference, env)(host);
    const value = await stored({ source: 'github', purpose, host });
    if (value !== null) return value;
    const name = `connector:github:${purpose}${host === publicHost ? '' : `@${host}`}`;
    const asked = variable === undefined ? '' : ` The environment variable ${variable} is not set.`;
    throw new AdjutantError(
      'Configuration',
      `There is no credential to ${purpose} GitHub at ${host}.${asked}`,
      { hint: `Store one: adjutant keys set ${name}` },
    );
  };
}

/**
 * Returns a function that gives a credential to the one host that it was entered for. Which host that
 * is stands beside it in the environment, so that no file found in somebody's folder can send it
 * elsewhere.
 */
export function credentialFrom(reference: string, env: Environment): (host: string) => string {
  const name = reference.slice(2, -1);
  return (host) => {
    const value = env[name];
    if (value === undefined || value === '') {
      throw new AdjutantError('Configuration', `The environment variable ${name} is not set.`, {
        hint: `Set it, for example with "export ${name}=…", and try again.`,
      });
    }
    const boundHost = hostIn(env[`${name}_HOST`]);
    if (boundHost === host) return value;
    throw new AdjutantError(
      'Configuration',
      `The credential in ${name} was entered for ${boundHost}; the base URL names ${host}, which got nothing.`,
      {
        hint: `If it was made for ${host}, say so beside it: export ${name}_HOST=${host}`,
      },
    );
  };
}

function hostIn(text: string | undefined): string {
  if (text === undefined || text === '') return publicHost;
  const url = text.includes('://') ? text : `https://${text}`;
  if (!URL.canParse(url)) return 'an address that cannot be read';
  const { host } = new URL(url);
  return host === 'github.com' ? publicHost : host;
}

/** An option that is not given has the connector's default, which `undefined` would be too. */
function withoutUndefined<Section extends object>(
  section: Section,
): { [Key in keyof Section]: Exclude<Section[Key], undefined> } {
  const given = Object.entries(section).filter(([, value]) => value !== undefined);
  // The keys stay; only those without a value go.
  return Object.fromEntries(given) as { [Key in keyof Section]: Exclude<Section[Key], undefined> };
}

/** Returns what an assistant may propose at GitHub. No credential goes with it: nothing is carried out there. */
export async function proposableGithubActions(
  section: GithubSection,
): Promise<readonly AnyActionDefinition[]> {
  const { definition, config } = await configuredGithub(section, {}, async () => null);
  return definition.actions?.(config) ?? [];
}
