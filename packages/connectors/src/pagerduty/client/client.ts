import { AdjutantError, type ConnectorContext } from '@adjutant/core';
import type { z } from 'zod';
import { createRestClient, type QuotaReading, type RestClient } from '../../http/rest-client.ts';
import type { JsonRequest } from '../../http/send-json.ts';
import { apiAddressOf, type PagerdutyConfig } from '../config.ts';
import { pagerdutyVendor } from '../pagerduty-vendor.ts';
import { authorizeRead } from './authorize.ts';
import { messageOf } from './message-of.ts';

/** What a path gives, and what it is called in an error. */
export interface Asked<Data> {
  path: string;
  /** PagerDuty takes a list as `name[]`, repeated. */
  query?: NonNullable<JsonRequest['query']>;
  schema: z.ZodType<Data>;
  what: string;
}

/** The one client of a pass. */
export interface PagerdutyClient extends Pick<RestClient, 'address' | 'governor' | 'serverNow'> {
  /** Reads. @throws AdjutantError for every answer that is none of success */
  get<Data>(asked: Asked<Data>): Promise<Data>;
}

/** Returns the client of a pass; nothing is sent yet. */
export function createPagerdutyClient(context: ConnectorContext<PagerdutyConfig>): PagerdutyClient {
  const { config } = context;
  const client = createRestClient(context, {
    vendor: pagerdutyVendor,
    address: apiAddressOf(config),
    authorize: async () => await authorizeRead(config),
    messageOf,
    readQuota,
    // A fifth of a minute's requests stays for actions; whoever reads waits for the next minute.
    waitsAtReserve: true,
  });
  return {
    address: client.address,
    governor: client.governor,
    serverNow: () => client.serverNow(),
    async get({ path, query = {}, schema, what }) {
      const request = { method: 'GET' as const, path, query };
      const { data } = await client.read(request, what);
      const parsed = schema.safeParse(data);
      if (parsed.success) return parsed.data;
      throw new AdjutantError(
        'Upstream',
        `PagerDuty described ${what} in a form that is not known.`,
        {
          source: pagerdutyVendor.source,
          hint: 'Update Adjutant, or check what stands between it and PagerDuty.',
        },
      );
    },
  };
}

/** What `ratelimit-…` says: the reset is in seconds from now. */
function readQuota(headers: Readonly<Record<string, string>>): QuotaReading | null {
  const limit = numberIn(headers['ratelimit-limit']);
  const remaining = numberIn(headers['ratelimit-remaining']);
  const resetSeconds = numberIn(headers['ratelimit-reset']);
  if (limit === null || remaining === null || resetSeconds === null) return null;
  return { limit, remaining, resetInMs: resetSeconds * 1_000 };
}

function numberIn(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
