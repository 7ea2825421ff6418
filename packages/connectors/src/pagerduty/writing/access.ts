import { type ActionContext, AdjutantError } from '@adjutant/core';
import { resolveSecret } from '../../http/secret.ts';
import { createRestAccess, type RestAccess } from '../../writing/rest-access.ts';
import { authorizeRead } from '../client/authorize.ts';
import { messageOf } from '../client/message-of.ts';
import { apiAddressOf, eventsAddressOf, type PagerdutyConfig } from '../config.ts';
import { pagerdutyEventsVendor, pagerdutyVendor } from '../pagerduty-vendor.ts';

const noRoutingKey =
  'There is no integration key for PagerDuty, so nothing was sent. Set PAGERDUTY_ROUTING_KEY, write "routingKey: ${PAGERDUTY_ROUTING_KEY}" below connectors.pagerduty, start the worker again and propose it anew.';

/** Returns the way to the REST API for one call of an action: it reads, and can write nothing. */
export function createReadAccess(config: PagerdutyConfig, context: ActionContext): RestAccess {
  return createRestAccess(context, {
    vendor: pagerdutyVendor,
    address: apiAddressOf(config),
    authorizeRead: async () => await authorizeRead(config),
    authorizeWrite: null,
    noWriteCredential: noRoutingKey,
    messageOf,
  });
}

/**
 * Returns the way to the Events API for one call of an action. Its credential goes in the body, and
 * to this host only; the key for reading never goes there.
 */
export function createEventsAccess(config: PagerdutyConfig, context: ActionContext): RestAccess {
  return createRestAccess(context, {
    vendor: pagerdutyEventsVendor,
    address: eventsAddressOf(config),
    authorizeRead: async () => ({}),
    authorizeWrite:
      config.routingKey === undefined
        ? null
        : async () => {
            await routingKeyOf(config);
            return {};
          },
    noWriteCredential: noRoutingKey,
    messageOf,
  });
}

/**
 * Returns the integration key as it is now; null where there is none.
 * @throws AdjutantError `Configuration`
 */
export async function routingKeyOf(config: PagerdutyConfig): Promise<string | null> {
  if (config.routingKey === undefined) return null;
  const key = (await resolveSecret(config.routingKey, eventsAddressOf(config).host)).trim();
  if (/^[A-Za-z0-9]{32}$/.test(key)) return key;
  throw new AdjutantError(
    'Configuration',
    'The integration key for PagerDuty is not of 32 letters and digits, as each is.',
    {
      source: pagerdutyVendor.source,
      hint: 'Copy it anew from the page of the Events API v2 integration.',
    },
  );
}
