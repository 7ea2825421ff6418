import {
  AdjutantError,
  type CheckItem,
  type CheckReport,
  type ConnectorContext,
} from '@adjutant/core';
import { z } from 'zod';
import { printable } from '../commits/text.ts';
import { clockItem, failedItem } from '../http/check-items.ts';
import { pagerdutyVendor } from './pagerduty-vendor.ts';
import type { PagerdutyClient } from './client/client.ts';
import { eventsAddressOf, type PagerdutyConfig } from './config.ts';
import { readServices } from './scopes.ts';
import { sessionOf } from './session.ts';

/** Reports whether the key is accepted, what it may read, what quota is left and how the clocks stand. */
export async function checkPagerduty(
  context: ConnectorContext<PagerdutyConfig>,
): Promise<CheckReport> {
  if (context.config.token === undefined) {
    const message = 'There is no API key for PagerDuty.';
    const hint = 'Set PAGERDUTY_TOKEN and write "token: ${PAGERDUTY_TOKEN}" in the configuration.';
    return { identity: null, items: [{ id: 'credential', ok: false, message, hint }] };
  }
  try {
    const { client } = sessionOf(context);
    const identity = await whoAmI(client);
    const items: CheckItem[] = [
      {
        id: 'credential',
        ok: true,
        message: `${client.address.host} accepts the key of ${identity}.`,
        hint: null,
      },
      ...(await serviceItems(context)),
      ...(await readableItems(client)),
      await abilitiesItem(client),
      pagingItem(context.config),
      clockItem({ now: context.clock.now(), serverNow: client.serverNow() }, pagerdutyVendor),
      experimentalItem,
      ...quotaItems(client),
    ];
    return { identity, items };
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    return { identity: null, items: [failedItem('credential', error)] };
  }
}

const experimentalItem: CheckItem = {
  id: 'experimental',
  ok: false,
  optional: true,
  message:
    'This connector is experimental: it was tried only against our own twin of PagerDuty and recorded payloads.',
  hint: 'Compare a few figures with what PagerDuty itself shows, and report what differs.',
};

const meSchema = z.object({
  user: z.object({ name: z.string(), role: z.string().nullish().catch(null) }),
});

async function whoAmI(client: PagerdutyClient): Promise<string> {
  try {
    const { user } = await client.get({
      path: '/users/me',
      schema: meSchema,
      what: 'the user of the key',
    });
    const role = user.role === null || user.role === undefined ? '' : ` (${user.role})`;
    return printable(`${user.name}${role}`, 150);
  } catch (error) {
    // A key of the account is no user's: PagerDuty answers that it cannot say who it is.
    if (AdjutantError.isInstance(error) && error.status === 400) return 'an account-wide key';
    throw error;
  }
}

async function serviceItems(context: ConnectorContext<PagerdutyConfig>): Promise<CheckItem[]> {
  try {
    const { found, missing } = await readServices(context);
    const items: CheckItem[] = [
      {
        id: 'services',
        ok: found.length > 0,
        message: `${found.length} services are readable.`,
        hint: found.length > 0 ? null : 'Give the key access to the services, or check "services".',
      },
    ];
    for (const id of missing) {
      items.push({
        id: `service:${id}`,
        ok: false,
        message: `PagerDuty shows no service ${id} to this key.`,
        hint: 'Check the id: it stands at the end of the address of its page.',
      });
    }
    return items;
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
    return [failedItem('services', error)];
  }
}

const anything = z.unknown();

/** What is read besides services; without some of it only some figures stay unknown. */
const kinds = [
  { id: 'incidents', path: '/incidents', what: 'incidents', optional: false },
  { id: 'log_entries', path: '/log_entries', what: 'the history of incidents', optional: true },
  { id: 'users', path: '/users', what: 'users', optional: true },
  { id: 'on_calls', path: '/oncalls', what: 'who is on call', optional: true },
] as const;

async function readableItems(client: PagerdutyClient): Promise<CheckItem[]> {
  const items: CheckItem[] = [];
  for (const { id, path, what, optional } of kinds) {
    try {
      await client.get({ path, query: { limit: 1 }, schema: anything, what });
      items.push({
        id: `permission:${id}`,
        ok: true,
        optional,
        message: `The key may read ${what}.`,
        hint: null,
      });
    } catch (error) {
      if (!AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
      items.push({ ...failedItem(`permission:${id}`, error), optional });
    }
  }
  return items;
}

const abilitiesSchema = z.object({ abilities: z.array(z.string()) });

/** What the account's plan includes. PagerDuty tells no key whether it may write. */
async function abilitiesItem(client: PagerdutyClient): Promise<CheckItem> {
  const base = { id: 'abilities', ok: true, optional: true, hint: null };
  try {
    const { abilities } = await client.get({
      path: '/abilities',
      schema: abilitiesSchema,
      what: 'the abilities of the account',
    });
    return {
      ...base,
      message: `The account has ${abilities.length} abilities of PagerDuty's plans.`,
    };
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
    return {
      ...base,
      message: 'The key may not see the abilities of the account; none is needed.',
    };
  }
}

function pagingItem(config: PagerdutyConfig): CheckItem {
  const isSet = config.routingKey !== undefined;
  return {
    id: 'paging',
    ok: isSet,
    optional: true,
    message: isSet
      ? `An integration key for paging is set, for ${eventsAddressOf(config).host}; it is not tried, because that would page somebody.`
      : 'There is no integration key: nobody can be paged.',
    hint: isSet
      ? null
      : 'Only where incident.page is wanted: set PAGERDUTY_ROUTING_KEY and write "routingKey: ${PAGERDUTY_ROUTING_KEY}".',
  };
}

function quotaItems(client: PagerdutyClient): CheckItem[] {
  const left = client.governor.left('requests');
  if (left === null) return [];
  const ok = left.remaining >= left.limit * 0.2;
  return [
    {
      id: 'quota',
      ok,
      message: `${left.remaining} of ${left.limit} requests are left this minute.`,
      hint: ok ? null : 'A fifth is kept for actions: reading waits for the next minute by itself.',
    },
  ];
}
