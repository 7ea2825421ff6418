import { z } from 'zod';
import { type Address, readAddress } from '../http/address.ts';
import { secretSchema, webhookSecretSchema } from '../http/secret.ts';
import { pagerdutyEventsVendor, pagerdutyVendor } from './pagerduty-vendor.ts';

const publicApiUrl = 'https://api.pagerduty.com';
const euApiHost = 'api.eu.pagerduty.com';
const publicEventsUrl = 'https://events.pagerduty.com';
const euEventsUrl = 'https://events.eu.pagerduty.com';

/** The form of PagerDuty's own ids, such as `PIKL83L`. */
export const idSchema = z.string().regex(/^[A-Za-z0-9]{1,40}$/, 'is an id such as PIKL83L');

/** The form of the connector's configuration, key by key. */
export const pagerdutyConfigShape = {
  /** Ids of the services whose incidents are read; all that the key may see unless told. */
  services: z.array(idSchema).min(1).max(10_000).optional(),
  baseUrl: z.string().min(1).max(500).default(publicApiUrl),
  /** Where events are sent; unless told, the one of the region that `baseUrl` is in. */
  eventsUrl: z.string().min(1).max(500).optional(),
  /** A read-only key of the REST API. */
  token: secretSchema.optional(),
  /** The integration key of the Events API: the credential for paging. Nothing is read with it. */
  routingKey: secretSchema.optional(),
  /** What PagerDuty signs webhooks with; several while one is being changed for another. */
  webhookSecret: webhookSecretSchema.optional(),
  /** Leaves out incidents that were created before this day or instant, when first read. */
  since: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
};

export const pagerdutyConfigSchema = z
  .strictObject(pagerdutyConfigShape)
  .refine(
    ({ token, routingKey }) =>
      typeof token !== 'string' || typeof routingKey !== 'string' || token !== routingKey,
    { message: 'is the key for reading; paging takes an integration key', path: ['routingKey'] },
  );

export type PagerdutyConfig = z.infer<typeof pagerdutyConfigSchema>;

/** Returns the address of the REST API. */
export function apiAddressOf({ baseUrl }: Pick<PagerdutyConfig, 'baseUrl'>): Address {
  return readAddress(baseUrl, pagerdutyVendor);
}

/** Returns the address that events are sent to. */
export function eventsAddressOf(config: Pick<PagerdutyConfig, 'baseUrl' | 'eventsUrl'>): Address {
  const isInEu = apiAddressOf(config).host === euApiHost;
  const eventsUrl = config.eventsUrl ?? (isInEu ? euEventsUrl : publicEventsUrl);
  return readAddress(eventsUrl, pagerdutyEventsVendor);
}

/** Returns the instant of `since`, or null. */
export function sinceOf({ since }: Pick<PagerdutyConfig, 'since'>): number | null {
  return since === undefined ? null : Date.parse(since);
}
