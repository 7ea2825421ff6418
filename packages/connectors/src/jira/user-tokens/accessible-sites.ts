import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import { printable } from '../../commits/text.ts';
import { noAnswer, readError } from '../../http/failed-request.ts';
import { guardFetch } from '../../http/guarded-fetch.ts';
import { headerToken, resolveSecret, type Secret } from '../../http/secret.ts';
import { type JsonAnswer, sendJson } from '../../http/send-json.ts';
import {
  type AtlassianPlace,
  atlassianVendor,
  readAtlassianPlace,
} from './atlassian-authorization.ts';

const timeoutMs = 20_000;
const mostSites = 1_000;
const mostScopes = 500;

const siteSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9-]{1,100}$/),
  url: z.url({ protocol: /^https$/ }).max(500),
  name: z.string().nullish(),
  scopes: z.array(z.string()).nullish(),
});
const listSchema = z.array(z.unknown());

export interface AccessibleSitesOptions extends Pick<AtlassianPlace, 'apiUrl'> {
  /** An access token, or the `token` of a refresher. */
  token: Secret;
  fetch?: typeof fetch;
}

/** A site at which a person lets the app act. */
export interface AccessibleSite {
  /** The cloud id. */
  id: string;
  /** Where people find it: `https://acme.atlassian.net`. */
  url: string;
  name: string;
  scopes: readonly string[];
  /** What the configuration of the connector takes as `site`. */
  site: string;
}

/**
 * Returns the sites with Jira at which a person lets the app act.
 * @throws AdjutantError `Authentication`, `Configuration`, `Upstream`
 */
export async function accessibleSites(options: AccessibleSitesOptions): Promise<AccessibleSite[]> {
  const { api } = readAtlassianPlace(options);
  const token = headerToken(await resolveSecret(options.token, api.host), atlassianVendor);
  const guarded = guardFetch(options.fetch ?? globalThis.fetch, api, {
    vendor: atlassianVendor,
    followsRedirects: false,
  });
  const answer = await sendJson(
    guarded.fetch,
    { baseUrl: api.baseUrl, vendor: atlassianVendor },
    {
      method: 'GET',
      path: '/oauth/token/accessible-resources',
      headers: { authorization: `Bearer ${token}` },
    },
    AbortSignal.timeout(timeoutMs),
  ).catch((error: unknown) => {
    // The reason may quote what was sent.
    throw AdjutantError.isInstance(error) ? error : failed(null);
  });
  return sitesOf(answer, api.baseUrl);
}

function sitesOf(answer: JsonAnswer, apiUrl: string): AccessibleSite[] {
  const list = answer.status === 200 ? listSchema.safeParse(answer.data) : null;
  if (list?.success !== true) throw failed(answer);
  return list.data.slice(0, mostSites).flatMap((item) => {
    const found = siteSchema.safeParse(item);
    if (!found.success) return [];
    const { id, url, name, scopes } = found.data;
    const shown = (scopes ?? []).slice(0, mostScopes).map((scope) => printable(scope, 200));
    // The same list names sites at which the app may see Confluence alone.
    if (!shown.some((scope) => /jira|servicedesk/.test(scope))) return [];
    const site = `${apiUrl}/ex/jira/${id}`;
    return [{ id, url, name: printable(name ?? '', 200), scopes: shown, site }];
  });
}

function failed(answer: JsonAnswer | null): AdjutantError {
  const failure =
    answer === null ? noAnswer : { status: answer.status, headers: answer.headers, message: '' };
  return readError(failure, 'list of sites', atlassianVendor);
}
