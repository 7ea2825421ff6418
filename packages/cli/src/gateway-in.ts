import { type RelyingParty, storedCredential } from '@adjutant/core';
import { secretForms } from '@adjutant/core/ports';
import type { ServeGatewayOptions } from '@adjutant/gateway';
import type { Config } from './config/config-schema.ts';
import { credentialOf, type CredentialSystem } from './connector-credential.ts';
import type { Io } from './io.ts';
import type { OpenAdjutant } from './open-adjutant.ts';

/** Sent to no host that is not named beside it: no provider is a vendor of ours. */
const oidcCredentials: CredentialSystem = {
  source: 'oidc',
  title: 'the sign-in provider',
  publicHost: null,
  isVendors: () => false,
};

/** Returns whom passkeys are made for, where the page is not on this machine; null where it is. */
export function relyingPartyIn({ gateway }: Config): RelyingParty | null {
  const origin = gateway?.origin;
  const hostname = URL.parse(origin ?? '')?.hostname;
  if (origin === undefined || hostname === undefined || hostname === 'localhost') return null;
  return { id: hostname, name: 'Adjutant', origins: [origin] };
}

type GatewayPart = Pick<
  ServeGatewayOptions,
  'origin' | 'hosts' | 'proxy' | 'oidc' | 'tokens' | 'protectedResource'
>;

/**
 * Returns what the configuration says of the page: where it is, and who vouches for people.
 * @throws AdjutantError `Configuration` where the client's secret is missing
 */
export async function gatewayIn(
  opened: Pick<OpenAdjutant, 'adjutant' | 'secrets'> & { loaded: { config: Config } },
  context: { io: Pick<Io, 'env'>; secrets: string[] },
): Promise<GatewayPart> {
  const { gateway } = opened.loaded.config;
  if (gateway === undefined) return {};
  const { origin, host, oidc, oauth, proxy } = gateway;
  const part: GatewayPart = {
    ...(origin === undefined ? {} : { origin }),
    ...(host === undefined ? {} : { hosts: [host] }),
    ...(proxy === undefined ? {} : { proxy: proxyIn(proxy) }),
  };
  if (oidc !== undefined) {
    const { clientSecret: reference, issuer, clientId, name, scopes, people } = oidc;
    const clientSecret =
      reference === undefined
        ? null
        : await credentialOf(oidcCredentials, 'read', reference, {
            env: context.io.env,
            stored: storedCredential(opened.secrets, {}),
          })(URL.parse(issuer)?.host ?? issuer);
    if (clientSecret !== null) context.secrets.push(...secretForms(clientSecret));
    part.oidc = {
      ...{ issuer, clientId, clientSecret },
      ...(name === undefined ? {} : { name }),
      ...(scopes === undefined ? {} : { scopes }),
      ...(people === undefined ? {} : { people }),
    };
  }
  if (oauth !== undefined && origin !== undefined) {
    const { createJwtVerifier } = await import('@adjutant/gateway');
    const { issuer, people = {} } = oauth;
    const options = { issuer, people, audience: `${origin}/mcp` };
    part.tokens = [createJwtVerifier(opened.adjutant, options)];
    part.protectedResource = { authorizationServers: [issuer] };
  }
  return part;
}

function proxyIn({ trusted, header }: NonNullable<NonNullable<Config['gateway']>['proxy']>) {
  return { trusted, ...(header === undefined ? {} : { header }) };
}
